#pragma once

#include <string>

#include "core/side.h"
#include "responses/responses.h"
#include "responses/tally.h"

/// How responses are said: plain, warm, both ways in the same tone, nobody's fault (design: care). Every sentence a
/// person can get from a response is written here.
namespace selvedge::responses {

/// Whose reading it is, and how their occasions are called.
struct Speech {
  std::string label;    ///< the person's; empty: has none
  std::string partner;  ///< the other's
  Grain grain = Grain::kDays;
};

[[nodiscard]] std::string NotEnoughSentence(Kind kind, const Requirement& requirement, const Speech& speech);

/// Whether a difference is settled, and which way it goes.
enum class Difference { kMore, kLess, kOpen };

/// Of kSteppingIn, kWithdrawing and kUnsaidWhenLow.
[[nodiscard]] std::string DifferenceSentence(Kind kind, Difference difference, const Speech& speech);
/// Of kUnsaid, kMeeting and kOwnTime.
[[nodiscard]] std::string RateSentence(Kind kind, const numerics::Estimate& rate, const Speech& speech);
/// The medians of the three links.
[[nodiscard]] std::string ReachingSentence(double got_through, double answered, double with_me, const Speech& speech);

// Counts, each empty where there is nothing to count.
[[nodiscard]] std::string SteppingInCounts(const Share& tense, const Share& easier, const Speech& speech);
[[nodiscard]] std::string WithdrawingCounts(const Share& from_warmth, const Speech& speech);
[[nodiscard]] std::string UnsaidCounts(const Share& unsaid, const Speech& speech);
[[nodiscard]] std::string UnsaidWhenLowCounts(const Share& when_low, const Speech& speech);
[[nodiscard]] std::string ReachingCounts(const Share& with_me, const Speech& speech);
[[nodiscard]] std::string MeetingCounts(const Share& met, const Share& fully, const Speech& speech);
[[nodiscard]] std::string OwnTimeCounts(const Share& own_time, const Share& guilt, const Speech& speech);

}  // namespace selvedge::responses
