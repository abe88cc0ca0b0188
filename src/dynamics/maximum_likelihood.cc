#include <algorithm>
#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <utility>
#include <vector>

#include "dynamics/coordinates.h"
#include "dynamics/fit.h"
#include "dynamics/likelihood.h"
#include "dynamics/search.h"

namespace selvedge::dynamics {
namespace {

using numerics::Minimum;
using numerics::Point;
using numerics::SquareMatrix;
using Stable = StableCoordinates::Index;

/// A place to start from, in what fits disagree about; in units of each person's spread and of the median gap.
struct Guess {
  core::BySide<double> noise_share;
  core::BySide<double> return_rate;
  double turn = 0;    ///< K, relative to the return rates
  double shared = 0;  ///< correlation of the two

  [[nodiscard]] Guess Mirrored() const {
    return {.noise_share = {noise_share.b, noise_share.a},
            .return_rate = {return_rate.b, return_rate.a},
            .turn = -turn,
            .shared = shared};
  }
};

Point StartFrom(const Guess& guess, bool noise) {
  const double signal_a = std::sqrt(noise ? 1 - guess.noise_share.a : 1);
  const double signal_b = std::sqrt(noise ? 1 - guess.noise_share.b : 1);
  const double jolt_a = std::sqrt(2 * guess.return_rate.a) * signal_a;
  const double jolt_b = std::sqrt(2 * guess.return_rate.b) * signal_b;
  const double apart = std::sqrt(1 - guess.shared * guess.shared);
  Point point = Point::Zero(static_cast<Eigen::Index>(kParameterCount));
  point(Stable::kLogPaa) = std::log(signal_a);
  point(Stable::kPba) = guess.shared * signal_b;
  point(Stable::kLogPbb) = std::log(apart * signal_b);
  point(Stable::kQaa) = jolt_a;
  point(Stable::kQba) = guess.shared * jolt_b;
  point(Stable::kQbb) = apart * jolt_b;
  point(Stable::kTurn) =
      guess.turn * std::sqrt(guess.return_rate.a * guess.return_rate.b) * signal_a * signal_b * apart;
  point(Stable::kNoiseA) = noise ? std::sqrt(guess.noise_share.a) : 0;
  point(Stable::kNoiseB) = noise ? std::sqrt(guess.noise_share.b) : 0;
  return point;
}

/// Every guess that treats the two differently comes with its mirror image, so that no side is favoured.
std::vector<Guess> Guesses(Search search) {
  std::vector<Guess> guesses;
  const auto add_both_ways = [&](const Guess& guess) {
    guesses.push_back(guess);
    guesses.push_back(guess.Mirrored());
  };
  add_both_ways({.noise_share = {0.05, 0.5}, .return_rate = {1, 1}, .turn = -0.5, .shared = 0.6});
  add_both_ways({.noise_share = {0.3, 0.3}, .return_rate = {0.03, 0.03}, .turn = 0.4, .shared = 0.7});
  add_both_ways({.noise_share = {0.44, 0.616}, .return_rate = {0.557, 2.5}, .turn = -1, .shared = 0.36});
  add_both_ways({.noise_share = {0.2, 0.2}, .return_rate = {0.1, 1}, .turn = 0, .shared = 0.3});
  guesses.push_back({.noise_share = {0.05, 0.05}, .return_rate = {0.03, 0.03}, .turn = 0, .shared = 0});
  if (search == Search::kWide) {
    for (const double noise_share : {0.1, 0.45, 0.6}) {
      for (const double rate : {0.03, 0.1, 0.3, 1.0, 2.0}) {
        for (const double shared : {0.0, 0.6, 0.75}) {
          guesses.push_back(
              {.noise_share = {noise_share, noise_share}, .return_rate = {rate, rate}, .turn = 0, .shared = shared});
        }
      }
    }
    for (const double turn : {-2.0, -0.5, 0.5, 2.0}) {
      for (const double rate : {0.1, 0.4}) {
        guesses.push_back({.noise_share = {0.45, 0.45}, .return_rate = {rate, rate}, .turn = turn, .shared = 0.6});
        if (turn > 0) add_both_ways({.noise_share = {0.1, 0.1}, .return_rate = {0.3, 2}, .turn = turn, .shared = rate});
      }
    }
  }
  return guesses;
}

/// Tries to hold one more coordinate (or two) at zero, and keeps it there if nothing is lost by it.
bool TryBoundary(const Objective& objective, Optimum& optimum, std::initializer_list<Eigen::Index> at_zero) {
  constexpr double kNothingLost = 1e-6;
  Point full = optimum.coordinates.Full(optimum.minimum.point);
  std::vector<Eigen::Index> free = optimum.coordinates.free();
  for (const Eigen::Index index : at_zero) {
    full(index) = 0;
    std::erase(free, index);
  }
  const FreeCoordinates coordinates(full, free);
  Optimum held = Polish(objective, coordinates, SearchFrom(objective, coordinates, full, {}));
  if (held.minimum.termination == numerics::Termination::kNoValueAtStart) return false;
  if (!(held.minimum.value <= optimum.minimum.value + kNothingLost)) return false;
  held.minimum.evaluations += optimum.minimum.evaluations;
  optimum = std::move(held);
  return true;
}

/// Names the boundaries an optimum lies on. A coordinate counts as possibly there when it is small beside the data.
std::vector<Boundary> SettleBoundaries(const Objective& objective, Optimum& optimum) {
  constexpr double kSmall = 0.05;  // as SD, in units of the answers' SD
  std::vector<Boundary> boundaries;
  const auto is_small = [&](Eigen::Index index) {
    const std::vector<Eigen::Index>& free = optimum.coordinates.free();
    return std::ranges::find(free, index) != free.end() &&
           std::fabs(optimum.coordinates.Full(optimum.minimum.point)(index)) < kSmall;
  };
  if (is_small(Stable::kNoiseA) && TryBoundary(objective, optimum, {Stable::kNoiseA}))
    boundaries.push_back(Boundary::kNoiseA);
  if (is_small(Stable::kNoiseB) && TryBoundary(objective, optimum, {Stable::kNoiseB}))
    boundaries.push_back(Boundary::kNoiseB);
  if (is_small(Stable::kQaa) && TryBoundary(objective, optimum, {Stable::kQaa, Stable::kQba})) {
    boundaries.push_back(Boundary::kJoltsA);
  } else if (is_small(Stable::kQbb)) {
    if (is_small(Stable::kQba) && TryBoundary(objective, optimum, {Stable::kQba, Stable::kQbb})) {
      boundaries.push_back(Boundary::kJoltsB);
    } else if (TryBoundary(objective, optimum, {Stable::kQbb})) {
      boundaries.push_back(Boundary::kJoltsSingular);
    }
  }
  return boundaries;
}

void ForgetErrorsAtBoundaries(Fit& fit) {
  for (const Boundary boundary : fit.boundaries) {
    switch (boundary) {
      case Boundary::kNoiseA:
        fit.standard_errors[Parameter::kRa].reset();
        break;
      case Boundary::kNoiseB:
        fit.standard_errors[Parameter::kRb].reset();
        break;
      case Boundary::kJoltsA:
      case Boundary::kJoltsB:
      case Boundary::kJoltsSingular:
        fit.standard_errors[Parameter::kQaa].reset();
        fit.standard_errors[Parameter::kQab].reset();
        fit.standard_errors[Parameter::kQbb].reset();
        break;
      case Boundary::kDriftFast:
        fit.standard_errors = {};
        break;
    }
  }
}

/// The return of the faster of the two directions of a drift, 1/day.
double FastestReturn(numerics::Mat2 drift) {
  const double half_difference = 0.5 * (drift.aa - drift.bb);
  const double root = std::sqrt(std::fmax(0, half_difference * half_difference + drift.ab * drift.ba));
  return root - 0.5 * Trace(drift);
}

/// Whether what is left of an upset after even the shortest gap is below rounding.
bool IsTooFastToSee(const System& system, const Occasions& occasions) {
  constexpr double kNothingLeft = 36;  // e^{-36} ≈ 2e-16
  if (occasions.gaps().empty()) return false;
  return FastestReturn(system.drift) * std::ranges::min(occasions.gaps()) > kNothingLeft;
}

/// What keeps a fit from being tried at all.
std::optional<FitStatus> Obstacle(const core::BySide<Occasions::Summary>& summary, std::size_t free_parameters) {
  if (summary.a.answers == 0 || summary.b.answers == 0) return FitStatus::kPartnerAbsent;
  if (summary.a.answers + summary.b.answers < free_parameters) return FitStatus::kTooFewAnswers;
  if (!(summary.a.sd > 0) || !(summary.b.sd > 0)) return FitStatus::kNothingVaries;
  return std::nullopt;
}

}  // namespace

Fit FitMaximumLikelihood(const Occasions& occasions, const FitOptions& options) {
  Fit fit;
  const core::BySide<Occasions::Summary> summary = occasions.Summarise();
  std::vector<Eigen::Index> free;
  for (Eigen::Index i = 0; i < static_cast<Eigen::Index>(kParameterCount); ++i) {
    if (options.noise || (i != Stable::kNoiseA && i != Stable::kNoiseB)) free.push_back(i);
  }
  if (const std::optional<FitStatus> obstacle = Obstacle(summary, free.size())) {
    fit.status = *obstacle;
    return fit;
  }

  const StableCoordinates coordinates({.spread = {summary.a.sd, summary.b.sd},
                                       .centre = {summary.a.mean, summary.b.mean},
                                       .days = occasions.MedianGap().count});
  Likelihood likelihood(occasions);
  auto no_penalty = [](const Point&, const System&, Point&) { return std::optional(0.0); };
  const Objective objective(likelihood, coordinates, options, no_penalty);

  // Each search stops where further steps change the log-likelihood by less than matters; the best is then polished.
  constexpr numerics::SearchOptions kRough{.gradient_tolerance = 1e-5, .value_tolerance = 1e-8, .max_steps = 200};
  std::optional<Minimum> best;
  std::vector<double> values;
  for (const Guess& guess : Guesses(options.search)) {
    const Point start = StartFrom(guess, options.noise);
    Minimum found = SearchFrom(objective, FreeCoordinates(start, free), start, kRough);
    fit.evaluations += found.evaluations;
    ++fit.starts;
    if (found.termination == numerics::Termination::kNoValueAtStart) continue;
    values.push_back(found.value);
    if (!best || found.value < best->value) best = found;
  }
  if (!best) return fit;

  const FreeCoordinates all(Point::Zero(static_cast<Eigen::Index>(kParameterCount)), free);
  Optimum optimum = Polish(objective, all, *best);
  fit.boundaries = SettleBoundaries(objective, optimum);
  fit.starts_at_best = CountAtBest(values, optimum.minimum.value);
  fit.evaluations += optimum.minimum.evaluations;
  fit.loglik = -optimum.minimum.value;
  fit.system = coordinates.SystemAt(optimum.coordinates.Full(optimum.minimum.point));
  fit.status = optimum.minimum.termination == numerics::Termination::kConverged ? FitStatus::kConverged
                                                                                : FitStatus::kNotConverged;

  if (fit.system && IsTooFastToSee(*fit.system, occasions)) fit.boundaries.push_back(Boundary::kDriftFast);
  if (const std::optional<SquareMatrix> covariance = CovarianceFrom(optimum.hessian)) {
    fit.regular = true;
    fit.standard_errors = StandardErrors(coordinates, optimum, *covariance);
  }
  ForgetErrorsAtBoundaries(fit);
  return fit;
}

}  // namespace selvedge::dynamics
