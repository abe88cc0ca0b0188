#include "theory/claims.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace selvedge::theory {
namespace {

const Theory& TheTheory() {
  static const Theory theory = ShippedTheory().value();
  return theory;
}

/// The claims of content with one thing in them replaced, wherever it first stands.
core::Result<Claims> WithReplaced(std::string_view what, std::string_view by) {
  std::ifstream file(SELVEDGE_SOURCE_DIR "/content/claims.json");
  std::string text(std::istreambuf_iterator<char>(file), {});
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  text.replace(at, what.size(), by);
  return ParseClaims(text, TheTheory());
}

TEST(Claims, AreAllThereAndNameOnlyWhatTheTheoryHas) {
  const core::Result<Claims> claims = ShippedClaims(TheTheory());
  ASSERT_TRUE(claims.has_value()) << claims.error().message;
  ASSERT_EQ(claims->claims.size(), 38U);
  for (std::size_t i = 0; i < claims->claims.size(); ++i) {
    EXPECT_EQ(claims->claims[i].id, "CLAIM-" + std::to_string(i + 1));
  }
  std::set<std::string> with_rivals;
  for (const Claim& claim : claims->claims) {
    if (claim.has_rivals) with_rivals.insert(claim.id);
  }
  EXPECT_EQ(with_rivals, (std::set<std::string>{"CLAIM-30", "CLAIM-31", "CLAIM-34"}));
  EXPECT_EQ(claims->rivals.size(), 3U);
}

TEST(Claims, RefuseWhatTheTheoryDoesNotHave) {
  const auto expect = [](std::string_view what, std::string_view by, std::string_view message, std::string_view name) {
    const core::Result<Claims> claims = WithReplaced(what, by);
    ASSERT_FALSE(claims.has_value()) << by;
    EXPECT_NE(claims.error().message.find(message), std::string::npos) << claims.error().message;
    EXPECT_NE(claims.error().message.find(name), std::string::npos) << claims.error().message;
    EXPECT_FALSE(claims.error().remedy.empty());
  };
  expect(R"("carried_by": ["acts_feel_close"])", R"("carried_by": ["wishes"])", "There is no ",
         "mechanism \"wishes\".");
  expect(R"("trait": "ground")", R"("trait": "patience")", "There is no ", "trait \"patience\".");
  expect(R"("state": "need")", R"("state": "hunger")", "There is no ", "state \"hunger\".");
  expect(R"("moment": "stepped_in")", R"("moment": "danced")", "There is no ", "moment \"danced\".");
  expect(R"("path": "PATH-3")", R"("path": "PATH-12")", "There is no ", "path \"PATH-12\".");
  expect(R"("smallest": "moments")", R"("smallest": "tiny")", "There is no ", "smallest effect \"tiny\".");
  expect(R"("population": "default")", R"("population": "nobody")", "There is no population \"", "nobody");
  expect(R"("begin_rate")", R"("began_rate")", "One of the constants of a claim is not one of the theory.", "");
  expect(R"("person": "both", "days": [0, 14])", R"("days": [0, 14])", "It is not clear whose \"", "felt_closeness");
  expect(R"("person": "both", "days": [0, 14])", R"("person": "c", "days": [0, 14])", " is nobody.", "\"c\"");
  expect(R"("days": [0, 14])", R"("days": [14, 14])", " is no stretch of days.", "days");
  expect(R"("day": 28)", R"("day": -1)", " is out of range.", "day");
  expect(R"("sign": "+")", R"("sign": "0")", " is no sign.", "0");
  expect(R"("kind": "rule")", R"("kind": "law")", " is no kind.", "law");
  expect(R"("low": 0.5)", R"("low": 1.5)", "The range of the constants is empty.", "");
  expect(R"("parts": [)", R"("parts": [], "others": [)", " has no part.", "CLAIM-1");
}

TEST(Claims, DifferencesChangeAPlanInTheirOrder) {
  const Difference first{.text = "first",
                         .population = "steady_both",
                         .traits = {{.side = core::Side::kB, .trait = 1, .centre = 0.125F}},
                         .constants = {{.constant = 0, .value = 0.75F}}};
  const Difference second{.text = "second",
                          .population = {},
                          .off = {"acts_feel_close"},
                          .practices = {{.path = 3}},
                          .extra_moments = {{.rule = 2}}};
  const Plan plan = PlanOf(TheTheory(), "default", {&first, &second});
  EXPECT_EQ(plan.population.id, "steady_both");
  EXPECT_EQ(plan.population.people.b[1].centre, 0.125F);
  EXPECT_EQ(plan.population.people.a[1].centre, ShippedPopulation("steady_both")->people.a[1].centre);
  EXPECT_EQ(plan.constants.apart, 0.75F);
  EXPECT_EQ(plan.constants.yes_feels_close, 0);
  EXPECT_EQ(plan.constants.fixing_feels_close, 0);
  EXPECT_EQ(plan.constants.yes_empties, TheTheory().constants.yes_empties);
  ASSERT_EQ(plan.practices.size(), 1U);
  ASSERT_EQ(plan.extra_moments.size(), 1U);
}

TEST(Claims, MeasuresAreMeansOfWeeksAndMomentsAWeek) {
  Block block{.first = 0, .couples = 1, .weeks = 3, .by_week = std::vector<Week>(3)};
  for (std::size_t week = 0; week < 3; ++week) {
    Week& of = block.by_week[week];
    const auto number = static_cast<float>(week);
    of.closeness = number / 4;
    of.together = week == 2 ? 0.5F : 1;
    of.people.a.trust = number / 8;
    of.people.b.trust = 1;
    of.people.a.feeling = number;
    of.feeling_square.a = number * number + 0.25F;
    of.counts.a[4] = number;
    of.counts.b[5] = 10;
  }
  const auto value = [&](Measure measure, int days_a_week = 7) {
    measure.days = {.from = days_a_week, .to = 3 * days_a_week};
    return ValueOf(measure, block, 0, days_a_week);
  };
  EXPECT_DOUBLE_EQ(value(NamedMeasure("closeness", {}).value()), 0.375);
  EXPECT_DOUBLE_EQ(value(NamedMeasure("parted", {}).value()), 0.25);
  EXPECT_DOUBLE_EQ(value(NamedMeasure("trust", {core::Side::kA}).value()), 0.1875);
  EXPECT_DOUBLE_EQ(value(NamedMeasure("trust", {core::Side::kA, core::Side::kB}).value()), (0.1875 + 1) / 2);
  EXPECT_DOUBLE_EQ(value(NamedMeasure("feeling_swing", {core::Side::kA}).value()), std::sqrt(2.5 + 0.25 - 1.5 * 1.5));
  const Measure both{.of = Measure::Of::kMoments, .rules = {4, 5}, .sides = {core::Side::kA, core::Side::kB}};
  EXPECT_DOUBLE_EQ(value(both), (1.5 + 10) / 2);
  EXPECT_DOUBLE_EQ(value(both, 1), 7 * (1.5 + 10) / 2);
}

}  // namespace
}  // namespace selvedge::theory
