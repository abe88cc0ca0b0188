#include "reading/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

namespace selvedge::reading {
namespace {

using testing::ContainsRegex;
using testing::EndsWith;
using testing::Eq;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

Estimate Around(double median, double reach) {
  return {.median = median,
          .half = {median - 0.4 * reach, median + 0.4 * reach},
          .ninety = {median - reach, median + reach}};
}

// One value inside each band of certainty and one at each edge.
constexpr double kProbabilities[]{0, 0.04, 0.05, 0.15, 0.2, 0.3, 0.4, 0.5, 0.59, 0.6, 0.79, 0.8, 0.94, 0.95, 1};
const std::vector<std::string> kLabels{"Ana", "f", "1", "", "mother", "James", "妻", "</script>"};

/// Every sentence there is, for every label and at every extreme.
std::vector<std::string> EverySentence(const std::vector<std::string>& labels = kLabels) {
  std::vector<std::string> all{std::string(NoHurrySentence()), std::string(CannotSaySentence()),
                               std::string(AfraidSentence()), std::string(AloneSentence())};
  for (const std::string& label : labels) {
    for (const bool both : {false, true}) {
      for (const int have : {0, 1, 2, 27, 28, 400}) {
        all.push_back(NotEnoughSentence({.days = 28, .have = have, .both = both}, Owner(label)));
      }
    }
    for (const double reach : {0.0, 2.9, 3.0, 6.9, 7.0, 80.0}) {
      for (const double level : {-20.0, 0.0, 49.5, 100.0, 130.0})
        all.push_back(UsualLevelSentence(label, Around(level, reach)));
    }
    for (const double points : {0.0, 0.49, 0.5, 1.49, 1.5, 9.0, 60.0}) {
      for (const double more : kProbabilities) all.push_back(SpreadSentence(label, Around(points, 1), more));
    }
    for (const double days : {0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 9.0, 15.0, 1e9}) {
      for (const double reach : {0.0, 0.6, 1.0, 1e9}) all.push_back(HalfLifeSentence(label, Around(days, reach)));
    }
    for (const std::string& partner : labels) {
      for (const bool settled : {true, false}) {
        for (const double pull : {-0.4, 0.0, 0.4}) {
          for (const double share : {-0.2, 0.0, 0.1, 0.35, 0.65, 0.9, 1.0}) {
            all.push_back(PullSentence(label, partner, settled, Around(pull, 0.1), share));
          }
        }
      }
    }
    for (const double own : kProbabilities) {
      for (const double shared : kProbabilities) {
        if (own + shared <= 1) all.push_back(WeatherSentence(label, own, shared));
      }
    }
    for (const double mean : {-30.0, 0.0, 50.0, 100.0, 140.0}) {
      for (const double sd : {0.0, 0.01, 8.0, 90.0}) {
        for (const double gain : {-0.5, 0.0, 0.5}) {
          all.push_back(ForecastSentence(label, {.mean = mean, .sd = sd}) + ForecastTrackRecord(gain, 34));
        }
      }
    }
  }
  for (const double probability : kProbabilities) {
    for (const bool beyond : {true, false}) {
      for (const int shifts : {0, 4, 5, 100}) all.push_back(MoveTogetherSentence(probability, beyond, shifts));
    }
  }
  return all;
}

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

int NumbersIn(const std::string& text) {
  int count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto is_digit = [&](std::size_t at) { return std::isdigit(static_cast<unsigned char>(text[at])) != 0; };
    if (is_digit(i) && (i == 0 || !is_digit(i - 1))) ++count;
  }
  return count;
}

TEST(Words, NoSentenceBlamesDiagnosesOrCommands) {
  for (const std::string& sentence : EverySentence()) {
    const std::string lower = Lower(sentence);
    for (const char* word :
         {"codepend", "toxic",      "wrong with", "should",  "fault of",   "your fault", "disorder",       "caus",
          "diagnos",  "unhealthy",  "normal",     "problem", "bad ",       "fail",       "never answered", "must",
          "too much", "because of", "sick",       "symptom", "significan", "depend",     "attach",         "avoid"}) {
      EXPECT_THAT(lower, Not(HasSubstr(word))) << sentence;
    }
  }
}

TEST(Words, EverySentenceIsWhole) {
  for (const std::string& sentence : EverySentence()) {
    ASSERT_FALSE(sentence.empty());
    EXPECT_THAT(sentence, EndsWith(".")) << sentence;
    EXPECT_THAT(sentence, Not(HasSubstr("  "))) << sentence;
    EXPECT_THAT(sentence, Not(HasSubstr(".."))) << sentence;
    EXPECT_THAT(sentence, Not(HasSubstr("nan"))) << sentence;
    EXPECT_THAT(sentence, Not(ContainsRegex("-[0-9]"))) << "no negative number reaches a sentence: " << sentence;
    EXPECT_THAT(sentence, Not(HasSubstr(" 1 points"))) << sentence;
    EXPECT_TRUE(sentence.front() >= 'A' && sentence.front() <= 'Z') << sentence;
  }
}

TEST(Words, NoSentenceIsHeavyWithDigits) {
  for (const std::string& sentence : EverySentence({"Ana", ""})) {
    EXPECT_LE(NumbersIn(sentence), 3) << sentence;
    EXPECT_THAT(sentence, Not(HasSubstr("%"))) << sentence;
  }
}

TEST(Words, LabelsStandAsTheyAreWritten) {
  EXPECT_THAT(SpreadSentence("f", Around(8, 1), 0.5), HasSubstr("how f felt"));
  EXPECT_THAT(WeatherSentence("m", 0.9, 0), HasSubstr("m's ups"));
  EXPECT_THAT(HalfLifeSentence("", Around(1, 0)), HasSubstr("moved your partner, up or down"));
  EXPECT_EQ(Owner(""), "your partner's");
  EXPECT_EQ(Owner("Ana"), "Ana's");
}

TEST(CertaintyWord, ChangesExactlyAtItsThresholds) {
  EXPECT_THAT(CertaintyWord(0), IsEmpty());
  EXPECT_THAT(CertaintyWord(0.5999), IsEmpty());
  EXPECT_THAT(CertaintyWord(0.60), Eq("leaning"));
  EXPECT_THAT(CertaintyWord(0.7999), Eq("leaning"));
  EXPECT_THAT(CertaintyWord(0.80), Eq("likely"));
  EXPECT_THAT(CertaintyWord(0.9499), Eq("likely"));
  EXPECT_THAT(CertaintyWord(0.95), Eq("very likely"));
  EXPECT_THAT(CertaintyWord(1), Eq("very likely"));
}

TEST(DurationWords, GrowWithTheDays) {
  EXPECT_EQ(DurationWords(0), "a few hours");
  EXPECT_EQ(DurationWords(0.349), "a few hours");
  EXPECT_EQ(DurationWords(0.35), "half a day or so");
  EXPECT_EQ(DurationWords(0.75), "about a day");
  EXPECT_EQ(DurationWords(1.4), "about two days");
  EXPECT_EQ(DurationWords(2.2), "two or three days");
  EXPECT_EQ(DurationWords(3.5), "four or five days");
  EXPECT_EQ(DurationWords(6), "about a week");
  EXPECT_EQ(DurationWords(10), "about two weeks");
  EXPECT_EQ(DurationWords(20.9), "about two weeks");
  EXPECT_EQ(DurationWords(21), "many weeks");
  EXPECT_EQ(DurationWords(1e300), "many weeks");
}

TEST(NotEnoughSentence, CountsDaysWithoutCountingAgainstAnyone) {
  const auto own = [](int have) { return NotEnoughSentence({.days = 14, .have = have, .both = false}, "Ana's"); };
  EXPECT_EQ(own(10), "Not enough yet: this takes about 14 of Ana's days, and so far there are 10.");
  EXPECT_EQ(own(1), "Not enough yet: this takes about 14 of Ana's days, and so far there is one.");
  EXPECT_EQ(own(0), "Not enough yet: there are no answers of Ana's here so far.");
  EXPECT_EQ(NotEnoughSentence({.days = 28, .have = 0, .both = true}, "an"),
            "Not enough yet: this takes about 28 days on which both answered, and so far there are none.");
}

TEST(NotEnoughSentence, DoesNotAskForMoreDaysThanItNeeds) {
  const std::string sentence = NotEnoughSentence({.days = 28, .have = 60, .both = false}, "Ana's");
  EXPECT_THAT(sentence, StartsWith("Not enough yet:"));
  EXPECT_THAT(sentence, Not(HasSubstr("28")));
}

TEST(MissingLine, NamesWhatIsThereForEach) {
  Reading reading{.labels = {.a = "Ana", .b = "Ben"}};
  reading.days.resize(63);
  const Card of_ana{.id = "half_life", .side = core::Side::kA, .requirement = {.days = 28, .have = 17}};
  const Card of_ben{.id = "half_life", .side = core::Side::kB, .requirement = {.days = 28, .have = 0}};
  const auto line = [&](std::vector<const Card*> cards) { return MissingLine(reading, cards); };
  EXPECT_EQ(line({&of_ana, &of_ben}), "It takes about 28 answered days each; so far Ana 17, Ben none.");
  EXPECT_EQ(line({&of_ana}), "It takes about 28 answered days; so far Ana 17.") << "Ben has enough";
  reading.labels.b = "";
  EXPECT_EQ(line({&of_ana}), "It takes about 28 answered days; so far 17.");
  reading.labels.b = "Ben";
  const Card soon{.id = "x", .requirement = {.days = 28, .have = 20, .both = true}};
  EXPECT_EQ(line({&soon}), "It takes about 28 days on which both answered; so far 20.");
  const Card never{.id = "x", .requirement = {.days = 84, .have = 6, .both = true}};
  EXPECT_THAT(line({&never}), EndsWith("At this pace it would be more than a year, and many never need it."));
  const Card enough{.id = "x", .requirement = {.days = 28, .have = 60}};
  EXPECT_THAT(line({&enough}), HasSubstr("nobody's doing"));
  const Requirement with_kind{.days = 14, .have = 2, .looked = true, .occasions = 10, .occasions_have = 1};
  Card looked_a{.id = "x", .side = core::Side::kA, .requirement = with_kind};
  Card looked_b{.id = "x", .side = core::Side::kB, .requirement = with_kind};
  looked_b.requirement.have = 9;
  EXPECT_EQ(line({&looked_a, &looked_b}),
            "It takes about 14 days with a look at the moments each; so far Ana 2, Ben 9.");
  looked_b.requirement.have = 30;
  EXPECT_EQ(line({&looked_a, &looked_b}),
            "It takes about 14 days with a look at the moments; so far Ana 2. It takes about 10 days of the kind it "
            "asks about; so far Ben 1.");
}

TEST(NotYetLines, PutTogetherWhatWaitsForTheSame) {
  Reading reading{.labels = {.a = "Ana", .b = "Ben"}};
  const auto add = [&](const char* id, core::Side side, int days, int have, CardStatus status) {
    reading.cards.push_back({.id = id, .side = side, .status = status, .requirement = {.days = days, .have = have}});
  };
  for (const core::Side side : core::kSides) {
    add("usual_level", side, 14, 20, CardStatus::kShown);
    add("half_life", side, 28, 20, CardStatus::kNotEnoughYet);
    add("forecast", side, 28, 20, CardStatus::kNotEnoughYet);
  }
  add("spread", core::Side::kB, 14, 9, CardStatus::kNotEnoughYet);
  const std::vector<NotYet> lines = NotYetLines(reading);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].questions, "Ups and downs") << "the nearest first";
  EXPECT_EQ(lines[1].questions, "How long it lasts, looking ahead");
  EXPECT_EQ(lines[1].missing, "It takes about 28 answered days each; so far Ana 20, Ben 20.");
}

