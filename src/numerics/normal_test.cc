#include "numerics/normal.h"

#include <gtest/gtest.h>

#include <cmath>

namespace selvedge::numerics {
namespace {

TEST(NormalQuantile, InvertsTheProbability) {
  for (double z = -8; z <= 6; z += 0.01)
    ASSERT_NEAR(NormalQuantile(NormalProbability(z)), z, 1e-9 * (1 + std::exp(0.5 * z * z) * (z > 0 ? 1e-6 : 0)));
  EXPECT_DOUBLE_EQ(NormalQuantile(0.5), 0.0);
  EXPECT_NEAR(NormalQuantile(0.975), 1.959963984540054, 1e-14);
  EXPECT_NEAR(NormalQuantile(1e-300), -37.0471, 1e-4);
}

TEST(DrawNormal, HasTheMomentsOfAStandardNormal) {
  core::RandomStream stream({.seed = 31});
  constexpr int kDraws = 400'000;
  double sum = 0;
  double squares = 0;
  double fourth = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double z = DrawNormal(stream);
    sum += z;
    squares += z * z;
    fourth += z * z * z * z;
  }
  EXPECT_NEAR(sum / kDraws, 0, 5 / std::sqrt(kDraws));
  EXPECT_NEAR(squares / kDraws, 1, 5 * std::sqrt(2.0 / kDraws));
  EXPECT_NEAR(fourth / kDraws, 3, 5 * std::sqrt(96.0 / kDraws));
}

TEST(NormalCrps, IsTheIntegralOfTheSquaredDistanceOfProbabilities) {
  // CRPS = ∫ (Φ((x − m)/s) − 1[x ≥ y])² dx, here by the midpoint rule.
  const double mean = 60;
  const double sd = 12;
  for (const double observed : {30.0, 58.0, 60.0, 95.0}) {
    double integral = 0;
    const double step = 0.001;
    for (double x = -100; x < 220; x += step) {
      const double p = NormalProbability((x + 0.5 * step - mean) / sd);
      const double above = p - (x + 0.5 * step >= observed ? 1 : 0);
      integral += above * above * step;
    }
    EXPECT_NEAR(NormalCrps(mean, sd, observed), integral, 1e-3);
  }
}

}  // namespace
}  // namespace selvedge::numerics
