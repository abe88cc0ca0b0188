#include "reading/together.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/random.h"
#include "numerics/normal.h"

namespace selvedge::reading {
namespace {

/// Days of two people, each an AR(1) with inertia phi, whose jolts correlate by rho.
std::vector<Day> DrawDays(int count, double phi, double rho, core::RandomStream& stream) {
  std::vector<Day> days;
  double a = numerics::DrawNormal(stream);
  double b = rho * a + std::sqrt(1 - rho * rho) * numerics::DrawNormal(stream);
  for (int day = 0; day < count; ++day) {
    days.push_back({.day = day, .own = {.a = 60 + 10 * a, .b = 60 + 10 * b}});
    const double jolt = numerics::DrawNormal(stream);
    const double keep = std::sqrt(1 - phi * phi);
    a = phi * a + keep * jolt;
    b = phi * b + keep * (rho * jolt + std::sqrt(1 - rho * rho) * numerics::DrawNormal(stream));
  }
  return days;
}

TEST(MovedTogether, IsTheCorrelationOfDaysOnWhichBothAnswered) {
  std::vector<Day> days;
  const std::vector<double> a{1, 2, 3, 4, 5, 6};
  const std::vector<double> b{2, 1, 4, 3, 6, 5};
  for (int i = 0; i < 6; ++i)
    days.push_back({.day = 2 * i, .own = {.a = a[static_cast<std::size_t>(i)], .b = b[static_cast<std::size_t>(i)]}});
  days.push_back({.day = 13, .own = {.a = 100.0, .b = {}}});
  const auto together = MovedTogether(days);
  ASSERT_TRUE(together.has_value());
  EXPECT_NEAR(together->correlation, 14.5 / 17.5, 1e-12);
}

TEST(MovedTogether, IntervalsHoldTheTruthAlsoForSlowMoods) {
  core::RandomStream stream({.seed = 111});
  for (const double phi : {0.0, 0.5}) {
    constexpr int kDiaries = 1500;
    const double rho = 0.3;
    int held = 0;
    for (int i = 0; i < kDiaries; ++i) {
      const auto together = MovedTogether(DrawDays(84, phi, rho, stream)).value();
      held += together.estimate.ninety[0] <= rho && rho <= together.estimate.ninety[1] ? 1 : 0;
    }
    EXPECT_GE(held, static_cast<int>(0.87 * kDiaries)) << phi;
    EXPECT_LE(held, static_cast<int>(0.93 * kDiaries)) << phi;
  }
}

TEST(MovedTogether, HasANullOfWholeWeeksAtLeastTwoAway) {
  core::RandomStream stream({.seed = 112});
  EXPECT_EQ(MovedTogether(DrawDays(27, 0, 0, stream))->null.size(),
            0U);  // 21 whole days leave no shift 14 from both ends
  EXPECT_EQ(MovedTogether(DrawDays(28, 0, 0, stream))->null.size(), 1U);  // 14
  EXPECT_EQ(MovedTogether(DrawDays(60, 0, 0, stream))->null.size(), 5U);  // 14, 21, 28, 35, 42 of 56
}

TEST(MovedTogether, LongDiariesSpreadTheirShiftsSoThatWorkStaysInProportion) {
  core::RandomStream stream({.seed = 114});
  EXPECT_EQ(MovedTogether(DrawDays(3640, 0, 0, stream))->null.size(), 517U);  // every week of ten years: 14 to 3 626
  EXPECT_EQ(MovedTogether(DrawDays(5200, 0, 0, stream))->null.size(), 370U);  // every second: 14 to 5 180 of 5 194
}

TEST(MovedTogether, AWeeklyRhythmOfTheirOwnsIsInTheNullToo) {
  // Two people who only share the calendar: every shift by whole weeks moves together as well.
  std::vector<Day> days;
  core::RandomStream stream({.seed = 113});
  for (int day = 0; day < 84; ++day) {
    const double weekend = day % 7 >= 5 ? 10 : 0;
    days.push_back(
        {.day = day,
         .own = {.a = 60 + weekend + numerics::DrawNormal(stream), .b = 50 + weekend + numerics::DrawNormal(stream)}});
  }
  const auto together = MovedTogether(days).value();
  EXPECT_GT(together.correlation, 0.8);
  for (const double shifted : together.null) EXPECT_GT(shifted, 0.8);
}

TEST(MovedTogether, SaysNothingWithoutPairsOrWithoutChange) {
  std::vector<Day> days;
  for (int day = 0; day < 30; ++day) days.push_back({.day = day, .own = {.a = 50.0, .b = static_cast<double>(day)}});
  EXPECT_FALSE(MovedTogether(days).has_value());
  for (Day& day : days) day.own = {.a = {}, .b = 1.0 * day.day};
  EXPECT_FALSE(MovedTogether(days).has_value());
}

}  // namespace
}  // namespace selvedge::reading
