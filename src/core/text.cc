#include "core/text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <system_error>

namespace selvedge::core {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

/// The run of digits at the front of `text`, without its leading zeros.
std::string_view TakeNumber(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size() && IsDigit(text[end])) ++end;
  std::string_view digits = text.substr(0, end);
  text.remove_prefix(end);
  while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
  return digits;
}

}  // namespace

bool NaturalLess(std::string_view left, std::string_view right) {
  std::string_view l = left;
  std::string_view r = right;
  while (!l.empty() && !r.empty()) {
    if (IsDigit(l.front()) && IsDigit(r.front())) {
      const std::string_view l_number = TakeNumber(l);
      const std::string_view r_number = TakeNumber(r);
      if (l_number.size() != r_number.size()) return l_number.size() < r_number.size();
      if (l_number != r_number) return l_number < r_number;
    } else {
      const auto l_byte = static_cast<unsigned char>(l.front());
      const auto r_byte = static_cast<unsigned char>(r.front());
      if (l_byte != r_byte) return l_byte < r_byte;
      l.remove_prefix(1);
      r.remove_prefix(1);
    }
  }
  if (l.empty() != r.empty()) return l.empty();
  return left < right;
}

std::string ShortestNumber(double value) {
  if (!std::isfinite(value)) return {};
  std::array<char, 32> buffer{};
  const auto [end, status] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return status == std::errc{} ? std::string(buffer.data(), end) : std::string{};
}

std::string FixedNumber(double value, int decimals) {
  if (!std::isfinite(value)) return {};
  std::array<char, 400> buffer{};
  const auto [end, status] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals);
  if (status != std::errc{}) return {};
  std::string text(buffer.data(), end);
  if (text.starts_with('-') && text.find_first_not_of("-0.") == std::string::npos) text.erase(0, 1);
  return text;
}

std::string_view FirstCharacter(std::string_view text) {
  const auto byte = static_cast<unsigned char>(text.front());
  const std::size_t length = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
  return text.substr(0, length);
}

std::string Harmless(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view character = FirstCharacter(text);
    const auto byte = static_cast<unsigned char>(character.front());
    const bool control = byte < 0x20 || byte == 0x7F || (byte >= 0x80 && byte < 0xC0) ||
                         (character >= "\u0080" && character <= "\u009F");
    const bool turns = character == "\u061C" || character == "\u200E" || character == "\u200F" ||
                       (character >= "\u2028" && character <= "\u202E") ||
                       (character >= "\u2066" && character <= "\u2069");
    out += control || turns ? "·" : character;
    text.remove_prefix(character.size());
  }
  return out;
}

std::string CsvField(std::string_view text) {
  if (text.find_first_of(",\"\n\r") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace selvedge::core
