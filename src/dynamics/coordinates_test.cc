#include "dynamics/coordinates.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "numerics/lyapunov.h"
#include "oracle/random_diary.h"

namespace selvedge::dynamics {
namespace {

using numerics::Point;

Point RandomPoint(core::RandomStream& stream, double size) {
  Point point(static_cast<Eigen::Index>(kParameterCount));
  for (Eigen::Index i = 0; i < point.size(); ++i) point(i) = size * (2 * stream.Uniform() - 1);
  return point;
}

/// The derivative along each coordinate of L = Σ bar · (A, P, r, μ), by central differences.
Point DifferencesOf(const Coordinates& coordinates, const Point& point, const SystemAdjoint& bar) {
  const auto L = [&](const Point& at) {
    const System s = coordinates.SystemAt(at).value();
    return numerics::Dot(bar.drift, s.drift) + numerics::Dot(Full(bar.stationary), Full(s.stationary)) +
           Dot(bar.noise, s.noise) + Dot(bar.mean, s.mean);
  };
  constexpr double kStep = 1e-6;
  Point differences = Point::Zero(point.size());
  for (Eigen::Index i = 0; i < point.size(); ++i) {
    Point above = point;
    Point below = point;
    above(i) += kStep;
    below(i) -= kStep;
    differences(i) = (L(above) - L(below)) / (2 * kStep);
  }
  return differences;
}

SystemAdjoint RandomAdjoint(core::RandomStream& stream) {
  const auto entry = [&] { return 2 * stream.Uniform() - 1; };
  return {.drift = {entry(), entry(), entry(), entry()},
          .stationary = {entry(), entry(), entry()},
          .noise = {entry(), entry()},
          .mean = {entry(), entry()}};
}

const StableCoordinates::Units kUnits{.spread = {12, 9}, .centre = {60, 70}, .days = 0.5};

TEST(StableCoordinates, EveryPointIsAStableSystem) {
  core::RandomStream stream({.seed = 51});
  const StableCoordinates coordinates(kUnits);
  for (int i = 0; i < 5000; ++i) {
    const System system = coordinates.SystemAt(RandomPoint(stream, 2)).value();
    ASSERT_TRUE(numerics::IsStable(system.drift));
    const numerics::Sym2 expected = numerics::SolveLyapunov(system.drift, system.diffusion);
    ASSERT_NEAR(system.stationary.aa / expected.aa, 1, 1e-7);
    ASSERT_NEAR(system.stationary.bb / expected.bb, 1, 1e-7);
  }
}

TEST(StableCoordinates, ReachEveryStableSystem) {
  core::RandomStream stream({.seed = 52});
  const StableCoordinates coordinates(kUnits);
  for (int i = 0; i < 500; ++i) {
    const Parameters parameters = oracle::RandomParameters(stream);
    const System back = coordinates.SystemAt(coordinates.PointOf(oracle::SystemOf(parameters))).value();
    const Parameters again = ParametersOf(back);
    for (std::size_t p = 0; p < kParameterCount; ++p)
      ASSERT_NEAR(again[p], parameters[p], 1e-8 * (1 + std::fabs(parameters[p])));
  }
}

TEST(StableCoordinates, PullBackIsTheDerivative) {
  core::RandomStream stream({.seed = 53});
  const StableCoordinates coordinates(kUnits);
  for (int i = 0; i < 100; ++i) {
    const Point point = RandomPoint(stream, 0.8);
    const SystemAdjoint bar = RandomAdjoint(stream);
    Point gradient = Point::Zero(point.size());
    coordinates.PullBack(point, coordinates.SystemAt(point).value(), bar, gradient);
    const Point expected = DifferencesOf(coordinates, point, bar);
    ASSERT_LE((gradient - expected).cwiseAbs().maxCoeff(), 1e-6 * (1 + expected.cwiseAbs().maxCoeff()));
  }
}

TEST(PersonCoordinates, MeanWhatTheySay) {
  Point z(static_cast<Eigen::Index>(kParameterCount));
  z << std::log(0.7), std::log(0.5), 0.15, -0.05, std::log(8.0), std::log(9.0), std::atanh(0.3), std::log(7.0),
      std::log(6.0), 68, 61;
  const System system = PersonCoordinates(true).SystemAt(z).value();
  EXPECT_DOUBLE_EQ(system.drift.aa, -0.7);
  EXPECT_DOUBLE_EQ(system.drift.ab, 0.15);
  EXPECT_DOUBLE_EQ(system.drift.ba, -0.05);
  EXPECT_NEAR(system.diffusion.aa, 2 * 0.7 * 64, 1e-10);
  EXPECT_NEAR(system.diffusion.ab / std::sqrt(system.diffusion.aa * system.diffusion.bb), 0.3, 1e-12);
  EXPECT_NEAR(system.noise.b, 36, 1e-10);
  EXPECT_EQ(system.mean.a, 68);
  EXPECT_EQ(PersonCoordinates(false).SystemAt(z).value().noise, (numerics::Vec2{0, 0}));

  z(PersonCoordinates::kPullA) = 0.8;
  z(PersonCoordinates::kPullB) = 0.8;  // 0.64 > 0.7 · 0.5: the two would carry each other away
  EXPECT_FALSE(PersonCoordinates(true).SystemAt(z).has_value());
}

TEST(PersonCoordinates, PullBackIsTheDerivative) {
  core::RandomStream stream({.seed = 54});
  const PersonCoordinates coordinates(true);
  int tried = 0;
  for (int i = 0; i < 300; ++i) {
    const Point point = RandomPoint(stream, 0.8);
    const auto system = coordinates.SystemAt(point);
    if (!system || numerics::Determinant(system->drift) < 0.05) continue;
    ++tried;
    const SystemAdjoint bar = RandomAdjoint(stream);
    Point gradient = Point::Zero(point.size());
    coordinates.PullBack(point, *system, bar, gradient);
    const Point expected = DifferencesOf(coordinates, point, bar);
    ASSERT_LE((gradient - expected).cwiseAbs().maxCoeff(), 1e-5 * (1 + expected.cwiseAbs().maxCoeff()));
  }
  EXPECT_GT(tried, 50);
}

}  // namespace
}  // namespace selvedge::dynamics
