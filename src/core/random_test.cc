#include "core/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace selvedge::core {
namespace {

using Words = std::array<std::uint32_t, 4>;

// Known answers published with the Random123 library (file kat_vectors), rounds = 10.
TEST(Philox, GivesThePublishedAnswers) {
  EXPECT_EQ(Philox4x32({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(Philox4x32({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(Philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(RandomStream, RepeatsItselfForTheSameKeyAndDiffersForEveryOther) {
  RandomStream first({.seed = 7, .subject = 1, .purpose = 2});
  RandomStream again({.seed = 7, .subject = 1, .purpose = 2});
  for (int i = 0; i < 100; ++i) EXPECT_EQ(first.NextBits(), again.NextBits());

  std::set<std::uint64_t> firsts;
  for (const StreamKey key :
       {StreamKey{7, 1, 2}, StreamKey{8, 1, 2}, StreamKey{7, 2, 2}, StreamKey{7, 1, 3}, StreamKey{7ULL << 32U, 1, 2}}) {
    RandomStream stream(key);
    firsts.insert(stream.NextBits());
  }
  EXPECT_EQ(firsts.size(), 5U);
}

TEST(RandomStream, UniformsStayInsideTheOpenIntervalWithTheRightMoments) {
  RandomStream stream({.seed = 1});
  constexpr int kDraws = 200'000;
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double u = stream.Uniform();
    ASSERT_GT(u, 0.0);
    ASSERT_LT(u, 1.0);
    sum += u;
    squares += u * u;
  }
  const double mean_error = std::sqrt(1.0 / 12 / kDraws);
  EXPECT_NEAR(sum / kDraws, 0.5, 5 * mean_error);
  EXPECT_NEAR(squares / kDraws, 1.0 / 3, 5 * std::sqrt(4.0 / 45 / kDraws));
}

}  // namespace
}  // namespace selvedge::core
