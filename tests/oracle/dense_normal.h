#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "oracle/plain_filter.h"

namespace selvedge::oracle {

/// The log-density of all answers as one multivariate normal, its covariance written out entry by entry from the
/// process itself: no filter anywhere.
///
/// Cov(x(s), x(t)) = Var(x(s)) exp(Aᵀ(t − s)) for s ≤ t, and Var(x(s)) = P∞, or F I Fᵀ + Q(s) from a unit start.
inline double DenseLogLikelihood(const dynamics::Parameters& parameters, dynamics::Start start,
                                 std::span<const dynamics::Observation> observations) {
  const PlainSystem<double> system(parameters);
  struct Answer {
    double time;
    std::size_t person;
    double value;
  };
  std::vector<Answer> answers;
  for (const auto& now : observations) {
    if (now.own.a) answers.push_back({now.time.count, 0, *now.own.a});
    if (now.own.b) answers.push_back({now.time.count, 1, *now.own.b});
  }
  const double origin = observations.front().time.count;
  const auto variance_at = [&](double time) {
    if (start == dynamics::Start::kStationary) return system.P;
    const auto step = system.Over(time - origin);
    Matrix<double, 2> variance = Product(step.F, Transposed(step.F));
    for (std::size_t i = 0; i < 2; ++i) {
      for (std::size_t j = 0; j < 2; ++j) variance[i][j] += step.Q[i][j];
    }
    return variance;
  };

  const std::size_t n = answers.size();
  std::vector<std::vector<double>> covariance(n, std::vector<double>(n));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i; j < n; ++j) {
      const auto forward = Transposed(system.Over(answers[j].time - answers[i].time).F);
      const auto joint = Product(variance_at(answers[i].time), forward);
      covariance[i][j] = covariance[j][i] = joint[answers[i].person][answers[j].person];
      if (i == j) covariance[i][i] += system.r[answers[i].person];
    }
  }

  // Cholesky and forward substitution.
  double log_likelihood = 0;
  std::vector<double> whitened(n);
  for (std::size_t i = 0; i < n; ++i) {
    double residual = answers[i].value - system.mu[answers[i].person];
    for (std::size_t j = 0; j <= i; ++j) {
      double entry = covariance[i][j];
      for (std::size_t k = 0; k < j; ++k) entry -= covariance[i][k] * covariance[j][k];
      covariance[i][j] = i == j ? std::sqrt(entry) : entry / covariance[j][j];
      if (j < i) residual -= covariance[i][j] * whitened[j];
    }
    whitened[i] = residual / covariance[i][i];
    log_likelihood -= 0.5 * (1.8378770664093454836 + whitened[i] * whitened[i]) + std::log(covariance[i][i]);
  }
  return log_likelihood;
}

}  // namespace selvedge::oracle
