#include "numerics/beta.h"

#include <gtest/gtest.h>

#include <cmath>

namespace selvedge::numerics {
namespace {

/// For whole a and b: X ≤ x exactly when at least a of a + b − 1 uniforms are below x.
double ByBinomialSum(int a, int b, double x) {
  const int n = a + b - 1;
  double sum = 0;
  for (int k = a; k <= n; ++k) {
    sum += std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) + k * std::log(x) +
                    (n - k) * std::log1p(-x));
  }
  return sum;
}

TEST(BetaProbability, IsABinomialSumForWholeNumbers) {
  for (const int a : {1, 2, 5, 40}) {
    for (const int b : {1, 3, 17, 60}) {
      for (const double x : {0.001, 0.1, 0.37, 0.5, 0.8, 0.999}) {
        EXPECT_NEAR(BetaProbability(a, b, x), ByBinomialSum(a, b, x), 1e-13) << a << " " << b << " " << x;
      }
    }
  }
}

TEST(BetaProbability, IsTheArcsineLawAtOneHalf) {
  for (const double x : {1e-6, 0.2, 0.5, 0.93}) {
    EXPECT_NEAR(BetaProbability(0.5, 0.5, x), std::asin(std::sqrt(x)) * 2 / std::acos(-1.0), 1e-14);
  }
  EXPECT_EQ(BetaProbability(2, 3, 0), 0);
  EXPECT_EQ(BetaProbability(2, 3, 1), 1);
}

// Near an end at which the density is unbounded, the last digit of x is worth several of p's.
TEST(BetaQuantile, UndoesTheProbability) {
  for (const double a : {0.5, 1.0, 4.0, 300.0}) {
    for (const double b : {0.5, 1.0, 9.0, 20.0}) {
      for (const double p : {0.05, 0.25, 0.5, 0.95}) {
        EXPECT_NEAR(BetaProbability(a, b, BetaQuantile(a, b, p)), p, 1e-12) << a << " " << b << " " << p;
      }
    }
  }
  EXPECT_NEAR(BetaQuantile(1, 1, 0.3), 0.3, 1e-15);
}

}  // namespace
}  // namespace selvedge::numerics
