#include "instruments/curve.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "oracle/plain_graded.h"

namespace selvedge::instruments {
namespace {

const Curve kSteep{.slope = 2.3, .thresholds = {-3.1, -0.4, 0.2, 4.0}};
const Curve kReversed{.slope = -1.4, .thresholds = {-1.0, 0.5}};
const Curve kTwoAnswers{.slope = 0.6, .thresholds = {0.3}};

TEST(LogProbability, IsTheDifferenceOfTwoLogisticCurves) {
  for (const Curve& curve : {kSteep, kReversed, kTwoAnswers}) {
    for (double theta = -4; theta <= 4; theta += 0.37) {
      double sum = 0;
      for (std::size_t k = 0; k < curve.categories(); ++k) {
        const double p = std::exp(LogProbability(curve, k, theta));
        EXPECT_NEAR(p, oracle::PlainProbability(curve, k, theta), 1e-15);
        sum += p;
      }
      EXPECT_NEAR(sum, 1, 1e-15);
    }
  }
}

TEST(LogProbability, KeepsItsDigitsWhereNobodyIs) {
  // P(X = 2) at θ = −40 is e^{−92}-small: e^{z_2} − e^{z_3} there, to first order.
  const double expected = 2.3 * -40 + std::log(std::exp(0.4) - std::exp(-0.2));
  EXPECT_NEAR(LogProbability(kSteep, 2, -40), expected, 1e-12);
}

TEST(LogProbability, HasTheStatedSlopesInTheta) {
  constexpr double kStep = 1e-5;
  for (const Curve& curve : {kSteep, kReversed, kTwoAnswers}) {
    for (std::size_t k = 0; k < curve.categories(); ++k) {
      for (const double theta : {-2.0, 0.1, 1.7}) {
        const auto at = [&](double x) { return LogProbability(curve, k, x); };
        const ThetaSlopes slopes = SlopesOfLogProbability(curve, k, theta);
        EXPECT_NEAR(slopes.first, (at(theta + kStep) - at(theta - kStep)) / (2 * kStep), 1e-9);
        EXPECT_NEAR(slopes.second, (at(theta + kStep) - 2 * at(theta) + at(theta - kStep)) / (kStep * kStep), 1e-4);
      }
    }
  }
}

TEST(Information, IsTheExpectedCurvature) {
  for (const Curve& curve : {kSteep, kReversed, kTwoAnswers}) {
    for (const double theta : {-2.0, 0.1, 1.7}) {
      double expected = 0;
      for (std::size_t k = 0; k < curve.categories(); ++k) {
        expected -= oracle::PlainProbability(curve, k, theta) * SlopesOfLogProbability(curve, k, theta).second;
      }
      EXPECT_NEAR(Information(curve, theta), expected, 1e-13);
    }
  }
  EXPECT_NEAR(Information(kTwoAnswers, 0.5), 0.25 * 0.36, 1e-15);  // a² / 4 where half say yes
}

class ExpectedLikelihoodOf : public ::testing::TestWithParam<Curve> {};

TEST_P(ExpectedLikelihoodOf, AgreesWithPlainSumsAndDifferences) {
  const Curve& curve = GetParam();
  const Axis axis{.step = 0.5, .reach = 6};
  std::vector<double> counts;
  core::RandomStream stream({.seed = 12});
  for (std::size_t c = 0; c < curve.categories() * axis.size(); ++c) counts.push_back(10 * stream.Uniform());
  counts[3] = 0;
  counts[axis.size() + 3] = 0;

  const auto plain = [&](const Curve& other) {
    double sum = 0;
    for (std::size_t k = 0; k < other.categories(); ++k) {
      for (std::size_t q = 0; q < axis.size(); ++q) {
        sum += counts[k * axis.size() + q] * std::log(oracle::PlainProbability(other, k, axis.At(q)));
      }
    }
    return sum;
  };
  const auto moved = [&](Eigen::Index parameter, double step) {
    Curve other = curve;
    (parameter == 0 ? other.slope : other.thresholds[static_cast<std::size_t>(parameter - 1)]) += step;
    return other;
  };
  const auto likelihood = ExpectedLikelihood(curve, counts, axis);
  ASSERT_TRUE(likelihood.has_value());
  EXPECT_NEAR(likelihood->value, plain(curve), 1e-10 * std::fabs(likelihood->value));
  constexpr double kStep = 1e-5;
  for (Eigen::Index p = 0; p < likelihood->gradient.size(); ++p) {
    const double slope = (plain(moved(p, kStep)) - plain(moved(p, -kStep))) / (2 * kStep);
    EXPECT_NEAR(likelihood->gradient[p], slope, 1e-6 * (1 + std::fabs(slope))) << p;
    const auto up = ExpectedLikelihood(moved(p, kStep), counts, axis);
    const auto down = ExpectedLikelihood(moved(p, -kStep), counts, axis);
    const Eigen::VectorXd curvature = (down->gradient - up->gradient) / (2 * kStep);
    EXPECT_LT((likelihood->curvature.col(p) - curvature).cwiseAbs().maxCoeff(), 1e-5 * (1 + curvature.norm())) << p;
  }
}

INSTANTIATE_TEST_SUITE_P(Curves, ExpectedLikelihoodOf, ::testing::Values(kSteep, kReversed, kTwoAnswers));

TEST(ExpectedLikelihood, HasNoValueWhereThresholdsDoNotRise) {
  const Axis axis{.step = 1, .reach = 1};
  const std::vector<double> counts(9, 1.0);
  EXPECT_FALSE(ExpectedLikelihood({.slope = 1, .thresholds = {0.5, 0.5}}, counts, axis).has_value());
}

}  // namespace
}  // namespace selvedge::instruments
