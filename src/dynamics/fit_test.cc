#include "dynamics/fit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "dynamics/draw.h"
#include "dynamics/quantities.h"
#include "oracle/plain_filter.h"

namespace selvedge::dynamics {
namespace {

using ::testing::Contains;

std::vector<core::Days> Daily(int days) {
  std::vector<core::Days> times;
  for (int day = 0; day < days; ++day) times.push_back({static_cast<double>(day)});
  return times;
}

Occasions Drawn(const System& system, int days, std::uint64_t seed) {
  core::RandomStream stream({.seed = seed, .subject = 0, .purpose = 61});
  Occasions occasions;
  occasions.AddDyad(DrawAnswers(system, Start::kStationary, Daily(days), stream));
  return occasions;
}

const System kOrdinary = *System::Create({-0.75, 0.30, 0.05, -0.55}, {120, 30, 85}, {40, 50}, {66, 61});

TEST(MaximumLikelihood, RecoversASystemFromALongDiaryWithinItsStandardErrors) {
  const Fit fit = FitMaximumLikelihood(Drawn(kOrdinary, 20'000, 1), {});
  ASSERT_EQ(fit.status, FitStatus::kConverged);
  ASSERT_TRUE(fit.regular);
  const Parameters truth = ParametersOf(kOrdinary);
  const Parameters estimate = ParametersOf(*fit.system);
  for (std::size_t p = 0; p < kParameterCount; ++p) {
    ASSERT_TRUE(fit.standard_errors[p].has_value());
    EXPECT_NEAR(estimate[p], truth[p], 4 * *fit.standard_errors[p]) << kParameterNames[p];
  }
}

TEST(MaximumLikelihood, EndsWhereTheGradientOfThePlainFilterIsZero) {
  core::RandomStream stream({.seed = 2, .subject = 0, .purpose = 61});
  const auto diary = DrawAnswers(kOrdinary, Start::kStationary, Daily(300), stream);
  Occasions occasions;
  occasions.AddDyad(diary);
  const Fit fit = FitMaximumLikelihood(occasions, {});
  ASSERT_EQ(fit.status, FitStatus::kConverged);
  using D = oracle::Dual<kParameterCount>;
  const Parameters estimate = ParametersOf(*fit.system);
  std::array<D, kParameterCount> duals;
  for (std::size_t p = 0; p < kParameterCount; ++p) duals[p] = D::Variable(estimate[p], p);
  const D at_optimum = oracle::PlainLogLikelihood<D>(duals, Start::kStationary, diary);
  EXPECT_NEAR(at_optimum.value, fit.loglik, 1e-8);
  for (std::size_t p = 0; p < kParameterCount; ++p) {
    if (fit.standard_errors[p]) {
      EXPECT_NEAR(at_optimum.slope[p] * *fit.standard_errors[p], 0, 1e-4) << kParameterNames[p];
    } else {
      EXPECT_LT(at_optimum.slope[p], 0) << kParameterNames[p];  // held at zero: it would have to go below to gain
    }
  }
}

TEST(MaximumLikelihood, NamesAMeasurementVarianceOfZeroAndGivesItNoStandardError) {
  System quiet = kOrdinary;
  quiet.noise = {0, 50};
  const Fit fit = FitMaximumLikelihood(Drawn(quiet, 2000, 3), {});
  ASSERT_EQ(fit.status, FitStatus::kConverged);
  if (!fit.boundaries.empty()) {
    EXPECT_THAT(fit.boundaries, Contains(Boundary::kNoiseA));
    EXPECT_EQ(fit.system->noise.a, 0);
    EXPECT_FALSE(fit.standard_errors[Parameter::kRa].has_value());
    EXPECT_TRUE(fit.standard_errors[Parameter::kAaa].has_value());
  } else {
    EXPECT_LT(fit.system->noise.a, 3 * *fit.standard_errors[Parameter::kRa]);
  }
}

TEST(MaximumLikelihood, NamesOneStreamOfJoltsForBoth) {
  const System one_stream = *System::Create({-0.75, 0.30, 0.05, -0.55}, {100, 100, 100}, {40, 50}, {66, 61});
  const Fit fit = FitMaximumLikelihood(Drawn(one_stream, 3000, 4), {});
  ASSERT_EQ(fit.status, FitStatus::kConverged);
  const double determinant = numerics::Determinant(fit.system->diffusion);
  if (!fit.boundaries.empty()) {
    EXPECT_THAT(fit.boundaries, Contains(Boundary::kJoltsSingular));
    EXPECT_NEAR(determinant, 0, 1e-6);
    for (const auto q : {Parameter::kQaa, Parameter::kQab, Parameter::kQbb})
      EXPECT_FALSE(fit.standard_errors[q].has_value());
  } else {
    EXPECT_LT(determinant, 0.1 * 100 * 100);
  }
}

TEST(MaximumLikelihood, WithoutNoiseLeavesItAtZero) {
  const Fit fit = FitMaximumLikelihood(Drawn(kOrdinary, 300, 5), {.noise = false});
  ASSERT_EQ(fit.status, FitStatus::kConverged);
  EXPECT_EQ(fit.system->noise, (numerics::Vec2{0, 0}));
  EXPECT_FALSE(fit.standard_errors[Parameter::kRa].has_value());
  EXPECT_TRUE(fit.boundaries.empty());  // fixed by the user, not found at an edge
}

TEST(MaximumLikelihood, GivesTheMirroredResultWhenTheTwoChangeSides) {
  core::RandomStream stream({.seed = 6, .subject = 0, .purpose = 61});
  auto diary = DrawAnswers(kOrdinary, Start::kStationary, Daily(200), stream);
  Occasions occasions;
  occasions.AddDyad(diary);
  for (Observation& observation : diary) std::swap(observation.own.a, observation.own.b);
  Occasions mirrored;
  mirrored.AddDyad(diary);
  const Fit fit = FitMaximumLikelihood(occasions, {});
  const Fit other = FitMaximumLikelihood(mirrored, {});
  EXPECT_NEAR(fit.loglik, other.loglik, 1e-6);
  EXPECT_NEAR(fit.system->drift.ab, other.system->drift.ba, 1e-3 * *fit.standard_errors[Parameter::kAab]);
  EXPECT_NEAR(fit.system->mean.a, other.system->mean.b, 1e-3 * *fit.standard_errors[Parameter::kMuA]);
}

TEST(MaximumLikelihood, ChangesUnitsAsItShould) {
  core::RandomStream stream({.seed = 7, .subject = 0, .purpose = 61});
  auto diary = DrawAnswers(kOrdinary, Start::kStationary, Daily(200), stream);
  Occasions occasions;
  occasions.AddDyad(diary);
  for (Observation& observation : diary) {
    observation.time.count *= 24;  // hours
    *observation.own.a = *observation.own.a / 100;
  }
  Occasions rescaled;
  rescaled.AddDyad(diary);
  const Fit fit = FitMaximumLikelihood(occasions, {});
  const Fit other = FitMaximumLikelihood(rescaled, {});
  EXPECT_NEAR(other.loglik, fit.loglik + 200 * std::log(100), 1e-6);
  EXPECT_NEAR(24 * 100 * other.system->drift.ab / fit.system->drift.ab, 1, 1e-3);
  EXPECT_NEAR(24 * *other.standard_errors[Parameter::kAaa] / *fit.standard_errors[Parameter::kAaa], 1, 1e-2);
}

TEST(MaximumLikelihood, SaysWhenThereIsNothingToEstimate) {
  Occasions few;
  few.AddDyad(
      std::vector<Observation>{{.time = {0}, .own = {.a = 1.0, .b = 2.0}}, {.time = {1}, .own = {.a = 2.0, .b = 2.5}}});
  EXPECT_EQ(FitMaximumLikelihood(few, {}).status, FitStatus::kTooFewAnswers);

  Occasions alone;
  Occasions constant;
  std::vector<Observation> only_a;
  std::vector<Observation> same_b;
  for (int day = 0; day < 30; ++day) {
    only_a.push_back({.time = {static_cast<double>(day)}, .own = {.a = std::sin(day), .b = {}}});
    same_b.push_back({.time = {static_cast<double>(day)}, .own = {.a = std::sin(day), .b = 5.0}});
  }
  alone.AddDyad(only_a);
  constant.AddDyad(same_b);
  EXPECT_EQ(FitMaximumLikelihood(alone, {}).status, FitStatus::kPartnerAbsent);
  EXPECT_EQ(FitMaximumLikelihood(constant, {}).status, FitStatus::kNothingVaries);
  EXPECT_FALSE(FitMaximumLikelihood(constant, {}).system.has_value());
}

TEST(MaximumLikelihood, PoolsDyads) {
  core::RandomStream stream({.seed = 8, .subject = 0, .purpose = 61});
  Occasions pooled;
  for (int dyad = 0; dyad < 40; ++dyad) pooled.AddDyad(DrawAnswers(kOrdinary, Start::kStationary, Daily(60), stream));
  const Fit fit = FitMaximumLikelihood(pooled, {});
  ASSERT_EQ(fit.status, FitStatus::kConverged);
  const Parameters truth = ParametersOf(kOrdinary);
  for (std::size_t p = 0; p < kParameterCount; ++p) {
    EXPECT_NEAR(ParametersOf(*fit.system)[p], truth[p], 4 * fit.standard_errors[p].value()) << kParameterNames[p];
  }
}

TEST(MaximumAPosteriori, StaysWithThePriorWhenTheDiarySaysNothing) {
  Occasions one_answer;
  one_answer.AddDyad(std::vector<Observation>{{.time = {0}, .own = {.a = 68.0, .b = {}}}});
  const Prior prior = Prior::DailyMood();
  const Fit fit = FitMaximumAPosteriori(one_answer, {}, prior);
  ASSERT_EQ(fit.status, FitStatus::kConverged);
  ASSERT_TRUE(fit.laplace.has_value());
  const auto sd = [&](Eigen::Index i) { return std::sqrt(fit.laplace->covariance(i, i)); };
  EXPECT_NEAR(fit.system->drift.ab, 0.15, 0.02);
  EXPECT_NEAR(sd(PersonCoordinates::kPullA), 0.2, 0.02);
  EXPECT_NEAR(sd(PersonCoordinates::kUsualB), 10, 0.1);
  EXPECT_LT(sd(PersonCoordinates::kUsualA), 9);
}

TEST(MaximumAPosteriori, LetsALongDiaryOverruleThePrior) {
  const Prior prior = Prior::DailyMood();
  const Fit fit = FitMaximumAPosteriori(Drawn(kOrdinary, 20'000, 9), {}, prior);
  ASSERT_EQ(fit.status, FitStatus::kConverged);
  const Parameters truth = ParametersOf(kOrdinary);
  for (std::size_t p = 0; p < kParameterCount; ++p) {
    EXPECT_NEAR(ParametersOf(*fit.system)[p], truth[p], 4 * fit.standard_errors[p].value()) << kParameterNames[p];
  }
}

TEST(MaximumAPosteriori, KeepsReturnRatesPositiveAndSwingsWithinWhatCanBeSeen) {
  core::RandomStream stream({.seed = 10, .subject = 0, .purpose = 61});
  const Prior prior = Prior::DailyMood();
  for (int i = 0; i < 30; ++i) {
    std::vector<Observation> noise;
    for (int day = 0; day < 40; ++day) {
      noise.push_back(
          {.time = {static_cast<double>(day)}, .own = {.a = 100 * stream.Uniform(), .b = day % 2 == 0 ? 90.0 : 10.0}});
    }
    Occasions occasions;
    occasions.AddDyad(noise);
    const Fit fit = FitMaximumAPosteriori(occasions, {}, prior);
    ASSERT_TRUE(fit.system.has_value());
    EXPECT_LT(fit.system->drift.aa, 0);
    EXPECT_LT(fit.system->drift.bb, 0);
  }
}

TEST(Names, AreThoseOfTheResultsFormat) {
  EXPECT_EQ(NameOf(Boundary::kNoiseA), "r_a");
  EXPECT_EQ(NameOf(Boundary::kJoltsSingular), "q");
  EXPECT_EQ(NameOf(Boundary::kDriftFast), "a");
  EXPECT_EQ(NameOf(FitStatus::kPartnerAbsent), "partner_absent");
}

}  // namespace
}  // namespace selvedge::dynamics
