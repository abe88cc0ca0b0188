#include "reading/words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstddef>
#include <utility>

#include "core/contract.h"
#include "core/text.h"
#include "diary/timestamp.h"
#include "reading/question.h"

namespace selvedge::reading {
namespace {

std::string Whole(double value) { return core::FixedNumber(value, 0); }

/// A level on the slider, which ends at 0 and 100.
std::string OnSlider(double value) { return Whole(std::clamp(value, 0.0, 100.0)); }

/// "by about 8 points", and nothing a reader would stumble over at the small end.
std::string Moved(double points) {
  if (points < 0.5) return "hardly moved up or down";
  return "moved up and down by about " + (points < 1.5 ? std::string("one point") : Whole(points) + " points");
}

/// Where what is known comes from; `share` of it from this diary.
const char* SourceWords(double share) {
  if (share < 0.1) return "Nearly all that is known here comes from other couples.";
  if (share < 0.35) return "Most of what is known here comes from other couples, some of it from this diary.";
  if (share < 0.65) return "About half of what is known here comes from this diary, the rest from other couples.";
  if (share < 0.9) return "Most of what is known here comes from this diary, some of it from other couples.";
  return "Nearly all that is known here comes from this diary.";
}

/// What somebody waits for first: days, or among enough of them days of the kind that is asked about.
struct Lack {
  int days = 0;
  int have = 0;
  bool of_kind = false;
};

Lack LackOf(const Requirement& requirement) {
  if (requirement.have < requirement.days) return {.days = requirement.days, .have = requirement.have};
  return {.days = requirement.occasions, .have = requirement.occasions_have, .of_kind = true};
}

/// How many days of one sort it takes, and how many there are of each who waits for these; empty where nobody does.
std::string TakesDays(const Reading& reading, std::span<const Card* const> cards, bool of_kind) {
  const bool looked = cards.front()->requirement.looked;
  std::string so_far;
  int waiting = 0;
  int days = 0;
  for (const Card* card : cards) {
    const Lack lack = LackOf(card->requirement);
    if (card->requirement.IsMet() || lack.of_kind != of_kind) continue;
    days = lack.days;
    so_far += waiting++ == 0 ? "" : ", ";
    if (!IsAlone(reading)) so_far += Someone(reading.labels[*card->side]) + " ";
    so_far += lack.have == 0 ? "none" : std::to_string(lack.have);
  }
  if (waiting == 0) return {};
  const char* const which = of_kind  ? " days of the kind it asks about"
                            : looked ? " days with a look at the moments"
                                     : " answered days";
  return "It takes about " + std::to_string(days) + which + (waiting > 1 ? " each" : "") + "; so far " + so_far + ".";
}

}  // namespace

std::string DurationWords(double days) {
  constexpr std::array<std::pair<double, const char*>, 7> kWords{{{0.35, "a few hours"},
                                                                  {0.75, "half a day or so"},
                                                                  {1.4, "about a day"},
                                                                  {2.2, "about two days"},
                                                                  {3.5, "two or three days"},
                                                                  {6.0, "four or five days"},
                                                                  {10.0, "about a week"}}};
  for (const auto& [most, words] : kWords) {
    if (days < most) return words;
  }
  return days < 21 ? "about two weeks" : "many weeks";
}

std::string Lowered(std::string_view words) {
  std::string lowered(words);
  if (!lowered.empty()) lowered.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(lowered.front())));
  return lowered;
}

std::string DayWords(diary::Clock clock, int day) {
  if (clock != diary::Clock::kCalendar) return "day " + std::to_string(day);
  constexpr std::array kMonths{"January", "February", "March",     "April",   "May",      "June",
                               "July",    "August",   "September", "October", "November", "December"};
  const diary::CivilDate date = diary::DateFromDays(day);
  return std::to_string(date.day) + " " + kMonths[static_cast<std::size_t>(date.month - 1)] + " " +
         std::to_string(date.year);
}

std::string UntilDay(diary::Clock clock, int day) { return "Until " + DayWords(clock, day); }

std::string Someone(const std::string& label) { return label.empty() ? "your partner" : label; }

std::string Owner(const std::string& label) { return label.empty() ? "your partner's" : label + "'s"; }

std::string NotEnoughSentence(const Requirement& requirement, const std::string& whose) {
  if (requirement.IsMet())
    return "Not enough yet: there are enough days, and they do not settle this. That happens, and it is nobody's "
           "doing.";
  if (requirement.have == 0 && !requirement.both)
    return "Not enough yet: there are no answers of " + whose + " here so far.";
  const std::string days = std::to_string(requirement.days);
  const std::string which = requirement.both ? days + " days on which both answered" : days + " of " + whose + " days";
  const std::string have = requirement.have == 0   ? "there are none"
                           : requirement.have == 1 ? "there is one"
                                                   : "there are " + std::to_string(requirement.have);
  return "Not enough yet: this takes about " + which + ", and so far " + have + ".";
}

