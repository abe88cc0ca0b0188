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

std::string Capitalised(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

}  // namespace

std::string_view CertaintyWord(double probability) {
  if (probability >= 0.95) return "very likely";
  if (probability >= 0.80) return "likely";
  if (probability >= 0.60) return "leaning";
  return "";
}

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

std::string Owner(const std::string& label) { return label.empty() ? "your partner's" : label + "'s"; }

std::string NotEnoughSentence(const Requirement& requirement, const std::string& whose) {
  const std::string days = std::to_string(requirement.days);
  const std::string have = std::to_string(requirement.have);
  const std::string which = requirement.both ? " days on which both answered" : " days with " + whose + " answer";
  return "Not enough yet: this needs about " + days + which + "; so far there " +
         (requirement.have == 1 ? "is " : "are ") + have + ". There is no hurry, and missed days do no harm.";
}

std::string UsualLevelSentence(const std::string& label, const Estimate& level) {
  const double give_or_take = 0.5 * (level.ninety[1] - level.ninety[0]);
  const std::string sure = give_or_take < 3   ? "and that is known quite well"
                           : give_or_take < 7 ? "give or take a few points"
                                              : "though these days leave that wide open";
  return "Lately " + Owner(label) + " days were usually around " + OnSlider(level.median) + " of 100, " + sure + ".";
}

std::string SpreadSentence(const std::string& label, const Estimate& spread, double more) {
  const std::string moved =
      Capitalised(Owner(label)) + " days moved up and down by about " + Whole(spread.median) + " points. ";
  if (const std::string_view word = CertaintyWord(more); !word.empty() && more >= 0.8) {
    return moved + "That is " + std::string(word) + " more than is usual. Feeling much is not a fault.";
  }
  if (const std::string_view word = CertaintyWord(1 - more); !word.empty() && more <= 0.2) {
    return moved + "That is " + std::string(word) + " less than is usual. Calm can have many reasons.";
  }
  return moved + "That is about what is usual.";
}

std::string HalfLifeSentence(const std::string& label, const Estimate& half_life) {
  const std::string low = DurationWords(half_life.ninety[0]);
  const std::string high = DurationWords(half_life.ninety[1]);
  const std::string range = low == high ? "" : " It may also be " + low + ", or " + high + ".";
  return "When something moved " + (label.empty() ? std::string("your partner") : label) +
         ", half of it was usually gone after " + DurationWords(half_life.median) + "." + range;
}

std::string MoveTogetherSentence(double probability_together, bool beyond_chance, int null_shifts) {
  constexpr const char* kMeaning = " A shared life does that. It does not show who moves whom.";
  const bool apart = probability_together < 0.5;
  const std::string_view word = CertaintyWord(apart ? 1 - probability_together : probability_together);
  if (word.empty() || !beyond_chance) {
    const std::string why = null_shifts < 5 ? " More weeks would help to tell it from chance."
                                            : " Weeks that have nothing to do with each other can look the same.";
    return "Whether your better and harder days fell together can't be told from these days." + why;
  }
  if (word == "leaning")
    return std::string("Your better and harder days were leaning toward ") +
           (apart ? "different times." : "the same times.") + kMeaning;
  if (apart)
    return "Your better and harder days " + std::string(word) +
           " fell at different times. It does not show who moves whom.";
  return "Your better and harder days " + std::string(word) + " fell together." + kMeaning;
}

std::string PullSentence(const std::string& label, const std::string& partner, bool settled, const Estimate& pull,
                         double from_diary) {
  const std::string me = label.empty() ? "your partner" : label;
  const std::string them = partner.empty() ? "your partner" : partner;
  if (settled) {
    const std::string direction =
        pull.median > 0 ? "the next day leaned the same way for " : "the next day leaned the other way for ";
    return "After " + them + "'s better and harder days, " + direction + me +
           ", likely beyond what shared days explain. It does not show why, and one diary can tell only so much.";
  }
  const double tenths = std::round(10 * std::clamp(from_diary, 0.0, 1.0));
  const std::string share = tenths < 1 ? "Nearly all that is known here comes from other couples."
                            : tenths < 9
                                ? "About " + Whole(tenths) +
                                      " tenths of what is known here come from this diary, the rest from other couples."
                                : "Most of what is known here comes from this diary.";
  return "Not settled: it can't be told whether " + Owner(partner) + " days carry over into " + me +
         "'s next day. For many couples daily check-ins never settle it. " + share;
}

std::string WeatherSentence(const std::string& label, double probability_own, double probability_shared) {
  const std::string whose = Capitalised(Owner(label)) + " ups and downs ";
  if (const std::string_view word = CertaintyWord(probability_own); probability_own >= 0.8) {
    return whose + "lately were " + std::string(word) + " mostly their own weather.";
  }
  if (const std::string_view word = CertaintyWord(probability_shared); probability_shared >= 0.8) {
    return whose + "lately were " + std::string(word) + " mostly weather that met you both.";
  }
  return whose + "may be own weather or weather that met you both; it can't be told from these days.";
}

std::string ForecastSentence(const std::string& label, const dynamics::Expected& tomorrow) {
  constexpr double kQuartile = 0.6744897501960817;
  return "The next day " + Owner(label) + " answer is as likely as not to lie between " +
         OnSlider(tomorrow.mean - kQuartile * tomorrow.sd) + " and " +
         OnSlider(tomorrow.mean + kQuartile * tomorrow.sd) + ".";
}

std::string ForecastTrackRecord(double gain, int held_back) {
  const std::string record = gain > 0.02    ? "came closer than"
                             : gain > -0.02 ? "did about as well as"
                                            : "did less well than";
  return " On the last " + std::to_string(held_back) + " answered days, kept back for a test, such forecasts " +
         record + " the better of two simple rules, “as usual” and “as the day before”.";
}

}  // namespace selvedge::reading
