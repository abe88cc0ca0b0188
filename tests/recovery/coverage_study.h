#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/random.h"
#include "dynamics/draw.h"
#include "dynamics/fit.h"
#include "dynamics/prior.h"
#include "dynamics/quantities.h"
#include "reading/quantiles.h"

namespace selvedge::recovery {

/// How often the intervals of one reading held the truth.
struct Coverage {
  std::string reading;
  int intervals = 0;
  double half = 0;
  double ninety = 0;
};

/// A diary of one prompt a day, most of them answered.
inline std::vector<dynamics::Observation> DrawDiary(const dynamics::System& system, int days,
                                                    core::RandomStream& stream) {
  constexpr double kAnswered = 0.85;
  std::vector<core::Days> times;
  for (int day = 0; day < days; ++day) times.push_back({static_cast<double>(day)});
  auto diary = dynamics::DrawAnswers(system, dynamics::Start::kStationary, times, stream);
  for (dynamics::Observation& observation : diary) {
    for (const core::Side side : core::kSides) {
      if (stream.Uniform() >= kAnswered) observation.own[side].reset();
    }
  }
  return diary;
}

/// Several readings' coverage as one.
inline Coverage Together(const std::vector<Coverage>& rows) {
  Coverage all{.reading = "all"};
  for (const Coverage& row : rows) {
    all.intervals += row.intervals;
    all.half += row.half / static_cast<double>(rows.size());
    all.ninety += row.ninety / static_cast<double>(rows.size());
  }
  return all;
}

/// The couple of one replicate: what it truly is, and its diary.
struct Replicate {
  core::RandomStream stream;
  dynamics::System truth;
  dynamics::Occasions occasions;
};

inline Replicate DrawReplicate(const dynamics::Prior& prior, int days, int replicate, std::uint64_t seed) {
  core::RandomStream stream({.seed = seed,
                             .subject = static_cast<std::uint32_t>(replicate),
                             .purpose = static_cast<std::uint32_t>(1000 + days)});
  const dynamics::System truth = DrawSystem(prior, stream);
  dynamics::Occasions occasions;
  occasions.AddDyad(DrawDiary(truth, days, stream));
  return {.stream = stream, .truth = truth, .occasions = std::move(occasions)};
}

/// Estimates ± standard errors of maximum likelihood, over all parameters that have them.
inline Coverage MeasureMaximumLikelihood(int days, int replicates, std::uint64_t seed) {
  constexpr double kHalf = 0.6744897501960817;
  constexpr double kNinety = 1.6448536269514722;
  const dynamics::Prior prior = dynamics::Prior::DailyMood();
  Coverage row{.reading = "maximum_likelihood"};
  for (int replicate = 0; replicate < replicates; ++replicate) {
    const Replicate drawn = DrawReplicate(prior, days, replicate, seed);
    const dynamics::Fit fit = FitMaximumLikelihood(drawn.occasions, {});
    if (!fit.system) continue;
    const dynamics::Parameters truth = ParametersOf(drawn.truth);
    const dynamics::Parameters estimate = ParametersOf(*fit.system);
    for (std::size_t p = 0; p < dynamics::kParameterCount; ++p) {
      if (!fit.standard_errors[p]) continue;
      const double distance = std::fabs(estimate[p] - truth[p]) / *fit.standard_errors[p];
      ++row.intervals;
      row.half += distance <= kHalf ? 1 : 0;
      row.ninety += distance <= kNinety ? 1 : 0;
    }
  }
  row.half /= std::max(1, row.intervals);
  row.ninety /= std::max(1, row.intervals);
  return row;
}

/// The intervals of a couple's reading, reading by reading.
inline std::vector<Coverage> MeasureReadings(int days, int replicates, std::uint64_t seed) {
  using core::Side;
  using dynamics::System;
  struct Question {
    const char* reading;
    double (*truth)(const System&, Side);
  };
  constexpr std::array kQuestions{
      Question{"usual_level", [](const System& s, Side side) { return side == Side::kA ? s.mean.a : s.mean.b; }},
      Question{"spread", [](const System& s, Side side) { return dynamics::Spread(s, side); }},
      Question{"half_life", [](const System& s, Side side) { return dynamics::HalfLife(s, side).count; }},
      Question{"pull_after_a_day", [](const System& s, Side side) { return dynamics::PullAfterADay(s, side); }},
      Question{"whose_weather", [](const System& s, Side side) { return dynamics::WeatherOf(s, side).own; }}};
  constexpr std::size_t kDraws = 1000;

  const dynamics::Prior prior = dynamics::Prior::DailyMood();
  std::vector<Coverage> rows;
  for (const Question& question : kQuestions) rows.push_back({.reading = question.reading});
  for (int replicate = 0; replicate < replicates; ++replicate) {
    Replicate drawn = DrawReplicate(prior, days, replicate, seed);
    const System& truth = drawn.truth;
    const dynamics::Fit fit = FitMaximumAPosteriori(drawn.occasions, {}, prior);
    if (!fit.laplace) continue;
    const std::vector<System> draws = DrawSystems(*fit.laplace, kDraws, drawn.stream);
    if (draws.empty()) continue;
    for (std::size_t q = 0; q < kQuestions.size(); ++q) {
      for (const Side side : core::kSides) {
        std::vector<double> values;
        for (const System& draw : draws) values.push_back(kQuestions[q].truth(draw, side));
        std::ranges::sort(values);
        const reading::Estimate estimate = reading::EstimateOf(values);
        const double actual = kQuestions[q].truth(truth, side);
        ++rows[q].intervals;
        rows[q].half += actual >= estimate.half[0] && actual <= estimate.half[1] ? 1 : 0;
        rows[q].ninety += actual >= estimate.ninety[0] && actual <= estimate.ninety[1] ? 1 : 0;
      }
    }
  }
  for (Coverage& row : rows) {
    row.half /= std::max(1, row.intervals);
    row.ninety /= std::max(1, row.intervals);
  }
  return rows;
}

}  // namespace selvedge::recovery
