#include "dynamics/draw.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "dynamics/coordinates.h"
#include "oracle/plain_filter.h"

namespace selvedge::dynamics {
namespace {

const System kOrdinary = *System::Create({-0.75, 0.30, 0.05, -0.55}, {120, 30, 85}, {40, 50}, {66, 61});

TEST(DrawAnswers, HaveTheMomentsOfTheModelAtEveryLag) {
  // Two answers 1.7 days apart, many times over: means, variances, and the covariance exp(A Δ) P of a with b earlier.
  constexpr int kDraws = 60'000;
  const std::vector<core::Days> times{{0}, {1.7}};
  core::RandomStream stream({.seed = 71});
  double mean_a = 0;
  double variance_a = 0;
  double later_a_with_b = 0;
  for (int i = 0; i < kDraws; ++i) {
    const auto answers = DrawAnswers(kOrdinary, Start::kStationary, times, stream);
    mean_a += *answers[1].own.a / kDraws;
    variance_a += std::pow(*answers[1].own.a - 66, 2) / kDraws;
    later_a_with_b += (*answers[1].own.a - 66) * (*answers[0].own.b - 61) / kDraws;
  }
  const oracle::PlainSystem<double> plain(ParametersOf(kOrdinary));
  const auto lagged = oracle::Product(plain.Over(1.7).F, plain.P);
  const double total_a = plain.P[0][0] + 40;
  const double total_b = plain.P[1][1] + 50;
  EXPECT_NEAR(mean_a, 66, 5 * std::sqrt(total_a / kDraws));
  EXPECT_NEAR(variance_a, total_a, 5 * total_a * std::sqrt(2.0 / kDraws));
  EXPECT_NEAR(later_a_with_b, lagged[0][1], 5 * std::sqrt(total_a * total_b / kDraws));
}

TEST(DrawAnswers, BeginAtTheUnitStartWhenAsked) {
  constexpr int kDraws = 20'000;
  core::RandomStream stream({.seed = 72});
  System silent = kOrdinary;
  silent.noise = {};
  double variance = 0;
  for (int i = 0; i < kDraws; ++i) {
    variance +=
        std::pow(*DrawAnswers(silent, Start::kUnit, std::vector<core::Days>{{5}}, stream)[0].own.b - 61, 2) / kDraws;
  }
  EXPECT_NEAR(variance, 1, 5 * std::sqrt(2.0 / kDraws));
}

TEST(DrawAnswers, RepeatForTheSameKey) {
  core::RandomStream first({.seed = 73});
  core::RandomStream again({.seed = 73});
  const std::vector<core::Days> times{{0}, {1}, {4}};
  const auto one = DrawAnswers(kOrdinary, Start::kStationary, times, first);
  const auto two = DrawAnswers(kOrdinary, Start::kStationary, times, again);
  for (std::size_t i = 0; i < times.size(); ++i) EXPECT_EQ(one[i].own, two[i].own);
}

TEST(DrawSystems, FollowTheirMeanAndCovariance) {
  Laplace laplace{.mode = Prior::DailyMood().Centre(), .covariance = {}, .with_noise = true};
  laplace.covariance = numerics::SquareMatrix::Identity(11, 11) * 1e-4;
  laplace.covariance(PersonCoordinates::kPullA, PersonCoordinates::kPullB) = 0.8e-4;
  laplace.covariance(PersonCoordinates::kPullB, PersonCoordinates::kPullA) = 0.8e-4;
  laplace.covariance(PersonCoordinates::kUsualA, PersonCoordinates::kUsualA) = 0;  // held fixed
  core::RandomStream stream({.seed = 74});
  constexpr std::size_t kDraws = 20'000;
  const std::vector<System> systems = DrawSystems(laplace, kDraws, stream);
  ASSERT_EQ(systems.size(), kDraws);
  double mean = 0;
  double variance = 0;
  double joint = 0;
  for (const System& system : systems) {
    EXPECT_NEAR(system.mean.a, 68, 1e-9);
    mean += system.drift.ab / kDraws;
    variance += std::pow(system.drift.ab - 0.15, 2) / kDraws;
    joint += (system.drift.ab - 0.15) * (system.drift.ba - 0.15) / kDraws;
  }
  EXPECT_NEAR(mean, 0.15, 5 * 0.01 / std::sqrt(kDraws));
  EXPECT_NEAR(variance, 1e-4, 5e-4 * std::sqrt(2.0 / kDraws));
  EXPECT_NEAR(joint, 0.8e-4, 5e-4 * std::sqrt(2.0 / kDraws));
}

}  // namespace
}  // namespace selvedge::dynamics
