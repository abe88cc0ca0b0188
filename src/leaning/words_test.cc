#include "leaning/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "leaning/evidence_fixture.h"

namespace selvedge::leaning {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const Map& Theory() {
  static const Map kMap = Map::Theory();
  return kMap;
}

Stand StandIn(std::optional<Region> region, double mass, int answers, int days, double sd = 0.3) {
  Stand stand;
  stand.now = At({0, 0}, sd);
  stand.now.answers = answers;
  stand.now.days = days;
  stand.region = region;
  if (region) stand.mass[static_cast<std::size_t>(*region)] = mass;
  return stand;
}

Shading ShadingAt(double low, double high, int acts) {
  return {.acts = acts, .choice = {.median = 0.5 * (low + high), .half = {low, high}, .ninety = {low, high}}};
}

std::vector<std::string> EverySentence() {
  std::vector<std::string> all{std::string(Caption()),
                               std::string(AboutSentence()),
                               std::string(NeutralSentence()),
                               std::string(ProvisionalSentence(Theory())),
                               std::string(PoleSentence(Region::kHoldingOn)),
                               std::string(PoleSentence(Region::kStandingAlone))};
  for (const int answers : {0, 1, 9, 14}) {
    for (const int days : {0, 1, 40}) {
      for (std::size_t r = 0; r < kRegionCount; ++r) {
        for (const double mass : {0.8, 0.99}) {
          all.push_back(StandSentence(StandIn(static_cast<Region>(r), mass, answers, days)));
        }
      }
      for (const double sd : {0.2, 0.9}) all.push_back(StandSentence(StandIn(std::nullopt, 0, answers, days, sd)));
    }
  }
  for (const Indicator& indicator : Theory().indicators) {
    for (const Component& component : indicator.components) {
      Position position;
      for (const double ground : {-0.4, 0.0, 0.4}) {
        for (const double door : {-0.4, 0.0, 0.4}) {
          position.contributions.assign(1, {.component = &component, .shift = {ground, door}});
          all.push_back(MovedSentence(position.contributions.front()));
          all.push_back(StrengthsSentence(position));
        }
      }
    }
  }
  for (const int acts : {5, 40}) {
    all.push_back(ShadingSentence(ShadingAt(0.6, 0.9, acts)));
    all.push_back(ShadingSentence(ShadingAt(0.3, 0.7, acts)));
    all.push_back(ShadingSentence(ShadingAt(0.1, 0.4, acts)));
  }
  all.emplace_back(CannotSaySentence());
  all.emplace_back(InNumbersSentence());
  for (const std::optional<Region> region : {std::optional<Region>(), std::optional(Region::kSteady)}) {
    all.emplace_back(HowSureSentence(StandIn(region, 0.9, 14, 0)));
  }
  for (const int answers : {0, 1, 9}) {
    for (const int days : {0, 1, 40}) {
      all.push_back(StopSentence({.when = "Until 3 May 2026", .position = StandIn({}, 0, answers, days).now}));
    }
  }
  for (const char* when : {"", "In March"}) {
    for (const bool to_standing_alone : {true, false}) {
      all.push_back(SwingSentence({.when = when, .to_standing_alone = to_standing_alone}));
    }
  }
  return all;
}

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

TEST(LeaningWords, NoSentenceBlamesDiagnosesTypesOrCommands) {
  for (const std::string& sentence : EverySentence()) {
    const std::string lower = Lower(sentence);
    for (const char* word :
         {"codepend", "toxic",      "wrong with", "should",      "fault of", "your fault", "disorder",
          "caus",     "diagnos",    "unhealthy",  "normal",      "problem",  "bad ",       "fail",
          "must",     "too much",   "because of", "sick",        "symptom",  "significan", "depend",
          "attach",   "avoid",      "fused",      "walled",      "narciss",  "trauma",     "enmesh",
          "anxious",  "you are a ", "type",       "personality", "score of", "low ground", "weak"}) {
      EXPECT_THAT(lower, Not(HasSubstr(word))) << sentence;
    }
  }
}

TEST(LeaningWords, EverySentenceIsWhole) {
  for (const std::string& sentence : EverySentence()) {
    ASSERT_FALSE(sentence.empty());
    EXPECT_THAT(sentence, EndsWith(".")) << sentence;
    for (const char* slip : {"  ", "..", "nan", " ,", "%", "1 answers", "one answers", "no answers"}) {
      EXPECT_THAT(sentence, Not(HasSubstr(slip))) << sentence;
    }
    EXPECT_THAT(sentence, Not(HasSubstr(": ."))) << sentence;
    EXPECT_TRUE(sentence.front() >= 'A' && sentence.front() <= 'Z') << sentence;
  }
}

TEST(LeaningWords, BothPolesAreSpokenOfInTheSameTone) {
  const std::string holding_on(PoleSentence(Region::kHoldingOn));
  const std::string standing_alone(PoleSentence(Region::kStandingAlone));
  EXPECT_NEAR(static_cast<double>(holding_on.size()), static_cast<double>(standing_alone.size()), 10);
  for (const std::string& pole : {holding_on, standing_alone}) {
    EXPECT_THAT(pole, HasSubstr("It is a way of protecting oneself."));
  }
  const auto length = [](Region region) { return StandSentence(StandIn(region, 0.85, 14, 0)).size(); };
  EXPECT_NEAR(static_cast<double>(length(Region::kHoldingOn)), static_cast<double>(length(Region::kStandingAlone)), 60);
}

TEST(StandSentence, SaysHowSureAndByHowMuch) {
  EXPECT_EQ(StandSentence(StandIn(Region::kHoldingOn, 0.85, 14, 0)),
            "Lately, by 14 answers, you are likely leaning toward holding on: their needs came up more than yours. It "
            "often begins as a way to keep someone. It says nothing about blame, or about them.");
  EXPECT_EQ(StandSentence(StandIn(Region::kStandingAlone, 0.85, 0, 0)),
            "Lately you are likely leaning toward standing alone: you carried things even when a hand was offered. It "
            "may once have kept you from being hurt. We can't see whether this person is safe to lean on.");
  EXPECT_THAT(StandSentence(StandIn(Region::kSteady, 0.95, 14, 40)),
              StartsWith("Lately, by 14 answers and 40 days, you are very likely leaning toward steady:"));
  EXPECT_THAT(StandSentence(StandIn(Region::kRunningLow, 0.9, 1, 0)), StartsWith("Lately, by one answer, you are"));
  EXPECT_THAT(StandSentence(StandIn(std::nullopt, 0, 0, 0, 0.9)), HasSubstr("That is what a few scores can tell"));
  EXPECT_THAT(StandSentence(StandIn(std::nullopt, 0, 60, 0, 0.2)), Not(HasSubstr("wide")));
}

TEST(StrengthsSentence, NamesAtMostTwoAndOnlyWhatSpeaksFor) {
  const std::vector<Component>& scales = Theory().Find("signs")->components;
  Position position;
  position.contributions = {{.component = &scales[0], .shift = {-0.5, 0.3}},
                            {.component = &scales[1], .shift = {0.1, 0.2}},
                            {.component = &scales[2], .shift = {0.5, 0.1}},
                            {.component = &scales[3], .shift = {0.0, 0.4}}};
  EXPECT_EQ(StrengthsSentence(position),
            "Strengths first, as you told it: you knew what you felt and wanted, and you let yourself be reached.");
  position.contributions.resize(1);
  EXPECT_EQ(StrengthsSentence(position), "Strengths first: you looked, and that is where ground of one's own begins.");
}

TEST(MovedSentence, SaysBothDirectionsAndSmallnessAlike) {
  const Component& scale = Theory().Find("signs")->components[2];
  EXPECT_EQ(MovedSentence({.component = &scale, .shift = {0.3, 0.2}}),
            "Your answers on own ground moved this toward more ground of your own and a door more open.");
  EXPECT_EQ(MovedSentence({.component = &scale, .shift = {-0.3, 0.01}}),
            "Your answers on own ground moved this toward less ground of your own.");
  EXPECT_EQ(MovedSentence({.component = &scale, .shift = {0.04, -0.04}}),
            "Your answers on own ground hardly moved this.");
}

TEST(MovedSentences, PutTogetherWhatMovedAlikeAndLeaveNothingOut) {
  const std::vector<Component>& scales = Theory().Find("signs")->components;
  Position position;
  position.contributions = {{.component = &scales.front(), .shift = {0.01, 0}},
                            {.component = &scales[1], .shift = {-0.3, 0.01}},
                            {.component = &scales[2], .shift = {-0.1, 0}},
                            {.component = &scales[3], .shift = {0, 0.2}}};
  EXPECT_THAT(MovedSentences(position),
              testing::ElementsAre("Your answers on standing alone and your answers on own ground moved this toward "
                                   "less ground of your own.",
                                   "Your answers on the open door moved this toward a door more open.",
                                   "Your answers on holding on hardly moved this."));
  position.contributions = {{.component = &scales.front(), .shift = {1, 0}},
                            {.component = &scales[1], .shift = {1, 0}},
                            {.component = &scales[2], .shift = {1, 0}}};
  EXPECT_THAT(MovedSentences(position).front(), StartsWith("Your answers on holding on, your answers on standing "
                                                           "alone and your answers on own ground moved"));
}

TEST(ProvisionalSentence, EndsWithCalibration) {
  Map map = Theory();
  EXPECT_THAT(ProvisionalSentence(map), StartsWith("Provisional"));
  map.status = "calibrated";
  EXPECT_EQ(ProvisionalSentence(map), "");
}

TEST(StopSentence, SaysWhatAnEarlierPlaceRestsOn) {
  const auto sentence = [](const char* when, int answers, int days) {
    return StopSentence({.when = when, .position = StandIn({}, 0, answers, days).now});
  };
  EXPECT_EQ(sentence("On 14 March 2026", 5, 0), "On 14 March 2026: 5 answers that counted.");
  EXPECT_EQ(sentence("Until 14 March 2026", 1, 40), "Until 14 March 2026: 1 answer that counted and 40 days.");
  EXPECT_EQ(sentence("", 0, 1), "Earlier: 1 day.");
}

}  // namespace
}  // namespace selvedge::leaning
