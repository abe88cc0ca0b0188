#include "theory/simulate.h"

#include <algorithm>
#include <atomic>

#include "core/contract.h"
#include "theory/weeks.h"

namespace selvedge::theory {
namespace {

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
      return SimulateWeeks(plan, first, couples, LiveWeekWithAvx512);
    case Instructions::kAvx2:
      return SimulateWeeks(plan, first, couples, LiveWeekWithAvx2);
#endif
    default:
      return SimulateWeeks(plan, first, couples, LiveWeekPlainly);
  }
}

Block SimulateCouple(const Plan& plan, std::uint32_t couple) { return SimulateWeeks(plan, couple, 1, LiveWeekAlone); }

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
