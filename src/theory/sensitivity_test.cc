#include "theory/sensitivity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace selvedge::theory {
namespace {

template <typename Function>
std::vector<double> ValuesAt(const Design& design, Function&& function) {
  std::vector<double> values;
  for (std::size_t point = 0; point < design.Count(); ++point) values.push_back(function(design.At(point)));
  return values;
}

/// Ishigami & Homma (1990): sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁, each x between −π and π. Its indices are known in
/// closed form.
double Ishigami(std::span<const double> u) {
  const auto x = [&](std::size_t i) { return std::numbers::pi * (2 * u[i] - 1); };
  return std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

TEST(SpreadEvenly, PutsOnePointIntoEachSliceOfEachInput) {
  constexpr std::size_t kCount = 25;
  const Design design = SpreadEvenly(3, kCount, 7);
  ASSERT_EQ(design.Count(), kCount);
  for (std::size_t input = 0; input < 3; ++input) {
    std::vector<int> met(kCount);
    for (std::size_t point = 0; point < kCount; ++point) {
      ++met.at(static_cast<std::size_t>(design.At(point)[input] * kCount));
    }
    EXPECT_EQ(met, std::vector<int>(kCount, 1));
  }
}

TEST(Morris, MovesOneInputAtATimeWithinTheCube) {
  const Design design = MorrisDesign(5, 6, 3);
  ASSERT_EQ(design.Count(), 36U);
  for (std::size_t point = 0; point < design.Count(); ++point) {
    for (const double place : design.At(point)) {
      EXPECT_GE(place, -1e-12);
      EXPECT_LE(place, 1 + 1e-12);
    }
    if (point % 6 == 0) continue;
    int moved = 0;
    for (std::size_t input = 0; input < 5; ++input) {
      moved += design.At(point)[input] != design.At(point - 1)[input] ? 1 : 0;
    }
    EXPECT_EQ(moved, 1);
  }
}

TEST(Morris, FindsTheSlopesOfALinearFunction) {
  const Design design = MorrisDesign(4, 5, 11);
  const auto values =
      ValuesAt(design, [](std::span<const double> u) { return 3 * u[0] - 2 * u[1] + 0.5 * u[2] + 0 * u[3] + 8; });
  const auto effects = AnalyseMorris(design, values);
  const std::vector<double> slopes{3, -2, 0.5, 0};
  for (std::size_t input = 0; input < 4; ++input) {
    EXPECT_NEAR(effects[input].mean, slopes[input], 1e-12);
    EXPECT_NEAR(effects[input].mean_size, std::abs(slopes[input]), 1e-12);
    EXPECT_NEAR(effects[input].spread, 0, 1e-6);
  }
}

TEST(Morris, SeesWhatMattersOnlyTogetherWithSomethingElse) {
  const Design design = MorrisDesign(3, 40, 5);
  const auto effects = AnalyseMorris(
      design, ValuesAt(design, [](std::span<const double> u) { return (u[0] - 0.5) * (u[1] - 0.5) + 0.01 * u[2]; }));
  // Of u₀: ±1/2 or ±1/6 as u₁ lies, equally often.
  EXPECT_NEAR(effects[0].mean_size, 1.0 / 3, 0.06);
  EXPECT_LT(std::abs(effects[0].mean), 0.15);
  EXPECT_GT(effects[0].spread, 0.3);
  EXPECT_NEAR(effects[2].mean_size, 0.01, 1e-12);
}

TEST(Sobol, FindsTheIndicesOfIshigami) {
  const double pi4 = std::pow(std::numbers::pi, 4);
  const double v1 = 0.5 * std::pow(1 + 0.1 * pi4 / 5, 2);
  const double v2 = 49.0 / 8;
  const double v13 = 0.01 * pi4 * pi4 * (1.0 / 18 - 1.0 / 50);
  const double v = v1 + v2 + v13;
  const Design design = SobolDesign(3, 1 << 14, 9);
  ASSERT_EQ(design.Count(), (std::size_t{1} << 14) * 5);
  const auto indices = AnalyseSobol(design, ValuesAt(design, Ishigami));
  // Three standard deviations of repeats with 40 other seeds: 0.003 to 0.0085, by index.
  EXPECT_NEAR(indices[0].first, v1 / v, 0.026);
  EXPECT_NEAR(indices[1].first, v2 / v, 0.026);
  EXPECT_NEAR(indices[2].first, 0, 0.026);
  EXPECT_NEAR(indices[0].total, (v1 + v13) / v, 0.026);
  EXPECT_NEAR(indices[1].total, v2 / v, 0.026);
  EXPECT_NEAR(indices[2].total, v13 / v, 0.026);
}

TEST(Sobol, SharesTheVarianceOfALinearFunctionByItsSquaredSlopes) {
  const Design design = SobolDesign(3, 4096, 2);
  const auto indices =
      AnalyseSobol(design, ValuesAt(design, [](std::span<const double> u) { return 100 + u[0] + 2 * u[1]; }));
  EXPECT_NEAR(indices[0].first, 0.2, 0.026);
  EXPECT_NEAR(indices[1].total, 0.8, 0.026);
  EXPECT_NEAR(indices[2].first, 0, 1e-12);
  EXPECT_NEAR(indices[2].total, 0, 1e-12);
}

TEST(Sobol, AFunctionThatDoesNotVaryDependsOnNothing) {
  const Design design = SobolDesign(2, 16, 2);
  for (const SobolIndices& index : AnalyseSobol(design, std::vector<double>(design.Count(), 4.0))) {
    EXPECT_EQ(index.first, 0);
    EXPECT_EQ(index.total, 0);
  }
}

}  // namespace
}  // namespace selvedge::theory
