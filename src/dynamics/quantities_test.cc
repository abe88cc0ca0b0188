#include "dynamics/quantities.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random.h"
#include "oracle/plain_filter.h"
#include "oracle/random_diary.h"

namespace selvedge::dynamics {
namespace {

using core::Side;

TEST(HalfLife, IsWhenHalfOfAnUpsetIsGone) {
  const System alone = *System::Create({-0.5, 0, 0, -2}, {3, 1, 8}, {1, 1}, {0, 0});
  EXPECT_NEAR(HalfLife(alone, Side::kA).count, std::log(2) / 0.5, 1e-12);
  EXPECT_NEAR(std::exp(-2 * HalfLife(alone, Side::kB).count), 0.5, 1e-12);
  const System carried = *System::Create({0.1, -0.5, 0.5, -1}, {1, 0, 1}, {1, 1}, {0, 0});
  EXPECT_TRUE(std::isinf(HalfLife(carried, Side::kA).count));  // a has no ground of their own
}

TEST(PullAfterADay, IsTheEntryOfTheExponential) {
  core::RandomStream stream({.seed = 81});
  for (int i = 0; i < 50; ++i) {
    const Parameters parameters = oracle::RandomParameters(stream);
    const auto F = oracle::PlainSystem<double>(parameters).Over(1.0).F;
    EXPECT_NEAR(PullAfterADay(oracle::SystemOf(parameters), Side::kA), F[0][1], 1e-11);
    EXPECT_NEAR(PullAfterADay(oracle::SystemOf(parameters), Side::kB), F[1][0], 1e-11);
  }
}

TEST(LeftAfter, IsTheEntryOfTheExponential) {
  core::RandomStream stream({.seed = 82});
  for (const double days : {0.25, 1.0, 14.0}) {
    for (int i = 0; i < 50; ++i) {
      const Parameters parameters = oracle::RandomParameters(stream);
      const auto F = oracle::PlainSystem<double>(parameters).Over(days).F;
      EXPECT_NEAR(LeftAfter(oracle::SystemOf(parameters), Side::kA, {days}), F[0][0], 1e-11);
      EXPECT_NEAR(LeftAfter(oracle::SystemOf(parameters), Side::kB, {days}), F[1][1], 1e-11);
    }
  }
  EXPECT_DOUBLE_EQ(LeftAfter(*System::Create({-0.5, 0, 0, -2}, {3, 1, 8}, {1, 1}, {0, 0}), Side::kA, {0}), 1);
}

TEST(DriftSeenFrom, PutsThePersonFirst) {
  const System system = *System::Create({-1, 0.2, 0.3, -2}, {2, 1, 2}, {1, 3}, {0, 0});
  EXPECT_EQ(DriftSeenFrom(system, Side::kA), system.drift);
  EXPECT_EQ(DriftSeenFrom(system, Side::kB), (numerics::Mat2{-2, 0.3, 0.2, -1}));
}

TEST(SameDayCorrelation, CountsNoiseAgainstTheAnswers) {
  const System system = *System::Create({-1, 0, 0, -1}, {2, 1, 2}, {1, 3}, {0, 0});  // P = [1 ½; ½ 1]
  EXPECT_NEAR(SameDayCorrelation(system), 0.5 / std::sqrt(2.0 * 4.0), 1e-12);
  EXPECT_DOUBLE_EQ(Spread(system, Side::kB), 1.0);
}

TEST(Weather, SharesAddUpToOneForEverySplit) {
  core::RandomStream stream({.seed = 82});
  for (int i = 0; i < 200; ++i) {
    const System system = oracle::SystemOf(oracle::RandomParameters(stream));
    for (const Side side : core::kSides) {
      for (const double split : {0.0, 0.5, 1.0}) {
        const Weather weather = WeatherOf(system, side, split);
        ASSERT_NEAR(weather.own + weather.partner + weather.shared, 1, 1e-9);
        ASSERT_GE(std::min({weather.own, weather.partner, weather.shared}), -1e-12);
      }
      const WeatherRange range = WeatherRangeOf(system, side);
      ASSERT_LE(range.lowest.own, WeatherOf(system, side).own + 1e-12);
      ASSERT_GE(range.highest.own, WeatherOf(system, side).own - 1e-12);
    }
  }
}

TEST(Weather, IsAllOnesOwnWithoutPullAndWithoutSharedJolts) {
  const System apart = *System::Create({-1, 0, 0, -2}, {2, 0, 3}, {1, 1}, {0, 0});
  EXPECT_NEAR(WeatherOf(apart, Side::kA).own, 1, 1e-12);
  const System moved = *System::Create({-1, 0.8, 0, -1}, {2, 0, 2}, {1, 1}, {0, 0});
  EXPECT_GT(WeatherOf(moved, Side::kA).partner, 0.2);
  EXPECT_NEAR(WeatherOf(moved, Side::kB).own, 1, 1e-12);
}

TEST(Weather, AgreesWithASimulatedSplit) {
  // The equal split by hand: own jolts (1 − |ρ|)σ², shared σ_i √|ρ|; variance by integrating exp(A s) Q exp(Aᵀ s).
  const Parameters parameters{-0.7, 0.4, 0.1, -0.5, 2, 1, 3, 1, 1, 0, 0};
  const double rho = 1 / std::sqrt(6.0);
  const auto variance_of_a = [&](double q_aa, double q_ab, double q_bb) {
    oracle::PlainSystem<double> part({-0.7, 0.4, 0.1, -0.5, q_aa, q_ab, q_bb, 1, 1, 0, 0});
    return part.Over(200).Q[0][0];
  };
  const double total = variance_of_a(2, 1, 3);
  const Weather weather = WeatherOf(oracle::SystemOf(parameters), Side::kA);
  EXPECT_NEAR(weather.own, variance_of_a(2 * (1 - rho), 0, 0) / total, 1e-9);
  EXPECT_NEAR(weather.partner, variance_of_a(0, 0, 3 * (1 - rho)) / total, 1e-9);
  EXPECT_NEAR(weather.shared, variance_of_a(2 * rho, 1, 3 * rho) / total, 1e-9);
}

}  // namespace
}  // namespace selvedge::dynamics