TEST(AnsweredSentence, LeavesOutWhoIsNotInTheDiary) {
  Reading reading{.labels = {.a = "Ana", .b = ""}, .answered = {.a = 61, .b = 0}};
  reading.days.resize(70);
  EXPECT_EQ(AnsweredSentence(reading), "Ana answered on 61 of 70 days. A missed day does no harm.");
  reading.labels.b = "Ben";
  EXPECT_EQ(AnsweredSentence(reading),
            "Ana answered on 61 of 70 days. Ben answered on none of 70 days. A missed day does no harm.");
}

TEST(UsualLevelSentence, StaysOnTheSliderAndSaysHowWellItIsKnown) {
  EXPECT_EQ(UsualLevelSentence("Ana", Around(65, 2)),
            "Over this diary, Ana's days were usually around 65 of 100, give or take 2 points.");
  EXPECT_THAT(UsualLevelSentence("Ana", Around(65, 0.3)), HasSubstr("give or take one point."));
  EXPECT_THAT(UsualLevelSentence("Ana", Around(65, 2.4)), HasSubstr("give or take 3 points."));
  EXPECT_THAT(UsualLevelSentence("Ana", Around(65, 9)), HasSubstr("9 points: these days leave it rather open."));
  EXPECT_THAT(UsualLevelSentence("Ana", Around(104, 9)), HasSubstr("around 100 of 100"));
  EXPECT_THAT(UsualLevelSentence("Ana", Around(-4, 9)), HasSubstr("around 0 of 100"));
}

