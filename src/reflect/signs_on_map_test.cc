#include "reflect/signs_on_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <variant>

#include "leaning/position.h"

namespace selvedge::reflect {
namespace {

using instruments::Response;
using instruments::Sheet;
using testing::HasSubstr;

const SignsOnMap& Basis() {
  static const SignsOnMap kBasis;
  return kBasis;
}

std::size_t Named(std::string_view link_id) { return *Basis().signs().QuestionNamed(link_id); }

std::size_t ChoiceOf(std::size_t question, std::string_view code) {
  const auto& choices = Basis().signs().questions[question].choices;
  const auto found = std::ranges::find(choices, code, &instruments::Choice::code);
  EXPECT_NE(found, choices.end()) << code;
  return static_cast<std::size_t>(found - choices.begin());
}

/// Answers each of the first `many` questions of every scale with the given category of the scale.
Sheet Answered(std::array<std::size_t, 4> categories, std::size_t many) {
  const instruments::Instrument& signs = Basis().signs();
  Sheet sheet(signs.questions.size());
  std::array<std::size_t, 4> done{};
  for (std::size_t q = 0; q < sheet.size(); ++q) {
    const std::optional<std::size_t> scale = signs.questions[q].scale;
    if (!scale || done[*scale]++ >= many) continue;
    for (std::size_t choice = 0; choice < signs.questions[q].choices.size(); ++choice) {
      if (signs.questions[q].Category(choice) == categories[*scale]) sheet[q] = choice;
    }
  }
  return sheet;
}

Response From(const Sheet& sheet) { return Separate(Basis().signs(), sheet); }

leaning::Stand StandOf(const Response& response) {
  return std::get<leaning::Stand>(*Basis().Stand(std::array{response}));
}

TEST(SignsOnMap, ThePlaceOnTheMapIsTheExactPosterior) {
  const Response response = From(Answered({3, 1, 1, 2}, 4));
  const leaning::Evidence evidence = *Basis().ToldBy(response)->evidence;
  EXPECT_EQ(evidence.answers, 16);
  const leaning::Position place = *Locate(Basis().map(), {evidence});
  const instruments::AxesScore score =
      Basis().scorer().Score(CountedCategories(Basis().signs(), response, instruments::Audience::kOwner));
  EXPECT_LT((place.posterior.mean - score.mean).norm(), 1e-4);
  EXPECT_LT((place.posterior.covariance - score.covariance).norm(), 1e-4);
}

TEST(SignsOnMap, PeopleWhoAnswerAsARegionDoesStandInIt) {
  using leaning::Region;
  EXPECT_EQ(StandOf(From(Answered({4, 1, 0, 2}, 8))).region, Region::kHoldingOn);
  EXPECT_EQ(StandOf(From(Answered({0, 4, 2, 0}, 8))).region, Region::kStandingAlone);
  EXPECT_EQ(StandOf(From(Answered({0, 0, 4, 4}, 8))).region, Region::kSteady);
  EXPECT_FALSE(StandOf(From(Answered({2, 2, 2, 2}, 8))).region.has_value());
}

TEST(SignsOnMap, FearThatRecursShowsNothing) {
  Sheet sheet = Answered({4, 1, 0, 2}, 8);
  const auto afraid = [&](std::string_view item) {
    sheet[Named(item)] = ChoiceOf(Named(item), "often");
    const std::size_t follow_up = Named(std::string(item) + "-q");
    sheet[follow_up] = ChoiceOf(follow_up, "afraid");
  };
  afraid("yes-then-tired");
  EXPECT_TRUE(std::holds_alternative<leaning::Stand>(*Basis().Stand(std::array{From(sheet)})));
  const Response once = From(sheet);
  afraid("moment-passed");
  EXPECT_TRUE(std::holds_alternative<leaning::NotShown>(*Basis().Stand(std::array{From(sheet)})));
  // Over two seasons, too.
  EXPECT_TRUE(std::holds_alternative<leaning::NotShown>(*Basis().Stand(std::array{once, once})));
}

TEST(SignsOnMap, AnActDoneInFearCountsNowhere) {
  Sheet without = Answered({2, 2, 2, 2}, 6);
  for (const char* item : {"yes-then-tired", "yes-then-tired-q", "said-no"}) without[Named(item)].reset();
  Sheet with = without;
  with[Named("yes-then-tired")] = ChoiceOf(Named("yes-then-tired"), "nearly-always");
  with[Named("yes-then-tired-q")] = ChoiceOf(Named("yes-then-tired-q"), "afraid");
  EXPECT_EQ(StandOf(From(with)).now.posterior.mean, StandOf(From(without)).now.posterior.mean);
  EXPECT_EQ(StandOf(From(with)).now.answers, StandOf(From(without)).now.answers);
}

TEST(SignsOnMap, QuestionQShadesAndWhatWasFoundStandsBeside) {
  Sheet sheet = Answered({3, 1, 1, 2}, 10);
  const leaning::Stand bare = StandOf(From(sheet));
  EXPECT_FALSE(bare.shading.has_value());
  std::size_t acts = 0;
  for (std::size_t q = 0; q < sheet.size(); ++q) {
    if (!Basis().signs().questions[q].asked_when || !IsAsked(Basis().signs(), sheet, q)) continue;
    sheet[q] = ChoiceOf(q, "let-down");
    ++acts;
  }
  sheet[Named("about-me")] = ChoiceOf(Named("about-me"), "sometimes");
  sheet[Named("got-through")] = ChoiceOf(Named("got-through"), "not-applicable");
  const leaning::Stand stand = StandOf(From(sheet));
  ASSERT_TRUE(stand.shading.has_value());
  EXPECT_EQ(static_cast<std::size_t>(stand.shading->acts), acts);
  EXPECT_LT(stand.shading->choice.median, 0.2);
  ASSERT_EQ(stand.findings.size(), 1U);
  EXPECT_THAT(stand.findings.front().sentence, HasSubstr("You found: sometimes."));
  EXPECT_EQ(stand.now.posterior.mean, bare.now.posterior.mean);
}

TEST(SignsOnMap, EarlierAnswersMakeTheTrailAndASwingIsSaid) {
  Response spring = From(Answered({4, 0, 0, 4}, 10));
  spring.authored = "2026-03-14T20:15:00Z";
  const auto stand = std::get<leaning::Stand>(*Basis().Stand(std::array{spring, From(Answered({0, 4, 4, 0}, 10))}));
  ASSERT_EQ(stand.trail.size(), 1U);
  EXPECT_EQ(stand.trail.front().when, "On 14 March 2026");
  ASSERT_TRUE(stand.swing.has_value());
  EXPECT_TRUE(stand.swing->to_standing_alone);
}

TEST(SignsOnMap, WithoutAnswersNothingIsShown) {
  const Response empty = From(Sheet(Basis().signs().questions.size()));
  EXPECT_FALSE(Basis().ToldBy(empty)->evidence.has_value());
  EXPECT_TRUE(std::holds_alternative<leaning::NotShown>(*Basis().Stand(std::array{empty})));
}

TEST(DayInWords, ReadsTheDateOrSaysNothing) {
  EXPECT_EQ(DayInWords("2026-11-04"), "On 4 November 2026");
  EXPECT_EQ(DayInWords("2026-11-04T23:15:00+02:00"), "On 4 November 2026");
  for (const char* no_day : {"", "2026", "2026-11", "2026-13-04", "20x6-11-04", "04.11.2026 "}) {
    EXPECT_EQ(DayInWords(no_day), "") << no_day;
  }
}

}  // namespace
}  // namespace selvedge::reflect
