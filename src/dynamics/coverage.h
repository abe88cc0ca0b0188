#pragma once

#include <cstddef>

namespace selvedge::dynamics {

/// Which intervals are meant.
enum class Intervals {
  kReadings,           ///< of what a couple's reading says: draws around the posterior mode
  kMaximumLikelihood,  ///< estimate ± 1.64 standard errors, where there are any
};

/// How often 90 % intervals held the truth in simulated diaries of one length.
struct MeasuredCoverage {
  int days = 0;
  double ninety = 0;
};

/// The measured coverage at the length nearest to `days`: from `content/calibration/laplace_coverage.json`, which says
/// how it was measured (docs/method.md).
[[nodiscard]] MeasuredCoverage CoverageOf(Intervals intervals, std::size_t days);

}  // namespace selvedge::dynamics
