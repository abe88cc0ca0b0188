#include "dynamics/likelihood.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <new>
#include <vector>

#include "oracle/dense_normal.h"
#include "oracle/plain_filter.h"
#include "oracle/random_diary.h"

namespace {

/// Every allocation of this program, so that "allocates nothing" can be a test.
std::size_t allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  std::abort();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*size*/) noexcept { std::free(memory); }

namespace selvedge::dynamics {
namespace {

constexpr std::array kStarts{Start::kStationary, Start::kUnit};

Occasions OneDyad(const std::vector<Observation>& diary) {
  Occasions occasions;
  occasions.AddDyad(diary);
  return occasions;
}

double ValueAt(const Occasions& occasions, const Parameters& parameters, Start start) {
  Likelihood likelihood(occasions);
  return likelihood.Value(oracle::SystemOf(parameters), start).value();
}

/// The gradient with respect to the eleven parameters: the adjoint of P carried to A and Q through the Lyapunov
/// equation by central differences of its closed form, so that nothing here shares the engine's own chain rule.
std::array<double, kParameterCount> GradientAt(const Occasions& occasions, const Parameters& parameters, Start start) {
  Likelihood likelihood(occasions);
  SystemAdjoint bar;
  EXPECT_TRUE(likelihood.ValueAndGradient(oracle::SystemOf(parameters), start, bar).has_value());
  std::array<double, kParameterCount> gradient{bar.drift.aa, bar.drift.ab, bar.drift.ba, bar.drift.bb, 0, 0, 0,
                                               bar.noise.a,  bar.noise.b,  bar.mean.a,   bar.mean.b};
  using D = oracle::Dual<7>;
  std::array<D, kParameterCount> p;
  for (std::size_t i = 0; i < kParameterCount; ++i) p[i] = i < 7 ? D::Variable(parameters[i], i) : D(parameters[i]);
  const oracle::PlainSystem<D> system(p);
  for (std::size_t i = 0; i < 7; ++i) {
    gradient[i] += bar.stationary.aa * system.P[0][0].slope[i] + 2 * bar.stationary.ab * system.P[0][1].slope[i] +
                   bar.stationary.bb * system.P[1][1].slope[i];
  }
  return gradient;
}

TEST(LogLikelihood, IsTheDensityOfOneLargeNormal) {
  core::RandomStream stream({.seed = 41});
  for (int i = 0; i < 100; ++i) {
    const Parameters parameters = oracle::RandomParameters(stream);
    const auto diary = oracle::RandomDiary(stream, 12);
    for (const Start start : kStarts) {
      const double expected = oracle::DenseLogLikelihood(parameters, start, diary);
      ASSERT_NEAR(ValueAt(OneDyad(diary), parameters, start), expected, 1e-9 * (1 + std::fabs(expected)));
    }
  }
}

TEST(LogLikelihood, AddsUpOverDyads) {
  core::RandomStream stream({.seed = 42});
  const Parameters parameters = oracle::RandomParameters(stream);
  Occasions together;
  double sum = 0;
  for (int dyad = 0; dyad < 5; ++dyad) {
    const auto diary = oracle::RandomDiary(stream, 20);
    together.AddDyad(diary);
    sum += ValueAt(OneDyad(diary), parameters, Start::kUnit);
  }
  EXPECT_NEAR(ValueAt(together, parameters, Start::kUnit), sum, 1e-9);
}

TEST(LogLikelihood, DoesNotChangeWhenTheTwoChangeSides) {
  core::RandomStream stream({.seed = 43});
  const Parameters p = oracle::RandomParameters(stream);
  const Parameters swapped{p[3], p[2], p[1], p[0], p[6], p[5], p[4], p[8], p[7], p[10], p[9]};
  const auto diary = oracle::RandomDiary(stream, 50);
  auto mirrored = diary;
  for (Observation& now : mirrored) std::swap(now.own.a, now.own.b);
  for (const Start start : kStarts) {
    EXPECT_NEAR(ValueAt(OneDyad(diary), p, start), ValueAt(OneDyad(mirrored), swapped, start), 1e-9);
  }
}

TEST(LogLikelihood, BeginsAUnitStartAtTheFirstCheckInEvenWhenNobodyAnsweredIt) {
  core::RandomStream stream({.seed = 44});
  const Parameters parameters = oracle::RandomParameters(stream);
  const std::vector<Observation> diary{{.time = {0}, .own = {}},
                                       {.time = {0.7}, .own = {.a = 1.0, .b = {}}},
                                       {.time = {1.5}, .own = {.a = 2.0, .b = 1.0}}};
  EXPECT_NEAR(ValueAt(OneDyad(diary), parameters, Start::kUnit),
              oracle::DenseLogLikelihood(parameters, Start::kUnit, diary), 1e-10);
}

TEST(LogLikelihood, TakesAnswersWithoutNoise) {
  core::RandomStream stream({.seed = 45});
  Parameters parameters = oracle::RandomParameters(stream);
  parameters[Parameter::kRa] = parameters[Parameter::kRb] = 0;
  const auto diary = oracle::RandomDiary(stream, 12);
  const double expected = oracle::DenseLogLikelihood(parameters, Start::kStationary, diary);
  EXPECT_NEAR(ValueAt(OneDyad(diary), parameters, Start::kStationary) / expected, 1, 1e-10);
}

TEST(LogLikelihood, SaysNothingWhereAnAnswerIsImpossible) {
  // Without noise and with one stream of jolts for both, two answers at once have a singular covariance.
  const auto system = System::Create({-1, 0, 0, -1}, {1, 1, 1}, {0, 0}, {0, 0});
  ASSERT_TRUE(system.has_value());
  const Occasions occasions = OneDyad({{.time = {0}, .own = {.a = 1.0, .b = 2.0}}});
  Likelihood likelihood(occasions);
  SystemAdjoint adjoint;
  EXPECT_FALSE(likelihood.Value(*system, Start::kStationary).has_value());
  EXPECT_FALSE(likelihood.ValueAndGradient(*system, Start::kStationary, adjoint).has_value());
}

TEST(LogLikelihood, KeepsNineDigitsOverAVeryLongDiary) {
  const std::size_t rows = std::getenv("SELVEDGE_NIGHTLY") != nullptr ? 1'000'000 : 50'000;
  core::RandomStream stream({.seed = 46});
  const Parameters parameters = oracle::RandomParameters(stream);
  const auto diary = oracle::RandomDiary(stream, rows);
  std::array<long double, kParameterCount> precise{};
  std::ranges::copy(parameters, precise.begin());
  const double expected =
      static_cast<double>(oracle::PlainLogLikelihood<long double>(precise, Start::kStationary, diary));
  EXPECT_NEAR(ValueAt(OneDyad(diary), parameters, Start::kStationary) / expected, 1, 1e-9);
}

TEST(Gradient, EqualsDualNumbers) {
  core::RandomStream stream({.seed = 47});
  for (int i = 0; i < 60; ++i) {
    const Parameters parameters = oracle::RandomParameters(stream);
    const auto diary = oracle::RandomDiary(stream, 30);
    for (const Start start : kStarts) {
      using D = oracle::Dual<kParameterCount>;
      std::array<D, kParameterCount> duals;
      for (std::size_t p = 0; p < kParameterCount; ++p) duals[p] = D::Variable(parameters[p], p);
      const D expected = oracle::PlainLogLikelihood<D>(duals, start, diary);
      const auto actual = GradientAt(OneDyad(diary), parameters, start);
      double size = 0;
      for (const double slope : expected.slope) size = std::fmax(size, std::fabs(slope));
      for (std::size_t p = 0; p < kParameterCount; ++p) {
        ASSERT_NEAR(actual[p], expected.slope[p], 1e-10 * (1 + size)) << kParameterNames[p];
      }
    }
  }
}

TEST(Gradient, EqualsCentralDifferences) {
  core::RandomStream stream({.seed = 48});
  for (int i = 0; i < 20; ++i) {
    const Parameters parameters = oracle::RandomParameters(stream);
    const Occasions occasions = OneDyad(oracle::RandomDiary(stream, 40));
    for (const Start start : kStarts) {
      const auto gradient = GradientAt(occasions, parameters, start);
      double size = 0;
      for (const double slope : gradient) size = std::fmax(size, std::fabs(slope));
      for (std::size_t p = 0; p < kParameterCount; ++p) {
        constexpr double kStep = 1e-6;
        Parameters above = parameters;
        Parameters below = parameters;
        above[p] += kStep;
        below[p] -= kStep;
        const double difference = (ValueAt(occasions, above, start) - ValueAt(occasions, below, start)) / (2 * kStep);
        ASSERT_NEAR(gradient[p], difference, 1e-6 * (1 + size)) << kParameterNames[p];
      }
    }
  }
}

TEST(Likelihood, AllocatesNothingOnceItHasRun) {
  core::RandomStream stream({.seed = 49});
  const System system = oracle::SystemOf(oracle::RandomParameters(stream));
  const Occasions occasions = OneDyad(oracle::RandomDiary(stream, 500));
  Likelihood likelihood(occasions);
  SystemAdjoint adjoint;
  ASSERT_TRUE(likelihood.ValueAndGradient(system, Start::kUnit, adjoint).has_value());
  const std::size_t before = allocations;
  for (int i = 0; i < 10; ++i) {
    const auto value = likelihood.Value(system, Start::kStationary);
    const auto gradient = likelihood.ValueAndGradient(system, Start::kStationary, adjoint);
    if (!value || !gradient) break;
  }
  EXPECT_EQ(allocations, before);
  EXPECT_GT(before, 0U);  // the counter counts
}

}  // namespace
}  // namespace selvedge::dynamics
