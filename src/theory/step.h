#pragma once

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include "theory/draws.h"
#include "theory/drift.h"
#include "theory/rules.h"

/// One step of the relational system, for as many couples as V has lanes.
namespace selvedge::theory {

inline constexpr std::size_t kRuleCount = std::tuple_size_v<Rules>;

/// How often each kind of moment happened to each of the two.
template <typename V>
using Counts = core::BySide<std::array<V, kRuleCount>>;

/// What happened in a step.
template <typename V>
struct Happened {
  Counts<V> times{};
  /// Of these, how often what is left to chance came true: outside_stress fell on both, reached was met, opened_up
  /// landed well, conflict was mended.
  Counts<V> came_true{};
};

/// The same of one kind of moment.
template <typename V>
struct Outcome {
  V times{};
  V came_true{};
};

/// What does not change while a couple's days go by.
template <typename V>
struct Setting {
  core::BySide<Traits<V>> traits{};
  Words<V> couples{};  ///< their numbers in the population
};

/// What some time is to feelings with these return rates: exact for an Ornstein–Uhlenbeck process.
template <typename V>
struct Return {
  V time{};                     ///< days
  core::BySide<V> stays{};      ///< e^(−κ time): what is left of a feeling
  core::BySide<V> push_adds{};  ///< (1 − e^(−κ time)) / κ: what a push of 1 a day comes to
  core::BySide<V> jolt{};       ///< standard deviation of what days do to a feeling meanwhile
};

template <typename V>
SELVEDGE_THEORY_INLINE Return<V> ReturnIn(float time, const core::BySide<Traits<V>>& traits,
                                          const Constants<float>& k) {
  Return<V> back{.time = time};
  for (const core::Side side : core::kSides) {
    const V rate = traits[side].return_rate;
    const V stays = Exp(-rate * time);
    back.stays[side] = stays;
    back.push_adds[side] = (1 - stays) / rate;
    back.jolt[side] = k.jolt * Sqrt((1 - stays * stays) / (2 * rate));
  }
  return back;
}

/// What is the same for every couple in a step.
struct Moment {
  Instant at;
  float step = 0.25F;  ///< days
  core::BySide<Practising<float>> practising{};
};

/// How often something with this mean happens: a Poisson number, three at most, from one uniform number. A mean above 8
/// counts as 8: three nearly for certain.
template <typename V>
SELVEDGE_THEORY_INLINE V HowOften(const V& mean, const V& uniform) {
  const V expected = Min(mean, V(8));
  const V at_least_one = OneMinusExpOfMinus(expected);
  const V one = expected - expected * at_least_one;
  const V at_least_two = at_least_one - one;
  const V at_least_three = at_least_two - 0.5F * expected * one;
  return If(uniform < at_least_one, V(1), V(0)) + If(uniform < at_least_two, V(1), V(0)) +
         If(uniform < at_least_three, V(1), V(0));
}

template <typename V>
SELVEDGE_THEORY_INLINE void Add(Person<V>& person, const Person<V>& change, const V& times) {
  person.feeling += times * change.feeling;
  person.need += times * change.need;
  person.self_connection += times * change.self_connection;
  person.trust += times * change.trust;
  person.agency += times * change.agency;
  person.worth += times * change.worth;
  person.felt_closeness += times * change.felt_closeness;
  person.vigilance += times * change.vigilance;
  person.loneliness += times * change.loneliness;
  person.guilt += times * change.guilt;
  person.awareness += times * change.awareness;
  person.caretaker += times * change.caretaker;
  person.wall += times * change.wall;
}

/// Where states are always: shares between 0 and 1, needs between 0 and 2.
template <typename V>
SELVEDGE_THEORY_INLINE void KeepAdmissible(Person<V>& person) {
  const auto share = [](V& value) { value = Between(V(0), value, V(1)); };
  person.need = Between(V(0), person.need, V(2));
  share(person.self_connection);
  share(person.trust);
  share(person.agency);
  share(person.worth);
  share(person.felt_closeness);
  share(person.vigilance);
  share(person.loneliness);
  share(person.guilt);
  share(person.awareness);
  share(person.caretaker);
  share(person.wall);
}

/// Adds as much of what moments change as `share`.
template <typename V>
SELVEDGE_THEORY_INLINE void Add(Couple<V>& couple, const core::BySide<Change<V>>& change, const V& share) {
  for (const core::Side side : core::kSides) {
    Add(couple.people[side], change[side].me, share);
    Add(couple.people[side], change[core::PartnerOf(side)].you, share);
    KeepAdmissible(couple.people[side]);
  }
  couple.closeness = Between(V(0), couple.closeness + share * (change.a.closeness + change.b.closeness), V(1));
}

/// The couple as each of the two meets it. `contact` is what of it reaches the other.
template <typename V>
SELVEDGE_THEORY_INLINE core::BySide<View<V>> ViewsOf(const Couple<V>& couple, const Setting<V>& setting,
                                                     const Moment& moment, const V& contact,
                                                     const Constants<float>& k) {
  const auto& [a, b] = couple.people;
  const auto& [traits_a, traits_b] = setting.traits;
  return {
      .a = {a, b, traits_a, traits_b, couple.closeness, couple.together, contact, moment.practising.a, k},
      .b = {b, a, traits_b, traits_a, couple.closeness, couple.together, contact, moment.practising.b, k},
  };
}

/// Lets some time go by without moments: feelings return to usual exactly, all else drifts by the midpoint rule.
template <typename V>
SELVEDGE_THEORY_INLINE void Drift(Couple<V>& couple, const Return<V>& back, const Setting<V>& setting,
                                  const Moment& moment, const V& contact, const Constants<float>& k, Draws<V>& draws) {
  const Pair<V> normals = draws.Normals();
  const V own = std::sqrt(1 - k.jolt_shared * k.jolt_shared);
  const core::BySide<V> jolts{.a = normals.first, .b = k.jolt_shared * normals.first + own * normals.second};

  Couple<V> halfway = couple;
  const core::BySide<View<V>> from = ViewsOf(couple, setting, moment, contact, k);
  for (const core::Side side : core::kSides) Add(halfway.people[side], PersonDrift(from[side]), 0.5F * back.time);
  halfway.closeness += 0.5F * back.time * ClosenessDrift(couple, k);

  const core::BySide<View<V>> views = ViewsOf(halfway, setting, moment, contact, k);
  for (const core::Side side : core::kSides) {
    Person<V>& person = couple.people[side];
    person.feeling = back.stays[side] * person.feeling + back.push_adds[side] * FeelingPush(views[side]) +
                     back.jolt[side] * jolts[side];
    Add(person, PersonDrift(views[side]), back.time);
    KeepAdmissible(person);
  }
  couple.closeness = Between(V(0), couple.closeness + back.time * ClosenessDrift(halfway, k), V(1));
}

/// What a rule's moment changes when it happens so often.
template <typename Rule, typename V, typename Chance>
SELVEDGE_THEORY_INLINE Outcome<V> HappenTo(const View<V>& view, const V& times, Chance&& chance, Change<V>& change) {
  if constexpr (std::is_void_v<decltype(Rule::Happens(view, times, chance, change))>) {
    Rule::Happens(view, times, chance, change);
    return {.times = times, .came_true = V(0)};
  } else {
    return {.times = times, .came_true = Rule::Happens(view, times, chance, change)};
  }
}

/// What all moments of a step change, where each happens `times(rate)` and `chance(p)` decides what is left to chance.
template <typename V, typename Times, typename Chance>
SELVEDGE_THEORY_INLINE core::BySide<Change<V>> Happen(const core::BySide<View<V>>& views, Times&& times,
                                                      Chance&& chance, Happened<V>& happened) {
  core::BySide<Change<V>> change{};
  [&]<std::size_t... kRule>(std::index_sequence<kRule...>) SELVEDGE_THEORY_LAMBDA {
    const auto take = [&](core::Side side, auto rule) SELVEDGE_THEORY_LAMBDA {
      using Rule = std::tuple_element_t<rule, Rules>;
      const View<V>& view = views[side];
      const Outcome<V> outcome = HappenTo<Rule>(view, times(Rule::Rate(view)), chance, change[side]);
      happened.times[side][rule] = outcome.times;
      happened.came_true[side][rule] = outcome.came_true;
    };
    ((take(core::Side::kA, std::integral_constant<std::size_t, kRule>()),
      take(core::Side::kB, std::integral_constant<std::size_t, kRule>())),
     ...);
  }(std::make_index_sequence<kRuleCount>());
  return change;
}

/// Takes a couple one step on: half a step's drift, the moments, the other half's drift. Two people update from the
/// same instant. Moments change how often others happen; how often they do in a step is therefore counted from where
/// the couple is once half of what is to be expected has happened. That makes the step's error one of second order
/// (docs/decisions/0008-steps.md).
/// @param half  what half a step is to feelings.
/// @returns  what happened.
template <typename V>
SELVEDGE_THEORY_INLINE Happened<V> Step(Couple<V>& couple, const Return<V>& half, const Setting<V>& setting,
                                        const Moment& moment, const V& contact, const Constants<float>& k) {
  Draws<V> draws(setting.couples, moment.at);
  const V passes = couple.together * contact;
  const V step = moment.step;
  Happened<V> happened;
  Drift(couple, half, setting, moment, passes, k, draws);

  Couple<V> halfway = couple;
  Add(halfway,
      Happen(
          ViewsOf(couple, setting, moment, passes, k),
          [&](const V& rate) SELVEDGE_THEORY_LAMBDA { return rate * step; },
          [](const V& p) SELVEDGE_THEORY_LAMBDA { return p; }, happened),
      V(0.5F));
  const core::BySide<Change<V>> change = Happen(
      ViewsOf(halfway, setting, moment, passes, k),
      [&](const V& rate) SELVEDGE_THEORY_LAMBDA { return HowOften(rate * step, draws.Uniform()); },
      [&](const V& p) SELVEDGE_THEORY_LAMBDA { return If(draws.Uniform() < p, V(1), V(0)); }, happened);
  Add(couple, change, V(1));

  Drift(couple, half, setting, moment, passes, k, draws);
  couple.together = If(change.a.parted + change.b.parted > V(0), V(0), couple.together);
  return happened;
}

}  // namespace selvedge::theory
