#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/side.h"
#include "numerics/estimate.h"
#include "responses/occasions.h"
#include "responses/prior.h"

/// What two people do when the other is low or comes near, what goes unsaid, and what is one's own: each as counts from
/// the first week, and as a rate or a difference once the days carry it (docs/method.md, "Responses").
namespace selvedge::responses {

enum class Status {
  kShown,         ///< the data suffice, and the sentence says what they show
  kNotSettled,    ///< the data suffice to ask, and the answer is still open
  kNotEnoughYet,  ///< too little to say
};

/// Which reading.
enum class Kind {
  kSteppingIn,     ///< unasked, on days lower than usual for the partner, less the rate on other days
  kWithdrawing,    ///< on days on which the other came warmly, less the rate on days on which nobody came
  kUnsaid,         ///< rate of days with something unsaid
  kUnsaidWhenLow,  ///< the same on days lower than usual for oneself, less the rate on other days
  kReaching,       ///< of reaching out: how often it ended with the other being with them, as they found it
  kMeeting,        ///< of warm approaches: how often the person could meet them, at least in part
  kOwnTime,        ///< rate of days with time of one's own
};

/// What results call it: "stepping_in", "withdrawing", "unsaid", "unsaid_when_low", "reaching", "meeting", "own_time".
[[nodiscard]] std::string_view NameOf(Kind kind);

/// What a reading needs: days on which the person looked at the moments, and among them days of the kind it is about.
struct Requirement {
  int days = 0;
  int days_have = 0;
  int occasions = 0;  ///< days lower than usual, days with a warm approach, days on which the person reached; 0: none
  int occasions_have = 0;

  [[nodiscard]] bool IsMet() const { return days_have >= days && occasions_have >= occasions; }
};

/// A count with its denominator.
struct Count {
  std::string id;
  int count = 0;
  int of = 0;
};

struct NamedEstimate {
  std::string id;
  numerics::Estimate estimate;
};

/// One reading of one person.
struct Response {
  Kind kind = Kind::kSteppingIn;
  core::Side side = core::Side::kA;
  Status status = Status::kNotEnoughYet;
  Requirement requirement;
  std::optional<numerics::Estimate> estimate;  ///< a rate, or a difference of rates; absent when not enough yet
  std::vector<NamedEstimate> rates;            ///< what it is made of; empty when not enough yet
  std::optional<double> odds_against_none;     ///< of a difference: how the days favour some over none
  std::vector<Count> counts;                   ///< from the seventh day on
  std::string counts_sentence;                 ///< empty where there is nothing to count yet
  std::string sentence;
};

/// Evidence that opens a difference: by Ville's inequality odds of 20 are reached by chance in at most 1 of 20 people
/// without any difference, however often one looks, if the prior is theirs.
inline constexpr double kOddsThatSettle = 20;

/// Own counts are told from this many days on.
inline constexpr int kCountDays = 7;

/// All readings: each kind for a, then for b. Deterministic; swapping the partners swaps the results. Days on which a
/// person did not look, and on which nobody said how they were, change nothing.
///
/// @param occasions  in order of time; a day's occasions next to each other.
[[nodiscard]] std::vector<Response> ReadResponses(std::span<const Occasion> occasions,
                                                  const core::BySide<std::string>& labels, Grain grain,
                                                  const Prior& prior);

}  // namespace selvedge::responses
