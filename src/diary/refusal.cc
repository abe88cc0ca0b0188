#include "diary/refusal.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <utility>

#include "diary/utf8.h"

namespace selvedge::diary {
namespace {

constexpr std::size_t kMaxShown = 40;

/// Characters a reader could not see, or that would rearrange the sentence around them.
bool IsDeceptive(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0xAD;
  const bool invisible_or_turning = (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
                                    (c >= 0x2060 && c <= 0x206F) || c == 0x61C || c == 0xFEFF;
  return control || invisible_or_turning;
}

std::string SpelledOut(char32_t value) {
  std::array<char, 8> digits{};
  char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), static_cast<unsigned>(value), 16).ptr;
  return "\\u{" + std::string(digits.data(), end) + "}";
}

}  // namespace

std::unexpected<core::Error> Refuse(std::string message, std::string remedy, core::Place place) {
  return std::unexpected(core::Error{.code = core::ErrorCode::kRefused,
                                     .message = std::move(message),
                                     .remedy = std::move(remedy),
                                     .place = std::move(place)});
}

core::Place AtLine(int line) { return {.line = line, .column = 0, .field = {}}; }

std::string Shown(std::string_view text) {
  std::string shown;
  std::size_t width = 0;
  while (!text.empty()) {
    const auto character = FirstCodePoint(text);
    const std::size_t length = character ? character->length : 1;
    const bool spelled_out = character && IsDeceptive(character->value);
    const std::string piece = spelled_out ? SpelledOut(character->value)
                              : character ? std::string(text.substr(0, length))
                                          : std::string("\uFFFD");
    width += spelled_out ? piece.size() : 1;
    if (width > kMaxShown) return shown + "…";
    shown += piece;
    text.remove_prefix(length);
  }
  return shown;
}

std::string Quoted(std::string_view text) { return "\"" + Shown(text) + "\""; }

}  // namespace selvedge::diary
