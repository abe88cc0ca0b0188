#include "theory/draws.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "core/random.h"

namespace selvedge::theory {
namespace {

constexpr std::uint64_t kSeed = 0x1234'5678'9ABC'DEF0;

/// A stream of numbers for one couple, step after step.
template <typename Take>
void ForManyDraws(int steps, Take take) {
  for (int step = 0; step < steps; ++step) {
    Draws<float> draws(7, {.seed = kSeed, .step = static_cast<std::uint32_t>(step)});
    take(draws);
  }
}

TEST(Draws, LanesGetTheWordsOfPhilox) {
  Words<Lanes<8>> couples;
  for (std::uint32_t lane = 0; lane < 8; ++lane) couples[lane] = 0xFFFF'FFF0U + 3 * lane;
  const Instant at{.seed = kSeed, .step = 0xDEAD'BEEF, .purpose = Purpose::kMeeting};
  for (const std::uint32_t block : {0U, 1U, 0xFFFF'FFFFU}) {
    const auto words = PhiloxWords<Lanes<8>>(couples, at, block);
    for (std::size_t lane = 0; lane < 8; ++lane) {
      const auto expected = core::Philox4x32({at.step, block, couples[lane], static_cast<std::uint32_t>(at.purpose)},
                                             {0x9ABC'DEF0, 0x1234'5678});
      for (std::size_t word = 0; word < 4; ++word) EXPECT_EQ(words[word][lane], expected[word]);
    }
  }
}

TEST(Draws, AWordNumbersTheCellOfItsUniformNumber) {
  EXPECT_EQ(UniformOf<float>(0), 0x1.0p-24F);
  EXPECT_EQ(UniformOf<float>(0x0000'01FF), 0x1.0p-24F);
  EXPECT_EQ(UniformOf<float>(0x0000'0200), 0x1.8p-23F);
  EXPECT_EQ(UniformOf<float>(0x8000'0000), 0.5F + 0x1.0p-24F);
  EXPECT_EQ(UniformOf<float>(std::numeric_limits<std::uint32_t>::max()), 1 - 0x1.0p-24F);
}

TEST(Draws, EveryWordGivesTwoNumbersOneFromEachHalf) {
  const Instant at{.seed = kSeed, .step = 3};
  const auto words = PhiloxWords<float>(7, at, 0);
  Draws<float> draws(7, at);
  for (const std::uint32_t word : words) {
    EXPECT_EQ(draws.Uniform(), UniformOf<float>(word));
    EXPECT_EQ(draws.Uniform(), UniformOf<float>(word << 16U | word >> 16U));
  }
  EXPECT_EQ(draws.Uniform(), UniformOf<float>(PhiloxWords<float>(7, at, 1)[0]));
}

TEST(Draws, TwoNumbersOfAWordAreUniformAndIndependent) {
  // 16 × 16 equal cells: χ² with 255 degrees of freedom is below 330 with probability .999.
  constexpr std::size_t kCells = 16;
  constexpr int kPairs = 400'000;
  std::array<std::array<int, kCells>, kCells> counts{};
  ForManyDraws(kPairs / 4, [&](Draws<float>& draws) {
    for (int pair = 0; pair < 4; ++pair) {
      const auto first = static_cast<std::size_t>(draws.Uniform() * kCells);
      const auto second = static_cast<std::size_t>(draws.Uniform() * kCells);
      ++counts[first][second];
    }
  });
  constexpr double kExpected = static_cast<double>(kPairs) / (kCells * kCells);
  double chi_square = 0;
  for (const auto& row : counts) {
    for (const int count : row) chi_square += (count - kExpected) * (count - kExpected) / kExpected;
  }
  EXPECT_LT(chi_square, 330);
}

TEST(Draws, RareThingsHappenAsOftenAsTheyShould) {
  // The turned half decides them too: its last bits are the other number's first. 4 sd of the count.
  constexpr float kRare = 4e-5F;
  constexpr int kDraws = 4'000'000;
  std::array<int, 2> counts{};
  ForManyDraws(kDraws / 4, [&](Draws<float>& draws) {
    for (int i = 0; i < 4; ++i) {
      for (int& count : counts) count += draws.Uniform() < kRare ? 1 : 0;
    }
  });
  for (const int count : counts) EXPECT_NEAR(count, kRare * kDraws, 4 * std::sqrt(kRare * kDraws));
}

TEST(Draws, NormalsHaveTheMomentsOfTheNormalDistribution) {
  constexpr int kPairs = 200'000;
  std::array<double, 4> sums{};
  double product = 0;
  ForManyDraws(kPairs, [&](Draws<float>& draws) {
    const auto [first, second] = draws.Normals();
    for (const double z : {static_cast<double>(first), static_cast<double>(second)}) {
      double power = 1;
      for (double& sum : sums) sum += power *= z;
    }
    product += static_cast<double>(first) * second;
  });
  const double n = 2.0 * kPairs;
  // 4 sd of each: the variances of z, z², z³, z⁴ are 1, 2, 15, 96.
  EXPECT_NEAR(sums[0] / n, 0, 4 * std::sqrt(1 / n));
  EXPECT_NEAR(sums[1] / n, 1, 4 * std::sqrt(2 / n));
  EXPECT_NEAR(sums[2] / n, 0, 4 * std::sqrt(15 / n));
  EXPECT_NEAR(sums[3] / n, 3, 4 * std::sqrt(96 / n));
  EXPECT_NEAR(product / kPairs, 0, 4 / std::sqrt(kPairs));
}

TEST(Draws, NothingOfTheKeyIsIgnored) {
  const Instant at{.seed = kSeed, .step = 3, .purpose = Purpose::kMoments};
  const auto first = [](std::uint32_t couple, const Instant& instant) {
    return Draws<float>(couple, instant).Uniform();
  };
  const float number = first(7, at);
  EXPECT_EQ(first(7, at), number);
  EXPECT_NE(first(8, at), number);
  EXPECT_NE(first(7, {.seed = kSeed + 1, .step = 3}), number);
  EXPECT_NE(first(7, {.seed = kSeed + (std::uint64_t{1} << 32U), .step = 3}), number);
  EXPECT_NE(first(7, {.seed = kSeed, .step = 4}), number);
  EXPECT_NE(first(7, {.seed = kSeed, .step = 3, .purpose = Purpose::kContact}), number);
}

}  // namespace
}  // namespace selvedge::theory
