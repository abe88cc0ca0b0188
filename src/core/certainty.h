#pragma once

#include <string_view>

namespace selvedge::core {

/// The fixed words for a probability: "very likely" from .95, "likely" from .80, "leaning" from .60; empty below: can't
/// tell.
[[nodiscard]] constexpr std::string_view CertaintyWord(double probability) {
  if (probability >= 0.95) return "very likely";
  if (probability >= 0.80) return "likely";
  if (probability >= 0.60) return "leaning";
  return "";
}

}  // namespace selvedge::core
