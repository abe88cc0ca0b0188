#include "numerics/lyapunov.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random.h"

namespace selvedge::numerics {
namespace {

TEST(SolveLyapunov, SolvesTheEquationAndGivesACovariance) {
  core::RandomStream stream({.seed = 21});
  int stable = 0;
  for (int i = 0; i < 20'000; ++i) {
    const auto entry = [&] { return 4 * stream.Uniform() - 2; };
    const Mat2 A{entry(), entry(), entry(), entry()};
    if (!IsStable(A)) continue;
    ++stable;
    const Sym2 Q = Square(Lower2{entry(), entry(), entry()});
    const Sym2 P = SolveLyapunov(A, Q);
    const Sym2 residual = PlusTranspose(A * P) + Q;
    const double size = 1e-12 * (1 + std::fabs(P.aa) + std::fabs(P.bb));
    ASSERT_NEAR(residual.aa, 0, size);
    ASSERT_NEAR(residual.ab, 0, size);
    ASSERT_NEAR(residual.bb, 0, size);
    ASSERT_TRUE(IsPositiveDefinite(P));
  }
  EXPECT_GT(stable, 2000);
}

TEST(SolveLyapunov, IsTheKnownVarianceOfASingleProcess) {
  // Without pull each is an Ornstein–Uhlenbeck process with variance q / 2κ; shared jolts give q_ab / (κ_a + κ_b).
  const Sym2 P = SolveLyapunov({-0.5, 0, 0, -2}, {3, 1, 8});
  EXPECT_DOUBLE_EQ(P.aa, 3.0);
  EXPECT_DOUBLE_EQ(P.ab, 0.4);
  EXPECT_DOUBLE_EQ(P.bb, 2.0);
}

TEST(IsStable, KnowsFusionWithoutAnAnchor) {
  EXPECT_TRUE(IsStable({-1, 0.9, 1, -1}));
  EXPECT_FALSE(IsStable({-1, 1, 1, -1}));  // both pulled wholly to the other: no way back
  EXPECT_FALSE(IsStable({NAN, 0, 0, -1}));
}

}  // namespace
}  // namespace selvedge::numerics
