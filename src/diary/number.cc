#include "diary/number.h"

#include <fast_float/fast_float.h>

#include <algorithm>
#include <cmath>
#include <system_error>

namespace selvedge::diary {
namespace {

bool EqualsIgnoringCase(std::string_view text, std::string_view lower) {
  return std::ranges::equal(text, lower,
                            [](char c, char l) { return (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) == l; });
}

}  // namespace

bool IsMissing(std::string_view text) {
  return text.empty() || text == "." || EqualsIgnoringCase(text, "na") || EqualsIgnoringCase(text, "nan");
}

std::optional<double> ParseNumber(std::string_view text, char separator) {
  const bool decimal_comma = separator != ',' && text.contains(',');
  const fast_float::parse_options options(fast_float::chars_format::general, decimal_comma ? ',' : '.');
  double value = 0;
  const char* const end = text.data() + text.size();
  // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): its end goes with it
  const auto [stop, status] = fast_float::from_chars_advanced(text.data(), end, value, options);
  if (status != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace selvedge::diary
