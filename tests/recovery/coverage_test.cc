// Holds the shipped coverage table to what the study measures now, within its Monte Carlo error.

#include "dynamics/coverage.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "recovery/coverage_study.h"

namespace selvedge {
namespace {

constexpr std::uint64_t kOtherSeed = 4711;

int Replicates() { return std::getenv("SELVEDGE_NIGHTLY") != nullptr ? 1000 : 60; }

/// Four standard errors of a share, for intervals of which some go together: as few as 4 independent ones a replicate.
double Room(double share) { return 4 * std::sqrt(share * (1 - share) / (4.0 * Replicates())); }

TEST(MeasuredCoverage, OfReadingsIsStillWhatTheStudyMeasures) {
  for (const int days : {28, 112}) {
    const auto shipped = CoverageOf(dynamics::Intervals::kReadings, static_cast<std::size_t>(days));
    ASSERT_EQ(shipped.days, days);
    const auto rows = recovery::MeasureReadings(days, Replicates(), kOtherSeed);
    for (const auto& row : rows) EXPECT_EQ(row.intervals, 2 * Replicates()) << row.reading;
    const recovery::Coverage measured = recovery::Together(rows);
    EXPECT_NEAR(measured.ninety, shipped.ninety, Room(0.9)) << days;
    EXPECT_NEAR(measured.half, 0.5, Room(0.5)) << days;
  }
}

TEST(MeasuredCoverage, OfMaximumLikelihoodIsStillWhatTheStudyMeasures) {
  const auto shipped = CoverageOf(dynamics::Intervals::kMaximumLikelihood, 112);
  const recovery::Coverage measured = recovery::MeasureMaximumLikelihood(112, Replicates(), kOtherSeed);
  EXPECT_NEAR(measured.ninety, shipped.ninety, Room(shipped.ninety));
  EXPECT_GT(measured.intervals, 5 * Replicates());
}

}  // namespace
}  // namespace selvedge
