#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "instruments/adaptive.h"
#include "reflect/signs_on_map.h"

namespace selvedge {
namespace {

using instruments::AxesScore;
using instruments::Sheet;

const reflect::SignsOnMap& Basis() {
  static const reflect::SignsOnMap kBasis;
  return kBasis;
}

/// Ten answers, and which questions are left.
struct Halfway {
  Sheet counted = Sheet(Basis().signs().questions.size());
  std::vector<std::size_t> asked;
  std::vector<std::size_t> left;

  Halfway() {
    while (const auto next = instruments::NextQuestion(Basis().signs(), Basis().scorer(), counted, asked)) {
      if (asked.size() == 10) break;
      asked.push_back(*next);
      counted[*next] = asked.size() % 5;
    }
    for (std::size_t i = 0; i < counted.size(); ++i) {
      if (Basis().signs().questions[i].scale && !counted[i]) left.push_back(i);
    }
  }
};

/// Every answer to the question tried out and scored.
double PlainExpected(const Halfway& halfway, double now, std::size_t question) {
  double expected = 0;
  for (std::size_t k = 0; k < 5; ++k) {
    Sheet with = halfway.counted;
    with[question] = k;
    const AxesScore score = Basis().scorer().Score(with);
    expected += std::exp(score.loglik - now) * score.covariance.trace();
  }
  return expected;
}

std::vector<double> PlainExpected(const Halfway& halfway) {
  const double now = Basis().scorer().Score(halfway.counted).loglik;
  std::vector<double> expected;
  for (const std::size_t question : halfway.left) expected.push_back(PlainExpected(halfway, now, question));
  return expected;
}

void NextQuestion(benchmark::State& state) {
  const Halfway halfway;
  for (auto _ : state) {
    benchmark::DoNotOptimize(Basis().scorer().ExpectedVariance(halfway.counted, halfway.left));
  }
  const std::vector<double> ours = Basis().scorer().ExpectedVariance(halfway.counted, halfway.left);
  const std::vector<double> plain = PlainExpected(halfway);
  double error = 0;
  for (std::size_t i = 0; i < ours.size(); ++i) error = std::max(error, std::fabs(ours[i] / plain[i] - 1));
  state.counters["error"] = error;
}
BENCHMARK(NextQuestion);

void PlainNextQuestion(benchmark::State& state) {
  const Halfway halfway;
  for (auto _ : state) benchmark::DoNotOptimize(PlainExpected(halfway));
}
BENCHMARK(PlainNextQuestion);

}  // namespace
}  // namespace selvedge
