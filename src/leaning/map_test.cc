#include "leaning/map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "core/random.h"
#include "numerics/normal.h"

namespace selvedge::leaning {
namespace {

using testing::HasSubstr;

TEST(Map, TheTheoryHasAReasonForEveryLoading) {
  const Map map = Map::Theory();
  EXPECT_EQ(map.status, "provisional");
  EXPECT_GE(map.correlation, 0.3);
  EXPECT_LE(map.correlation, 0.5);
  for (const Indicator& indicator : map.indicators) {
    for (const Component& component : indicator.components) {
      EXPECT_GT(component.reason.size(), 40U) << component.id;
      EXPECT_GT(component.loading.norm(), 0) << component.id;
      EXPECT_GT(component.residual_variance, 0) << component.id;
    }
  }
}

// Scales are scored under N(0, 1) among people, so what the axes tell and what is a scale's own add up to 1.
TEST(Map, ScalesInStandardDeviationsHaveVarianceOne) {
  const Map map = Map::Theory();
  for (const char* id : {"signs", "attachment_scores"}) {
    const Indicator* const indicator = map.Find(id);
    ASSERT_NE(indicator, nullptr);
    for (const Component& component : indicator->components) {
      const double told = component.loading.dot(map.Spread() * component.loading);
      EXPECT_NEAR(told + component.residual_variance, 1, 1e-3) << component.id;
    }
  }
}

TEST(Map, HoldingOnIsNoDistanceFromRealConnection) {
  const Map map = Map::Theory();
  const Component& holding_on = map.Find("signs")->components[0];
  ASSERT_EQ(holding_on.id, "holding_on");
  const Eigen::Vector2d with_axes = map.Spread() * holding_on.loading;
  EXPECT_LT(with_axes[kAutonomy], -0.5);
  EXPECT_NEAR(with_axes[kConnection], 0, 0.05);
}

TEST(Map, NoTwoRegionsOverlapAndEachHoldsItsCentreAlone) {
  const Map map = Map::Theory();
  core::RandomStream stream({.seed = 7, .purpose = 2});
  const auto regions_at = [&](const Eigen::Vector2d& point) {
    return std::ranges::count_if(map.regions, [&](const RegionForm& region) {
      return std::ranges::all_of(region.borders, [&](const HalfPlane& border) { return border.Holds(point); });
    });
  };
  for (int draw = 0; draw < 20'000; ++draw) {
    EXPECT_LE(regions_at({2 * numerics::DrawNormal(stream), 2 * numerics::DrawNormal(stream)}), 1);
  }
  for (const RegionForm& region : map.regions) EXPECT_EQ(regions_at(region.centre), 1) << region.word;
  EXPECT_EQ(regions_at(Eigen::Vector2d::Zero()), 0) << "the middle of people has no name";
}

TEST(Map, WritesWhatItReads) {
  const Map map = Map::Theory();
  const std::string once = MapJson(map).Dump(1);
  const auto again = Map::Parse(once);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(MapJson(*again).Dump(1), once);
}

/// The theory with one piece of its text replaced.
core::Result<Map> ParseWith(const std::string& from, const std::string& to) {
  std::string text = MapJson(Map::Theory()).Dump();
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  return Map::Parse(text);
}

TEST(Map, RefusesWhatIsImpossible) {
  EXPECT_TRUE(ParseWith("\"version\":1", "\"version\":1").has_value());
  const auto said = [](const std::string& from, const std::string& to) { return ParseWith(from, to).error().message; };
  EXPECT_THAT(said("\"version\":1", "\"version\":2"), HasSubstr("This is not a map of a version known here."));
  EXPECT_THAT(said("selvedge-map", "selvedge-fit"), HasSubstr("This is not a map of a version known here."));
  EXPECT_THAT(said("\"correlation\":0.4", "\"correlation\":1"),
              HasSubstr("The axes' correlation is not between -1 and 1."));

  EXPECT_THAT(said("\"id\":\"attachment_scores\"", "\"id\":\"signs\""), HasSubstr("The map has the indicator "));
  EXPECT_THAT(said("\"components\":[", "\"components\":[],\"before\":["), HasSubstr("has no components."));
  EXPECT_THAT(said("\"id\":\"standing_alone\"", "\"id\":\"holding_on\""), HasSubstr("The map names "));
  EXPECT_THAT(said("\"residual_variance\":0.462", "\"residual_variance\":-0.1"),
              HasSubstr("has a residual variance below 0."));
  EXPECT_THAT(said("\"residual_variance\":0.462", "\"residual_variance\":\"a\""), HasSubstr("is not a number"));

  EXPECT_THAT(said("\"id\":\"running_low\"", "\"id\":\"steady\""), HasSubstr("The map has the region "));
  EXPECT_THAT(said("\"id\":\"running_low\"", "\"id\":\"elsewhere\""), HasSubstr("for which there are no words."));
  EXPECT_THAT(said("\"regions\":[", "\"regions\":[],\"before\":["), HasSubstr("The map has no region "));
  EXPECT_THAT(said("\"at_least\":0.5", "\"at_least\":2.5"), HasSubstr("does not hold its own centre."));
  EXPECT_THAT(said("\"borders\":[", "\"borders\":[],\"before\":["), HasSubstr("does not hold its own centre."));

  EXPECT_THAT(said("\"id\":\"guilty\"", "\"id\":\"afraid\""), HasSubstr("The shading counts "))
      << "fear counts nowhere";
  EXPECT_THAT(said("\"answers\":[", "\"answers\":[],\"before\":["), HasSubstr("The shading leaves an answer out."));
  EXPECT_THAT(said("\"prior_choice\":1", "\"prior_choice\":0"), HasSubstr("The prior of the shading is not above 0."));
}

}  // namespace
}  // namespace selvedge::leaning
