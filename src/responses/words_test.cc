#include "responses/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <string>
#include <vector>

namespace selvedge::responses {
namespace {

using testing::ContainsRegex;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

constexpr Kind kDifferences[]{Kind::kSteppingIn, Kind::kWithdrawing, Kind::kUnsaidWhenLow};
constexpr Kind kRates[]{Kind::kUnsaid, Kind::kMeeting, Kind::kOwnTime};
constexpr Kind kAllKinds[]{Kind::kSteppingIn, Kind::kWithdrawing, Kind::kUnsaid, Kind::kUnsaidWhenLow,
                           Kind::kReaching,   Kind::kMeeting,     Kind::kOwnTime};

Share Of(int yes, int of) { return {.yes = yes, .of = of, .days = of}; }

numerics::Estimate Between(double low, double high) {
  return {.median = 0.5 * (low + high), .half = {low, high}, .ninety = {low, high}};
}

Speech Said(const std::string& label, const std::string& partner, Grain grain = Grain::kDays) {
  return {.label = label, .partner = partner, .grain = grain};
}

void AddIfAny(std::vector<std::string>& all, std::string sentence) {
  if (!sentence.empty()) all.push_back(std::move(sentence));
}

const std::vector<std::string> kLabels{"Ana", "f", "1", "", "妻", "</script>"};

/// Every sentence there is, for every label and at every extreme.
std::vector<std::string> EverySentence(const std::vector<std::string>& labels = kLabels) {
  std::vector<std::string> all;
  for (const std::string& label : labels) {
    for (const Grain grain : {Grain::kDays, Grain::kCheckIns}) {
      const Speech speech = Said(label, label == "f" ? "m" : label.empty() ? "Ben" : "", grain);
      for (const Kind kind : kAllKinds) {
        for (const int have : {0, 1, 2, 13}) {
          all.push_back(NotEnoughSentence(kind, {.days = 14, .days_have = have}, speech));
          const bool has_occasions = kind != Kind::kUnsaid && kind != Kind::kOwnTime;
          if (!has_occasions || have > 9) continue;
          all.push_back(
              NotEnoughSentence(kind, {.days = 14, .days_have = 40, .occasions = 10, .occasions_have = have}, speech));
        }
      }
      for (const Kind kind : kDifferences) {
        for (const Difference difference : {Difference::kMore, Difference::kLess, Difference::kOpen})
          all.push_back(DifferenceSentence(kind, difference, speech));
      }
      for (const double low : {0.0, 0.04, 0.05, 0.3, 0.94, 0.95, 1.0}) {
        for (const double more : {0.0, 0.1, 0.4, 1.0}) {
          for (const Kind kind : kRates) all.push_back(RateSentence(kind, Between(low, low + more), speech));
          all.push_back(ReachingSentence(low, more, 0.5, speech));
        }
      }
      for (const int of : {0, 1, 2, 5, 40}) {
        for (const int yes : {0, 1, 2, 4, 40}) {
          if (yes > of) continue;
          for (const int after : {0, 1, 2, 4, 40}) {
            if (after > yes) continue;
            for (const int told : {after, yes}) {
              AddIfAny(all, SteppingInCounts(Of(yes, of), Of(after, told), speech));
              AddIfAny(all, OwnTimeCounts(Of(yes, of), Of(after, told), speech));
            }
            AddIfAny(all, MeetingCounts(Of(yes, of), Of(after, of), speech));
          }
          AddIfAny(all, WithdrawingCounts(Of(yes, of), speech));
          AddIfAny(all, UnsaidCounts(Of(yes, of), speech));
          AddIfAny(all, UnsaidWhenLowCounts(Of(yes, of), speech));
          AddIfAny(all, ReachingCounts(Of(yes, of), speech));
        }
      }
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
    for (const char* word : {"codepend", "toxic",     "wrong with", "should",  "fault",   "disorder",   "caus",
                             "diagnos",  "unhealthy", "normal",     "problem", "bad ",    "fail",       "never",
                             "must",     "too much",  "too little", "sick",    "symptom", "significan", "depend",
                             "attach",   "avoid",     "refus",      "reject",  "ignor",   "cold",       "needy",
                             "clingy",   "control",   "intrus",     "neglect", "damage"}) {
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
    EXPECT_THAT(sentence, Not(ContainsRegex("-[0-9]"))) << sentence;
    EXPECT_THAT(sentence, Not(ContainsRegex("[^0-9]1 (days|times|check-ins|warm approaches)"))) << sentence;
    EXPECT_TRUE(sentence.front() >= 'A' && sentence.front() <= 'Z') << sentence;
  }
}

TEST(Words, NoSentenceIsHeavyWithDigitsOrRatesTheOtherInPercent) {
  for (const std::string& sentence : EverySentence({"Ana", ""})) {
    EXPECT_LE(NumbersIn(sentence), 3) << sentence;
    EXPECT_THAT(sentence, Not(HasSubstr("%"))) << sentence;
    EXPECT_THAT(Lower(sentence), Not(HasSubstr("percent"))) << sentence;
  }
}

TEST(Words, BothWaysAreSaidAtTheSameLengthAndWithTheSameRespect) {
  for (const Kind kind : kDifferences) {
    const std::string more = DifferenceSentence(kind, Difference::kMore, Said("Ana", "Ben"));
    const std::string less = DifferenceSentence(kind, Difference::kLess, Said("Ana", "Ben"));
    EXPECT_THAT(more, HasSubstr("more often"));
    EXPECT_THAT(less, HasSubstr("less often"));
    EXPECT_LT(std::abs(static_cast<int>(more.size()) - static_cast<int>(less.size())), 40) << more << "\n" << less;
  }
}

TEST(NotEnoughSentence, SaysFirstWhichDaysAndThenWhichOfThem) {
  EXPECT_EQ(NotEnoughSentence(Kind::kSteppingIn, {.days = 56, .days_have = 20, .occasions = 10}, Said("Ana", "Ben")),
            "Not enough yet: this takes about 56 days on which Ana looked at the moments, and so far there are 20.");
  EXPECT_EQ(NotEnoughSentence(Kind::kSteppingIn, {.days = 56, .days_have = 60, .occasions = 10, .occasions_have = 1},
                              Said("Ana", "Ben")),
            "Not enough yet: this takes about 10 days harder than usual for Ben, and so far there is one.");
  EXPECT_EQ(NotEnoughSentence(Kind::kMeeting, {.days = 14, .days_have = 20, .occasions = 10}, Said("", "Ben")),
            "Not enough yet: this takes about 10 days on which your partner noted something warm coming, and so far "
            "there are none.");
}

TEST(SteppingInCounts, TellBeforeAndAfter) {
  const Speech speech = Said("Ana", "Ben");
  EXPECT_THAT(SteppingInCounts(Of(0, 0), Of(0, 0), speech), IsEmpty());
  EXPECT_EQ(SteppingInCounts(Of(1, 1), Of(1, 1), speech),
            "The one time Ana stepped in unasked and marked how it was before, it was tense.");
  EXPECT_THAT(SteppingInCounts(Of(4, 5), Of(3, 4), speech),
              HasSubstr("Of the 5 times Ana stepped in unasked and marked how it was before, 4 began tense, and 3 of "
                        "these ended easier."));
  EXPECT_THAT(SteppingInCounts(Of(4, 5), Of(3, 3), speech), HasSubstr("4 began tense. "))
      << "one of the four has no mark after it";
  EXPECT_THAT(SteppingInCounts(Of(0, 5), Of(0, 0), speech), EndsWith("none began tense: help from a calm place."));
  EXPECT_THAT(SteppingInCounts(Of(1, 5), Of(0, 1), speech), HasSubstr("one began tense, and it did not end easier."));
}

TEST(WithdrawingCounts, TellWarmDaysAndLeaveTheRestOpen) {
  EXPECT_EQ(WithdrawingCounts(Of(2, 9), Said("Ana", "Ben")),
            "Of 9 days with something warm that Ana noted, 2 held a step back. It can be a wall or it can be good "
            "sense, and nobody need decide tonight.");
  EXPECT_THAT(WithdrawingCounts(Of(9, 9), Said("Ana", "Ben", Grain::kCheckIns)),
              StartsWith("Of 9 check-ins with something warm that Ana noted, all held a step back."));
  EXPECT_THAT(WithdrawingCounts(Of(0, 0), Said("Ana", "Ben")), IsEmpty());
}

TEST(OwnTimeCounts, SpeakOfGuiltWhereAllOfItIsTold) {
  const Speech speech = Said("Ana", "Ben");
  EXPECT_EQ(
      OwnTimeCounts(Of(5, 12), Of(2, 5), speech),
      "Of Ana's 12 days with a look at the moments, 5 held time of one's own, and guilt came along with 2 of these.");
  EXPECT_THAT(OwnTimeCounts(Of(5, 12), Of(2, 4), speech), EndsWith("5 held time of one's own."));
  EXPECT_THAT(OwnTimeCounts(Of(1, 12), Of(0, 1), speech),
              EndsWith("one held time of one's own, and guilt stayed away."));
}

TEST(MeetingCounts, TellFullyAndInPart) {
  EXPECT_EQ(MeetingCounts(Of(5, 6), Of(4, 6), Said("Ana", "Ben")),
            "Of 6 warm approaches that Ana noted, 4 could be met, and one in part.");
  EXPECT_EQ(MeetingCounts(Of(4, 6), Of(4, 6), Said("Ana", "Ben")),
            "Of 6 warm approaches that Ana noted, 4 could be met.");
}

TEST(RateSentence, SaysTheRangeInTenths) {
  const auto said = [](double low, double high) {
    return RateSentence(Kind::kUnsaid, Between(low, high), Said("Ana", "Ben"));
  };
  EXPECT_THAT(said(0.21, 0.52), HasSubstr("went unsaid on somewhere between 2 and 5 of every 10 days."));
  EXPECT_THAT(said(0.26, 0.34), HasSubstr("on about 3 of every 10 days."));
  EXPECT_THAT(said(0.01, 0.34), HasSubstr("on at most 3 of every 10 days."));
  EXPECT_THAT(said(0.001, 0.04), HasSubstr("on hardly any days."));
  EXPECT_THAT(said(0.96, 0.99), HasSubstr("on nearly all days."));
}

TEST(ReachingSentence, NamesEachLink) {
  EXPECT_THAT(
      ReachingSentence(0.95, 0.7, 0.1, Said("Ana", "Ben")),
      HasSubstr("getting through, mostly; then an answer, more often than not; and then company in it, seldom."));
  EXPECT_THAT(ReachingSentence(0.5, 0.3, 0.6, Said("Ana", "Ben")), HasSubstr("about as often as not"));
}

}  // namespace
}  // namespace selvedge::responses
