#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/certainty.h"
#include "core/side.h"
#include "reading/reading.h"

/// How readings are said: plain, warm, nobody's fault, uncertainty in words. Every sentence a person can get from a
/// reading is written here (design: care).
namespace selvedge::reading {

using core::CertaintyWord;

/// A length of time as one would say it: "about a day", "two or three days".
[[nodiscard]] std::string DurationWords(double days);

/// Words that begin a sentence, as they stand within one.
[[nodiscard]] std::string Lowered(std::string_view words);

/// "2 March 2026" or "day 12".
[[nodiscard]] std::string DayWords(diary::Clock clock, int day);
/// A season of the trail, by its last day: as a sentence begins.
[[nodiscard]] std::string UntilDay(diary::Clock clock, int day);

/// "Ana"; "your partner" for a partner without a label.
[[nodiscard]] std::string Someone(const std::string& label);

/// "Ana's"; "your partner's" for a partner without a label.
[[nodiscard]] std::string Owner(const std::string& label);

/// `whose` as Owner() says it. Also for days enough that hold no answer to the question.
[[nodiscard]] std::string NotEnoughSentence(const Requirement& requirement, const std::string& whose);
/// Said once beside everything that is not enough yet.
[[nodiscard]] std::string_view NoHurrySentence();
[[nodiscard]] std::string UsualLevelSentence(const std::string& label, const Estimate& level);
/// `more` is the probability that this spread is larger than what is usual among couples.
[[nodiscard]] std::string SpreadSentence(const std::string& label, const Estimate& spread, double more);
[[nodiscard]] std::string HalfLifeSentence(const std::string& label, const Estimate& half_life);
[[nodiscard]] std::string MoveTogetherSentence(double probability_together, bool beyond_chance, int null_shifts);
/// `from_diary` is the share of what is known that comes from this diary rather than from other couples.
[[nodiscard]] std::string PullSentence(const std::string& label, const std::string& partner, bool settled,
                                       const Estimate& pull, double from_diary);
[[nodiscard]] std::string WeatherSentence(const std::string& label, double probability_own, double probability_shared);
[[nodiscard]] std::string ForecastSentence(const std::string& label, const dynamics::Expected& next);
/// `gain` is 1 − CRPS / CRPS of the better simple rule, on days that were held back.
[[nodiscard]] std::string ForecastTrackRecord(double gain, int held_back);

/// All that a card says: what was counted, and what follows from it once there is enough. May be empty.
[[nodiscard]] std::string Said(const Card& card);

// What is said of a whole reading.

[[nodiscard]] std::string AnsweredSentence(const Reading& reading);
/// What one question still takes, of all whom it is asked of (at least one card).
[[nodiscard]] std::string MissingLine(const Reading& reading, std::span<const Card* const> cards);
/// Questions that wait for the same, and what that is.
struct NotYet {
  std::string questions;
  std::string missing;
  int days = 0;  ///< it takes
};
/// Everything that is not enough yet, the nearest first.
[[nodiscard]] std::vector<NotYet> NotYetLines(const Reading& reading);
/// Stands over the two people's places on the map.
[[nodiscard]] std::string_view WhereOneStandsSentence();
/// Where one person keeps the diary: said once instead of everything that takes two.
[[nodiscard]] std::string_view AloneSentence();
/// What the words of certainty stand for.
[[nodiscard]] std::string_view HowSureSentence();
/// How far the intervals can be trusted, as measured.
[[nodiscard]] std::string TrustSentence(const Reading& reading);
[[nodiscard]] std::string_view CannotSaySentence();
/// Stands near the beginning of every page.
[[nodiscard]] std::string_view AfraidSentence();
/// Stands at the end of every reading.
[[nodiscard]] std::string_view NoVerdictSentence();

}  // namespace selvedge::reading
