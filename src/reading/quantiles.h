#pragma once

#include <span>

#include "dynamics/forecast.h"
#include "reading/reading.h"

namespace selvedge::reading {

/// Median and intervals of sorted draws (at least one), by linear interpolation.
[[nodiscard]] Estimate EstimateOf(std::span<const double> sorted_draws);

/// Median and intervals of a normal forecast.
[[nodiscard]] Estimate EstimateOf(const dynamics::Expected& expected);

/// The share of draws above a limit.
[[nodiscard]] double ShareAbove(std::span<const double> draws, double limit);

}  // namespace selvedge::reading