TEST(SpreadSentence, SaysBothDirectionsInTheSameTone) {
  const auto said = [](double more) { return SpreadSentence("Ana", Around(9, 2), more); };
  EXPECT_THAT(said(0.96), EndsWith("very likely more than is usual among couples. Feeling much is not a fault."));
  EXPECT_THAT(said(0.85), HasSubstr("likely more"));
  EXPECT_THAT(said(0.70), EndsWith("not clearly more or less than is usual among couples."));
  EXPECT_THAT(said(0.50), EndsWith("not clearly more or less than is usual among couples."));
  EXPECT_THAT(said(0.30), HasSubstr("not clearly more or less"));
  EXPECT_THAT(said(0.15), HasSubstr("likely less"));
  EXPECT_THAT(said(0.04), EndsWith("very likely less than is usual among couples. Calm can have many reasons."));
  EXPECT_THAT(SpreadSentence("Ana", Around(0.2, 0.1), 0), HasSubstr("hardly moved up or down"));
  EXPECT_THAT(SpreadSentence("Ana", Around(1, 0.1), 0), HasSubstr("about one point."));
}

TEST(HalfLifeSentence, NamesOnlyLengthsThatDiffer) {
  EXPECT_EQ(HalfLifeSentence("Ana", Around(1, 0.1)),
            "When something had moved Ana, up or down, half of it had usually passed after about a day.");
  EXPECT_THAT(HalfLifeSentence("Ana", {.median = 1, .half = {0.9, 1.5}, .ninety = {0.8, 2}}),
              EndsWith("after about a day. These days would also fit with about two days."));
  EXPECT_THAT(HalfLifeSentence("Ana", {.median = 1, .half = {0.9, 1.5}, .ninety = {0.2, 30}}),
              EndsWith("These days would also fit with a few hours, or with many weeks."));
}

