#include "instruments/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

#include "instruments/files.h"

namespace selvedge::instruments {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::array kScales{SignScale::kHoldingOn, SignScale::kStandingAlone, SignScale::kOwnGround,
                             SignScale::kOpenDoor};
constexpr std::array kProbabilities{0.0, 0.04, 0.05, 0.2, 0.3, 0.4, 0.41, 0.5, 0.59, 0.6, 0.79, 0.8, 0.94, 0.95, 1.0};

Change Changed(double index) { return {.difference = index, .standard_error = 1, .index = index}; }

std::vector<std::string> EverySentence() {
  std::vector<std::string> all{std::string(ProvisionalSentence()), std::string(NotShownSentence())};
  for (const SignScale scale : kScales) {
    for (const double probability : kProbabilities) {
      for (const std::size_t answers : {0U, 1U, 2U, 11U}) {
        for (const bool provisional : {true, false}) {
          all.push_back(ScoreSentence(scale, probability, answers, provisional));
        }
      }
    }
  }
  for (const double index : {-9.0, -1.96, -0.1, 0.0, 0.1, 1.96, 1.97, 9.0}) {
    all.push_back(ChangeSentence(Changed(index), std::nullopt));
    for (const auto kind : {Reliability::Kind::kRetest, Reliability::Kind::kInternal}) {
      for (const char* source : {"", "three weeks apart"}) {
        all.push_back(ChangeSentence(Changed(index), Reliability{.value = 0.84, .kind = kind, .source = source}));
      }
    }
  }
  return all;
}

TEST(InstrumentWords, NoSentenceBlamesDiagnosesOrCommands) {
  for (const std::string& sentence : EverySentence()) {
    std::string lower = sentence;
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    for (const char* word :
         {"codepend", "counterdep", "fused",      "walled",  "toxic",   "should",     "fault of", "your fault",
          "disorder", "caus",       "diagnos",    "healthy", "normal",  "problem",    "bad ",     "fail",
          "must",     "too much",   "because of", "sick",    "symptom", "significan", "depend",   "attach",
          "avoid",    "recover",    "improve",    "worse",   "better",  "score",      "partner"}) {
      EXPECT_THAT(lower, Not(HasSubstr(word))) << sentence;
    }
  }
}

TEST(InstrumentWords, EverySentenceIsWhole) {
  for (const std::string& sentence : EverySentence()) {
    EXPECT_THAT(sentence, EndsWith(".")) << sentence;
    EXPECT_THAT(sentence, Not(HasSubstr("  "))) << sentence;
    EXPECT_THAT(sentence, Not(HasSubstr(".."))) << sentence;
    EXPECT_THAT(sentence, Not(HasSubstr("%"))) << sentence;
    EXPECT_THAT(sentence, Not(HasSubstr(" 1 answers"))) << sentence;
    EXPECT_TRUE(sentence.front() >= 'A' && sentence.front() <= 'Z') << sentence;
  }
}

TEST(ScoreSentence, SaysProvisionalExactlyWhereTheCurvesAre) {
  for (const SignScale scale : kScales) {
    for (const double probability : kProbabilities) {
      EXPECT_THAT(ScoreSentence(scale, probability, 9, true), EndsWith(std::string(ProvisionalSentence())));
      EXPECT_THAT(ScoreSentence(scale, probability, 9, false), Not(HasSubstr("provisional")));
    }
  }
}

TEST(ScoreSentence, ChangesAtTheFixedProbabilities) {
  const auto said = [](double probability) { return ScoreSentence(SignScale::kHoldingOn, probability, 11, false); };
  EXPECT_EQ(
      said(0.95),
      "Lately, by 11 answers, you were very likely holding on more than now and then. It often begins as a way to "
      "keep someone. It says nothing about blame, or about them.");
  EXPECT_THAT(said(0.94), StartsWith("Lately, by 11 answers, you were likely holding on more"));
  EXPECT_THAT(said(0.79), StartsWith("Lately, by 11 answers, this is leaning toward holding on more"));
  EXPECT_EQ(
      said(0.5),
      "By 11 answers it can't be told whether you were holding on more or less than now and then. That is what 11 "
      "answers can tell, and no fault in them.");
  EXPECT_THAT(said(0.2), StartsWith("Lately, by 11 answers, you were likely holding on less"));
  EXPECT_THAT(ScoreSentence(SignScale::kOpenDoor, 0.5, 1, false),
              HasSubstr("That is what one answer can tell, and no fault in it."));
  EXPECT_EQ(ScoreSentence(SignScale::kOpenDoor, 0.99, 0, true),
            "Nothing about this was answered, and leaving questions out is fine.");
}

TEST(ScoreSentence, GivesBothLeaningsTheSameTone) {
  for (const double probability : kProbabilities) {
    const std::string holding = ScoreSentence(SignScale::kHoldingOn, probability, 9, false);
    const std::string alone = ScoreSentence(SignScale::kStandingAlone, probability, 9, false);
    EXPECT_EQ(std::ranges::count(holding, '.'), std::ranges::count(alone, '.')) << holding << alone;
    EXPECT_NEAR(static_cast<double>(holding.size()), static_cast<double>(alone.size()), 25) << holding << alone;
  }
}

TEST(SignScaleNamed, KnowsTheScalesOfTheQuestionnaireInItsOrder) {
  const Instrument signs = Signs();
  ASSERT_EQ(signs.scales.size(), kScales.size());
  for (std::size_t s = 0; s < kScales.size(); ++s) EXPECT_EQ(SignScaleNamed(signs.scales[s].id), kScales[s]);
  EXPECT_FALSE(SignScaleNamed("warmth"));
}

TEST(ChangeSentence, ComparesWithTheWobbleAndNamesWhereThatIsFrom) {
  const Reliability retest{.value = 0.84, .kind = Reliability::Kind::kRetest, .source = "three weeks apart"};
  EXPECT_EQ(ChangeSentence(Changed(-2.5), retest),
            "Between the two times this went down by more than the measure wobbles. It does not show why. How far it "
            "wobbles is known from people asked twice (retest reliability 0.84; three weeks apart).");
  EXPECT_THAT(ChangeSentence(Changed(1.96), retest), StartsWith("The two times differ by no more than the measure"));
  EXPECT_THAT(ChangeSentence(Changed(1.97), retest), StartsWith("Between the two times this went up by more"));
  EXPECT_THAT(
      ChangeSentence(Changed(3), Reliability{.value = 0.94, .kind = Reliability::Kind::kInternal, .source = {}}),
      HasSubstr("(internal reliability 0.94), which makes small changes look surer than they are."));
  EXPECT_THAT(ChangeSentence(Changed(3), std::nullopt), EndsWith("follows from the answers themselves."));
}

}  // namespace
}  // namespace selvedge::instruments
