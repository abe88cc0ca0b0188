#pragma once

#include <array>

#include "core/json.h"
#include "numerics/normal.h"

namespace selvedge::numerics {

/// What is known of a number: the middle, and the intervals that hold it with probability one half and nine tenths.
struct Estimate {
  double median = 0;
  std::array<double, 2> half{};
  std::array<double, 2> ninety{};
};

/// The same from a distribution's quantiles.
template <typename Quantile>
[[nodiscard]] Estimate EstimateBy(Quantile&& quantile) {
  return {
      .median = quantile(0.5), .half = {quantile(0.25), quantile(0.75)}, .ninety = {quantile(0.05), quantile(0.95)}};
}

[[nodiscard]] inline Estimate NormalEstimate(double mean, double sd) {
  return EstimateBy([&](double p) { return mean + sd * NormalQuantile(p); });
}

/// {"median": …, "interval_50": […], "interval_90": […]}
[[nodiscard]] inline core::Json EstimateJson(const Estimate& estimate) {
  const auto interval = [](const std::array<double, 2>& ends) {
    return core::Json::Array().Push(ends[0]).Push(ends[1]);
  };
  return core::Json::Object()
      .Set("median", estimate.median)
      .Set("interval_50", interval(estimate.half))
      .Set("interval_90", interval(estimate.ninety));
}

}  // namespace selvedge::numerics
