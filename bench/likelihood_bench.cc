// The log-likelihood and its gradient, against a plain version with Eigen. Times are per evaluation; `per_row` is the
// time a row takes. `error` is the relative distance from the same log-likelihood in long double, and for gradients the
// relative distance of the slope along one direction in all eleven parameters from central differences.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "bench/eigen_filter.h"
#include "core/random.h"
#include "dynamics/draw.h"
#include "dynamics/likelihood.h"
#include "dynamics/occasions.h"
#include "dynamics/system.h"
#include "numerics/exp_minus_one.h"
#include "oracle/plain_filter.h"

namespace selvedge::bench {
namespace {

using dynamics::Likelihood;
using dynamics::Observation;
using dynamics::Occasions;
using dynamics::Parameters;
using dynamics::Start;
using dynamics::System;
using dynamics::SystemAdjoint;

enum class Gaps {
  kIrregular,         ///< every gap its own: gamma distributed, shape 2, mean one day
  kEqual,             ///< one a day
  kIrregularMissing,  ///< irregular, and one answer in ten missing
};

constexpr Parameters kCalm{-0.79, 0.26, 0.38, -0.60, 0.70, 0.12,
                           0.45,  0.16, 0.12, 3.0,   3.2};  // δ > 0: two exponentials a gap
constexpr Parameters kTurning{-0.79, 0.60, -0.70, -0.60, 0.70, 0.12,
                              0.45,  0.16, 0.12,  3.0,   3.2};  // δ < 0: a sine and a cosine

System SystemOf(const Parameters& p) {
  return *System::Create({p[0], p[1], p[2], p[3]}, {p[4], p[5], p[6]}, {p[7], p[8]}, {p[9], p[10]});
}

std::vector<Observation> DrawDiary(Gaps gaps, std::size_t rows) {
  constexpr double kShortest = 0.02;
  constexpr double kMissing = 0.1;
  core::RandomStream stream({.seed = 20261122, .subject = 0, .purpose = static_cast<std::uint32_t>(gaps)});
  std::vector<core::Days> times(rows);
  for (std::size_t i = 1; i < rows; ++i) {
    const double gap = gaps == Gaps::kEqual ? 1 : -0.5 * std::log(stream.Uniform() * stream.Uniform());
    times[i] = times[i - 1] + core::Days{std::fmax(gap, kShortest)};
  }
  std::vector<Observation> diary = DrawAnswers(SystemOf(kCalm), Start::kStationary, times, stream);
  if (gaps == Gaps::kIrregularMissing) {
    for (Observation& observation : diary) {
      for (const core::Side side : core::kSides) {
        if (stream.Uniform() < kMissing) observation.own[side].reset();
      }
    }
  }
  return diary;
}

/// One diary with what is asked of it, made once for all benchmarks that use it.
struct Case {
  std::vector<Observation> diary;
  Occasions occasions;
};

const Case& CaseOf(Gaps gaps, std::int64_t rows) {
  static std::map<std::pair<Gaps, std::int64_t>, Case> cases;
  const auto [place, is_new] = cases.try_emplace({gaps, rows});
  if (is_new) {
    place->second.diary = DrawDiary(gaps, static_cast<std::size_t>(rows));
    place->second.occasions.AddDyad(place->second.diary);
  }
  return place->second;
}

double RelativeError(double value, double truth) { return std::fabs(value - truth) / std::fabs(truth); }

/// The same value in long double; kept, since every run of a benchmark asks again and a long diary takes seconds.
double PreciseValue(const Parameters& parameters, const Case& with) {
  static std::map<std::pair<const Case*, Parameters>, double> known;
  const auto [place, is_new] = known.try_emplace({&with, parameters});
  if (!is_new) return place->second;
  std::array<long double, dynamics::kParameterCount> precise{};
  for (std::size_t i = 0; i < precise.size(); ++i) precise[i] = parameters[i];
  place->second = static_cast<double>(oracle::PlainLogLikelihood<long double>(precise, Start::kStationary, with.diary));
  return place->second;
}

/// How far the slope along a direction that moves every parameter is from central differences of the value.
double SlopeError(const Parameters& parameters, const Case& with) {
  static std::map<std::pair<const Case*, Parameters>, double> known;
  const auto [place, is_new] = known.try_emplace({&with, parameters});
  if (!is_new) return place->second;
  constexpr double kStep = 1e-6;
  Parameters above = parameters;
  Parameters below = parameters;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const double direction = i % 2 == 0 ? 1 : 0.5;
    above[i] += kStep * direction;
    below[i] -= kStep * direction;
  }
  const System high = SystemOf(above);
  const System low = SystemOf(below);
  Likelihood likelihood(with.occasions);
  const double difference =
      (*likelihood.Value(high, Start::kStationary) - *likelihood.Value(low, Start::kStationary)) / (2 * kStep);
  SystemAdjoint bar;
  static_cast<void>(likelihood.ValueAndGradient(SystemOf(parameters), Start::kStationary, bar));
  const numerics::Sym2 stationary = high.stationary - low.stationary;
  const double slope = (Dot(bar.drift, high.drift - low.drift) + bar.stationary.aa * stationary.aa +
                        2 * bar.stationary.ab * stationary.ab + bar.stationary.bb * stationary.bb +
                        Dot(bar.noise, high.noise - low.noise) + Dot(bar.mean, high.mean - low.mean)) /
                       (2 * kStep);
  return place->second = RelativeError(slope, difference);
}

void ReportRows(benchmark::State& state) {
  state.counters["per_row"] = benchmark::Counter(
      static_cast<double>(state.range(0)), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void Value(benchmark::State& state, Gaps gaps, const Parameters& parameters) {
  const Case& with = CaseOf(gaps, state.range(0));
  const System system = SystemOf(parameters);
  Likelihood likelihood(with.occasions);
  double value = 0;
  for (auto _ : state) benchmark::DoNotOptimize(value = likelihood.Value(system, Start::kStationary).value());
  ReportRows(state);
  state.counters["error"] = RelativeError(value, PreciseValue(parameters, with));
}

void Gradient(benchmark::State& state, Gaps gaps, const Parameters& parameters) {
  const Case& with = CaseOf(gaps, state.range(0));
  const System system = SystemOf(parameters);
  Likelihood likelihood(with.occasions);
  SystemAdjoint adjoint;
  static_cast<void>(likelihood.ValueAndGradient(system, Start::kStationary, adjoint));  // makes the workspace
  for (auto _ : state) {
    benchmark::DoNotOptimize(likelihood.ValueAndGradient(system, Start::kStationary, adjoint));
    benchmark::ClobberMemory();
  }
  ReportRows(state);
  state.counters["error"] = SlopeError(parameters, with);
}

void EigenValue(benchmark::State& state, Gaps gaps, const Parameters& parameters, EigenExponential exponential) {
  const Case& with = CaseOf(gaps, state.range(0));
  const System system = SystemOf(parameters);
  const EigenFilter filter(with.diary, exponential);
  double value = 0;
  for (auto _ : state) benchmark::DoNotOptimize(value = filter.Value(system, Start::kStationary).value());
  ReportRows(state);
  state.counters["error"] = RelativeError(value, PreciseValue(parameters, with));
}

/// e^x − 1 of a thousand numbers such as gaps give: one number's time is `per_row`.
template <typename Function>
void ExpMinusOne(benchmark::State& state, Function function) {
  core::RandomStream stream({.seed = 20261122, .subject = 1, .purpose = 0});
  std::vector<double> arguments(static_cast<std::size_t>(state.range(0)));
  for (double& x : arguments) x = std::log(stream.Uniform());
  double worst = 0;
  for (const double x : arguments) worst = std::fmax(worst, RelativeError(function(x), std::expm1(x)));
  std::vector<double> results(arguments.size());
  for (auto _ : state) {
    std::ranges::transform(arguments, results.begin(), function);
    benchmark::ClobberMemory();
  }
  ReportRows(state);
  state.counters["error"] = worst;
}

constexpr std::int64_t kFewest = 100;
constexpr std::int64_t kMost = 1'000'000;
constexpr std::int64_t kUsual = 1'000;

void Lengths(benchmark::internal::Benchmark* benchmark) { benchmark->RangeMultiplier(10)->Range(kFewest, kMost); }

BENCHMARK_CAPTURE(Value, irregular, Gaps::kIrregular, kCalm)->Apply(Lengths);
BENCHMARK_CAPTURE(Value, equal, Gaps::kEqual, kCalm)->Apply(Lengths);
BENCHMARK_CAPTURE(Value, turning, Gaps::kIrregular, kTurning)->Arg(kUsual);
BENCHMARK_CAPTURE(Value, missing, Gaps::kIrregularMissing, kCalm)->Arg(kUsual);
BENCHMARK_CAPTURE(Gradient, irregular, Gaps::kIrregular, kCalm)->Apply(Lengths);
BENCHMARK_CAPTURE(Gradient, equal, Gaps::kEqual, kCalm)->Apply(Lengths);
BENCHMARK_CAPTURE(Gradient, turning, Gaps::kIrregular, kTurning)->Arg(kUsual);
BENCHMARK_CAPTURE(Gradient, missing, Gaps::kIrregularMissing, kCalm)->Arg(kUsual);
BENCHMARK_CAPTURE(EigenValue, irregular, Gaps::kIrregular, kCalm, EigenExponential::kClosedForm)->Apply(Lengths);
BENCHMARK_CAPTURE(EigenValue, equal, Gaps::kEqual, kCalm, EigenExponential::kClosedForm)->Apply(Lengths);
BENCHMARK_CAPTURE(EigenValue, turning, Gaps::kIrregular, kTurning, EigenExponential::kClosedForm)->Arg(kUsual);
BENCHMARK_CAPTURE(EigenValue, missing, Gaps::kIrregularMissing, kCalm, EigenExponential::kClosedForm)->Arg(kUsual);
BENCHMARK_CAPTURE(EigenValue, matrix_functions, Gaps::kIrregular, kCalm, EigenExponential::kMatrixFunctions)
    ->Arg(kUsual);
BENCHMARK_CAPTURE(ExpMinusOne, ours, [](double x) { return numerics::ExpMinusOne(x); })->Arg(kUsual);
BENCHMARK_CAPTURE(ExpMinusOne, library, [](double x) { return std::expm1(x); })->Arg(kUsual);

}  // namespace
}  // namespace selvedge::bench
