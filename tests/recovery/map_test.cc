// Holds the map's probabilities to be true of simulated people, within Monte Carlo error.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "recovery/map_study.h"

namespace selvedge {
namespace {

constexpr std::uint64_t kOtherSeed = 4711;

int People() { return std::getenv("SELVEDGE_NIGHTLY") != nullptr ? 20'000 : 2'000; }

double Room(double share, double count) { return 4 * std::sqrt(share * (1 - share) / count); }

/// What it may cost to take the likelihood of graded answers as normal: at most .025 in any row of docs/method.md.
constexpr double kApproximation = 0.025;

TEST(MapOfSimulatedPeople, ProbabilitiesAreTrue) {
  const leaning::Map map = leaning::Map::Theory();
  for (const recovery::Amount& amount : recovery::kAmounts) {
    const auto measured = recovery::MeasureMap(map, amount, People(), kOtherSeed);
    EXPECT_NEAR(measured.half, 0.5, Room(0.5, People()) + kApproximation) << amount.name;
    EXPECT_NEAR(measured.ninety, 0.9, Room(0.9, People()) + kApproximation) << amount.name;
    for (const recovery::Bin& bin : measured.bins) {
      if (bin.said < 50) continue;
      EXPECT_NEAR(bin.truth, bin.probability, Room(bin.probability, bin.said) + kApproximation) << amount.name;
    }
    if (measured.named > 0.02) {
      EXPECT_GE(measured.named_right, 0.8 - Room(0.8, measured.named * People()) - kApproximation) << amount.name;
    }
  }
}

TEST(MapOfSimulatedPeople, ASwingIsToldToThoseWhoSwing) {
  const leaning::Map map = leaning::Map::Theory();
  const Eigen::Vector2d holding_on(-1.3, 0.7);
  const Eigen::Vector2d standing_alone(0.5, -1.4);
  const Eigen::Vector2d steady(1.2, 1.2);
  const auto told = [&](const Eigen::Vector2d& from, const Eigen::Vector2d& to) {
    return recovery::ShareToldASwing(map, recovery::kAmounts[3], from, to, People() / 4, kOtherSeed);
  };
  EXPECT_GT(told(holding_on, standing_alone), 0.5);
  EXPECT_LT(told(holding_on, holding_on), 0.02);
  EXPECT_LT(told(Eigen::Vector2d::Zero(), Eigen::Vector2d::Zero()), 0.02);
  EXPECT_LT(told(holding_on, steady), 0.05);
}

}  // namespace
}  // namespace selvedge
