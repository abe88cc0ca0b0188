#include "theory/lanes.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace selvedge::theory {
namespace {

/// Numbers from `low` to `high` in equal steps, both ends included.
std::vector<float> Numbers(float low, float high, int count) {
  std::vector<float> numbers;
  for (int i = 0; i <= count; ++i) {
    const double share = static_cast<double>(i) / count;
    numbers.push_back(static_cast<float>((1 - share) * low + share * high));
  }
  return numbers;
}

/// Checks that N couples side by side get, each, the bytes that one alone gets.
template <typename Function>
void ExpectSameBytes(const std::vector<float>& numbers, Function function) {
  for (std::size_t i = 0; i + 8 <= numbers.size(); i += 8) {
    Lanes<8> side_by_side;
    for (std::size_t lane = 0; lane < 8; ++lane) Set(side_by_side, lane, numbers[i + lane]);
    const Lanes<8> results = function(side_by_side);
    for (std::size_t lane = 0; lane < 8; ++lane) {
      ASSERT_EQ(std::bit_cast<std::uint32_t>(Get(results, lane)),
                std::bit_cast<std::uint32_t>(function(numbers[i + lane])))
          << "at " << numbers[i + lane];
    }
  }
}

TEST(Lanes, ExpIsTheExponential) {
  const std::vector<float> numbers = Numbers(-86, 87, 100'000);
  for (const float a : numbers) ASSERT_NEAR(Exp(a) / std::exp(static_cast<double>(a)), 1, 3e-7) << "at " << a;
  EXPECT_EQ(Exp(0.0F), 1);
  EXPECT_EQ(Exp(1000.0F), Exp(88.0F));
  EXPECT_EQ(Exp(-1000.0F), Exp(-87.0F));
  ExpectSameBytes(Numbers(-100, 100, 10'000), [](const auto& a) { return Exp(a); });
}

TEST(Lanes, OneMinusExpOfMinusIsExactForRareThingsToo) {
  const auto error = [](float a) { return OneMinusExpOfMinus(a) / -std::expm1(-static_cast<double>(a)) - 1; };
  for (const float a : Numbers(1e-3F, 8, 100'000)) ASSERT_NEAR(error(a), 0, 5e-6) << "at " << a;
  for (float a = 1e-12F; a < 1e-3F; a *= 1.01F) ASSERT_NEAR(error(a), 0, 5e-6) << "at " << a;
  EXPECT_EQ(OneMinusExpOfMinus(0.0F), 0);
  ExpectSameBytes(Numbers(0, 8, 10'000), [](const auto& a) { return OneMinusExpOfMinus(a); });
}

TEST(Lanes, LogIsTheLogarithm) {
  std::vector<float> numbers;
  for (float a = 1e-37F; a < 1e37F; a *= 1.001F) numbers.push_back(a);
  for (const float a : numbers) {
    const double exact = std::log(static_cast<double>(a));
    ASSERT_NEAR(Log(a), exact, 3e-7 * std::fmax(1, std::fabs(exact))) << "at " << a;
  }
  EXPECT_EQ(Log(1.0F), 0);
  ExpectSameBytes(numbers, [](const auto& a) { return Log(a); });
}

TEST(Lanes, LogisticIsTheLogisticFunction) {
  const std::vector<float> numbers = Numbers(-80, 80, 100'000);
  for (const float z : numbers) {
    const double exact = 1 / (1 + std::exp(-static_cast<double>(z)));
    ASSERT_NEAR(Logistic(z) / exact, 1, 5e-7) << "at " << z;
  }
  EXPECT_EQ(Logistic(0.0F), 0.5F);
  ExpectSameBytes(numbers, [](const auto& z) { return Logistic(z); });
}

TEST(Lanes, CosineAndSineGoRoundOnce) {
  const std::vector<float> numbers = Numbers(0, 1, 100'000);
  for (const float u : numbers) {
    const double angle = 2 * std::acos(-1.0) * u;
    const Pair<float> point = CosineAndSineOfTurns(u);
    ASSERT_NEAR(point.first, std::cos(angle), 4e-7) << "at " << u;
    ASSERT_NEAR(point.second, std::sin(angle), 4e-7) << "at " << u;
  }
  ExpectSameBytes(numbers, [](const auto& u) { return CosineAndSineOfTurns(u).first; });
  ExpectSameBytes(numbers, [](const auto& u) { return CosineAndSineOfTurns(u).second; });
}

TEST(Lanes, RootIsRoundedAsTheLibraryRounds) {
  const std::vector<float> numbers = Numbers(0, 100, 100'000);
  for (const float a : numbers) ASSERT_EQ(Sqrt(a), std::sqrt(a));
  ExpectSameBytes(numbers, [](const auto& a) { return Sqrt(a); });
}

TEST(Lanes, NearestTiesToEven) {
  for (const float a : Numbers(-1000, 1000, 10'000)) ASSERT_EQ(Nearest(a), std::nearbyint(a)) << "at " << a;
  EXPECT_EQ(Nearest(0.5F), 0);
  EXPECT_EQ(Nearest(1.5F), 2);
  EXPECT_EQ(Nearest(-2.5F), -2);
}

TEST(Lanes, PartsMultiplyToTheNumber) {
  for (float a = 1e-37F; a < 1e37F; a *= 1.37F) {
    const Parts<float> parts = PartsOf(a);
    EXPECT_GE(parts.fraction, 1);
    EXPECT_LT(parts.fraction, 2);
    EXPECT_EQ(parts.fraction * PowerOfTwo(parts.exponent), a);
  }
}

TEST(Lanes, EachCoupleTakesItsOwnWay) {
  Lanes<4> a;
  for (std::size_t lane = 0; lane < 4; ++lane) Set(a, lane, static_cast<float>(lane));
  const auto more_than_one = a > Lanes<4>(1);
  const Lanes<4> chosen = If(more_than_one, a, -a);
  const Lanes<4> middle = Between(Lanes<4>(1), a, Lanes<4>(2));
  for (std::size_t lane = 0; lane < 4; ++lane) {
    const auto number = static_cast<float>(lane);
    EXPECT_EQ(Get(chosen, lane), number > 1 ? number : -number);
    EXPECT_EQ(Get(middle, lane), Between(1.0F, number, 2.0F));
  }
  EXPECT_TRUE(Any(more_than_one));
  EXPECT_FALSE(Any(a > Lanes<4>(3)));
  EXPECT_TRUE(Any(!more_than_one & (a < Lanes<4>(1))));
  EXPECT_FALSE(Any(more_than_one & (a < Lanes<4>(1))));
}

}  // namespace
}  // namespace selvedge::theory
