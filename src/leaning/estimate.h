#pragma once

#include <array>

#include "core/json.h"
#include "numerics/normal.h"

namespace selvedge::leaning {

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
  return EstimateBy([&](double p) { return mean + sd * numerics::NormalQuantile(p); });
}

[[nodiscard]] inline core::Json EstimateJson(const Estimate& estimate) {
  return core::Json::Object()
      .Set("median", estimate.median)
      .Set("interval_50", core::Json::Array().Push(estimate.half[0]).Push(estimate.half[1]))
      .Set("interval_90", core::Json::Array().Push(estimate.ninety[0]).Push(estimate.ninety[1]));
}

}  // namespace selvedge::leaning
