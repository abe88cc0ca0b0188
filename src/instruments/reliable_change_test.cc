#include "instruments/reliable_change.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace selvedge::instruments {
namespace {

using testing::HasSubstr;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Reliability Retest(double value) { return {.value = value, .kind = Reliability::Kind::kRetest, .source = {}}; }

TEST(ReliableChange, GivesTheThresholdsOfTheMethod) {
  // 1.96 √(2 (1 − r)) in standard deviations, to the two decimals in which such tables are printed.
  for (const auto& [r, threshold] : {std::pair{0.70, 1.52}, {0.80, 1.24}, {0.85, 1.07}, {0.90, 0.88}, {0.95, 0.62}}) {
    const auto change = ReliableChange(0, 1, 1, Retest(r));
    ASSERT_TRUE(change.has_value());
    EXPECT_NEAR(1.96 * change->standard_error, threshold, 0.005) << r;
    EXPECT_FALSE(ReliableChange(0, threshold - 0.01, 1, Retest(r))->IsReliable()) << r;
    EXPECT_TRUE(ReliableChange(threshold + 0.01, 0, 1, Retest(r))->IsReliable()) << r;
  }
}

TEST(ReliableChange, GivesTheExampleWorkedThroughByJacobsonAndTruax) {
  // One client from 32.5 to 47.5 with an SD of 7.5 and a retest reliability of .80: S_diff = 4.74, RC = 3.16.
  const auto change = ReliableChange(32.5, 47.5, 7.5, Retest(0.80));
  ASSERT_TRUE(change.has_value());
  EXPECT_NEAR(change->standard_error, 4.74, 0.005);
  EXPECT_NEAR(change->index, 3.16, 0.005);
  EXPECT_TRUE(change->IsReliable());
}

/// Marital adjustment (DAS, a couple's mean) before and after therapy: Table 2 of Jacobson & Truax (1991), as shipped
/// in data/"J&T 1991 table2 DAS data.csv" of github.com/AWKruijt/JT-RCI.
struct Couple {
  double before;
  double after;
};
constexpr std::array<Couple, 30> kCouples{
    {{90.5, 97}, {74, 124},    {97, 97.5},  {73.5, 88},   {61, 96.5},    {66.5, 62.5}, {68.5, 112.5}, {86.5, 103.5},
     {88.5, 90}, {68.5, 82.5}, {98, 105},   {80.5, 99.5}, {89.5, 112.5}, {91.5, 101},  {83.5, 99.5},  {60.5, 79.5},
     {83, 88},   {88, 100.5},  {98.5, 119}, {78.5, 116},  {99.5, 116},   {79.5, 129},  {84.5, 113},   {92.5, 118},
     {93, 92},   {85, 114},    {64, 68},    {61, 52},     {80, 60.5},    {82.5, 104.5}}};

double SdBefore() {
  double mean = 0;
  for (const Couple& couple : kCouples) mean += couple.before / kCouples.size();
  double squares = 0;
  for (const Couple& couple : kCouples) squares += (couple.before - mean) * (couple.before - mean);
  return std::sqrt(squares / (kCouples.size() - 1));
}

struct Counts {
  int up = 0;
  int down = 0;
};

Counts ReliablyChanged(double reliability) {
  Counts counts;
  for (const Couple& couple : kCouples) {
    const auto change = ReliableChange(couple.before, couple.after, SdBefore(), Retest(reliability));
    if (!change || !change->IsReliable()) continue;
    ++(change->difference > 0 ? counts.up : counts.down);
  }
  return counts;
}

TEST(ReliableChange, CountsTheCouplesOfJacobsonAndTruax) {
  // Expected: the same formula, computed with Python's statistics module. Which couples the paper itself counts as
  // changed is not in that file. The reliability of .84 is the one of the
  // example in the JT-RCI package, which ships the table.
  const auto first = ReliableChange(kCouples[0].before, kCouples[0].after, SdBefore(), Retest(0.84));
  const auto downward = ReliableChange(kCouples[28].before, kCouples[28].after, SdBefore(), Retest(0.84));
  EXPECT_NEAR(SdBefore(), 11.82566, 1e-4);
  EXPECT_NEAR(first->index, 0.9717, 1e-3);
  EXPECT_NEAR(downward->index, -2.91497, 1e-3);
  EXPECT_EQ(ReliablyChanged(0.84).up, 18);
  EXPECT_EQ(ReliablyChanged(0.84).down, 1);
  EXPECT_EQ(ReliablyChanged(0.96).up, 21) << "the more reliable the measure, the smaller the changes it can show";
  EXPECT_EQ(ReliablyChanged(0.96).down, 2);
}

TEST(ReliableChange, RefusesNumbersThatMeanNothing) {
  EXPECT_THAT(ReliableChange(0, 1, 1, Retest(1)).error().message, HasSubstr("reliability"));
  EXPECT_THAT(ReliableChange(0, 1, 1, Retest(-0.1)).error().message, HasSubstr("reliability"));
  EXPECT_THAT(ReliableChange(0, 1, 1, Retest(kNaN)).error().message, HasSubstr("reliability"));
  EXPECT_THAT(ReliableChange(0, 1, 0, Retest(0.8)).error().message, HasSubstr("standard deviation"));
  EXPECT_THAT(ReliableChange(0, kNaN, 1, Retest(0.8)).error().message,
              HasSubstr("do not give a change that can be computed"));
  EXPECT_THAT(ConditionalChange({0, 0}, {1, 1}).error().message, HasSubstr("standard error"));
  EXPECT_THAT(ConditionalChange({0, 1}, {1, INFINITY}).error().message, HasSubstr("standard error"));
  EXPECT_THAT(ConditionalChange({kNaN, 1}, {1, 1}).error().message,
              HasSubstr("do not give a change that can be computed"));
}

TEST(ConditionalChange, TakesTheErrorOfEachOccasion) {
  const auto change =
      ConditionalChange({.estimate = 1.0, .standard_error = 0.3}, {.estimate = 0.2, .standard_error = 0.4});
  ASSERT_TRUE(change.has_value());
  EXPECT_DOUBLE_EQ(change->difference, -0.8);
  EXPECT_DOUBLE_EQ(change->standard_error, 0.5);
  EXPECT_DOUBLE_EQ(change->index, -1.6);
  EXPECT_FALSE(change->IsReliable());
  EXPECT_NEAR(change->ProbabilityOfRise(), 0.0547993, 1e-7) << "Φ(−1.6), Abramowitz & Stegun table 26.1";
}

TEST(ConditionalChange, AgreesWithTheIndexWhereErrorsAreTheSameEverywhere) {
  const double sd = 1.3;
  const double r = 0.87;
  const double error = sd * std::sqrt(1 - r);
  const auto classical = ReliableChange(-0.4, 0.9, sd, Retest(r));
  const auto conditional = ConditionalChange({-0.4, error}, {0.9, error});
  EXPECT_NEAR(conditional->index, classical->index, 1e-14);
}

RC_GTEST_PROP(ConditionalChange, IsTheOtherWayRoundWhenTimeIs, ()) {
  const auto number = rc::gen::inRange(-3000, 3000);
  const auto error = rc::gen::inRange(1, 3000);
  const Position one{.estimate = *number / 1000.0, .standard_error = *error / 1000.0};
  const Position other{.estimate = *number / 1000.0, .standard_error = *error / 1000.0};
  const auto there = ConditionalChange(one, other);
  const auto back = ConditionalChange(other, one);
  RC_ASSERT(there->index == -back->index);
  RC_ASSERT(there->IsReliable() == back->IsReliable());
  RC_ASSERT(std::abs(there->ProbabilityOfRise() + back->ProbabilityOfRise() - 1) < 1e-12);
}

TEST(PreferredReliability, IsARetestWhereThereIsOne) {
  const Reliability internal{.value = 0.94, .kind = Reliability::Kind::kInternal, .source = "alpha"};
  const Reliability retest{.value = 0.64, .kind = Reliability::Kind::kRetest, .source = "three weeks"};
  const std::vector<Reliability> both{internal, retest};
  EXPECT_EQ(PreferredReliability(both)->source, "three weeks") << "though it shows fewer changes";
  EXPECT_EQ(PreferredReliability(std::vector{internal})->source, "alpha");
  EXPECT_FALSE(PreferredReliability({}));
}

}  // namespace
}  // namespace selvedge::instruments
