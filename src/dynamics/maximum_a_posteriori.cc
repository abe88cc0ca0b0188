#include <cmath>
#include <cstddef>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

#include "dynamics/coordinates.h"
#include "dynamics/fit.h"
#include "dynamics/likelihood.h"
#include "dynamics/search.h"
#include "numerics/normal.h"

namespace selvedge::dynamics {
namespace {

using numerics::Minimum;
using numerics::Point;
using numerics::SquareMatrix;
using Person = PersonCoordinates::Index;

/// The centre of the prior, moved to the level and size of the answers, and variations in what they may disagree about.
std::vector<Point> PersonStarts(const Point& centre, const core::BySide<Occasions::Summary>& summary,
                                const FitOptions& options) {
  constexpr double kFewest = 5;  // fewer answers say too little about a size to start from it
  Point fitted = centre;
  const double noise_share = options.noise ? 0.45 : 0;
  const auto fit_side = [&](const Occasions::Summary& side, Eigen::Index usual, Eigen::Index spread,
                            Eigen::Index noise) {
    if (side.answers > 0) fitted(usual) = side.mean;
    if (static_cast<double>(side.answers) < kFewest || !(side.sd > 0)) return;
    fitted(spread) = std::log(side.sd * std::sqrt(1 - noise_share));
    if (options.noise) fitted(noise) = std::log(side.sd * std::sqrt(noise_share));
  };
  fit_side(summary.a, Person::kUsualA, Person::kLogSpreadA, Person::kLogNoiseA);
  fit_side(summary.b, Person::kUsualB, Person::kLogSpreadB, Person::kLogNoiseB);

  std::vector<Point> starts{centre, fitted};
  Point slow = fitted;
  slow(Person::kLogReturnA) -= 1;
  slow(Person::kLogReturnB) -= 1;
  slow(Person::kPullA) = slow(Person::kPullB) = 0;
  starts.push_back(slow);
  Point fast = fitted;
  fast(Person::kLogReturnA) += 1;
  fast(Person::kLogReturnB) += 1;
  starts.push_back(fast);
  return starts;
}

/// |Im λ| of the eigenvalues of a drift, 1/day: how fast feelings swing back and forth.
double SwingOf(numerics::Mat2 drift) {
  const double half_difference = 0.5 * (drift.aa - drift.bb);
  return std::sqrt(std::fmax(0, -(half_difference * half_difference + drift.ab * drift.ba)));
}

}  // namespace

Fit FitMaximumAPosteriori(const Occasions& occasions, const FitOptions& options, const Prior& prior) {
  Fit fit;
  const core::BySide<Occasions::Summary> summary = occasions.Summarise();
  if (summary.a.answers + summary.b.answers == 0) {
    fit.status = FitStatus::kTooFewAnswers;
    return fit;
  }
  std::vector<Eigen::Index> free;
  for (Eigen::Index i = 0; i < static_cast<Eigen::Index>(kParameterCount); ++i) {
    if (options.noise || (i != Person::kLogNoiseA && i != Person::kLogNoiseB)) free.push_back(i);
  }

  const Point centre = prior.Centre();
  const Point widths = prior.Widths();
  const double fastest_swing = std::numbers::pi / occasions.MedianGap().count;
  auto minus_log_prior = [&](const Point& z, const System& system, Point& gradient) -> std::optional<double> {
    if (SwingOf(system.drift) >= fastest_swing) return std::nullopt;
    double sum = 0;
    for (const Eigen::Index i : free) {
      if (options.centred && (i == Person::kUsualA || i == Person::kUsualB)) continue;
      const double u = (z(i) - centre(i)) / widths(i);
      gradient(i) += u / widths(i);
      sum += 0.5 * u * u + std::log(widths(i)) + 0.5 * numerics::kLogTwoPi;
    }
    return sum;
  };

  const PersonCoordinates coordinates(options.noise);
  Likelihood likelihood(occasions);
  const Objective objective(likelihood, coordinates, options, minus_log_prior);
  std::optional<Minimum> best;
  std::vector<double> values;
  for (const Point& start : PersonStarts(centre, summary, options)) {
    Minimum found = SearchFrom(objective, FreeCoordinates(start, free), start,
                               {.gradient_tolerance = 1e-4, .value_tolerance = 1e-9, .max_steps = 300});
    fit.evaluations += found.evaluations;
    ++fit.starts;
    if (found.termination == numerics::Termination::kNoValueAtStart) continue;
    values.push_back(found.value);
    if (!best || found.value < best->value) best = found;
  }
  if (!best) return fit;

  const Optimum optimum = Polish(objective, FreeCoordinates(centre, free), *best);
  const Point mode = optimum.coordinates.Full(optimum.minimum.point);
  fit.starts_at_best = CountAtBest(values, optimum.minimum.value);
  fit.evaluations += optimum.minimum.evaluations;
  fit.system = coordinates.SystemAt(mode);
  fit.status = optimum.minimum.termination == numerics::Termination::kConverged ? FitStatus::kConverged
                                                                                : FitStatus::kNotConverged;
  if (fit.system) fit.loglik = likelihood.Value(*fit.system, options.start).value_or(0);
  if (const std::optional<SquareMatrix> covariance = CovarianceFrom(optimum.hessian)) {
    fit.regular = true;
    fit.standard_errors = StandardErrors(coordinates, optimum, *covariance);
    Laplace laplace{
        .mode = mode, .covariance = SquareMatrix::Zero(mode.size(), mode.size()), .with_noise = options.noise};
    for (std::size_t i = 0; i < free.size(); ++i) {
      for (std::size_t j = 0; j < free.size(); ++j) {
        laplace.covariance(free[i], free[j]) =
            (*covariance)(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
      }
    }
    fit.laplace = std::move(laplace);
  }
  return fit;
}

}  // namespace selvedge::dynamics
