// Calibration and scoring of questionnaires, on one core: 18 145 simulated people, 18 items with five answers about
// each dimension, the size of the questionnaire that peers were measured with (docs/benchmarks.md).

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include "bench/plain_em.h"
#include "instruments/calibrate.h"
#include "instruments/expectation.h"
#include "instruments/parameters.h"
#include "instruments/score.h"
#include "instruments/starting_values.h"
#include "oracle/plain_graded.h"

namespace selvedge::bench {
namespace {

using namespace instruments;  // NOLINT(google-build-using-namespace): everything here is about them

constexpr std::size_t kPeople = 18'145;

struct Data {
  ItemBank bank;
  Answers answers;
};

Data Draw(std::size_t dimensions) {
  core::RandomStream stream({.seed = 61});
  ItemBank bank = oracle::RandomBank(18 * dimensions, dimensions, 0.2, stream);
  Answers answers = oracle::DrawAnswers(bank, kPeople, 0, stream);
  return {.bank = std::move(bank), .answers = std::move(answers)};
}

const Data& Simulated(std::size_t dimensions) {
  static const Data kOne = Draw(1);
  static const Data kTwo = Draw(2);
  return dimensions == 1 ? kOne : kTwo;
}

/// From answers to a certified optimum with standard errors.
void CalibrateItems(benchmark::State& state) {
  const Data& data = Simulated(static_cast<std::size_t>(state.range(0)));
  core::SerialExecutor executor;
  Calibration result;
  for (auto _ : state) result = Calibrate(data.bank, data.answers, executor);
  state.counters["loglik"] = result.loglik;
  state.counters["passes"] = result.passes;
  state.counters["error"] = result.remaining_rise;
}
BENCHMARK(CalibrateItems)->ArgName("dimensions")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);

/// The same as a textbook has it, one dimension; `error` is how much log-likelihood it lacks.
void PlainCalibration(benchmark::State& state) {
  const Data& data = Simulated(1);
  core::SerialExecutor executor;
  PlainEm result;
  for (auto _ : state) result = CalibratePlainly(StartingValues(data.bank, data.answers), data.answers);
  state.counters["loglik"] = result.loglik;
  state.counters["passes"] = result.passes;
  state.counters["error"] = Calibrate(data.bank, data.answers, executor).loglik - result.loglik;
}
BENCHMARK(PlainCalibration)->Unit(benchmark::kMillisecond);

void ScoreEverybody(benchmark::State& state) {
  const Data& data = Simulated(static_cast<std::size_t>(state.range(0)));
  core::SerialExecutor executor;
  std::vector<Score> scores;
  for (auto _ : state) scores = ScoreAll(data.bank, data.answers, executor);
  double worst = 0;
  for (std::size_t person = 0; person < 20; ++person) {
    const auto plain = oracle::IntegratePlainly(data.bank, data.answers.Of(person), 0.03, 7);
    worst = std::max(worst, (scores[person].mean - plain.mean).cwiseAbs().maxCoeff());
  }
  state.counters["error"] = worst;
  state.counters["people_per_second"] =
      benchmark::Counter(static_cast<double>(kPeople), benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(ScoreEverybody)->ArgName("dimensions")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);

void PlainScores(benchmark::State& state) {
  const Data& data = Simulated(1);
  std::vector<double> scores;
  for (auto _ : state) scores = ScorePlainly(data.bank, data.answers);
  double worst = 0;
  for (std::size_t person = 0; person < 20; ++person) {
    const auto plain = oracle::IntegratePlainly(data.bank, data.answers.Of(person), 0.03, 7);
    worst = std::max(worst, std::fabs(scores[person] - plain.mean[0]));
  }
  state.counters["error"] = worst;
}
BENCHMARK(PlainScores)->Unit(benchmark::kMillisecond);

/// The two things a calibration is made of: a pass over everybody, and the observed information.
void OnePass(benchmark::State& state) {
  const Data& data = Simulated(static_cast<std::size_t>(state.range(0)));
  core::SerialExecutor executor;
  const Tables tables(data.bank, Grid::For(data.bank));
  for (auto _ : state) benchmark::DoNotOptimize(Expect(tables, data.answers, executor).loglik);
}
BENCHMARK(OnePass)->ArgName("dimensions")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);

void OneInformation(benchmark::State& state) {
  const Data& data = Simulated(static_cast<std::size_t>(state.range(0)));
  core::SerialExecutor executor;
  const Tables tables(data.bank, Grid::For(data.bank));
  const ParameterMap map(data.bank);
  const Expectation expectation = Expect(tables, data.answers, executor);
  for (auto _ : state) {
    benchmark::DoNotOptimize(ObservedInformation(map, data.bank, tables, data.answers, expectation, executor).sum());
  }
}
BENCHMARK(OneInformation)->ArgName("dimensions")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace selvedge::bench
