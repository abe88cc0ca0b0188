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
  core::BySide<V> feeling_stays{};  ///< e^(−κ step / 2): what is left of a feeling after half a step
  core::BySide<V> push_adds{};      ///< (1 − e^(−κ step)) / κ: what a push of 1 a day comes to in a step
  core::BySide<V> jolt{};           ///< standard deviation of what a step does to a feeling
  Words<V> couples{};               ///< their numbers in the population
};

/// What is the same for every couple in a step.
struct Moment {
  Instant at;
  float step = 0.25F;  ///< days
  core::BySide<Practising<float>> practising{};
};

/// What a step is to feelings with these return rates: exact for an Ornstein–Uhlenbeck process.
template <typename V>
SELVEDGE_THEORY_INLINE void Prepare(Setting<V>& setting, float step, const Constants<float>& k) {
  for (const core::Side side : core::kSides) {
    const V rate = setting.traits[side].return_rate;
    const V half = Exp(-rate * (0.5F * step));
    const V stays = half * half;
    setting.feeling_stays[side] = half;
    setting.push_adds[side] = (1 - stays) / rate;
    setting.jolt[side] = k.jolt * Sqrt((1 - stays * stays) / (2 * rate));
  }
}

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

/// Draws how often a rule's moment happens to one of the two, and adds what it changes.
template <typename Rule, typename V>
SELVEDGE_THEORY_INLINE Outcome<V> Try(const View<V>& view, const V& step, Draws<V>& draws, Change<V>& change) {
  const V times = HowOften(Rule::Rate(view) * step, draws.Uniform());
  const auto chance = [&](const V& p) SELVEDGE_THEORY_LAMBDA { return If(draws.Uniform() < p, V(1), V(0)); };
  if constexpr (std::is_void_v<decltype(Rule::Happens(view, times, chance, change))>) {
    Rule::Happens(view, times, chance, change);
    return {.times = times, .came_true = V(0)};
  } else {
    return {.times = times, .came_true = Rule::Happens(view, times, chance, change)};
  }
}

/// What happens to the two in a step, and what that changes.
template <typename V>
SELVEDGE_THEORY_INLINE core::BySide<Change<V>> Happen(const core::BySide<View<V>>& views, const V& step,
                                                      Draws<V>& draws, Happened<V>& happened) {
  core::BySide<Change<V>> change{};
  [&]<std::size_t... kRule>(std::index_sequence<kRule...>) SELVEDGE_THEORY_LAMBDA {
    const auto take = [&](core::Side side, auto rule) SELVEDGE_THEORY_LAMBDA {
      const auto outcome = Try<std::tuple_element_t<rule, Rules>>(views[side], step, draws, change[side]);
      happened.times[side][rule] = outcome.times;
      happened.came_true[side][rule] = outcome.came_true;
    };
    ((take(core::Side::kA, std::integral_constant<std::size_t, kRule>()),
      take(core::Side::kB, std::integral_constant<std::size_t, kRule>())),
     ...);
  }(std::make_index_sequence<kRuleCount>());
  return change;
}

/// Adds as much of a change as `share`.
template <typename V>
SELVEDGE_THEORY_INLINE void Add(Couple<V>& couple, const core::BySide<Change<V>>& change, const V& share) {
  for (const core::Side side : core::kSides) {
    Add(couple.people[side], change[side].me, share);
    Add(couple.people[side], change[core::PartnerOf(side)].you, share);
  }
  couple.closeness += share * (change.a.closeness + change.b.closeness);
}

/// Takes a couple one step on. Two people update from the same instant. What moments change, and what drifts, meet
/// halfway: moments happen in the middle of a step on average, so what they do to a feeling fades for half of it, and
/// everything drifts from where half of the change has been made. That makes the step's error one of second order.
/// @returns  what happened.
template <typename V>
SELVEDGE_THEORY_INLINE Happened<V> Step(Couple<V>& couple, const Setting<V>& setting, const Moment& moment,
                                        const V& contact, const Constants<float>& k) {
  Draws<V> draws(setting.couples, moment.at);
  const V passes = couple.together * contact;
  const V step = moment.step;
  const auto views_of = [&](const Couple<V>& at) SELVEDGE_THEORY_LAMBDA -> core::BySide<View<V>> {
    return {.a = {at.people.a, at.people.b, setting.traits.a, setting.traits.b, at.closeness, at.together, passes,
                  moment.practising.a, k},
            .b = {at.people.b, at.people.a, setting.traits.b, setting.traits.a, at.closeness, at.together, passes,
                  moment.practising.b, k}};
  };
  Happened<V> happened;
  const core::BySide<Change<V>> change = Happen(views_of(couple), step, draws, happened);
  const Pair<V> normals = draws.Normals();
  const V own = std::sqrt(1 - k.jolt_shared * k.jolt_shared);
  const core::BySide<V> jolts{.a = setting.jolt.a * normals.first,
                              .b = setting.jolt.b * (k.jolt_shared * normals.first + own * normals.second)};

  for (const core::Side side : core::kSides) couple.people[side].feeling *= setting.feeling_stays[side];
  Couple<V> halfway = couple;
  Add(halfway, change, V(0.5F));
  Add(couple, change, V(1));
  const core::BySide<View<V>> views = views_of(halfway);
  for (const core::Side side : core::kSides) {
    Person<V>& person = couple.people[side];
    person.feeling =
        setting.feeling_stays[side] * person.feeling + setting.push_adds[side] * FeelingPush(views[side]) + jolts[side];
    Add(person, PersonDrift(views[side]), step);
    KeepAdmissible(person);
  }
  couple.closeness = Between(V(0), couple.closeness + step * ClosenessDrift(halfway, k), V(1));
  couple.together = If(change.a.parted + change.b.parted > V(0), V(0), couple.together);
  return happened;
}

}  // namespace selvedge::theory
