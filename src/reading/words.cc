#include "reading/words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/text.h"

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
  const double give_or_take = 0.5 * (level.ninety[1] - level.ninety[0]);
  const std::string sure = give_or_take < 3   ? "and that is known quite well"
                           : give_or_take < 7 ? "give or take a few points"
                                              : "though these days leave that wide open";
  return "Lately " + Owner(label) + " days were usually around " + OnSlider(level.median) + " of 100, " + sure + ".";
}

std::string SpreadSentence(const std::string& label, const Estimate& spread, double more) {
  const std::string moved = "From day to day, how " + Someone(label) + " felt " + Moved(spread.median) + ". ";
  const bool larger = more >= 0.5;
  const std::string word(CertaintyWord(larger ? more : 1 - more));
  if (word.empty()) return moved + "That is not clearly more or less than is usual among couples.";
  const std::string than = std::string(larger ? " more" : " less") + " than is usual among couples.";
  if (word == "leaning") return moved + "That is leaning toward" + than;
  return moved + "That is " + word + than + (larger ? " Feeling much is not a fault." : " Calm can have many reasons.");
}

std::string HalfLifeSentence(const std::string& label, const Estimate& half_life) {
  const std::string middle = DurationWords(half_life.median);
  std::string other;
  for (const double end : half_life.ninety) {
    const std::string words = DurationWords(end);
    if (words != middle) other += (other.empty() ? " It may also be " : ", or ") + words;
  }
  return "When something moved " + Someone(label) + ", half of it was usually gone after " + middle + "." + other +
         (other.empty() ? "" : ".");
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
  const std::string whose = "Lately " + Owner(label) + " ups and downs were ";
  if (probability_own >= 0.8) return whose + std::string(CertaintyWord(probability_own)) + " mostly their own weather.";
  if (probability_shared >= 0.8)
    return whose + std::string(CertaintyWord(probability_shared)) + " mostly weather that met you both.";
  return "Whether " + Owner(label) +
         " ups and downs were mostly their own weather, or weather that met you both, can't be told from these days.";
}

std::string ForecastSentence(const std::string& label, const dynamics::Expected& next) {
  constexpr double kQuartile = 0.6744897501960817;
  const std::string low = OnSlider(next.mean - kQuartile * next.sd);
  const std::string high = OnSlider(next.mean + kQuartile * next.sd);
  const std::string where = low == high ? "very near " + low : "between " + low + " and " + high;
  return "On the day after the last one here, " + Owner(label) + " answer is as likely as not to lie " + where + ".";
}

std::string ForecastTrackRecord(double gain, int held_back) {
  const std::string record = gain > 0.02    ? "came closer than"
                             : gain > -0.02 ? "did about as well as"
                                            : "did less well than";
  return " On the last " + std::to_string(held_back) + " answers, kept back for a test, such forecasts " + record +
         " the better of two simple rules, “as usual” and “as the day before”.";
}

std::string AnsweredSentence(const Reading& reading) {
  const std::string of = " of " + std::to_string(reading.days.size()) + (reading.days.size() == 1 ? " day" : " days");
  std::string said;
  for (const core::Side side : core::kSides) {
    const std::string& label = reading.labels[side];
    const int answered = reading.answered[side];
    if (label.empty() && answered == 0) {
      said += " The other person's answers are not in this diary.";
    } else {
      said += " " + Someone(label) + " answered on " + (answered == 0 ? "none" : std::to_string(answered)) + of + ".";
    }
  }
  return said.substr(1) + " A missed day does no harm.";
}

std::string_view HowSureSentence() {
  return "The words have fixed meanings. “Very likely” means at least 19 times in 20, “likely” at least 4 times in 5, "
         "“leaning” at least 3 times in 5. Where less is known, it says that it can't be told.";
}

std::string TrustSentence(const Reading& reading) {
  return "In simulated diaries of " + std::to_string(reading.coverage_days) +
         " days, intervals meant to hold the truth nine times in ten held it " +
         Whole(100 * reading.measured_coverage) + " times in a hundred. What is taken as usual among couples (" +
         reading.prior_id + ") is " + reading.prior_status + ".";
}

std::string_view CannotSaySentence() {
  return "Why things were as they were, who is right, what either of you is, or whether you belong together. Whether "
         "someone is safe to be with. What one number a day does not hold.";
}

std::string_view NoVerdictSentence() {
  return "This describes a pattern in what was logged. It is not a diagnosis and not a verdict on either of you. If "
         "one "
         "of you is afraid of the other, nothing here applies as advice.";
}

}  // namespace selvedge::reading
