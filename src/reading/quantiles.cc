#include "reading/quantiles.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/contract.h"

namespace selvedge::reading {
namespace {

double Quantile(std::span<const double> sorted, double probability) {
  const double place = probability * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double share = place - static_cast<double>(below);
  return share == 0 ? sorted[below] : (1 - share) * sorted[below] + share * sorted[above];
}

}  // namespace

Estimate EstimateOf(std::span<const double> sorted_draws) {
  SELVEDGE_EXPECT(!sorted_draws.empty());
  return numerics::EstimateBy([&](double probability) { return Quantile(sorted_draws, probability); });
}

Estimate EstimateOf(const dynamics::Expected& expected) { return numerics::NormalEstimate(expected.mean, expected.sd); }

double ShareAbove(std::span<const double> draws, double limit) {
  const auto above = std::ranges::count_if(draws, [&](double draw) { return draw > limit; });
  return static_cast<double>(above) / static_cast<double>(draws.size());
}

}  // namespace selvedge::reading
