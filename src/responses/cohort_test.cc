#include "responses/cohort.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/random.h"
#include "numerics/normal.h"

namespace selvedge::responses {
namespace {

Coefficients Pair(double first, double second) {
  Coefficients c(2);
  c << first, second;
  return c;
}

const NormalPrior kBeforehand{.centre = Pair(-1.4, 0), .sd = Pair(1.2, 1.25)};
const NormalPrior kTruth{.centre = Pair(-0.8, 0.9), .sd = Pair(0.7, 0.5)};

/// People with `days` days each, a fifth of them low.
std::vector<std::vector<Trials>> DrawPeople(std::uint32_t people, int days) {
  std::vector<std::vector<Trials>> drawn;
  for (std::uint32_t person = 0; person < people; ++person) {
    core::RandomStream stream({.seed = 11, .subject = person, .purpose = 2});
    Coefficients theta(2);
    for (Eigen::Index j = 0; j < 2; ++j) theta(j) = kTruth.centre(j) + kTruth.sd(j) * numerics::DrawNormal(stream);
    std::vector<Trials> trials{{.covariates = Pair(1, 0)}, {.covariates = Pair(1, 1)}};
    for (int day = 0; day < days; ++day) {
      Trials& row = trials[day % 5 == 0 ? 1 : 0];
      row.count += 1;
      row.yes += stream.Uniform() < Logistic(row.covariates.dot(theta)) ? 1 : 0;
    }
    drawn.push_back(trials);
  }
  return drawn;
}

TEST(FitCohort, OfNobodyIsWhatWasThoughtBeforehand) {
  const Cohort cohort = FitCohort({}, kBeforehand);
  EXPECT_TRUE(cohort.converged);
  EXPECT_NEAR((cohort.usual.centre - kBeforehand.centre).norm(), 0, 1e-12);
  EXPECT_NEAR((cohort.usual.sd - kBeforehand.sd).norm(), 0, 1e-12);
}

TEST(FitCohort, FindsWhatIsUsual) {
  const Cohort cohort = FitCohort(DrawPeople(400, 60), kBeforehand);
  ASSERT_TRUE(cohort.converged);
  // Sampling errors: of a mean at least sd / √400, of a standard deviation sd / √800, and a little more since people's
  // own coefficients are known from 12 and 48 days only. Three such.
  EXPECT_NEAR(cohort.usual.centre(0), -0.8, 0.13);
  EXPECT_NEAR(cohort.usual.centre(1), 0.9, 0.13);
  EXPECT_NEAR(cohort.usual.sd(0), 0.7, 0.11);
  EXPECT_NEAR(cohort.usual.sd(1), 0.5, 0.20);
}

/// What FitCohort makes as large as it can: the evidence, and the prior as one person more.
double Objective(const std::vector<std::vector<Trials>>& people, const NormalPrior& usual) {
  double sum = 0;
  for (const std::vector<Trials>& trials : people) sum += IntegratePosterior(trials, usual).log_evidence;
  for (Eigen::Index j = 0; j < 2; ++j) {
    const double away = usual.centre(j) - kBeforehand.centre(j);
    sum -=
        std::log(usual.sd(j)) + (away * away + kBeforehand.sd(j) * kBeforehand.sd(j)) / (2 * usual.sd(j) * usual.sd(j));
  }
  return sum;
}

TEST(FitCohort, EndsAtTheTopOfTheMarginalLikelihood) {
  const std::vector<std::vector<Trials>> people = DrawPeople(40, 30);
  const Cohort cohort = FitCohort(people, kBeforehand);
  ASSERT_TRUE(cohort.converged);
  const double best = Objective(people, cohort.usual);
  for (Eigen::Index j = 0; j < 2; ++j) {
    for (const double step : {-1e-2, 1e-2}) {
      NormalPrior beside = cohort.usual;
      beside.centre(j) += step;
      EXPECT_LT(Objective(people, beside), best);
      beside = cohort.usual;
      beside.sd(j) += step;
      EXPECT_LT(Objective(people, beside), best);
    }
  }
}

TEST(FitCohort, ShrinksOnePersonTheMoreTheFewerTheirDays) {
  const NormalPrior usual = FitCohort(DrawPeople(200, 60), kBeforehand).usual;
  const auto mean = [&](double days) {
    // Steps in on half of the calm days and of the low ones, far from the cohort's difference.
    return IntegratePosterior(std::vector<Trials>{{.covariates = Pair(1, 0), .yes = 0.4 * days, .count = 0.8 * days},
                                                  {.covariates = Pair(1, 1), .yes = 0.1 * days, .count = 0.2 * days}},
                              usual)
        .mean(1);
  };
  EXPECT_NEAR(mean(0), usual.centre(1), 1e-9);
  EXPECT_LT(mean(30), mean(0));
  EXPECT_LT(mean(300), mean(30));
  EXPECT_NEAR(mean(1e5), 0, 0.01);
}

}  // namespace
}  // namespace selvedge::responses
