#include "responses/tally.h"

#include <algorithm>
#include <map>
#include <set>

#include "diary/moments.h"

namespace selvedge::responses {
namespace {

using diary::MomentKind;
using diary::Moments;
using diary::Telling;
using diary::Tells;

bool Says(const Moments& moments, const Telling& answer) {
  return moments.Has(answer.kind) && moments.Answer(answer.kind, answer.follow_up) == answer.answer;
}

/// Whether the follow-up that this is an answer to was answered at all.
bool Told(const Moments& moments, const Telling& answer) {
  return moments.Has(answer.kind) && moments.Answer(answer.kind, answer.follow_up).has_value();
}

constexpr std::size_t kSteppedIn = MomentKind("stepped_in");
constexpr Telling kUnasked = Tells("stepped_in", "asked", "no");
constexpr Telling kTense = Tells("stepped_in", "before", "tense");
constexpr Telling kEasier = Tells("stepped_in", "after", "easier");
constexpr std::size_t kWithdrew = MomentKind("withdrew");
constexpr Telling kWithdrewFromWarmth = Tells("withdrew", "came", "warm");
constexpr Telling kCameWarmly = Tells("was_reached", "came", "warm");
constexpr Telling kMet = Tells("was_reached", "met", "yes");
constexpr Telling kMetNot = Tells("was_reached", "met", "no");
constexpr Telling kNotThrough = Tells("reached", "outcome", "not_through");
constexpr Telling kNoAnswer = Tells("reached", "outcome", "no_answer");
constexpr Telling kWithMe = Tells("reached", "outcome", "with_me");
constexpr Telling kNotFair = Tells("reached", "outcome", "not_fair");
constexpr Telling kCameBack = Tells("reached", "later", "yes");
constexpr std::size_t kOwnTime = MomentKind("own_time");
constexpr Telling kNoGuilt = Tells("own_time", "guilt", "none");
constexpr Telling kDidNotTake = Tells("was_offered", "took", "no");

/// What the person logged, if they looked and none of these acts is left out.
const Moments* Counting(const Occasion& occasion, core::Side side, std::span<const std::string_view> acts) {
  const std::optional<Moments>& moments = occasion.moments[side];
  if (!moments) return nullptr;
  const bool left_out = std::ranges::any_of(
      acts, [&](std::string_view act) { return occasion.left_out[side].Has(*diary::MomentNamed(act)); });
  return left_out ? nullptr : &*moments;
}

/// Asks about the moments logged on each occasion that counts for these acts, without a condition.
Tally AskMoments(const Person& person, std::span<const std::string_view> acts,
                 core::FunctionRef<std::optional<bool>(const Moments&)> question) {
  return Ask(person, [&](std::size_t i) -> std::optional<Outcome> {
    const Moments* moments = Counting(person.occasions[i], person.side, acts);
    const std::optional<bool> yes = moments != nullptr ? question(*moments) : std::nullopt;
    if (!yes) return std::nullopt;
    return Outcome{.yes = *yes, .under_condition = false};
  });
}

/// The same, when `whose` day was lower than usual for them against when not. No answer where they did not answer.
Tally AskWhenLower(const Person& person, core::Side whose, std::span<const std::string_view> acts,
                   core::FunctionRef<std::optional<bool>(const Moments&)> question) {
  const auto lower = LowerThanUsual(person.occasions, whose);
  return Ask(person, [&](std::size_t i) -> std::optional<Outcome> {
    const Moments* moments = Counting(person.occasions[i], person.side, acts);
    const std::optional<bool> yes = moments != nullptr && lower[i] ? question(*moments) : std::nullopt;
    if (!yes) return std::nullopt;
    return Outcome{.yes = *yes, .under_condition = *lower[i]};
  });
}

bool HasAny(const Moments& moments, std::span<const std::string_view> kinds) {
  return std::ranges::any_of(kinds, [&](std::string_view kind) { return moments.Has(*diary::MomentNamed(kind)); });
}

}  // namespace

std::vector<Trials> Tally::Contrast() const {
  std::vector<Trials> trials;
  for (const auto& [share, condition] : {std::pair(&otherwise, 0.0), std::pair(&under_condition, 1.0)}) {
    Coefficients covariates(2);
    covariates << 1, condition;
    trials.push_back({.covariates = covariates, .yes = share->effective_yes, .count = share->effective_of});
  }
  return trials;
}

Trials Tally::Rate(Eigen::Index j, Eigen::Index size) const {
  return {.covariates = Coefficients::Unit(size, j), .yes = otherwise.effective_yes, .count = otherwise.effective_of};
}

Tally Ask(const Person& person, core::FunctionRef<std::optional<Outcome>(std::size_t)> question) {
  struct OfDay {
    int yes = 0;
    int of = 0;
  };
  std::map<int, std::array<OfDay, 2>> days;
  for (std::size_t i = 0; i < person.occasions.size(); ++i) {
    const std::optional<Outcome> outcome = question(i);
    if (!outcome) continue;
    OfDay& of_day = days[person.occasions[i].day][outcome->under_condition ? 1 : 0];
    ++of_day.of;
    of_day.yes += outcome->yes ? 1 : 0;
  }
  Tally tally;
  for (const auto& [day, both] : days) {
    for (const bool condition : {false, true}) {
      const OfDay& of_day = both[condition ? 1 : 0];
      if (of_day.of == 0) continue;
      Share& share = condition ? tally.under_condition : tally.otherwise;
      const double worth = 1 / (1 + (of_day.of - 1) * person.resemblance);
      share.yes += of_day.yes;
      share.of += of_day.of;
      share.days += 1;
      share.effective_yes += worth * of_day.yes;
      share.effective_of += worth * of_day.of;
    }
  }
  return tally;
}

int DaysLooked(const Person& person, std::span<const std::string_view> acts) {
  return AskMoments(person, acts, [](const Moments&) { return true; }).otherwise.days;
}

Tally SteppingIn(const Person& person) {
  return AskWhenLower(person, PartnerOf(person.side), kActsSteppingIn, [](const Moments& moments) {
    if (moments.Has(kSteppedIn) && !Told(moments, kUnasked)) return std::optional<bool>();
    return std::optional(Says(moments, kUnasked));
  });
}

Tally TenseBefore(const Person& person) {
  return AskMoments(person, kActsSteppingIn, [](const Moments& moments) -> std::optional<bool> {
    if (!Says(moments, kUnasked) || !Told(moments, kTense)) return std::nullopt;
    return Says(moments, kTense);
  });
}

Tally EasierAfter(const Person& person) {
  return AskMoments(person, kActsSteppingIn, [](const Moments& moments) -> std::optional<bool> {
    if (!Says(moments, kUnasked) || !Says(moments, kTense) || !Told(moments, kEasier)) return std::nullopt;
    return Says(moments, kEasier);
  });
}

Tally Withdrawing(const Person& person) {
  return Ask(person, [&](std::size_t i) -> std::optional<Outcome> {
    const Moments* moments = Counting(person.occasions[i], person.side, kActsWithdrawing);
    if (moments == nullptr) return std::nullopt;
    const bool stepped_back_from_other = Told(*moments, kWithdrewFromWarmth) && !Says(*moments, kWithdrewFromWarmth);
    const bool warm = Says(*moments, kCameWarmly) || Says(*moments, kWithdrewFromWarmth);
    const bool came_otherwise = Told(*moments, kCameWarmly) || stepped_back_from_other;
    if (!warm && came_otherwise) return std::nullopt;
    return Outcome{.yes = moments->Has(kWithdrew) && !stepped_back_from_other, .under_condition = warm};
  });
}

Tally AnyOf(const Person& person, std::span<const std::string_view> kinds) {
  return AskMoments(person, kinds, [&](const Moments& moments) { return HasAny(moments, kinds); });
}

Tally UnsaidWhenLow(const Person& person) {
  return AskWhenLower(person, person.side, kUnsaid,
                      [](const Moments& moments) { return std::optional(HasAny(moments, kUnsaid)); });
}

Tally Reaching(const Person& person, Link link) {
  return AskMoments(person, kActsReaching, [&](const Moments& moments) -> std::optional<bool> {
    const bool came_back = Says(moments, kCameBack);
    if (Says(moments, kNotFair) || (!Told(moments, kWithMe) && !came_back)) return std::nullopt;
    const bool got_through = came_back || !Says(moments, kNotThrough);
    const bool answered = came_back || (got_through && !Says(moments, kNoAnswer));
    const bool with_me = came_back || Says(moments, kWithMe);
    switch (link) {
      case Link::kGotThrough:
        return got_through;
      case Link::kAnswered:
        return got_through ? std::optional(answered) : std::nullopt;
      case Link::kWithMe:
        return answered ? std::optional(with_me) : std::nullopt;
    }
    return std::nullopt;
  });
}

Tally Met(const Person& person) {
  return AskMoments(person, kActsMet, [](const Moments& moments) -> std::optional<bool> {
    if (!Says(moments, kCameWarmly) || !Told(moments, kMet)) return std::nullopt;
    return !Says(moments, kMetNot);
  });
}

Tally MetFully(const Person& person) {
  return AskMoments(person, kActsMet, [](const Moments& moments) -> std::optional<bool> {
    if (!Says(moments, kCameWarmly) || !Told(moments, kMet)) return std::nullopt;
    return Says(moments, kMet);
  });
}

Tally OwnTime(const Person& person) {
  return AskMoments(person, kActsOwnTime, [](const Moments& moments) { return moments.Has(kOwnTime); });
}

Tally Guilt(const Person& person) {
  return AskMoments(person, kActsOwnTime, [](const Moments& moments) -> std::optional<bool> {
    if (!Told(moments, kNoGuilt)) return std::nullopt;
    return !Says(moments, kNoGuilt);
  });
}

Tally SteppingInForRelief(const Person& person) {
  return AskWhenLower(person, PartnerOf(person.side), kActsSteppingIn, [](const Moments& moments) {
    const bool brought_none = Told(moments, kEasier) && !Says(moments, kEasier);
    if (moments.Has(kSteppedIn) && (!Told(moments, kUnasked) || (Says(moments, kUnasked) && brought_none)))
      return std::optional<bool>();
    return std::optional(Says(moments, kUnasked));
  });
}

Tally OwnTimeWithoutGuilt(const Person& person) {
  return AskMoments(person, kActsOwnTime, [](const Moments& moments) -> std::optional<bool> {
    if (moments.Has(kOwnTime) && !Told(moments, kNoGuilt)) return std::nullopt;
    return Says(moments, kNoGuilt);
  });
}

Tally WavingOff(const Person& person) {
  return AskMoments(person, kActsOffered, [](const Moments& moments) -> std::optional<bool> {
    if (!Told(moments, kDidNotTake)) return std::nullopt;
    return Says(moments, kDidNotTake);
  });
}

Tally ReachingWhenLow(const Person& person) {
  return AskWhenLower(person, person.side, kActsReaching,
                      [](const Moments& moments) { return std::optional(HasAny(moments, kActsReaching)); });
}

}  // namespace selvedge::responses
