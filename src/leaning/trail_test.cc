#include "leaning/trail.h"

#include <gtest/gtest.h>

#include <Eigen/Core>
#include <cmath>

#include "core/random.h"
#include "leaning/evidence_fixture.h"
#include "numerics/normal.h"

namespace selvedge::leaning {
namespace {

using Eigen::Vector2d;

Normal2 Cloud(double autonomy, double connection, double sd = 0.3) { return At({autonomy, connection}, sd).posterior; }

TEST(SwingBetween, IsSettledForASwingOfThePendulum) {
  const Swing swing = SwingBetween(Cloud(-1.2, 0.6), Cloud(0.3, -1.2));
  EXPECT_TRUE(swing.IsSettled());
  EXPECT_TRUE(swing.to_standing_alone);
  const Swing back = SwingBetween(Cloud(0.3, -1.2), Cloud(-1.2, 0.6));
  EXPECT_TRUE(back.IsSettled());
  EXPECT_FALSE(back.to_standing_alone);
  EXPECT_NEAR(back.along, swing.along, 1e-12);
}

TEST(SwingBetween, IsNotSettledForTheWayOut) {
  EXPECT_FALSE(SwingBetween(Cloud(-1.2, 0.6), Cloud(1.2, 1.2)).IsSettled()) << "inward";
  EXPECT_FALSE(SwingBetween(Cloud(0.3, -1.2), Cloud(1.2, 1.2)).IsSettled()) << "inward from the other pole";
  EXPECT_FALSE(SwingBetween(Cloud(-1.2, 0.6), Cloud(-1.2, -1.2)).IsSettled()) << "running low";
  EXPECT_FALSE(SwingBetween(Cloud(-1.2, 0.6), Cloud(-1.2, 0.6)).IsSettled()) << "staying";
  EXPECT_FALSE(SwingBetween(Cloud(-2, 1.4), Cloud(-0.6, 0.3)).IsSettled()) << "along the diagonal, but not across";
  EXPECT_FALSE(SwingBetween(Cloud(-0.2, 0.1, 0.1), Cloud(0.1, -0.2, 0.1)).IsSettled()) << "too small";
  EXPECT_FALSE(SwingBetween(Cloud(-1.2, 0.6, 1), Cloud(0.3, -1.2, 1)).IsSettled()) << "too wide to tell";
}

TEST(SwingBetween, ItsProbabilityIsTheShareOfDraws) {
  const Normal2 earlier = Cloud(-0.8, 0.4, 0.4);
  const Normal2 now = Cloud(0.2, -0.5, 0.5);
  core::RandomStream stream({.seed = 5, .purpose = 3});
  constexpr int kDraws = 200'000;
  int hits = 0;
  const auto draw = [&](const Normal2& normal, double sd) {
    return Vector2d(normal.mean + sd * Vector2d(numerics::DrawNormal(stream), numerics::DrawNormal(stream)));
  };
  for (int i = 0; i < kDraws; ++i) {
    const Vector2d move = draw(now, 0.5) - draw(earlier, 0.4);
    const double along = (move[0] - move[1]) / std::sqrt(2.0);
    const double across = (move[0] + move[1]) / std::sqrt(2.0);
    hits += along >= 0.5 && std::fabs(across) <= along ? 1 : 0;
  }
  const double share = static_cast<double>(hits) / kDraws;
  EXPECT_NEAR(SwingBetween(earlier, now).along, share, 4.5 * std::sqrt(0.25 / kDraws));
}

}  // namespace
}  // namespace selvedge::leaning
