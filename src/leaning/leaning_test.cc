#include "leaning/leaning.h"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cmath>
#include <string>
#include <variant>
#include <vector>

#include "leaning/evidence_fixture.h"
#include "leaning/words.h"

namespace selvedge::leaning {
namespace {

using enum WouldFollow;

/// Plenty of evidence for somebody at a place.
Question Plainly(const Map& map, const Eigen::Vector2d& place) {
  constexpr double kError = 0.25;
  Question question;
  question.now.evidence.push_back(SignsAt(map, place, kError));
  for (const Indicator& indicator : map.indicators) {
    if (indicator.components.size() > 1) continue;
    const Component& component = indicator.components.front();
    question.now.evidence.push_back(
        One(indicator.id, component.centre + component.loading.dot(place), 0.1 * component.loading.norm()));
  }
  return question;
}

const Stand& StandOf(const core::Result<Leaning>& leaning) {
  EXPECT_TRUE(leaning.has_value());
  return std::get<Stand>(*leaning);
}

TEST(WhereOneStands, NamesARegionOnceEightTenthsLieInIt) {
  const Map map = Map::Theory();
  for (std::size_t r = 0; r < kRegionCount; ++r) {
    const auto leaning = WhereOneStands(map, Plainly(map, 1.7 * map.regions[r].centre));
    const Stand& stand = StandOf(leaning);
    ASSERT_TRUE(stand.region.has_value()) << kRegionIds[r];
    EXPECT_EQ(static_cast<std::size_t>(*stand.region), r);
    EXPECT_GE(stand.mass[r], 0.8);
  }
}

TEST(WhereOneStands, IsBetweenWhenTheCloudIsWide) {
  const Map map = Map::Theory();
  Question question;
  question.now.evidence.push_back(SignsAt(map, map.Of(Region::kHoldingOn).centre, 1.5, 9));
  const auto leaning = WhereOneStands(map, question);
  const Stand& stand = StandOf(leaning);
  EXPECT_FALSE(stand.region.has_value());
  EXPECT_EQ(StandSentence(stand),
            "Your answers sit between the corners and the cloud is wide. That is what nine answers can tell, and no "
            "fault in them.");
}

TEST(WhereOneStands, AllSixSharesAddUp) {
  const Map map = Map::Theory();
  for (const double autonomy : {-1.5, 0.0, 0.8}) {
    for (const double connection : {-0.9, 0.3}) {
      const auto leaning = WhereOneStands(map, Plainly(map, {autonomy, connection}));
      const Stand& stand = StandOf(leaning);
      double sum = stand.between;
      for (const double mass : stand.mass) sum += mass;
      EXPECT_NEAR(sum, 1, 1e-12);
      EXPECT_GE(stand.between, -1e-12);
    }
  }
}

TEST(WhereOneStands, ShowsNothingWhenFearRecursAndThatLooksLikeNoAnswers) {
  const Map map = Map::Theory();
  Question question = Plainly(map, 1.5 * map.Of(Region::kHoldingOn).centre);
  question.acts = std::vector<WouldFollow>(10, kGuilty);
  question.findings.push_back({.id = "being_met", .sentence = "A sentence."});
  question.earlier.push_back(question.now);
  question.fear = Fear::kRecurs;
  const auto leaning = WhereOneStands(map, question);
  ASSERT_TRUE(leaning.has_value());
  EXPECT_TRUE(std::holds_alternative<NotShown>(*leaning));
  const std::string json = LeaningJson(map, *leaning).Dump();
  EXPECT_EQ(json, R"({"status":"not_shown","sentence":")" + std::string(NeutralSentence()) + R"("})");
  EXPECT_EQ(json, LeaningJson(map, *WhereOneStands(map, {})).Dump());
}

// What the partner does is no argument of Locate; this holds the whole to it.
TEST(WhereOneStands, FindingsAndShadingMoveNobodysPoint) {
  const Map map = Map::Theory();
  Question question = Plainly(map, {0.4, -0.6});
  const auto without = WhereOneStands(map, question);
  question.findings.push_back({.id = "being_met", .sentence = "Your reach was met on most days."});
  question.acts = std::vector<WouldFollow>(10, kGuilty);
  const auto with = WhereOneStands(map, question);
  EXPECT_EQ(StandOf(with).now.posterior.mean, StandOf(without).now.posterior.mean);
  EXPECT_EQ(StandOf(with).now.posterior.covariance, StandOf(without).now.posterior.covariance);
  EXPECT_EQ(StandOf(with).mass, StandOf(without).mass);
  EXPECT_EQ(StandOf(with).findings.size(), 1U);
}

TEST(WhereOneStands, TellsTheLatestSwingOfTheTrail) {
  const Map map = Map::Theory();
  Question question = Plainly(map, {0.6, -1.6});
  const auto season = [&](const char* when, const Eigen::Vector2d& place) {
    return Season{.when = when, .evidence = Plainly(map, place).now.evidence};
  };
  question.earlier = {season("In March", {-1.7, 0.9}),
                      {.when = "In May", .evidence = {}},
                      season("In June", {-1.5, 0.8}),
                      season("In August", {0.5, -1.5})};
  const auto leaning = WhereOneStands(map, question);
  const Stand& stand = StandOf(leaning);
  ASSERT_EQ(stand.trail.size(), 3U) << "a season without evidence is no place";
  ASSERT_TRUE(stand.swing.has_value());
  EXPECT_EQ(stand.swing->when, "In June");
  EXPECT_TRUE(stand.swing->to_standing_alone);
}

TEST(WhereOneStands, RefusesEvidenceTheMapDoesNotKnow) {
  const Map map = Map::Theory();
  Question question = Plainly(map, {0, 0});
  question.earlier.push_back({.when = "", .evidence = {One("horoscope", 1, 1)}});
  EXPECT_FALSE(WhereOneStands(map, question).has_value());
}

TEST(LeaningJson, HasEllipsesThatHoldTheirShare) {
  const Map map = Map::Theory();
  const auto leaning = WhereOneStands(map, Plainly(map, {0.4, -0.6}));
  const core::Json now = *LeaningJson(map, *leaning).Field("now");
  const core::Json ellipse = *now.Field("ellipses")->At(1);
  EXPECT_EQ(*ellipse.Number("mass"), 0.9);
  // The product of the half-axes is (−2 ln 0.1) √|covariance|.
  const double determinant = StandOf(leaning).now.posterior.covariance.determinant();
  EXPECT_NEAR(*ellipse.Number("long") * *ellipse.Number("short"), 4.605170185988092 * std::sqrt(determinant), 1e-12);
}

}  // namespace
}  // namespace selvedge::leaning
