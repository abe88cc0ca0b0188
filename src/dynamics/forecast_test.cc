#include "dynamics/forecast.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "dynamics/draw.h"
#include "dynamics/likelihood.h"
#include "numerics/normal.h"
#include "oracle/random_diary.h"

namespace selvedge::dynamics {
namespace {

TEST(OneStepForecasts, AreTheOnesTheLikelihoodScores) {
  // With one answer at a time, the log-likelihood is the sum of the log densities of the one-step forecasts.
  core::RandomStream stream({.seed = 91});
  for (const Start start : {Start::kStationary, Start::kUnit}) {
    const System system = oracle::SystemOf(oracle::RandomParameters(stream));
    auto diary = oracle::RandomDiary(stream, 60);
    for (std::size_t i = 0; i < diary.size(); ++i) (i % 2 == 0 ? diary[i].own.a : diary[i].own.b).reset();
    double sum = 0;
    const auto forecasts = OneStepForecasts(system, start, diary);
    for (std::size_t i = 0; i < diary.size(); ++i) {
      for (const core::Side side : core::kSides) {
        if (!diary[i].own[side]) continue;
        const Expected& expected = forecasts[i][side];
        sum += std::log(numerics::NormalDensity((*diary[i].own[side] - expected.mean) / expected.sd) / expected.sd);
      }
    }
    Occasions occasions;
    occasions.AddDyad(diary);
    Likelihood likelihood(occasions);
    EXPECT_NEAR(sum, likelihood.Value(system, start).value(), 1e-8 * std::fabs(sum));
  }
}

TEST(ForecastNextDays, ReturnsToTheUsualLevelAndItsSpread) {
  core::RandomStream stream({.seed = 92});
  const System system = *System::Create({-0.75, 0.30, 0.05, -0.55}, {120, 30, 85}, {40, 50}, {66, 61});
  const auto forecasts = ForecastNextDays(system, Start::kStationary, oracle::RandomDiary(stream, 20), 60);
  ASSERT_EQ(forecasts.size(), 60U);
  EXPECT_NEAR(forecasts.back().a.mean, 66, 1e-6);
  EXPECT_NEAR(forecasts.back().b.sd, std::sqrt(system.stationary.bb + 50), 1e-6);
  EXPECT_LT(forecasts.front().a.sd, forecasts.back().a.sd);
}

TEST(Mixture, HasTheMeanAndVarianceOfTheWhole) {
  Mixture parts;
  parts.Add({.mean = 0, .sd = 1});
  EXPECT_DOUBLE_EQ(parts.Get().mean, 0);
  EXPECT_DOUBLE_EQ(parts.Get().sd, 1);
  parts.Add({.mean = 4, .sd = 1});
  EXPECT_DOUBLE_EQ(parts.Get().mean, 2);
  EXPECT_DOUBLE_EQ(parts.Get().sd, std::sqrt(1 + 4));
}

}  // namespace
}  // namespace selvedge::dynamics
