#include "responses/logistic.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <utility>

#include "core/contract.h"
#include "numerics/normal.h"
#include "responses/quadrature.h"

namespace selvedge::responses {
namespace {

/// log(1 + e^η), without overflow.
double LogOnePlusExp(double log_odds) { return std::fmax(log_odds, 0.0) + std::log1p(std::exp(-std::fabs(log_odds))); }

double LogPrior(const NormalPrior& prior, const Coefficients& theta) {
  double sum = 0;
  for (Eigen::Index j = 0; j < theta.size(); ++j) {
    if (!std::isfinite(prior.sd(j))) continue;
    const double z = (theta(j) - prior.centre(j)) / prior.sd(j);
    sum -= 0.5 * (z * z + numerics::kLogTwoPi) + std::log(prior.sd(j));
  }
  return sum;
}

double LogDensity(std::span<const Trials> trials, const NormalPrior& prior, const Coefficients& theta) {
  return LogLikelihood(trials, theta) + LogPrior(prior, theta);
}

/// The upper half of a mode's neighbourhood: θ = mode + L z, with L Lᵀ its covariance.
CoefficientMatrix RootOf(const CoefficientMatrix& covariance) {
  const Eigen::LLT<CoefficientMatrix> factor(covariance);
  SELVEDGE_EXPECT(factor.info() == Eigen::Success);
  return factor.matrixL();
}

Mode ModeOfProper(std::span<const Trials> trials, const NormalPrior& prior) {
  const std::optional<Mode> mode = FindMode(trials, prior);
  SELVEDGE_EXPECT(mode.has_value());  // a proper normal prior bounds the coefficients
  return *mode;
}

/// The multipliers of the lattice in 1, 2 and 3 dimensions: powers of 1 / φ, where φ^{d+1} = φ + 1.
constexpr std::array<double, kMostCoefficients> kLatticeRoots{1.6180339887498949, 1.3247179572447460,
                                                              1.2207440846057596};

double Quantile(const std::vector<std::pair<double, double>>& sorted, double probability) {
  // Each point stands for the middle of its own weight; between the middles the distribution is a straight line.
  double below = 0;
  double last_middle = 0;
  double last_value = sorted.front().first;
  for (const auto& [value, weight] : sorted) {
    const double middle = below + 0.5 * weight;
    if (middle >= probability) {
      if (middle == last_middle) return value;
      return last_value + (value - last_value) * (probability - last_middle) / (middle - last_middle);
    }
    below += weight;
    last_middle = middle;
    last_value = value;
  }
  return sorted.back().first;
}

}  // namespace

double Logistic(double log_odds) {
  return log_odds >= 0 ? 1 / (1 + std::exp(-log_odds)) : std::exp(log_odds) / (1 + std::exp(log_odds));
}

double LogOdds(double probability) { return std::log(probability) - std::log1p(-probability); }

double LogLikelihood(std::span<const Trials> trials, const Coefficients& coefficients) {
  double sum = 0;
  for (const Trials& row : trials) {
    const double log_odds = row.covariates.dot(coefficients);
    sum += row.yes * log_odds - row.count * LogOnePlusExp(log_odds);
  }
  return sum;
}

std::optional<Mode> FindMode(std::span<const Trials> trials, const NormalPrior& prior) {
  constexpr int kMostSteps = 100;
  constexpr int kMostHalvings = 40;
  constexpr double kHighestLogOdds = 30;     // farther out, probabilities are 0 or 1 to double precision
  constexpr double kSmallDecrement = 1e-20;  // half of it is the rise of the log density still to be had
  const Eigen::Index size = prior.centre.size();
  Coefficients theta = Coefficients::Zero(size);
  Coefficients precision(size);
  for (Eigen::Index j = 0; j < size; ++j) {
    precision(j) = 1 / (prior.sd(j) * prior.sd(j));
    if (std::isfinite(prior.sd(j))) theta(j) = prior.centre(j);
  }
  double value = LogDensity(trials, prior, theta);
  for (int step = 0; step < kMostSteps; ++step) {
    Coefficients gradient = Coefficients::Zero(size);
    for (Eigen::Index j = 0; j < size; ++j) {
      if (precision(j) > 0) gradient(j) = precision(j) * (prior.centre(j) - theta(j));
    }
    CoefficientMatrix curvature = precision.asDiagonal();
    for (const Trials& row : trials) {
      const double p = Logistic(row.covariates.dot(theta));
      gradient += (row.yes - row.count * p) * row.covariates;
      curvature += row.count * p * (1 - p) * row.covariates * row.covariates.transpose();
    }
    const Eigen::LLT<CoefficientMatrix> factor(curvature);
    if (factor.info() != Eigen::Success || !curvature.allFinite()) return std::nullopt;
    const Coefficients move = factor.solve(gradient);
    const double decrement = gradient.dot(move);
    if (!std::isfinite(decrement) || !(move.cwiseAbs().maxCoeff() < 1e6)) return std::nullopt;
    // Rounding in the sums keeps the decrement above zero; the last steps no longer change the value.
    double fraction = 1;
    double next = LogDensity(trials, prior, theta + move);
    for (int halving = 0; halving < kMostHalvings && !(next >= value); ++halving) {
      fraction *= 0.5;
      next = LogDensity(trials, prior, theta + fraction * move);
    }
    const bool settled = decrement <= kSmallDecrement * (1 + std::fabs(value)) || !(next > value);
    if (next >= value) {
      theta += fraction * move;
      value = next;
    }
    if (!settled) continue;
    if (std::ranges::any_of(
            trials, [&](const Trials& row) { return std::fabs(row.covariates.dot(theta)) > kHighestLogOdds; })) {
      return std::nullopt;
    }
    return Mode{.coefficients = theta,
                .covariance = factor.solve(CoefficientMatrix::Identity(size, size)),
                .log_density = value};
  }
  return std::nullopt;
}

PosteriorMoments IntegratePosterior(std::span<const Trials> trials, const NormalPrior& prior) {
  constexpr int kPoints = 17;
  const Mode mode = ModeOfProper(trials, prior);
  const CoefficientMatrix root = RootOf(mode.covariance);
  const NormalQuadrature rule = GaussHermite(kPoints);
  const Eigen::Index size = mode.coefficients.size();

  double sum = 0;
  Coefficients first = Coefficients::Zero(size);
  CoefficientMatrix second = CoefficientMatrix::Zero(size, size);
  std::array<std::size_t, kMostCoefficients> at{};
  const auto advance = [&] {
    for (std::size_t axis = 0; axis < static_cast<std::size_t>(size); ++axis) {
      if (++at[axis] < kPoints) return true;
      at[axis] = 0;
    }
    return false;
  };
  do {
    Coefficients z(size);
    double weight = 1;
    for (Eigen::Index axis = 0; axis < size; ++axis) {
      z(axis) = rule.points[at[static_cast<std::size_t>(axis)]];
      weight *= rule.weights[at[static_cast<std::size_t>(axis)]];
    }
    const Coefficients away = root * z;
    // The rule carries e^{−z²/2}; the integrand must not carry it a second time.
    const double density =
        std::exp(LogDensity(trials, prior, mode.coefficients + away) - mode.log_density + 0.5 * z.squaredNorm());
    sum += weight * density;
    first += weight * density * away;
    second += weight * density * away * away.transpose();
  } while (advance());
  first /= sum;
  const double log_volume = root.diagonal().array().log().sum() + 0.5 * static_cast<double>(size) * numerics::kLogTwoPi;
  return {.log_evidence = mode.log_density + std::log(sum) + log_volume,
          .mean = mode.coefficients + first,
          .covariance = second / sum - first * first.transpose()};
}

double OddsOfLast(std::span<const Trials> trials, const NormalPrior& prior) {
  const Eigen::Index fewer = prior.centre.size() - 1;
  std::vector<Trials> alike(trials.begin(), trials.end());
  for (Trials& row : alike) row.covariates = row.covariates.head(fewer).eval();
  const NormalPrior usual{.centre = prior.centre.head(fewer), .sd = prior.sd.head(fewer)};
  return std::exp(IntegratePosterior(trials, prior).log_evidence - IntegratePosterior(alike, usual).log_evidence);
}

Posterior Posterior::Of(std::span<const Trials> trials, const NormalPrior& prior) {
  constexpr std::size_t kPoints = 4096;
  constexpr double kSpread = 0.75;  // of a logistic distribution: 1.36 standard deviations of the mode's curvature
  const Mode mode = ModeOfProper(trials, prior);
  const CoefficientMatrix root = RootOf(mode.covariance);
  const Eigen::Index size = mode.coefficients.size();
  const double step = 1 / kLatticeRoots[static_cast<std::size_t>(size) - 1];

  Posterior posterior;
  posterior.points_.reserve(kPoints);
  posterior.weights_.reserve(kPoints);
  double sum = 0;
  for (std::size_t k = 0; k < kPoints; ++k) {
    Coefficients z(size);
    double log_proposal = 0;
    double multiplier = 1;
    for (Eigen::Index axis = 0; axis < size; ++axis) {
      multiplier *= step;
      const double whole = 0.5 + static_cast<double>(k) * multiplier;
      const double u = std::clamp(whole - std::floor(whole), 0.5 / kPoints, 1 - 0.5 / kPoints);
      z(axis) = kSpread * LogOdds(u);
      log_proposal += std::log(u) + std::log1p(-u);
    }
    posterior.points_.emplace_back(mode.coefficients + root * z);
    const double weight =
        std::exp(LogDensity(trials, prior, posterior.points_.back()) - mode.log_density - log_proposal);
    posterior.weights_.push_back(weight);
    sum += weight;
  }
  for (double& weight : posterior.weights_) weight /= sum;
  return posterior;
}

numerics::Estimate Posterior::EstimateOf(core::FunctionRef<double(const Coefficients&)> quantity) const {
  std::vector<std::pair<double, double>> sorted;
  sorted.reserve(points_.size());
  for (std::size_t k = 0; k < points_.size(); ++k) sorted.emplace_back(quantity(points_[k]), weights_[k]);
  std::ranges::sort(sorted);
  const auto at = [&](double probability) { return Quantile(sorted, probability); };
  return {.median = at(0.5), .half = {at(0.25), at(0.75)}, .ninety = {at(0.05), at(0.95)}};
}

}  // namespace selvedge::responses
