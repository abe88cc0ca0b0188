#include "responses/random_intercept.h"

#include <gtest/gtest.h>

#include <Eigen/Core>
#include <Eigen/LU>
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

std::vector<std::vector<Trials>> DrawCouples(std::uint32_t count, double sd) {
  std::vector<std::vector<Trials>> couples;
  for (std::uint32_t i = 0; i < count; ++i) {
    core::RandomStream stream({.seed = 8, .subject = i, .purpose = 4});
    const double level = sd * numerics::DrawNormal(stream);
    std::vector<Trials> trials{{.covariates = Pair(1, 0)}, {.covariates = Pair(1, 1)}};
    for (Trials& row : trials) {
      row.count = 20;
      for (int k = 0; k < 20; ++k) {
        row.yes += stream.Uniform() < Logistic(row.covariates.dot(Pair(-0.5, 1)) + level) ? 1 : 0;
      }
    }
    couples.push_back(trials);
  }
  return couples;
}

/// log likelihood with u integrated by the trapezoid rule, which for such integrands is as exact as doubles are.
double PlainLogLikelihood(const std::vector<std::vector<Trials>>& couples, const Coefficients& beta, double sd) {
  constexpr double kStep = 0.01;
  double sum = 0;
  for (const std::vector<Trials>& couple : couples) {
    double integral = 0;
    for (double u = -9; u <= 9; u += kStep) {
      double density = numerics::NormalDensity(u) * kStep;
      for (const Trials& row : couple) {
        const double p = Logistic(row.covariates.dot(beta) + sd * u);
        density *= std::pow(p, row.yes) * std::pow(1 - p, row.count - row.yes);
      }
      integral += density;
    }
    sum += std::log(integral);
  }
  return sum;
}

TEST(FitRandomIntercept, EndsAtTheTopOfTheIntegratedLikelihood) {
  const std::vector<std::vector<Trials>> couples = DrawCouples(60, 0.8);
  const auto fit = FitRandomIntercept(couples);
  ASSERT_TRUE(fit && fit->standard_errors);
  EXPECT_TRUE(fit->converged);
  EXPECT_NEAR(fit->coefficients(0), -0.5, 3 * (*fit->standard_errors)(0));
  EXPECT_NEAR(fit->coefficients(1), 1, 3 * (*fit->standard_errors)(1));
  EXPECT_NEAR(fit->sd, 0.8, 0.3);
  const auto at = [&](double first, double second, double sd) {
    return PlainLogLikelihood(couples, fit->coefficients + Pair(first, second), fit->sd + sd);
  };
  EXPECT_NEAR(fit->loglik, at(0, 0, 0), 1e-7);
  for (const double step : {-0.02, 0.02}) {
    EXPECT_LT(at(step, 0, 0), fit->loglik);
    EXPECT_LT(at(0, step, 0), fit->loglik);
    EXPECT_LT(at(0, 0, step), fit->loglik);
  }
  // The errors are those of the curvature, here by plain differences of the plain likelihood.
  constexpr double kStep = 1e-3;
  Eigen::Matrix3d information;
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) {
      const auto shifted = [&](double s, double t) {
        Eigen::Vector3d d = Eigen::Vector3d::Zero();
        d(i) += s * kStep;
        d(j) += t * kStep;
        return at(d(0), d(1), d(2));
      };
      information(i, j) = -(shifted(1, 1) - shifted(1, -1) - shifted(-1, 1) + shifted(-1, -1)) / (4 * kStep * kStep);
    }
  }
  const Eigen::Matrix3d covariance = information.inverse();
  EXPECT_NEAR((*fit->standard_errors)(0), std::sqrt(covariance(0, 0)), 1e-4);
  EXPECT_NEAR((*fit->standard_errors)(1), std::sqrt(covariance(1, 1)), 1e-4);
}

TEST(FitRandomIntercept, OfCouplesAllAlikeIsTheRegressionWithoutLevels) {
  std::vector<std::vector<Trials>> couples(
      30, {{.covariates = Pair(1, 0), .yes = 6, .count = 20}, {.covariates = Pair(1, 1), .yes = 11, .count = 20}});
  const auto fit = FitRandomIntercept(couples);
  ASSERT_TRUE(fit && fit->standard_errors);
  EXPECT_EQ(fit->sd, 0);
  EXPECT_NEAR(fit->coefficients(0), std::log(6.0 / 14), 1e-5);
  EXPECT_NEAR(fit->coefficients(1), std::log(11.0 * 14 / (9 * 6)), 1e-5);
  EXPECT_NEAR((*fit->standard_errors)(0), std::sqrt((1 / 6.0 + 1 / 14.0) / 30), 1e-4);
}

TEST(FitRandomIntercept, HasNothingToSayOfSeparatedAnswersOrOfNone) {
  EXPECT_FALSE(FitRandomIntercept(std::vector<std::vector<Trials>>(
      5, {{.covariates = Pair(1, 0), .yes = 0, .count = 20}, {.covariates = Pair(1, 1), .yes = 9, .count = 20}})));
  EXPECT_FALSE(FitRandomIntercept({}));
}

}  // namespace
}  // namespace selvedge::responses