TEST(MoveTogetherSentence, NeverSaysWhoMovesWhom) {
  for (const double probability : {0.01, 0.1, 0.3, 0.7, 0.9, 0.99}) {
    EXPECT_THAT(MoveTogetherSentence(probability, true, 10), HasSubstr("does not show who moves whom"));
    EXPECT_THAT(MoveTogetherSentence(probability, false, 10), HasSubstr("can't be told"));
  }
  EXPECT_THAT(MoveTogetherSentence(0.96, true, 10), HasSubstr("very likely fell together"));
  EXPECT_THAT(MoveTogetherSentence(0.7, true, 10), HasSubstr("leaning toward falling together"));
  EXPECT_THAT(MoveTogetherSentence(0.04, true, 10), HasSubstr("very likely fell on opposite days"));
  EXPECT_THAT(MoveTogetherSentence(0.3, true, 10), HasSubstr("leaning toward falling on opposite days"));
  EXPECT_THAT(MoveTogetherSentence(0.5, true, 10), HasSubstr("can't be told"));
  EXPECT_THAT(MoveTogetherSentence(0.99, false, 4), EndsWith("More weeks would help to tell it from chance."));
}

TEST(PullSentence, KeepsToWhatIsKnown) {
  const Estimate pull = Around(0.3, 0.1);
  EXPECT_EQ(PullSentence("Ana", "Ben", true, pull, 0.9),
            "After Ben's better and harder days, the next day likely leaned the same way for Ana. It does not show "
            "why: something "
            "that met you both for several days can look the same.");
  EXPECT_THAT(PullSentence("Ana", "Ben", true, Around(-0.3, 0.1), 0.9), HasSubstr("leaned the other way for Ana"));
  EXPECT_THAT(PullSentence("", "Ben", false, pull, 0.5),
              StartsWith("Not settled: it can't be told whether Ben's days carry over into your partner's next day."));
  EXPECT_THAT(PullSentence("Ana", "Ben", false, pull, 0.05),
              EndsWith("Nearly all that is known here comes from other couples."));
  EXPECT_THAT(PullSentence("Ana", "Ben", false, pull, 0.2), HasSubstr("some of it from this diary"));
  EXPECT_THAT(PullSentence("Ana", "Ben", false, pull, 0.5), HasSubstr("About half"));
  EXPECT_THAT(PullSentence("Ana", "Ben", false, pull, 0.7),
              HasSubstr("Most of what is known here comes from this diary"));
  EXPECT_THAT(PullSentence("Ana", "Ben", false, pull, 1),
              EndsWith("Nearly all that is known here comes from this diary."));
}

