#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/function_ref.h"
#include "core/side.h"
#include "responses/logistic.h"
#include "responses/occasions.h"

/// What a diary says to yes-or-no questions: counts, and the trials they make for a logistic regression.
namespace selvedge::responses {

/// Whose days are asked.
struct Person {
  std::span<const Occasion> occasions;
  core::Side side;
  double resemblance = 0;  ///< correlation of several occasions of one day (Prior::resemblance)
};

/// One occasion's answer to a question, and whether it stood under the question's condition.
struct Outcome {
  bool yes = false;
  bool under_condition = false;
};

/// On how many occasions the answer was yes.
struct Share {
  int yes = 0;
  int of = 0;
  int days = 0;              ///< distinct days among `of`
  double effective_yes = 0;  ///< the k occasions of one day count for 1 / (1 + (k − 1) ρ) each, ρ their resemblance
  double effective_of = 0;
};

struct Tally {
  Share under_condition;
  Share otherwise;

  /// Rows (1, condition): the log odds otherwise, and the difference the condition makes.
  [[nodiscard]] std::vector<Trials> Contrast() const;
  /// Of a question without a condition: the one row with covariate j of `size` at 1, the others at 0.
  [[nodiscard]] Trials Rate(Eigen::Index j = 0, Eigen::Index size = 1) const;
};

/// Puts a question to every occasion, by its number; nothing = this one has no answer, and counts nowhere.
[[nodiscard]] Tally Ask(const Person& person, core::FunctionRef<std::optional<Outcome>(std::size_t)> question);

/// Days on which the person looked at the moments and none of these acts is left out.
[[nodiscard]] int DaysLooked(const Person& person, std::span<const std::string_view> acts);

// What each question is about: an occasion on which one of these acts is left out counts nowhere for it.
inline constexpr std::array<std::string_view, 1> kActsSteppingIn{"stepped_in"};
inline constexpr std::array<std::string_view, 2> kActsWithdrawing{"withdrew", "was_reached"};
inline constexpr std::array<std::string_view, 3> kUnsaid{"held_back", "said_yes_empty", "smoothed_over"};
inline constexpr std::array<std::string_view, 1> kActsReaching{"reached"};
inline constexpr std::array<std::string_view, 1> kActsMet{"was_reached"};
inline constexpr std::array<std::string_view, 1> kActsOwnTime{"own_time"};
inline constexpr std::array<std::string_view, 1> kActsOffered{"was_offered"};

/// Stepped in unasked, when the partner was lower than usual against when not. Not known whether asked: no answer.
[[nodiscard]] Tally SteppingIn(const Person& person);
/// Tense before, of the unasked step-ins that say how it was before.
[[nodiscard]] Tally TenseBefore(const Person& person);
/// Easier after, of the unasked step-ins that began tense and say how it was after.
[[nodiscard]] Tally EasierAfter(const Person& person);

/// Stepped back, when the other came warmly against when nobody came. Stepping back from what was sharp, pressing or
/// unwanted is good sense: no answer, unless warmth came too, and then it is no stepping back from that.
[[nodiscard]] Tally Withdrawing(const Person& person);

/// Any of these happened: all of kUnsaid, some of them, or another kind.
[[nodiscard]] Tally AnyOf(const Person& person, std::span<const std::string_view> kinds);
/// Anything went unsaid, when the person was lower than usual for them against when not.
[[nodiscard]] Tally UnsaidWhenLow(const Person& person);

/// The links of the chain from reaching out to being with.
enum class Link { kGotThrough, kAnswered, kWithMe };
inline constexpr std::array kLinks{Link::kGotThrough, Link::kAnswered, Link::kWithMe};
/// The link held, of the times on which the links before it did. Moments that were not fair count nowhere; what the
/// other came back to later holds throughout.
[[nodiscard]] Tally Reaching(const Person& person, Link link);

/// Met a warm approach, at least in part; or fully.
[[nodiscard]] Tally Met(const Person& person);
[[nodiscard]] Tally MetFully(const Person& person);

[[nodiscard]] Tally OwnTime(const Person& person);
/// Some guilt or much, of the times of one's own that say.
[[nodiscard]] Tally Guilt(const Person& person);

// What the map asks beside these (content/map.json).

/// Stepped in unasked, when the partner was lower than usual against when not. Help of which the person says that it
/// left them as they were, or tenser, is not the kind that is meant: no answer.
[[nodiscard]] Tally SteppingInForRelief(const Person& person);
/// Had time of their own and no guilt. Not known whether guilt came: no answer.
[[nodiscard]] Tally OwnTimeWithoutGuilt(const Person& person);
/// Did not take what was offered, of the offers that say.
[[nodiscard]] Tally WavingOff(const Person& person);
/// Reached out, whatever came of it, when the person was lower than usual for them against when not.
[[nodiscard]] Tally ReachingWhenLow(const Person& person);

}  // namespace selvedge::responses
