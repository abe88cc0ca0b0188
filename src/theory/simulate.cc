#include "theory/simulate.h"

#include <algorithm>

namespace selvedge::theory {
namespace {

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

template <typename V>
SELVEDGE_THEORY_INLINE void LiveWeek(Life<V>& life, const Plan& plan, int from, int to, Sums<V>& sums) {
  Live(life, plan, from, to, [&](const Life<V>& now, const Happened<V>& happened) SELVEDGE_THEORY_LAMBDA {
    sums.Take(now.couple, happened.times);
  });
}

/// The same arithmetic in whatever the machine has. Neither rounds differently: nothing is contracted or reordered.
void LiveWeekAnywhere(Life<Lanes<kLanes>>& life, const Plan& plan, int from, int to, Sums<Lanes<kLanes>>& sums) {
  LiveWeek(life, plan, from, to, sums);
}
#if defined(__x86_64__)
[[gnu::target("avx2")]] void LiveWeekWithAvx2(Life<Lanes<kLanes>>& life, const Plan& plan, int from, int to,
                                              Sums<Lanes<kLanes>>& sums) {
  LiveWeek(life, plan, from, to, sums);
}
#endif

void LiveWeekHere(Life<Lanes<kLanes>>& life, const Plan& plan, int from, int to, Sums<Lanes<kLanes>>& sums) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return LiveWeekWithAvx2(life, plan, from, to, sums);
#endif
  LiveWeekAnywhere(life, plan, from, to, sums);
}

void LiveWeekHere(Life<float>& life, const Plan& plan, int from, int to, Sums<float>& sums) {
  LiveWeek(life, plan, from, to, sums);
}

template <typename V>
std::vector<Week> Weeks(const Plan& plan, std::uint32_t first) {
  Life<V> life = BeginLife<V>(plan, first);
  std::vector<Week> weeks;
  weeks.reserve(static_cast<std::size_t>(plan.days + 6) / 7 * kLanesOf<V>);
  for (int from = 0; from < plan.days; from += 7) {
    const int to = std::min(from + 7, plan.days);
    Sums<V> sums;
    LiveWeekHere(life, plan, from, to, sums);
    for (std::size_t lane = 0; lane < kLanesOf<V>; ++lane) {
      weeks.push_back(sums.WeekOf(lane, (to - from) * plan.steps_a_day));
    }
  }
  return weeks;
}

}  // namespace

std::vector<Week> SimulateBlock(const Plan& plan, std::uint32_t first) { return Weeks<Lanes<kLanes>>(plan, first); }

std::vector<Week> SimulateCouple(const Plan& plan, std::uint32_t couple) { return Weeks<float>(plan, couple); }

}  // namespace selvedge::theory
