#include "diary/utf8.h"

#include <cstdint>
#include <cstring>

#include "diary/csv.h"
#include "diary/refusal.h"

namespace selvedge::diary {
namespace {

constexpr std::string_view kSaveAsUtf8 = "Save the file again as \"CSV UTF-8\" (or plain text in UTF-8).";

/// What the first byte of a character promises: its length, its own bits, and the smallest value that needs that
/// length. Shorter ways of writing the same value are not UTF-8.
struct Lead {
  std::size_t length;
  char32_t bits;
  char32_t smallest;
};

std::optional<Lead> ReadLead(unsigned char byte) {
  if (byte < 0x80U) return Lead{.length = 1, .bits = byte, .smallest = 0};
  if ((byte & 0xE0U) == 0xC0U) return Lead{.length = 2, .bits = byte & 0x1FU, .smallest = 0x80};
  if ((byte & 0xF0U) == 0xE0U) return Lead{.length = 3, .bits = byte & 0x0FU, .smallest = 0x800};
  if ((byte & 0xF8U) == 0xF0U) return Lead{.length = 4, .bits = byte & 0x07U, .smallest = 0x10000};
  return std::nullopt;
}

bool IsSurrogate(char32_t value) { return value >= 0xD800 && value <= 0xDFFF; }

/// Eight plain ASCII bytes at once, none of them NUL.
bool StartsWithEightPlainBytes(std::string_view text) {
  if (text.size() < sizeof(std::uint64_t)) return false;
  std::uint64_t block = 0;
  std::memcpy(&block, text.data(), sizeof(block));
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  // With all high bits clear, subtracting one from each byte sets a high bit only if some byte was zero.
  return (block & kHighBits) == 0 && ((block - kOnes) & kHighBits) == 0;
}

bool LooksLikeUtf16(std::string_view bytes) { return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"); }

int LineAt(std::string_view bytes, std::size_t position) { return 1 + CountLineEnds(bytes.substr(0, position)); }

}  // namespace

std::optional<CodePoint> FirstCodePoint(std::string_view text) {
  const std::optional<Lead> lead = ReadLead(static_cast<unsigned char>(text.front()));
  if (!lead || lead->length > text.size()) return std::nullopt;
  char32_t value = lead->bits;
  for (const char c : text.substr(1, lead->length - 1)) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) return std::nullopt;
    value = (value << 6U) | (byte & 0x3FU);
  }
  if (value < lead->smallest || value > 0x10FFFF || IsSurrogate(value)) return std::nullopt;
  return CodePoint{.value = value, .length = lead->length};
}

int CountLineEnds(std::string_view text) {
  int count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool second_of_crlf = text[i] == '\n' && i > 0 && text[i - 1] == '\r';
    if ((text[i] == '\n' || text[i] == '\r') && !second_of_crlf) ++count;
  }
  return count;
}

core::Result<std::string_view> TextOfFile(std::string_view bytes) {
  if (bytes.size() > kLargestFile) {
    return Refuse("The file is larger than 1 GiB.", "Split it into files of fewer couples.");
  }
  if (LooksLikeUtf16(bytes)) {
    return Refuse("The file is written in UTF-16 (\"Unicode\"), not in UTF-8.", std::string(kSaveAsUtf8), AtLine(1));
  }
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);

  for (std::size_t i = 0; i < bytes.size();) {
    const std::string_view rest = bytes.substr(i);
    if (StartsWithEightPlainBytes(rest)) {
      i += sizeof(std::uint64_t);
      continue;
    }
    const std::optional<CodePoint> character = FirstCodePoint(rest);
    if (!character) {
      return Refuse("The file has bytes that are not UTF-8 text.", std::string(kSaveAsUtf8), AtLine(LineAt(bytes, i)));
    }
    if (character->value == 0) {
      return Refuse("The file has a NUL byte, as UTF-16 files and spreadsheets' own formats do.",
                    std::string(kSaveAsUtf8), AtLine(LineAt(bytes, i)));
    }
    i += character->length;
  }
  return bytes;
}

}  // namespace selvedge::diary