std::string_view NoHurrySentence() {
  return "There is no hurry, missed days do no harm, and what is not there says nothing about either of you.";
}

std::string UsualLevelSentence(const std::string& label, const Estimate& level) {
  constexpr double kRatherOpen = 7;
  const double give_or_take = std::max(1.0, std::ceil(0.5 * (level.ninety[1] - level.ninety[0])));
  return "Over this diary, " + Owner(label) + " days were usually around " + OnSlider(level.median) +
         " of 100, give or take " + (give_or_take < 2 ? std::string("one point") : Whole(give_or_take) + " points") +
         (give_or_take < kRatherOpen ? "." : ": these days leave it rather open.");
}

std::string SpreadSentence(const std::string& label, const Estimate& spread, double more) {
  const std::string moved = "From day to day, how " + Someone(label) + " felt " + Moved(spread.median) + ". ";
  const bool larger = more >= 0.5;
  const std::string word(CertaintyWord(larger ? more : 1 - more));
  // A comparison with others weighs more than it says, so it is made only where it is likely.
  if (word.empty() || word == "leaning") return moved + "That is not clearly more or less than is usual among couples.";
  const std::string than = std::string(larger ? " more" : " less") + " than is usual among couples.";
  return moved + "That is " + word + than + (larger ? " Feeling much is not a fault." : " Calm can have many reasons.");
}

std::string HalfLifeSentence(const std::string& label, const Estimate& half_life) {
  const std::string middle = DurationWords(half_life.median);
  std::string other;
  for (const double end : half_life.ninety) {
    const std::string words = DurationWords(end);
    if (words != middle) other += (other.empty() ? " These days would also fit with " : ", or with ") + words;
  }
  return "When something had moved " + Someone(label) + ", up or down, half of it had usually passed after " + middle +
         "." + other + (other.empty() ? "" : ".");
}

std::string MoveTogetherSentence(double probability_together, bool beyond_chance, int null_shifts) {
  const bool apart = probability_together < 0.5;
  const std::string word(CertaintyWord(apart ? 1 - probability_together : probability_together));
  if (word.empty() || !beyond_chance) {
    return std::string("Whether your better and harder days fell together can't be told from these days.") +
           (null_shifts < 5 ? " More weeks would help to tell it from chance."
                            : " Weeks that have nothing to do with each other can look as alike.");
  }
  const std::string days =
      "Your better and harder days " + (word == "leaning" ? "are leaning toward falling " : word + " fell ");
  if (apart)
    return days +
           "on opposite days: better for one, harder for the other. Taking turns can do that. It does not show who "
           "moves whom.";
  return days + "together. A shared life does that. It does not show who moves whom.";
}

std::string PullSentence(const std::string& label, const std::string& partner, bool settled, const Estimate& pull,
                         double from_diary) {
  if (settled) {
    const std::string way = pull.median > 0 ? "the same way" : "the other way";
    return "After " + Owner(partner) + " better and harder days, the next day likely leaned " + way + " for " +
           Someone(label) + ". It does not show why: something that met you both for several days can look the same.";
  }
  return "Not settled: it can't be told whether " + Owner(partner) + " days carry over into " + Owner(label) +
         " next day. For many couples daily check-ins never settle it. " + SourceWords(from_diary);
}

std::string WeatherSentence(const std::string& label, double probability_own, double probability_shared) {
  const std::string ups_and_downs = Owner(label) + " ups and downs ";
  if (probability_own >= 0.8)
    return "Over this diary, " + ups_and_downs + std::string(CertaintyWord(probability_own)) + " came more from " +
           Owner(label) +
           " own weather than from days that met you both. It doesn't mean that you don't move each other.";
  if (probability_shared >= 0.8)
    return "Over this diary, " + ups_and_downs + std::string(CertaintyWord(probability_shared)) +
           " came more from days that met you both than from " + Owner(label) + " own weather.";
  return "Whether " + ups_and_downs + "came more from " + Owner(label) +
         " own weather, or from days that met you both, can't be told from these days.";
}

std::string ForecastSentence(const std::string& label, const dynamics::Expected& next) {
  constexpr double kQuartile = 0.6744897501960817;
  const std::string low = OnSlider(next.mean - kQuartile * next.sd);
  const std::string high = OnSlider(next.mean + kQuartile * next.sd);
  const std::string where = low == high ? "very near " + low : "between " + low + " and " + high;
  return "On the day after the last one here, " + Owner(label) + " answer has an even chance of being " + where + ".";
}

