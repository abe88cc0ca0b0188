#include "numerics/minimise.h"

#include <gtest/gtest.h>

#include <cmath>

namespace selvedge::numerics {
namespace {

constexpr auto kRosenbrock = [](const Point& p, Point& gradient) -> std::optional<double> {
  const double u = 1 - p(0);
  const double v = p(1) - p(0) * p(0);
  gradient(0) = -2 * u - 400 * p(0) * v;
  gradient(1) = 200 * v;
  return u * u + 100 * v * v;
};

/// ½ (x − 1)ᵀ H (x − 1) with a condition number of 10⁶.
constexpr auto kQuadratic = [](const Point& p, Point& gradient) -> std::optional<double> {
  double value = 0;
  for (Eigen::Index i = 0; i < p.size(); ++i) {
    const double h = std::pow(10.0, 6.0 * static_cast<double>(i) / static_cast<double>(p.size() - 1));
    gradient(i) = h * (p(i) - 1);
    value += 0.5 * h * (p(i) - 1) * (p(i) - 1);
  }
  return value;
};

TEST(MinimiseBfgs, FindsTheBottomOfACurvedValley) {
  Point start(2);
  start << -1.2, 1;
  const Minimum minimum = MinimiseBfgs(kRosenbrock, start, {});
  EXPECT_EQ(minimum.termination, Termination::kConverged);
  EXPECT_NEAR(minimum.point(0), 1, 1e-5);
  EXPECT_NEAR(minimum.point(1), 1, 1e-5);
  EXPECT_LT(minimum.evaluations, 80);
}

TEST(MinimiseBfgs, CopesWithVeryUnequalScales) {
  const Minimum minimum = MinimiseBfgs(kQuadratic, Point::Zero(11), {});
  EXPECT_EQ(minimum.termination, Termination::kConverged);
  EXPECT_LT(minimum.value, 1e-8);
}

TEST(MinimiseBfgs, BacksAwayFromWhereThereIsNoValue) {
  // −log x + x has its minimum at 1 and no value at or below 0; the first step from 5 would overshoot.
  const auto barrier = [](const Point& p, Point& gradient) -> std::optional<double> {
    if (!(p(0) > 0)) return std::nullopt;
    gradient(0) = 1 - 1 / p(0);
    return p(0) - std::log(p(0));
  };
  const Minimum minimum = MinimiseBfgs(barrier, Point::Constant(1, 5.0), {});
  EXPECT_EQ(minimum.termination, Termination::kConverged);
  EXPECT_NEAR(minimum.point(0), 1, 1e-5);
}

TEST(MinimiseBfgs, SaysWhenItCouldNotStartOrRanOutOfSteps) {
  const auto nowhere = [](const Point&, Point&) -> std::optional<double> { return std::nullopt; };
  EXPECT_EQ(MinimiseBfgs(nowhere, Point::Zero(2), {}).termination, Termination::kNoValueAtStart);
  Point start(2);
  start << -1.2, 1;
  EXPECT_EQ(MinimiseBfgs(kRosenbrock, start, {.max_steps = 3}).termination, Termination::kOutOfSteps);
}

TEST(PolishByNewton, EndsAtTheBottomWithTheCurvatureThere) {
  Point near(2);
  near << 1.001, 1.003;
  Minimum rough{.point = near, .gradient = Point::Zero(2)};
  rough.value = *kRosenbrock(rough.point, rough.gradient);
  std::optional<SquareMatrix> hessian;
  const Minimum minimum = PolishByNewton(kRosenbrock, rough, hessian);
  EXPECT_EQ(minimum.termination, Termination::kConverged);
  EXPECT_NEAR(minimum.point(0), 1, 1e-7);
  ASSERT_TRUE(hessian.has_value());
  EXPECT_NEAR((*hessian)(0, 0), 802, 1e-3);
  EXPECT_NEAR((*hessian)(0, 1), -400, 1e-3);
  EXPECT_NEAR((*hessian)(1, 1), 200, 1e-3);
}

}  // namespace
}  // namespace selvedge::numerics
