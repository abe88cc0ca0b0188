// Maximum likelihood with standard errors, on one core, for the simulated dyads of tests/reference/dyads_sim (100 rows
// each, unit start). `short_of_reference` is how much log-likelihood the optimum lacks (negative: it is higher).

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "bench/simulated_dyads.h"
#include "dynamics/fit.h"
#include "dynamics/occasions.h"

namespace selvedge::bench {
namespace {

using dynamics::Fit;
using dynamics::FitOptions;
using dynamics::Observation;
using dynamics::Occasions;
using dynamics::Start;

constexpr FitOptions kOptions{.start = Start::kUnit};

Fit FitDyad(const SimulatedDyad& dyad) {
  Occasions occasions;
  occasions.AddDyad(dyad.diary);
  return FitMaximumLikelihood(occasions, kOptions);
}

/// The certified optimum of one dyad: 9 starts, polish, boundaries, standard errors. `per_start` shares the whole of it
/// among the starts, so it is more than a start takes.
void OneDyad(benchmark::State& state) {
  const SimulatedDyad& dyad = SimulatedDyads().at(static_cast<std::size_t>(state.range(0) - 1));
  Fit fit;
  for (auto _ : state) fit = FitDyad(dyad);
  state.counters["per_start"] =
      benchmark::Counter(fit.starts, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.counters["evaluations"] = fit.evaluations;
  state.counters["boundaries"] = static_cast<double>(fit.boundaries.size());
  state.counters["short_of_reference"] = dyad.reference_loglik - fit.loglik;
}
BENCHMARK(OneDyad)->ArgName("dyad")->Arg(4)->Arg(1)->Unit(benchmark::kMillisecond);

/// The 200, one after the other.
void AllDyads(benchmark::State& state) {
  const std::vector<SimulatedDyad>& dyads = SimulatedDyads();
  double worst = 0;
  double total = 0;
  int reached = 0;
  for (auto _ : state) {
    worst = -std::numeric_limits<double>::infinity();
    total = 0;
    reached = 0;
    for (const SimulatedDyad& dyad : dyads) {
      const double loglik = FitDyad(dyad).loglik;
      const double missing = dyad.reference_loglik - loglik;
      worst = std::max(worst, missing);
      reached += missing < 1e-3 ? 1 : 0;
      total += loglik;
    }
  }
  state.counters["short_of_reference"] = worst;
  state.counters["reached"] = reached;
  state.counters["loglik"] = total;
}
BENCHMARK(AllDyads)->Unit(benchmark::kMillisecond);

std::vector<Observation> Centred(std::vector<Observation> diary) {
  for (const core::Side side : core::kSides) {
    double sum = 0;
    int count = 0;
    for (const Observation& observation : diary) {
      if (!observation.own[side]) continue;
      sum += *observation.own[side];
      ++count;
    }
    for (Observation& observation : diary) {
      if (observation.own[side]) *observation.own[side] -= sum / count;
    }
  }
  return diary;
}

/// One set of parameters for all 200, each answer as the distance from its person's mean.
void Pooled(benchmark::State& state) {
  constexpr double kReference = -37045.9867;  // tests/reference/dyads_sim/README.md
  Fit fit;
  for (auto _ : state) {
    Occasions occasions;
    for (const SimulatedDyad& dyad : SimulatedDyads()) occasions.AddDyad(Centred(dyad.diary));
    fit = FitMaximumLikelihood(occasions, kOptions);
  }
  state.counters["evaluations"] = fit.evaluations;
  state.counters["short_of_reference"] = kReference - fit.loglik;
}
BENCHMARK(Pooled)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace selvedge::bench
