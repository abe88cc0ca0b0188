// Holds places told by a diary to the truth of simulated people, within Monte Carlo error.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "recovery/diary_study.h"

namespace selvedge::recovery {
namespace {

TEST(DiaryOfSimulatedPeople, PutsThemWhereTheyAre) {
  const leaning::Map map = leaning::Map::Theory();
  const int people = std::getenv("SELVEDGE_NIGHTLY") != nullptr ? 4000 : 300;
  // What it may cost to take counts and feelings as normal: at most .025 in any row of docs/method.md.
  constexpr double kApproximation = 0.025;
  const auto room = [&](double share) { return 4 * std::sqrt(share * (1 - share) / people) + kApproximation; };
  double area = 1;
  for (const int days : {14, 56, 180}) {
    const DiaryCoverage measured = MeasureDiary(map, days, people, 4712);
    std::printf("%d days: in the 50 %% ellipse %.3f, in the 90 %% ellipse %.3f, its area %.2f\n", days, measured.half,
                measured.ninety, measured.area);
    EXPECT_NEAR(measured.half, 0.5, room(0.5));
    EXPECT_NEAR(measured.ninety, 0.9, room(0.9));
    EXPECT_LT(measured.area, area) << "more days tell more";
    area = measured.area;
  }
}

}  // namespace
}  // namespace selvedge::recovery
