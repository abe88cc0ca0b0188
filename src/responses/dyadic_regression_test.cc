#include "responses/dyadic_regression.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>
#include <vector>

#include "core/random.h"
#include "numerics/normal.h"

namespace selvedge::responses {
namespace {

using core::Side;

/// Couples with an intercept and one covariate each, drawn at ρ = .5; some of them with one partner only.
std::vector<CoupleRows> DrawCouples(std::uint32_t count) {
  core::RandomStream stream({.seed = 3, .subject = 1, .purpose = 9});
  std::vector<CoupleRows> couples;
  for (std::uint32_t i = 0; i < count; ++i) {
    const double shared = numerics::DrawNormal(stream);
    CoupleRows couple;
    for (const Side side : core::kSides) {
      PartnerRow row{.terms = Terms::Ones(2), .outcome = 0};
      row.terms(1) = numerics::DrawNormal(stream);
      const double error = (shared + numerics::DrawNormal(stream)) * (side == Side::kA ? 1.0 : 1.6);
      row.outcome = 2 + 0.5 * row.terms(1) + error;
      if (i % 7 != 3 || side == Side::kA) couple[side] = row;
    }
    couples.push_back(couple);
  }
  return couples;
}

/// The restricted likelihood from its definition, with one dense matrix for all couples.
double DenseLogLikelihood(const std::vector<CoupleRows>& couples, const core::BySide<double>& sd, double rho) {
  std::vector<std::pair<std::size_t, Side>> places;
  for (std::size_t i = 0; i < couples.size(); ++i) {
    for (const Side side : core::kSides) {
      if (couples[i][side]) places.emplace_back(i, side);
    }
  }
  const auto n = static_cast<Eigen::Index>(places.size());
  Eigen::MatrixXd V = Eigen::MatrixXd::Zero(n, n);
  Eigen::MatrixXd X(n, 2);
  Eigen::VectorXd y(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto& [couple, side] = places[static_cast<std::size_t>(i)];
    X.row(i) = couples[couple][side]->terms.transpose();
    y(i) = couples[couple][side]->outcome;
    for (Eigen::Index j = 0; j < n; ++j) {
      const auto& [other_couple, other] = places[static_cast<std::size_t>(j)];
      if (couple == other_couple) V(i, j) = sd[side] * sd[other] * (side == other ? 1 : rho);
    }
  }
  const Eigen::MatrixXd VX = V.inverse() * X;
  const Eigen::MatrixXd A = X.transpose() * VX;
  const Eigen::VectorXd r = y - X * (A.inverse() * VX.transpose() * y);
  return -0.5 * (std::log(V.determinant()) + std::log(A.determinant()) + r.dot(V.inverse() * r) +
                 static_cast<double>(n - 2) * numerics::kLogTwoPi);
}

TEST(FitRegression, OfBalancedCouplesIsTheAnalysisOfVariance) {
  // With an intercept alone REML is exact: σ² = (B + W) / 2 and ρ = (B − W) / (B + W), from the mean squares between
  // and within couples, and the mean has the variance B / 2n.
  std::vector<CoupleRows> couples;
  double between = 0;
  double within = 0;
  for (const auto& [a, b] : {std::pair(1.0, 2.0), std::pair(4.0, 3.5), std::pair(2.0, 3.0), std::pair(5.0, 6.5)}) {
    couples.push_back({.a = PartnerRow{.terms = Terms::Ones(1), .outcome = a},
                       .b = PartnerRow{.terms = Terms::Ones(1), .outcome = b}});
    between += 2 * std::pow((a + b) / 2 - 3.375, 2) / 3;
    within += (a - b) * (a - b) / 2 / 4;
  }
  const auto fit = FitRegression(couples, Variances::kAlike);
  ASSERT_TRUE(fit);
  EXPECT_TRUE(fit->converged);
  EXPECT_NEAR(fit->estimates[0], 3.375, 1e-9);
  EXPECT_NEAR(fit->residual_sd.a, std::sqrt((between + within) / 2), 1e-6);
  EXPECT_EQ(fit->residual_sd.a, fit->residual_sd.b);
  EXPECT_NEAR(fit->residual_correlation, (between - within) / (between + within), 1e-6);
  EXPECT_NEAR(fit->standard_errors[0], std::sqrt(between / 8), 1e-6);
  EXPECT_EQ(fit->couples, 4);
}

TEST(FitRegression, EndsAtTheTopOfTheLikelihoodByItsDefinition) {
  const std::vector<CoupleRows> couples = DrawCouples(40);
  for (const Variances variances : {Variances::kAlike, Variances::kBySide}) {
    const auto fit = FitRegression(couples, variances);
    ASSERT_TRUE(fit && fit->converged);
    EXPECT_EQ(fit->rows, 80 - 6);
    EXPECT_EQ(fit->couples, 34);
    const double best = DenseLogLikelihood(couples, fit->residual_sd, fit->residual_correlation);
    EXPECT_NEAR(fit->restricted_loglik, best, 1e-8);
    for (const double step : {-0.02, 0.02}) {
      EXPECT_LT(DenseLogLikelihood(couples, fit->residual_sd, fit->residual_correlation + step), best);
      core::BySide<double> sd = fit->residual_sd;
      sd.a += step;
      if (variances == Variances::kAlike) sd.b = sd.a;
      EXPECT_LT(DenseLogLikelihood(couples, sd, fit->residual_correlation), best);
    }
  }
}

TEST(FitRegression, OfSwappedPartnersIsTheSameWithTheirSpreadsSwapped) {
  const std::vector<CoupleRows> couples = DrawCouples(40);
  std::vector<CoupleRows> swapped = couples;
  for (CoupleRows& couple : swapped) std::swap(couple.a, couple.b);
  const auto one = FitRegression(couples, Variances::kBySide);
  const auto other = FitRegression(swapped, Variances::kBySide);
  ASSERT_TRUE(one && other);
  EXPECT_NEAR(one->estimates[1], other->estimates[1], 1e-7);
  EXPECT_NEAR(one->residual_sd.a, other->residual_sd.b, 1e-6);
  EXPECT_NEAR(one->residual_sd.b, other->residual_sd.a, 1e-6);
  EXPECT_GT(one->residual_sd.b, one->residual_sd.a);
}

TEST(FitRegression, RefusesTermsThatCannotBeToldApartAndTooFewCouples) {
  std::vector<CoupleRows> couples = DrawCouples(10);
  for (CoupleRows& couple : couples) {
    for (const Side side : core::kSides) {
      if (couple[side]) couple[side]->terms(1) = 3;
    }
  }
  EXPECT_FALSE(FitRegression(couples, Variances::kAlike));
  EXPECT_FALSE(FitRegression({}, Variances::kAlike));
  EXPECT_FALSE(FitRegression(DrawCouples(1), Variances::kAlike));
  for (CoupleRows& couple : couples) {
    for (const Side side : core::kSides) {
      if (!couple[side]) continue;
      couple[side]->terms(1) = couple[side]->outcome;  // explains everything
    }
  }
  EXPECT_FALSE(FitRegression(couples, Variances::kAlike));
}

}  // namespace
}  // namespace selvedge::responses
