#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/result.h"

namespace selvedge::diary {

struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;  ///< in bytes
};

/// The first character of a text that is not empty; nothing if its bytes are not UTF-8.
[[nodiscard]] std::optional<CodePoint> FirstCodePoint(std::string_view text);

/// How many lines end in this text: LF, CRLF and CR each end one.
[[nodiscard]] int CountLineEnds(std::string_view text);

/// The text of a file, without its byte-order mark.
///
/// @returns kRefused, with the line, for UTF-16, for NUL bytes, for bytes that are not UTF-8 and for more than 1 GiB.
[[nodiscard]] core::Result<std::string_view> TextOfFile(std::string_view bytes);

}  // namespace selvedge::diary
