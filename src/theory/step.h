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

/// Adds what moments change.
template <typename V>
SELVEDGE_THEORY_INLINE void Add(Couple<V>& couple, const core::BySide<Change<V>>& change) {
  for (const core::Side side : core::kSides) {
    Add(couple.people[side], change[side].me, V(1));
    Add(couple.people[side], change[core::PartnerOf(side)].you, V(1));
    KeepAdmissible(couple.people[side]);
  }
  couple.closeness = Between(V(0), couple.closeness + change.a.closeness + change.b.closeness, V(1));
}

/// The couple as each of the two meets it. `contact` is what of it reaches the other.
template <typename V>
SELVEDGE_THEORY_INLINE core::BySide<View<V>> ViewsOf(const Couple<V>& couple, const core::BySide<Traits<V>>& traits,
                                                     const Moment& moment, const V& contact,
                                                     const Constants<float>& k) {
  const auto& [a, b] = couple.people;
  return {
      .a = {a, b, traits.a, traits.b, couple.closeness, couple.together, contact, moment.practising.a, k},
      .b = {b, a, traits.b, traits.a, couple.closeness, couple.together, contact, moment.practising.b, k},
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
  const core::BySide<View<V>> from = ViewsOf(couple, setting.traits, moment, contact, k);
  for (const core::Side side : core::kSides) Add(halfway.people[side], PersonDrift(from[side]), 0.5F * back.time);
  halfway.closeness += 0.5F * back.time * ClosenessDrift(couple, k);

  const core::BySide<View<V>> views = ViewsOf(halfway, setting.traits, moment, contact, k);
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

/// Whether a rule leaves something to chance beside how often its moment happens.
template <typename Rule>
inline constexpr bool kLeavesToChance = !std::is_void_v<decltype(Rule::Happens(
    std::declval<const View<float>&>(), 0.0F, [](float p) { return p; }, std::declval<Change<float>&>()))>;

/// The numbers that decide a step's moments, all uniform.
template <typename V>
struct Lots {
  core::BySide<std::array<V, kRuleCount>> times;
  core::BySide<std::array<V, kRuleCount>> chances;  ///< only of rules that leave something to chance

  SELVEDGE_THEORY_INLINE explicit Lots(Draws<V>& draws) {
    [&]<std::size_t... kRule>(std::index_sequence<kRule...>) SELVEDGE_THEORY_LAMBDA {
      const auto draw = [&](auto rule) SELVEDGE_THEORY_LAMBDA {
        times.a[rule] = draws.Uniform();
        times.b[rule] = draws.Uniform();
        if constexpr (kLeavesToChance<std::tuple_element_t<rule, Rules>>) {
          chances.a[rule] = draws.Uniform();
          chances.b[rule] = draws.Uniform();
        }
      };
      (draw(std::integral_constant<std::size_t, kRule>()), ...);
    }(std::make_index_sequence<kRuleCount>());
  }
};

/// What all moments of a step change: each happens `times(side, rule, rate)`, with rates as they are in one state and
/// changes as they are in another, and `chance(side, rule, p)` decides what a rule leaves to chance.
template <typename V, typename Times, typename Chance>
SELVEDGE_THEORY_INLINE core::BySide<Change<V>> Happen(const core::BySide<View<V>>& rates_in,
                                                      const core::BySide<View<V>>& changes_in, Times&& times,
                                                      Chance&& chance, Happened<V>& happened) {
  core::BySide<Change<V>> change{};
  [&]<std::size_t... kRule>(std::index_sequence<kRule...>) SELVEDGE_THEORY_LAMBDA {
    const auto take = [&](core::Side side, auto rule) SELVEDGE_THEORY_LAMBDA {
      using Rule = std::tuple_element_t<rule, Rules>;
      const Outcome<V> outcome = HappenTo<Rule>(
          changes_in[side], times(side, rule, Rule::Rate(rates_in[side])),
          [&](const V& p) SELVEDGE_THEORY_LAMBDA { return chance(side, rule, p); }, change[side]);
      happened.times[side][rule] = outcome.times;
      happened.came_true[side][rule] = outcome.came_true;
    };
    ((take(core::Side::kA, std::integral_constant<std::size_t, kRule>()),
      take(core::Side::kB, std::integral_constant<std::size_t, kRule>())),
     ...);
  }(std::make_index_sequence<kRuleCount>());
  return change;
}

/// What the moments of a step change, drawn by lot. Moments change how often others happen, and what they do. How often
/// they happen is therefore counted from where the couple is halfway, when those have happened whose lot lets them
/// happen within half a step: so one moment comes before another in half of all cases, as it should, and none undoes
/// itself. What they do is counted from where the couple is expected to be halfway.
/// (docs/decisions/0010-steps.md)
template <typename V>
SELVEDGE_THEORY_INLINE core::BySide<Change<V>> HappenByLot(const Couple<V>& couple, const Lots<V>& lots,
                                                           const Setting<V>& setting, const Moment& moment,
                                                           const V& contact, const Constants<float>& k,
                                                           Happened<V>& happened) {
  const V step = moment.step;
  const V half = 0.5F * step;
  const auto views_of = [&](const Couple<V>& at)
                            SELVEDGE_THEORY_LAMBDA { return ViewsOf(at, setting.traits, moment, contact, k); };
  const auto by_lot = [&](core::Side side, std::size_t rule, const V& p)
                          SELVEDGE_THEORY_LAMBDA { return If(lots.chances[side][rule] < p, V(1), V(0)); };
  const core::BySide<View<V>> from = views_of(couple);

  Happened<V> early;
  Couple<V> drawn = couple;
  Add(drawn, Happen(
                 from, from,
                 [&](core::Side side, std::size_t rule, const V& rate)
                     SELVEDGE_THEORY_LAMBDA { return If(lots.times[side][rule] < half * rate, V(1), V(0)); },
                 by_lot, early));
  Couple<V> expected = couple;
  Add(expected,
      Happen(
          from, from, [&](core::Side, std::size_t, const V& rate) SELVEDGE_THEORY_LAMBDA { return half * rate; },
          [](core::Side, std::size_t, const V& p) SELVEDGE_THEORY_LAMBDA { return p; }, happened));
  return Happen(
      views_of(drawn), views_of(expected),
      [&](core::Side side, std::size_t rule, const V& rate) SELVEDGE_THEORY_LAMBDA {
        return Max(early.times[side][rule], HowOften(step * rate, lots.times[side][rule]));
      },
      by_lot, happened);
}

/// Takes a couple one step on: half the drift, the moments, the other half. Two people update from the same instant.
/// @param half  what half a step is to feelings.
/// @returns  what happened.
template <typename V>
SELVEDGE_THEORY_INLINE Happened<V> Step(Couple<V>& couple, const Return<V>& half, const Setting<V>& setting,
                                        const Moment& moment, const V& contact, const Constants<float>& k) {
  Draws<V> draws(setting.couples, moment.at);
  const V passes = couple.together * contact;
  Happened<V> happened;
  Drift(couple, half, setting, moment, passes, k, draws);
  const core::BySide<Change<V>> change = HappenByLot(couple, Lots<V>(draws), setting, moment, passes, k, happened);
  Add(couple, change);
  Drift(couple, half, setting, moment, passes, k, draws);
  couple.together = If(change.a.parted + change.b.parted > V(0), V(0), couple.together);
  return happened;
}

}  // namespace selvedge::theory
