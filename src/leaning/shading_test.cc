#include "leaning/shading.h"

#include <gtest/gtest.h>

#include <vector>

#include "leaning/map.h"
#include "numerics/beta.h"

namespace selvedge::leaning {
namespace {

using enum WouldFollow;

const std::vector<WouldFollow> kSix{kNothingMuch, kQuarrel, kLetDown, kGuilty, kNothingMuch, kLetDown};

TEST(Shade, IsABetaDistributionOfTheShareFromChoice) {
  const auto shading = Shade(Map::Theory().shading, kSix);
  ASSERT_TRUE(shading.has_value());
  EXPECT_EQ(shading->acts, 6);
  EXPECT_NEAR(shading->choice.median, 0.5, 1e-12);  // three of six: Beta(4, 4)
  EXPECT_NEAR(shading->choice.ninety[0], numerics::BetaQuantile(4, 4, 0.05), 1e-15);
  EXPECT_NEAR(shading->choice.ninety[0] + shading->choice.ninety[1], 1, 1e-12);
}

TEST(Shade, FearAndSilenceCountNowhere) {
  const ShadingForm form = Map::Theory().shading;
  std::vector<WouldFollow> with_fear = kSix;
  for (int i = 0; i < 20; ++i) {
    with_fear.push_back(kAfraid);
    with_fear.push_back(kRatherNotSay);
  }
  const auto expected = Shade(form, kSix);
  const auto shading = Shade(form, with_fear);
  ASSERT_TRUE(shading.has_value());
  EXPECT_EQ(shading->acts, expected->acts);
  EXPECT_EQ(shading->choice.median, expected->choice.median);
  EXPECT_FALSE(Shade(form, {kAfraid, kAfraid, kAfraid, kRatherNotSay, kAfraid, kAfraid}).has_value());
}

TEST(Shade, SaysNothingBelowWhatItNeeds) {
  const ShadingForm form = Map::Theory().shading;
  EXPECT_EQ(form.needs, 5);
  EXPECT_FALSE(Shade(form, {}).has_value());
  EXPECT_FALSE(Shade(form, {kQuarrel, kQuarrel, kQuarrel, kQuarrel, kAfraid}).has_value());
  EXPECT_TRUE(Shade(form, {kQuarrel, kQuarrel, kQuarrel, kQuarrel, kQuarrel}).has_value());
}

TEST(Shade, MoreChoiceMovesItOneWay) {
  const ShadingForm form = Map::Theory().shading;
  double before = 0;
  for (int choices = 0; choices <= 10; ++choices) {
    std::vector<WouldFollow> answers(10, kGuilty);
    for (int i = 0; i < choices; ++i) answers[static_cast<std::size_t>(i)] = kNothingMuch;
    const double median = Shade(form, answers)->choice.median;
    EXPECT_GT(median, before);
    before = median;
  }
}

}  // namespace
}  // namespace selvedge::leaning
