#include "leaning/mass.h"

#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "core/random.h"
#include "numerics/normal.h"

namespace selvedge::leaning {
namespace {

using Eigen::Matrix2d;
using Eigen::Vector2d;
using numerics::NormalProbability;

constexpr double kExact = 1e-12;

Matrix2d Covariance(double sd_x, double sd_y, double correlation) {
  return Matrix2d{{sd_x * sd_x, sd_x * sd_y * correlation}, {sd_x * sd_y * correlation, sd_y * sd_y}};
}

TEST(MassInside, OfOneBorderIsANormalProbability) {
  const Normal2 normal{.mean = {0.3, -0.2}, .covariance = Covariance(0.7, 1.4, -0.5)};
  for (const double at_least : {-9.0, -1.0, 0.0, 0.3, 2.0, 12.0}) {
    const Vector2d towards(1.5, -0.4);
    const double sd = std::sqrt(towards.dot(normal.covariance * towards));
    const double expected = NormalProbability((towards.dot(normal.mean) - at_least) / sd);
    EXPECT_NEAR(MassInside(normal, {{.towards = towards, .at_least = at_least}}), expected, kExact) << at_least;
  }
}

TEST(MassInside, OfAQuadrantIsSheppardsFormula) {
  for (const double correlation : {-0.999, -0.5, 0.0, 0.3, 0.95, 0.99999}) {
    const Normal2 normal{.mean = Vector2d::Zero(), .covariance = Covariance(2, 0.1, correlation)};
    const double expected = 0.25 + std::asin(correlation) / (2 * std::numbers::pi);
    EXPECT_NEAR(MassInside(normal, {{.towards = {1, 0}}, {.towards = {0, 1}}}), expected, kExact) << correlation;
  }
}

TEST(MassInside, DoesNotJumpWhenTheCentreCrossesABorderOrACorner) {
  const std::vector<HalfPlane> quadrant{{.towards = {1, 0}}, {.towards = {0, 1}}};
  for (const double correlation : {-0.7, 0.0, 0.9}) {
    const auto mass_at = [&](double x, double y) {
      return MassInside({.mean = {x, y}, .covariance = Covariance(1, 1, correlation)}, quadrant);
    };
    for (const double x : {0.0, 0.8, -0.8}) {
      for (const double step : {1e-13, 1e-15, 1e-17}) {
        EXPECT_NEAR(mass_at(x, step), mass_at(x, 0), 2e-12) << x << " " << step;
        EXPECT_NEAR(mass_at(x + step, -step), mass_at(x, 0), 2e-12) << x << " " << step;
      }
    }
  }
}

TEST(MassInside, OfABoxIsAProductWithoutCorrelation) {
  const Normal2 normal{.mean = {1, -1}, .covariance = Covariance(0.5, 2, 0)};
  const std::vector<HalfPlane> box{{.towards = {1, 0}, .at_least = 0.2},
                                   {.towards = {-1, 0}, .at_least = -1.1},
                                   {.towards = {0, 3}, .at_least = -6},
                                   {.towards = {0, -1}, .at_least = -3}};
  const double expected =
      (NormalProbability(0.2) - NormalProbability(-1.6)) * (NormalProbability(2.0) - NormalProbability(-0.5));
  EXPECT_NEAR(MassInside(normal, box), expected, kExact);
}

TEST(MassInside, KnowsEmptyParallelAndRepeatedBorders) {
  const Normal2 normal;
  const HalfPlane right{.towards = {1, 0}, .at_least = 0.5};
  const HalfPlane left{.towards = {-1, 0}, .at_least = 0.5};
  const double tail = NormalProbability(-0.5);
  EXPECT_EQ(MassInside(normal, {}), 1);
  EXPECT_NEAR(MassInside(normal, {right, left}), 0, kExact);
  EXPECT_NEAR(MassInside(normal, {right, right}), tail, kExact);
  EXPECT_NEAR(MassInside(normal, {right, {.towards = {2, 0}, .at_least = -3}}), tail, kExact);
  EXPECT_NEAR(MassInside(normal, {{.towards = {1, 0}}, {.towards = {-1, 0}}}), 0, kExact);
  EXPECT_NEAR(MassInside(normal, {{.towards = {1, 0}}, {.towards = {1, 0}}}), 0.5, kExact);
}

TEST(MassInside, AgreesWithCountingDraws) {
  core::RandomStream stream({.seed = 20261124, .purpose = 1});
  constexpr int kCases = 40;
  constexpr int kDraws = 40'000;
  for (int one = 0; one < kCases; ++one) {
    const auto any = [&] { return 2 * numerics::DrawNormal(stream); };
    const Normal2 normal{
        .mean = {any(), any()},
        .covariance = Covariance(0.1 + stream.Uniform(), 0.1 + 2 * stream.Uniform(), 1.8 * stream.Uniform() - 0.9)};
    std::vector<HalfPlane> borders;
    for (int b = 0; b < 1 + one % 5; ++b) {
      borders.push_back({.towards = {any(), any()}, .at_least = -std::fabs(any())});
    }
    const Matrix2d L = normal.covariance.llt().matrixL();
    int inside = 0;
    for (int draw = 0; draw < kDraws; ++draw) {
      const Vector2d z(numerics::DrawNormal(stream), numerics::DrawNormal(stream));
      const Vector2d x = normal.mean + L * z;
      inside += std::ranges::all_of(borders, [&](const HalfPlane& border) { return border.Holds(x); }) ? 1 : 0;
    }
    const double share = static_cast<double>(inside) / kDraws;
    EXPECT_NEAR(MassInside(normal, borders), share, 4.5 * std::sqrt(0.25 / kDraws)) << "case " << one;
  }
}

}  // namespace
}  // namespace selvedge::leaning
