// Holds the shipped coverage table to what the study measures now, within its Monte Carlo error.

#include "reading/coverage.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "recovery/coverage_study.h"

namespace selvedge {
namespace {

TEST(MeasuredCoverage, IsStillWhatTheStudyMeasures) {
  const bool nightly = std::getenv("SELVEDGE_NIGHTLY") != nullptr;
  const int replicates = nightly ? 1000 : 60;
  for (const int days : {28, 112}) {
    const reading::CoverageRow shipped = reading::MeasuredCoverage(static_cast<std::size_t>(days));
    ASSERT_EQ(shipped.days, days);
    double ninety = 0;
    double half = 0;
    const auto rows = recovery::MeasureCoverage(days, replicates, 4711);
    for (const auto& row : rows) {
      EXPECT_EQ(row.intervals, 2 * replicates) << row.reading;
      ninety += row.ninety / static_cast<double>(rows.size());
      half += row.half / static_cast<double>(rows.size());
    }
    // Ten intervals a replicate, of which some go together: as few as 4 independent ones are assumed.
    const double error = std::sqrt(0.25 / (4.0 * replicates));
    EXPECT_NEAR(ninety, shipped.ninety, 4 * 0.6 * error) << days;
    EXPECT_NEAR(half, shipped.half, 4 * error) << days;
  }
}

}  // namespace
}  // namespace selvedge
