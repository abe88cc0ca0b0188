#include "theory/simulate.h"

#include <algorithm>
#include <atomic>

#include "core/contract.h"

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
using LiveWeek = void (*)(Life<V>& life, const Plan& plan, int from, int to, Sums<V>& sums);

template <typename V>
SELVEDGE_THEORY_INLINE void LiveAndSum(Life<V>& life, const Plan& plan, int from, int to, Sums<V>& sums) {
  Live(life, plan, from, to, [&](const Life<V>& now, const Happened<V>& happened) SELVEDGE_THEORY_LAMBDA {
    sums.Take(now.couple, happened.times);
  });
}

// The same arithmetic with whatever the machine has. None rounds differently: nothing is contracted or reordered.
void LiveWeekAlone(Life<float>& life, const Plan& plan, int from, int to, Sums<float>& sums) {
  LiveAndSum(life, plan, from, to, sums);
}
void LiveWeekPlainly(Life<Lanes<4>>& life, const Plan& plan, int from, int to, Sums<Lanes<4>>& sums) {
  LiveAndSum(life, plan, from, to, sums);
}
#if defined(__x86_64__)
[[gnu::target("avx2")]] void LiveWeekWithAvx2(Life<Lanes<8>>& life, const Plan& plan, int from, int to,
                                              Sums<Lanes<8>>& sums) {
  LiveAndSum(life, plan, from, to, sums);
}
[[gnu::target("avx512f,avx512dq,avx512vl,avx512bw")]] void LiveWeekWithAvx512(Life<Lanes<16>>& life, const Plan& plan,
                                                                              int from, int to, Sums<Lanes<16>>& sums) {
  LiveAndSum(life, plan, from, to, sums);
}
#endif

/// The couples from `at` on, as many as V has lanes, into their places in the block.
template <typename V>
void SimulateRow(const Plan& plan, std::size_t at, LiveWeek<V> live_week, Block& block) {
  Life<V> life = BeginLife<V>(plan, block.first + static_cast<std::uint32_t>(at));
  const std::size_t lanes = std::min(kLanesOf<V>, block.couples - at);
  for (std::size_t week = 0; week < block.weeks; ++week) {
    const int from = 7 * static_cast<int>(week);
    const int to = std::min(from + 7, plan.days);
    Sums<V> sums;
    live_week(life, plan, from, to, sums);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      block.by_week[week * block.couples + at + lane] = sums.WeekOf(lane, (to - from) * plan.steps_a_day);
    }
  }
}

template <typename V>
Block Simulate(const Plan& plan, std::uint32_t first, std::size_t couples, LiveWeek<V> live_week) {
  Block block{.first = first, .couples = couples, .weeks = static_cast<std::size_t>(plan.days + 6) / 7, .by_week = {}};
  block.by_week.resize(block.weeks * couples);
  for (std::size_t at = 0; at < couples; at += kLanesOf<V>) SimulateRow<V>(plan, at, live_week, block);
  return block;
}

}  // namespace

std::span<const Instructions> AvailableInstructions() {
  static constexpr std::array kAll{Instructions::kPlain, Instructions::kAvx2, Instructions::kAvx512};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")) {
    return kAll;
  }
  if (__builtin_cpu_supports("avx2")) return std::span(kAll).first<2>();
#endif
  return std::span(kAll).first<1>();
}

Block SimulateBlock(const Plan& plan, std::uint32_t first, std::size_t couples, Instructions instructions) {
  SELVEDGE_EXPECT(couples <= kBlock);
  switch (instructions) {
#if defined(__x86_64__)
    case Instructions::kAvx512:
      return Simulate(plan, first, couples, LiveWeekWithAvx512);
    case Instructions::kAvx2:
      return Simulate(plan, first, couples, LiveWeekWithAvx2);
#endif
    default:
      return Simulate(plan, first, couples, LiveWeekPlainly);
  }
}

Block SimulateCouple(const Plan& plan, std::uint32_t couple) { return Simulate(plan, couple, 1, LiveWeekAlone); }

std::size_t ForEachBlock(const Plan& plan, Couples couples, core::Executor& executor,
                         core::FunctionRef<void(const Block&)> take, SimulationHooks hooks) {
  // So many blocks wait for their turn at most: enough that threads seldom wait for the slowest.
  constexpr std::size_t kWaiting = 64;
  const std::size_t of = couples.to - couples.from;
  std::vector<Block> waiting;
  for (std::size_t done = 0; done < of;) {
    hooks.progress(done, of);
    const std::size_t blocks = std::min(kWaiting, (of - done + kBlock - 1) / kBlock);
    waiting.resize(blocks);
    std::atomic<bool> cancelled = false;
    executor.ForEach(blocks, [&](std::size_t i) {
      if (hooks.cancelled()) cancelled = true;
      if (cancelled) return;
      const std::size_t at = done + i * kBlock;
      waiting[i] = SimulateBlock(plan, couples.from + static_cast<std::uint32_t>(at), std::min(kBlock, of - at));
    });
    if (cancelled) return done;
    for (const Block& block : waiting) {
      take(block);
      done += block.couples;
    }
  }
  hooks.progress(of, of);
  return of;
}

}  // namespace selvedge::theory
