// Couple-years: lanes against a plain version with the same rules and the same step, for each kind of instructions this
// machine has, and many couples against few. `error` is the largest difference of a state's mean over 1024 couples and
// a year from the plain version's, in standard errors: they are drawn with different random numbers, and a few are
// always above 2.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "bench/plain_theory.h"
#include "theory/simulate.h"

namespace selvedge::bench {
namespace {

using theory::Block;
using theory::Instructions;
using theory::kBlock;
using theory::Plan;
using theory::Week;

constexpr double kDaysAYear = 365.25;

Plan PlanFor(int days) {
  return {.population = theory::ShippedPopulation("default").value(),
          .constants = theory::ShippedTheory().value().constants,
          .days = days};
}

/// Sums of a state over couples, and of squares.
struct Sum {
  double sum = 0;
  double squares = 0;
};

constexpr std::uint32_t kCompared = 1024;

/// Of each state of both, its mean over a year of a couple's weeks.
template <typename WeekAt>
void AddYear(std::size_t weeks, WeekAt&& week_at, std::vector<Sum>& sums) {
  std::size_t next = 0;
  for (const core::Side side : core::kSides) {
    for (const auto& [name, member] : theory::kPersonFields<float>) {
      double mean = 0;
      for (std::size_t week = 0; week < weeks; ++week) mean += week_at(week).people[side].*member;
      mean /= static_cast<double>(weeks);
      sums[next].sum += mean;
      sums[next++].squares += mean * mean;
    }
  }
}

std::vector<Sum> NoSums() { return std::vector<Sum>(2 * theory::kPersonFields<float>.size()); }

const std::vector<Sum>& PlainSums() {
  static const std::vector<Sum> kSums = [] {
    std::vector<Sum> sums = NoSums();
    const Plan plan = PlanFor(364);
    for (std::uint32_t couple = 0; couple < kCompared; ++couple) {
      const std::vector<Week> weeks = PlainWeeks(plan, couple);
      AddYear(weeks.size(), [&](std::size_t week) -> const Week& { return weeks[week]; }, sums);
    }
    return sums;
  }();
  return kSums;
}

/// Lanes give the same bytes with all instructions: compared once.
double Error() {
  static const double kError = [] {
    std::vector<Sum> sums = NoSums();
    const Plan plan = PlanFor(364);
    // Other couples: the same ones would be too alike for the standard errors of independent samples.
    for (std::uint32_t first = kCompared; first < 2 * kCompared; first += kBlock) {
      const Block block = SimulateBlock(plan, first);
      for (std::size_t couple = 0; couple < kBlock; ++couple) {
        AddYear(block.weeks, [&](std::size_t week) -> const Week& { return block.At(couple, week); }, sums);
      }
    }
    double worst = 0;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      const auto variance = [](const Sum& of) {
        const double mean = of.sum / kCompared;
        return (of.squares / kCompared - mean * mean) / kCompared;
      };
      const Sum& plain = PlainSums()[i];
      const double difference = (sums[i].sum - plain.sum) / kCompared;
      worst = std::fmax(worst, std::fabs(difference) / std::sqrt(variance(sums[i]) + variance(plain)));
    }
    return worst;
  }();
  return kError;
}

void ReportYears(benchmark::State& state, std::size_t couples, int days) {
  state.counters["couple_years"] = benchmark::Counter(static_cast<double>(couples) * days / kDaysAYear,
                                                      benchmark::Counter::kIsIterationInvariantRate);
}

void PlainYear(benchmark::State& state) {
  const Plan plan = PlanFor(364);
  std::uint32_t couple = 0;
  for (auto _ : state) benchmark::DoNotOptimize(PlainWeeks(plan, couple++ % kCompared));
  ReportYears(state, 1, plan.days);
}

void BlockYear(benchmark::State& state, Instructions instructions) {
  if (std::ranges::find(theory::AvailableInstructions(), instructions) == theory::AvailableInstructions().end()) {
    state.SkipWithError("this machine has no such instructions");
    return;
  }
  const Plan plan = PlanFor(364);
  std::uint32_t block = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(SimulateBlock(plan, block++ % (kCompared / kBlock) * kBlock, kBlock, instructions));
  }
  ReportYears(state, kBlock, plan.days);
  state.counters["error"] = Error();
}

/// A week of many couples, handed over block by block.
void ManyCouples(benchmark::State& state) {
  const Plan plan = PlanFor(7);
  core::SerialExecutor executor;
  const auto couples = static_cast<std::uint32_t>(state.range(0));
  double closeness = 0;
  for (auto _ : state) {
    ForEachBlock(plan, {.from = 0, .to = couples}, executor,
                 [&](const Block& block) { closeness += block.At(0, 0).closeness; },
                 {.progress = [](std::size_t, std::size_t) {}, .cancelled = [] { return false; }});
  }
  benchmark::DoNotOptimize(closeness);
  ReportYears(state, couples, plan.days);
}

BENCHMARK(PlainYear);
BENCHMARK_CAPTURE(BlockYear, plain, Instructions::kPlain);
BENCHMARK_CAPTURE(BlockYear, avx2, Instructions::kAvx2);
BENCHMARK_CAPTURE(BlockYear, avx512, Instructions::kAvx512);
BENCHMARK(ManyCouples)->ArgName("couples")->Arg(1'000)->Arg(100'000);

}  // namespace
}  // namespace selvedge::bench
