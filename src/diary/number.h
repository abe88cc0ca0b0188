#pragma once

#include <optional>
#include <string_view>

namespace selvedge::diary {

/// Whether a cell says "nothing here": empty, NA, NaN or ".", in capitals or not.
[[nodiscard]] bool IsMissing(std::string_view text);

/// The number that fills the whole text; nothing if it does not, or if the number is not finite. A point always
/// separates the decimals; a comma does too in files whose `separator` of columns is something else.
[[nodiscard]] std::optional<double> ParseNumber(std::string_view text, char separator);

}  // namespace selvedge::diary
