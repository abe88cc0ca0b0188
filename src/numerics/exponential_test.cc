#include "numerics/exponential.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "core/random.h"
#include "numerics/exp_minus_one.h"
#include "oracle/dual.h"
#include "oracle/plain_matrix.h"

namespace selvedge::numerics {
namespace {

Mat2 RandomMatrix(core::RandomStream& stream, double size) {
  const auto entry = [&] { return size * (2 * stream.Uniform() - 1); };
  return {entry(), entry(), entry(), entry()};
}

/// exp(A t) in long double by another algorithm.
Mat2 PlainExponential(Mat2 A, double t) {
  const auto e = oracle::Exponential<long double, 2>({{{A.aa * t, A.ab * t}, {A.ba * t, A.bb * t}}});
  return {static_cast<double>(e[0][0]), static_cast<double>(e[0][1]), static_cast<double>(e[1][0]),
          static_cast<double>(e[1][1])};
}

double LargestEntry(Mat2 m) {
  return std::fmax(std::fmax(std::fabs(m.aa), std::fabs(m.ab)), std::fmax(std::fabs(m.ba), std::fabs(m.bb)));
}

TEST(ExpMinusOne, AgreesWithTheLibraryToTwoUnitsInTheLastPlace) {
  core::RandomStream stream({.seed = 11});
  for (int i = 0; i < 100'000; ++i) {
    const double magnitude = std::exp(std::log(1e-18) + stream.Uniform() * std::log(700 / 1e-18));
    for (const double x : {-magnitude, std::fmin(magnitude, 700.0)}) {
      const double expected = std::expm1(x);
      const double unit = std::fabs(expected) * std::numeric_limits<double>::epsilon();
      ASSERT_LE(std::fabs(ExpMinusOne(x) - expected), 2 * unit) << x;
    }
  }
  EXPECT_EQ(ExpMinusOne(0.0), 0.0);
  EXPECT_EQ(ExpMinusOne(-1e300), -1.0);
  EXPECT_TRUE(std::isnan(ExpMinusOne(std::numeric_limits<double>::quiet_NaN())));
}

TEST(Exp, AgreesWithTheLibraryToTwoUnitsInTheLastPlace) {
  core::RandomStream stream({.seed = 13});
  for (int i = 0; i < 100'000; ++i) {
    const double x = 1400 * stream.Uniform() - 700;
    const double expected = std::exp(x);
    ASSERT_LE(std::fabs(Exp(x) - expected), 2 * expected * std::numeric_limits<double>::epsilon()) << x;
  }
  EXPECT_EQ(Exp(0.0), 1.0);
  EXPECT_LT(Exp(-1e300), 1e-300);
}

TEST(MatrixExponential, AgreesWithScalingAndSquaring) {
  core::RandomStream stream({.seed = 12});
  for (int i = 0; i < 2000; ++i) {
    const Mat2 A = RandomMatrix(stream, 3);
    const double t = 2 * stream.Uniform();
    const MatrixExponential exponential(A);
    const Mat2 expected = PlainExponential(A, t);
    const Mat2 actual = kIdentity2 + exponential.MinusIdentity(exponential(t));
    ASSERT_LE(LargestEntry(actual - expected), 1e-13 * (1 + LargestEntry(expected)));
  }
}

TEST(MatrixExponential, IsTheSameForManyTimesAtOnce) {
  const std::vector<double> times{1e-9, 0.3, 0.9, 1.7, 40, 0.02, 900};
  for (const Mat2 A : {Mat2{-0.8, 0.3, 0.2, -0.6}, Mat2{-0.8, 0.9, -0.9, -0.6}, Mat2{-0.5, 0, 0, -0.5}}) {
    const MatrixExponential exponential(A);
    std::vector<MatrixExponential::At> at(times.size());
    exponential(times, at);
    for (std::size_t i = 0; i < times.size(); ++i) {
      const MatrixExponential::At alone = exponential(times[i]);
      EXPECT_DOUBLE_EQ(at[i].identity_part, alone.identity_part);
      EXPECT_DOUBLE_EQ(at[i].direction_part, alone.direction_part);
    }
  }
}

TEST(MatrixExponential, KeepsRelativeAccuracyForShortTimes) {
  const Mat2 A{-0.8, 0.3, 0.2, -0.6};
  for (const double t : {1e-3, 1e-6, 1e-9, 1e-12}) {
    const MatrixExponential exponential(A);
    const Mat2 minus_identity = exponential.MinusIdentity(exponential(t));
    // exp(A t) − I = A t + ½ A² t² + ⅙ A³ t³ + …
    const Mat2 series = t * A + (0.5 * t * t) * (A * A) + (t * t * t / 6) * (A * A * A);
    ASSERT_LE(LargestEntry(minus_identity - series), (1e-15 + t * t * t) * LargestEntry(series)) << t;
  }
}

TEST(MatrixExponential, BranchesMeetSmoothly) {
  // Moves det(A) through the repeated-eigenvalue point in steps far below the series' limit and just around it.
  const double t = 1;
  for (const double at : {0.0, 1.0, -1.0}) {
    std::vector<double> values;
    for (int step = -4; step <= 4; ++step) {
      const double delta = at + step * 1e-9;
      const MatrixExponential exponential(Mat2{-0.7, 1.0, delta, -0.7});
      const auto value = exponential(t);
      values.push_back(value.direction_part);
      ASSERT_LE(
          LargestEntry(kIdentity2 + exponential.MinusIdentity(value) - PlainExponential({-0.7, 1.0, delta, -0.7}, t)),
          1e-15);
    }
    for (std::size_t i = 2; i < values.size(); ++i) {
      ASSERT_NEAR(values[i] - 2 * values[i - 1] + values[i - 2], 0, 5e-16);  // no jump, no kink
    }
  }
}

TEST(MatrixExponentialAdjoint, IsTheDerivativeOfTheExponential) {
  core::RandomStream stream({.seed = 13});
  std::vector<Mat2> drifts{
      {-0.5, 0.0, 0.0, -0.5}, {-0.5, 1.0, 0.0, -0.5}, {-0.5, 1e-4, 1e-4, -0.5}, {-0.5, 0.3, -0.3, -0.5}};
  for (int i = 0; i < 200; ++i) drifts.push_back(RandomMatrix(stream, 2));
  for (const Mat2 A : drifts) {
    const double t = 0.01 + 3 * stream.Uniform();
    const Mat2 bar = RandomMatrix(stream, 1);
    const MatrixExponential exponential(A);
    MatrixExponentialAdjoint adjoint(exponential);
    adjoint.Add(t, exponential(t), bar);
    const Mat2 actual = adjoint.DriftBar();

    using D = oracle::Dual<4>;
    const auto e = oracle::Exponential<D, 2>({{{D::Variable(A.aa, 0) * D(t), D::Variable(A.ab, 1) * D(t)},
                                               {D::Variable(A.ba, 2) * D(t), D::Variable(A.bb, 3) * D(t)}}});
    const D L = D(bar.aa) * e[0][0] + D(bar.ab) * e[0][1] + D(bar.ba) * e[1][0] + D(bar.bb) * e[1][1];
    const Mat2 expected{L.slope[0], L.slope[1], L.slope[2], L.slope[3]};
    ASSERT_LE(LargestEntry(actual - expected), 1e-12 * (1 + LargestEntry(expected)));
  }
}

}  // namespace
}  // namespace selvedge::numerics
