#pragma once

#include <cstddef>

namespace selvedge::reading {

/// How often intervals held the truth in simulated diaries of one length.
struct CoverageRow {
  int days = 0;
  double half = 0;    ///< of the 50 % intervals
  double ninety = 0;  ///< of the 90 % intervals
};

/// The measured coverage of readings' intervals, over all readings that come from the model, at the length nearest to
/// `days`: from `content/calibration/laplace_coverage.json`, which says how it was measured (docs/method.md).
[[nodiscard]] CoverageRow MeasuredCoverage(std::size_t days);

}  // namespace selvedge::reading