TEST(WeatherSentence, SpeaksFromLikelyOnward) {
  EXPECT_EQ(
      WeatherSentence("Ana", 0.96, 0),
      "Over this diary, Ana's ups and downs very likely came more from Ana's own weather than from days that met you "
      "both. It doesn't mean that you don't move each other.");
  EXPECT_THAT(WeatherSentence("Ana", 0.8, 0.1), HasSubstr("likely came more from Ana's own weather"));
  EXPECT_THAT(WeatherSentence("Ana", 0.1, 0.8), HasSubstr("likely came more from days that met you both"));
  EXPECT_THAT(WeatherSentence("Ana", 0.79, 0.1), HasSubstr("can't be told"));
}

TEST(ForecastSentence, StaysOnTheSlider) {
  EXPECT_EQ(ForecastSentence("Ana", {.mean = 71, .sd = 10}),
            "On the day after the last one here, Ana's answer has an even chance of being between 64 and 78.");
  EXPECT_THAT(ForecastSentence("Ana", {.mean = 98, .sd = 30}), HasSubstr("and 100."));
  EXPECT_THAT(ForecastSentence("Ana", {.mean = 50, .sd = 0.01}), EndsWith("very near 50."));
}

TEST(ForecastTrackRecord, IsHonestInBothDirections) {
  EXPECT_THAT(ForecastTrackRecord(0.1, 9), HasSubstr("came closer than"));
  EXPECT_THAT(ForecastTrackRecord(0, 9), HasSubstr("about as well as"));
  EXPECT_THAT(ForecastTrackRecord(-0.1, 9), HasSubstr("did less well than"));
}

}  // namespace
}  // namespace selvedge::reading
