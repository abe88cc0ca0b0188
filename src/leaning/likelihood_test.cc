#include "leaning/likelihood.h"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <limits>

namespace selvedge::leaning {
namespace {

using Eigen::Matrix2d;
using Eigen::MatrixXd;
using Eigen::Vector2d;
using Eigen::VectorXd;

const Matrix2d kError{{0.3, 0.1}, {0.1, 0.5}};
const Vector2d kEstimate(0.7, -0.4);

/// What scoring does: a normal prior and a normal likelihood.
struct Scored {
  VectorXd mean;
  MatrixXd covariance;
};
Scored Score(const Vector2d& prior_mean, const Matrix2d& prior) {
  const Matrix2d covariance = (prior.inverse() + kError.inverse()).inverse();
  return {.mean = covariance * (prior.inverse() * prior_mean + kError.inverse() * kEstimate), .covariance = covariance};
}

TEST(RemovePrior, GivesBackTheEstimateWhateverThePriorWas) {
  for (const double correlation : {-0.6, 0.0, 0.9}) {
    for (const double variance : {0.2, 1.0, 50.0}) {
      const Matrix2d prior = variance * Matrix2d{{1, correlation}, {correlation, 1}};
      const Vector2d prior_mean(1, -2);
      const Scored scored = Score(prior_mean, prior);
      const auto likelihood = RemovePrior(scored.mean, scored.covariance, prior_mean, prior);
      ASSERT_TRUE(likelihood.has_value());
      EXPECT_TRUE(likelihood->precision.isApprox(kError.inverse(), 1e-9));
      EXPECT_TRUE(likelihood->information.isApprox(kError.inverse() * kEstimate, 1e-9));
    }
  }
}

TEST(RemovePrior, LeavesExactlyNothingWhereNothingWasLearnt) {
  const Matrix2d prior{{1, 0.4}, {0.4, 1}};
  const auto likelihood = RemovePrior(Vector2d(0.1, 0.2), prior, Vector2d(0.1, 0.2), prior);
  ASSERT_TRUE(likelihood.has_value());
  EXPECT_TRUE(likelihood->precision.isZero(0));
  EXPECT_TRUE(likelihood->information.isZero(0));
}

TEST(RemovePrior, RefusesWhatDoesNotBelongTogether) {
  const Matrix2d one = Matrix2d::Identity();
  const Vector2d zero = Vector2d::Zero();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(RemovePrior(zero, 1.1 * one, zero, one).has_value()) << "wider than its prior";
  EXPECT_FALSE(RemovePrior(zero, Matrix2d{{0.5, 0}, {0, 1.2}}, zero, one).has_value()) << "wider in one direction";
  EXPECT_FALSE(RemovePrior(zero, -one, zero, one).has_value());
  EXPECT_FALSE(RemovePrior(zero, nan * one, zero, one).has_value());
  EXPECT_FALSE(RemovePrior(nan * Vector2d(1, 1), 0.5 * one, zero, one).has_value());
  EXPECT_FALSE(RemovePrior(zero, 0.5 * one, VectorXd::Zero(1), MatrixXd::Identity(1, 1)).has_value());
}

TEST(FromEstimate, KnowsWhatAnInfiniteErrorMeans) {
  const auto nothing = FromEstimate(3, std::numeric_limits<double>::infinity());
  ASSERT_TRUE(nothing.has_value());
  EXPECT_TRUE(nothing->precision.isZero(0));
  EXPECT_EQ(FromEstimate(3, 0.5)->precision(0, 0), 4);
  EXPECT_EQ(FromEstimate(3, 0.5)->information(0), 12);
  EXPECT_FALSE(FromEstimate(3, 0).has_value());
  EXPECT_FALSE(FromEstimate(3, -1).has_value());
  EXPECT_FALSE(FromEstimate(3, 1e-160).has_value()) << "its precision is no finite number";
  EXPECT_FALSE(FromEstimate(std::numeric_limits<double>::infinity(), 1).has_value());
  EXPECT_FALSE(FromEstimate(kEstimate, Matrix2d{{1, 2}, {2, 1}}).has_value());
}

}  // namespace
}  // namespace selvedge::leaning