std::string ForecastTrackRecord(double gain, int held_back) {
  const std::string record = gain > 0.02    ? "came closer than"
                             : gain > -0.02 ? "did about as well as"
                                            : "did less well than";
  return " On the last " + std::to_string(held_back) + " answers, set aside as a test, such forecasts " + record +
         " the better of two simple rules, “as usual” and “as the day before”.";
}

std::string Said(const Card& card) {
  if (card.status == CardStatus::kNotEnoughYet) return card.counts;
  return card.counts + (card.counts.empty() ? "" : " ") + card.sentence;
}

std::string MissingLine(const Reading& reading, std::span<const Card* const> cards) {
  SELVEDGE_EXPECT(!cards.empty());
  const Requirement& asks = cards.front()->requirement;
  if (std::ranges::all_of(cards, [](const Card* card) { return card->requirement.IsMet(); }))
    return "There are enough days, and they do not settle this. That happens, and it is nobody's doing.";
  if (!asks.both || asks.looked) {
    const std::string line = TakesDays(reading, cards, false);
    const std::string of_kind = TakesDays(reading, cards, true);
    return line + (line.empty() || of_kind.empty() ? "" : " ") + of_kind;
  }
  const std::string have = asks.have == 0 ? "none" : std::to_string(asks.have);
  std::string line =
      "It takes about " + std::to_string(asks.days) + " days on which both answered; so far " + have + ".";
  constexpr double kYear = 365;
  const double pace =
      reading.days.empty() ? 0 : static_cast<double>(asks.have) / static_cast<double>(reading.days.size());
  if (pace * kYear >= asks.days - asks.have) return line;
  return line + " At this pace it would be more than a year, and many never need it.";
}

std::vector<NotYet> NotYetLines(const Reading& reading) {
  std::vector<NotYet> lines;
  for (const Question& question : kQuestions) {
    std::vector<const Card*> cards = CardsOf(reading, question.id);
    std::erase_if(cards, [](const Card* card) { return card->status != CardStatus::kNotEnoughYet; });
    if (cards.empty()) continue;
    std::string missing = MissingLine(reading, cards);
    if (const auto same = std::ranges::find(lines, missing, &NotYet::missing); same != lines.end()) {
      same->questions += ", " + Lowered(question.title);
      continue;
    }
    const int days = cards.front()->requirement.days;
    lines.insert(std::ranges::upper_bound(lines, days, {}, &NotYet::days),
                 {.questions = std::string(question.title), .missing = std::move(missing), .days = days});
  }
  return lines;
}

std::string_view WhereOneStandsSentence() {
  return "Each part speaks to the person it is about. What the other does moves nothing in it.";
}

std::string_view AloneSentence() {
  return "This diary holds one side, and nothing is missing from it. What takes two people's answers is not asked "
         "here.";
}

std::string AnsweredSentence(const Reading& reading) {
  const std::string of = " of " + std::to_string(reading.days.size()) + (reading.days.size() == 1 ? " day" : " days");
  std::string said;
  for (const core::Side side : SidesOf(reading)) {
    const int answered = reading.answered[side];
    said += Someone(reading.labels[side]) + " answered on " + (answered == 0 ? "none" : std::to_string(answered)) + of +
            ". ";
  }
  return said + "A missed day does no harm.";
}

std::string_view HowSureSentence() {
  return "Some words have fixed meanings: “very likely” is at least 19 times in 20, “likely” at least 4 in 5, "
         "“leaning” at "
         "least 3 in 5. Where these days can't tell, it says so.";
}

std::string TrustSentence(const Reading& reading) {
  return "In simulated diaries of " + std::to_string(reading.coverage_days) +
         " days, intervals meant to hold the truth nine times in ten held it " +
         Whole(100 * reading.measured_coverage) + " times in a hundred. What is taken as usual among couples (" +
         reading.prior_id + ") is " + reading.prior_status + ".";
}

std::string_view CannotSaySentence() {
  return "Why things were as they were, who is right, what either of you is, or whether you belong together. They hold "
         "one number a day and a few notes, and nothing of the days that were missed.";
}

std::string_view AfraidSentence() {
  return "If one of you is afraid of what the other might do, nothing here is advice for you: keeping quiet or keeping "
         "your distance may be good sense. Someone you trust, or a help line where you live, can be there for you in a "
         "way "
         "a page can't.";
}

std::string_view NoVerdictSentence() {
  return "This describes a pattern in what was logged. It is not a diagnosis and not a verdict on either of you. If "
         "one "
         "of you is afraid of the other, nothing here applies as advice.";
}

}  // namespace selvedge::reading
