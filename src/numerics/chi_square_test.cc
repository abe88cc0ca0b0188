#include "numerics/chi_square.h"

#include <gtest/gtest.h>

#include <cmath>

namespace selvedge::numerics {
namespace {

TEST(ChiSquareTail, HasTheValuesOfTheTables) {
  EXPECT_NEAR(ChiSquareTail(3.841458820694124, 1), 0.05, 1e-14);
  EXPECT_NEAR(ChiSquareTail(18.307038053275146, 10), 0.05, 1e-13);
  EXPECT_NEAR(ChiSquareTail(24.995790139728616, 15), 0.05, 1e-13);
  EXPECT_NEAR(ChiSquareTail(124.3421134040040817, 100), 0.05, 1e-12);
  EXPECT_NEAR(ChiSquareTail(7.4, 2), std::exp(-3.7), 1e-16);
}

TEST(ChiSquareTail, KeepsItsFootingFarOut) {
  EXPECT_EQ(ChiSquareTail(0, 7), 1);
  EXPECT_EQ(ChiSquareTail(1e6, 3), 0);
  EXPECT_NEAR(ChiSquareTail(5000, 5000), 0.4973, 1e-4);  // normal: ½ − 1 / (3 √(π ν))
}

}  // namespace
}  // namespace selvedge::numerics
