#include "reading/quantiles.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/contract.h"
#include "numerics/normal.h"

namespace selvedge::reading {
namespace {

double Quantile(std::span<const double> sorted, double probability) {
  const double place = probability * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double share = place - static_cast<double>(below);
  return share == 0 ? sorted[below] : (1 - share) * sorted[below] + share * sorted[above];
}

core::Json IntervalJson(const std::array<double, 2>& interval) {
  return core::Json::Array().Push(interval[0]).Push(interval[1]);
}

}  // namespace

Estimate EstimateOf(std::span<const double> sorted_draws) {
  SELVEDGE_EXPECT(!sorted_draws.empty());
  const auto at = [&](double probability) { return Quantile(sorted_draws, probability); };
  return {.median = at(0.5), .half = {at(0.25), at(0.75)}, .ninety = {at(0.05), at(0.95)}};
}

Estimate EstimateOf(const dynamics::Expected& expected) {
  const auto at = [&](double probability) {
    return expected.mean + expected.sd * numerics::NormalQuantile(probability);
  };
  return {.median = expected.mean, .half = {at(0.25), at(0.75)}, .ninety = {at(0.05), at(0.95)}};
}

double ShareAbove(std::span<const double> draws, double limit) {
  const auto above = std::ranges::count_if(draws, [&](double draw) { return draw > limit; });
  return static_cast<double>(above) / static_cast<double>(draws.size());
}

core::Json EstimateJson(const Estimate& estimate) {
  return core::Json::Object()
      .Set("median", estimate.median)
      .Set("interval_50", IntervalJson(estimate.half))
      .Set("interval_90", IntervalJson(estimate.ninety));
}

}  // namespace selvedge::reading
