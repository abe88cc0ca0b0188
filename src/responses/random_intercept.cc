#include "responses/random_intercept.h"

#include <Eigen/Cholesky>
#include <array>
#include <cmath>
#include <limits>

#include "numerics/minimise.h"
#include "responses/quadrature.h"

namespace selvedge::responses {
namespace {

using numerics::Point;

constexpr int kPoints = 15;

/// A couple's log odds without u, and what depends on u.
class Couple {
 public:
  Couple(const std::vector<Trials>& trials, const Coefficients& beta, double sd) : trials_(trials), sd_(sd) {
    for (const Trials& row : trials) base_.push_back(row.covariates.dot(beta));
  }

  /// log p(answers | u) − u² / 2
  [[nodiscard]] double LogDensity(double u) const {
    double sum = -0.5 * u * u;
    for (std::size_t i = 0; i < trials_.size(); ++i) {
      const double log_odds = base_[i] + sd_ * u;
      sum += trials_[i].yes * log_odds -
             trials_[i].count * (std::fmax(log_odds, 0.0) + std::log1p(std::exp(-std::fabs(log_odds))));
    }
    return sum;
  }

  /// Σ (yes − count p) over all rows, and Σ count p (1 − p), at u.
  [[nodiscard]] std::array<double, 2> Slope(double u) const {
    double slope = 0;
    double curvature = 0;
    for (std::size_t i = 0; i < trials_.size(); ++i) {
      const double p = Logistic(base_[i] + sd_ * u);
      slope += trials_[i].yes - trials_[i].count * p;
      curvature += trials_[i].count * p * (1 - p);
    }
    return {slope, curvature};
  }

  /// Adds weight · ∂ log p / ∂β at u.
  void AddScore(double u, double weight, Point& score) const {
    for (std::size_t i = 0; i < trials_.size(); ++i) {
      const double off = trials_[i].yes - trials_[i].count * Logistic(base_[i] + sd_ * u);
      score.head(trials_[i].covariates.size()) += weight * off * trials_[i].covariates;
    }
  }

  struct Peak {
    double u = 0;
    double width = 1;  ///< 1 / √curvature
  };

  /// Where the density of u is highest; it is log-concave.
  [[nodiscard]] Peak FindPeak() const {
    constexpr int kMostSteps = 50;
    constexpr double kSmallStep = 1e-10;
    double u = 0;
    double curvature = 1;
    for (int step = 0; step < kMostSteps; ++step) {
      const auto [slope, bend] = Slope(u);
      curvature = 1 + sd_ * sd_ * bend;
      double move = (sd_ * slope - u) / curvature;
      while (LogDensity(u + move) < LogDensity(u) && std::fabs(move) > kSmallStep) move *= 0.5;
      u += move;
      if (std::fabs(move) <= kSmallStep) break;
    }
    return {.u = u, .width = 1 / std::sqrt(curvature)};
  }

 private:
  const std::vector<Trials>& trials_;
  double sd_;
  std::vector<double> base_;
};

/// log p(answers of a couple), and its gradient in (β, τ) added to `gradient`: expectations over u by the same points.
double AddLogLikelihood(const Couple& couple, const NormalQuadrature& rule, Point& gradient) {
  const Couple::Peak peak = couple.FindPeak();
  const double top = couple.LogDensity(peak.u);
  std::array<double, kPoints> weights{};
  double sum = 0;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    const double z = rule.points[k];
    weights[k] = rule.weights[k] * std::exp(couple.LogDensity(peak.u + peak.width * z) - top + 0.5 * z * z);
    sum += weights[k];
  }
  for (std::size_t k = 0; k < weights.size(); ++k) {
    const double u = peak.u + peak.width * rule.points[k];
    couple.AddScore(u, weights[k] / sum, gradient);
    gradient(gradient.size() - 1) += weights[k] / sum * u * couple.Slope(u)[0];
  }
  return top + std::log(peak.width * sum);
}

/// Standard errors of the first `size` numbers, from the information of the first `free`.
std::optional<Coefficients> StandardErrors(const numerics::SquareMatrix& information, Eigen::Index size,
                                           Eigen::Index free) {
  const numerics::SquareMatrix used = information.topLeftCorner(free, free);
  const Eigen::LLT<numerics::SquareMatrix> factor(used);
  if (factor.info() != Eigen::Success || !used.allFinite()) return std::nullopt;
  const numerics::SquareMatrix covariance = factor.solve(numerics::SquareMatrix::Identity(free, free));
  return covariance.diagonal().head(size).cwiseSqrt();
}

}  // namespace

std::optional<RandomIntercept> FitRandomIntercept(std::span<const std::vector<Trials>> couples) {
  constexpr double kSmallestSd = 1e-3;  // of the log odds: moves no probability by more than 0.00025
  std::vector<Trials> all;
  for (const std::vector<Trials>& couple : couples) all.insert(all.end(), couple.begin(), couple.end());
  if (all.empty()) return std::nullopt;
  const Eigen::Index size = all.front().covariates.size();
  const NormalPrior flat{.centre = Coefficients::Zero(size),
                         .sd = Coefficients::Constant(size, std::numeric_limits<double>::infinity())};
  const std::optional<Mode> pooled = FindMode(all, flat);
  if (!pooled) return std::nullopt;

  const NormalQuadrature rule = GaussHermite(kPoints);
  const auto objective = [&](const Point& point, Point& gradient) -> std::optional<double> {
    double sum = 0;
    gradient.setZero();
    for (const std::vector<Trials>& couple : couples) {
      sum += AddLogLikelihood(Couple(couple, point.head(size), point(size)), rule, gradient);
    }
    gradient = -gradient;
    if (!std::isfinite(sum)) return std::nullopt;
    return -sum;
  };
  // The likelihood is even in τ, so τ = 0 is an ordinary point of it, and no boundary.
  Point start(size + 1);
  start << pooled->coefficients, 0.5;
  std::optional<numerics::SquareMatrix> information;
  const numerics::Minimum minimum =
      numerics::PolishByNewton(objective, numerics::MinimiseBfgs(objective, start, {}), information);

  RandomIntercept fit{.coefficients = minimum.point.head(size),
                      .standard_errors = std::nullopt,
                      .sd = std::fabs(minimum.point(size)),
                      .loglik = -minimum.value,
                      .converged = minimum.termination == numerics::Termination::kConverged};
  if (fit.sd < kSmallestSd) fit.sd = 0;
  if (information) fit.standard_errors = StandardErrors(*information, size, fit.sd > 0 ? size + 1 : size);
  return fit;
}

}  // namespace selvedge::responses
