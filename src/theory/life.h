#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

#include "core/side.h"
#include "theory/population.h"
#include "theory/step.h"

/// A couple's days, one step after the other; with partings, and new beginnings that carry parts along.
namespace selvedge::theory {

/// One more moment than would have happened by itself: what one such moment does is the difference it makes.
struct ExtraMoment {
  std::size_t rule = 0;  ///< which of `Rules`
  core::Side side = core::Side::kA;
  int from_day = 0;
  int days = 1;
  int every = 1;  ///< of every day, of every second, third …

  [[nodiscard]] bool IsDue(int day) const {
    return day >= from_day && day < from_day + days && (day - from_day) % every == 0;
  }
};

/// What is simulated.
struct Plan {
  Population population{};
  Constants<float> constants{};
  std::vector<Practice> practices{};  ///< beside those of the population
  std::vector<ExtraMoment> extra_moments{};
  std::uint64_t seed = 1;
  int days = 364;
  int days_a_week = 7;  ///< over which results are summed: "weeks" of one day show what a moment does to the next
  int steps_a_day = 4;  ///< a multiple of 4: contact is one of "apart" and "together" in each quarter of a day
};

/// Where the couples in the lanes are.
template <typename V>
struct Life {
  Couple<V> couple{};
  Setting<V> setting{};
  Return<V> half_step{};                             ///< what half a step is to feelings
  V contact{};                                       ///< of this quarter of the day
  std::array<std::uint32_t, kLanesOf<V>> numbers{};  ///< of the couples in the population
  std::array<std::uint32_t, kLanesOf<V>> beginnings{};
};

template <typename V>
void SetPerson(Person<V>& person, std::size_t lane, const Person<float>& one) {
  for (std::size_t i = 0; i < kPersonFields<V>.size(); ++i) {
    Set(person.*kPersonFields<V>[i].member, lane, one.*kPersonFields<float>[i].member);
  }
}

template <typename V>
void SetTraits(Traits<V>& traits, std::size_t lane, const Traits<float>& one) {
  for (std::size_t i = 0; i < kTraitFields<V>.size(); ++i) {
    Set(traits.*kTraitFields<V>[i].member, lane, one.*kTraitFields<float>[i].member);
  }
}

[[nodiscard]] inline float StepOf(const Plan& plan) { return 1 / static_cast<float>(plan.steps_a_day); }

/// The couples with numbers from `first` on, at their beginning.
template <typename V>
Life<V> BeginLife(const Plan& plan, std::uint32_t first) {
  Life<V> life;
  for (std::size_t lane = 0; lane < kLanesOf<V>; ++lane) {
    const std::uint32_t number = first + static_cast<std::uint32_t>(lane);
    const Cast cast = CastOf(plan.population, plan.constants, plan.seed, number);
    life.numbers[lane] = number;
    for (const core::Side side : core::kSides) {
      SetPerson(life.couple.people[side], lane, cast.start.people[side]);
      SetTraits(life.setting.traits[side], lane, cast.traits[side]);
    }
    Set(life.couple.closeness, lane, cast.start.closeness);
    Set(life.couple.together, lane, 1.0F);
    if constexpr (kLanesOf<V> == 1) {
      life.setting.couples = number;
    } else {
      life.setting.couples[lane] = number;
    }
  }
  life.half_step = ReturnIn(0.5F * StepOf(plan), life.setting.traits, plan.constants);
  return life;
}

/// Person a meets somebody new, who takes b's seat. a's parts, awareness and hurt come along; how the two begin is as
/// at any beginning, a's trust halfway between what it was and what it rests at.
template <typename V>
void BeginAgain(Life<V>& life, std::size_t lane, const Plan& plan) {
  const Cast cast = CastOf(plan.population, plan.constants, plan.seed, life.numbers[lane], ++life.beginnings[lane]);
  Person<V>& a = life.couple.people.a;
  const float trust_at_rest = plan.constants.trust_at_rest *
                              (1 - plan.constants.hurt_lowers_trust * Get(life.setting.traits.a.hurt_history, lane));
  Set(a.trust, lane, 0.5F * (Get(a.trust, lane) + trust_at_rest));
  Set(a.felt_closeness, lane, cast.start.people.a.felt_closeness);
  SetPerson(life.couple.people.b, lane, cast.start.people.b);
  SetTraits(life.setting.traits.b, lane, cast.traits.b);
  Set(life.couple.closeness, lane, cast.start.closeness);
  Set(life.couple.together, lane, 1.0F);
  life.half_step = ReturnIn(0.5F * StepOf(plan), life.setting.traits, plan.constants);
}

/// What both practise on a day. Twice the same practice is still no more than all of it.
[[nodiscard]] inline core::BySide<Practising<float>> PractisingOn(const Plan& plan, int day) {
  core::BySide<Practising<float>> practising{};
  for (const std::vector<Practice>* practices : {&plan.population.practices, &plan.practices}) {
    for (const Practice& practice : *practices) {
      if (day < practice.from_day || day >= practice.from_day + practice.days) continue;
      for (const core::Side side : core::kSides) {
        float& dose = practising[side][practice.path];
        dose = Min(dose + practice.dose[side], 1.0F);
      }
    }
  }
  return practising;
}

/// Whether the two spend this quarter of a day together. Contact is chosen: the wall keeps away.
template <typename V>
SELVEDGE_THEORY_INLINE V ContactNow(const Couple<V>& couple, const V& chance, const Constants<float>& k) {
  const V wall = Max(couple.people.a.wall, couple.people.b.wall);
  return If(chance < k.together_share * (1 - k.wall_stays_away * wall), V(1), V(k.apart));
}

/// Couples in whom the moment happens once more, those who have parted excepted. What it leaves to chance is drawn
/// apart from everything else, so that lives with it and without it differ by nothing but what follows from it.
template <typename V>
[[gnu::noinline]] void HappenOnceMore(Life<V>& life, const Plan& plan, const ExtraMoment& extra, int day) {
  const std::size_t code = 2 * extra.rule + static_cast<std::size_t>(extra.side);
  Draws<V> draws(life.setting.couples,
                 {.seed = plan.seed,
                  .step = static_cast<std::uint32_t>(static_cast<std::size_t>(day) * 2 * kRuleCount + code),
                  .purpose = Purpose::kExtraMoment});
  const auto chance = [&](const V& p) SELVEDGE_THEORY_LAMBDA { return If(draws.Uniform() < p, V(1), V(0)); };
  Couple<V>& couple = life.couple;
  Person<V>& me = couple.people[extra.side];
  Person<V>& you = couple.people[core::PartnerOf(extra.side)];
  const Practising<float> practising = PractisingOn(plan, day)[extra.side];
  const V contact = couple.together * life.contact;
  Change<V> change;
  const View<V> view{me,
                     you,
                     life.setting.traits[extra.side],
                     life.setting.traits[core::PartnerOf(extra.side)],
                     couple.closeness,
                     couple.together,
                     contact,
                     practising,
                     plan.constants};
  [&]<std::size_t... kRule>(std::index_sequence<kRule...>) {
    ((extra.rule == kRule
          ? static_cast<void>(std::tuple_element_t<kRule, Rules>::Happens(view, couple.together, chance, change))
          : void()),
     ...);
  }(std::make_index_sequence<kRuleCount>());
  Add(me, change.me, V(1));
  Add(you, change.you, V(1));
  KeepAdmissible(me);
  KeepAdmissible(you);
  couple.closeness = Between(V(0), couple.closeness + change.closeness, V(1));
  couple.together = If(change.parted > V(0), V(0), couple.together);
}

/// Those who are alone may meet somebody.
template <typename V>
[[gnu::noinline]] void MeetAnew(Life<V>& life, const Plan& plan, int day) {
  for (std::size_t lane = 0; lane < kLanesOf<V>; ++lane) {
    if (Get(life.couple.together, lane) > 0) continue;
    Draws<float> draws(life.numbers[lane],
                       {.seed = plan.seed, .step = static_cast<std::uint32_t>(day), .purpose = Purpose::kMeeting});
    if (draws.Uniform() < plan.constants.begin_rate) BeginAgain(life, lane, plan);
  }
}

/// The days from `from` to before `to`. `advance(life, moment)` takes the couple one step on and says what happened;
/// `observe(life, happened)` is called after every step.
template <typename V, typename Advance, typename Observe>
SELVEDGE_THEORY_INLINE void LiveBy(Advance&& advance, Life<V>& life, const Plan& plan, int from, int to,
                                   Observe&& observe) {
  const int steps_a_quarter = plan.steps_a_day / 4;
  for (int day = from; day < to; ++day) {
    Moment moment{.at = {.seed = plan.seed}, .step = StepOf(plan), .practising = PractisingOn(plan, day)};
    Draws<V> draws(life.setting.couples,
                   {.seed = plan.seed, .step = static_cast<std::uint32_t>(day), .purpose = Purpose::kContact});
    const std::array<V, 4> chances{draws.Uniform(), draws.Uniform(), draws.Uniform(), draws.Uniform()};
    for (int step = 0; step < plan.steps_a_day; ++step) {
      if (step % steps_a_quarter == 0) {
        const auto quarter = static_cast<std::size_t>(step / steps_a_quarter);
        life.contact = ContactNow(life.couple, chances[quarter], plan.constants);
      }
      if (step == 0) {
        for (const ExtraMoment& extra : plan.extra_moments) {
          if (extra.IsDue(day)) HappenOnceMore(life, plan, extra, day);
        }
      }
      moment.at.step = static_cast<std::uint32_t>(day * plan.steps_a_day + step);
      const Happened<V> happened = advance(life, moment);
      observe(life, happened);
    }
    if (Any(life.couple.together < V(0.5F))) MeetAnew(life, plan, day);
  }
}

/// The same in steps.
template <typename V, typename Observe>
SELVEDGE_THEORY_INLINE void Live(Life<V>& life, const Plan& plan, int from, int to, Observe&& observe) {
  LiveBy(
      [&](Life<V>& now, const Moment& moment) SELVEDGE_THEORY_LAMBDA {
        return Step(now.couple, now.half_step, now.setting, moment, now.contact, plan.constants);
      },
      life, plan, from, to, observe);
}

}  // namespace selvedge::theory
