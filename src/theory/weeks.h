#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "theory/simulate.h"

/// How days become weeks, whichever way couples are simulated.
namespace selvedge::theory {

/// Sums of a week's steps.
template <typename V>
struct Sums {
  core::BySide<Person<V>> people{};
  core::BySide<V> feeling_square{};
  V closeness{};
  V together{};
  Counts<V> counts{};

  SELVEDGE_THEORY_INLINE void Take(const Couple<V>& couple, const Counts<V>& times) {
    for (const core::Side side : core::kSides) {
      const Person<V>& person = couple.people[side];
      Add(people[side], person, V(1));
      feeling_square[side] += person.feeling * person.feeling;
      for (std::size_t rule = 0; rule < kRuleCount; ++rule) counts[side][rule] += times[side][rule];
    }
    closeness += couple.closeness;
    together += couple.together;
  }

  [[nodiscard]] Week WeekOf(std::size_t lane, int steps) const {
    const auto mean = [&](const V& sum) { return Get(sum, lane) / static_cast<float>(steps); };
    Week week{.closeness = mean(closeness), .together = mean(together)};
    for (const core::Side side : core::kSides) {
      for (std::size_t i = 0; i < kPersonFields<V>.size(); ++i) {
        week.people[side].*kPersonFields<float>[i].member = mean(people[side].*kPersonFields<V>[i].member);
      }
      week.feeling_square[side] = mean(feeling_square[side]);
      for (std::size_t rule = 0; rule < kRuleCount; ++rule) {
        week.counts[side][rule] = Get(counts[side][rule], lane);
      }
    }
    return week;
  }
};

/// Lives the days from `from` to before `to` and adds them up.
template <typename V>
using LiveWeek = void (*)(Life<V>& life, const Plan& plan, int from, int to, Sums<V>& sums);

/// The couples from `at` on, as many as V has lanes, into their places in the block.
template <typename V>
void SimulateRow(const Plan& plan, std::size_t at, LiveWeek<V> live_week, Block& block) {
  Life<V> life = BeginLife<V>(plan, block.first + static_cast<std::uint32_t>(at));
  const std::size_t lanes = std::min(kLanesOf<V>, block.couples - at);
  for (std::size_t week = 0; week < block.weeks; ++week) {
    const int from = plan.days_a_week * static_cast<int>(week);
    const int to = std::min(from + plan.days_a_week, plan.days);
    Sums<V> sums;
    live_week(life, plan, from, to, sums);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      block.by_week[week * block.couples + at + lane] = sums.WeekOf(lane, (to - from) * plan.steps_a_day);
    }
  }
}

/// The weeks of couples with numbers from `first` on.
template <typename V>
Block SimulateWeeks(const Plan& plan, std::uint32_t first, std::size_t couples, LiveWeek<V> live_week) {
  const int weeks = (plan.days + plan.days_a_week - 1) / plan.days_a_week;
  Block block{.first = first, .couples = couples, .weeks = static_cast<std::size_t>(weeks), .by_week = {}};
  block.by_week.resize(block.weeks * couples);
  for (std::size_t at = 0; at < couples; at += kLanesOf<V>) SimulateRow<V>(plan, at, live_week, block);
  return block;
}

}  // namespace selvedge::theory
