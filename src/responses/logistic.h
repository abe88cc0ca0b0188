#pragma once

#include <Eigen/Core>
#include <optional>
#include <span>
#include <vector>

#include "core/function_ref.h"
#include "numerics/estimate.h"

/// Bayesian logistic regression with few coefficients: how often something happens, and on what that turns.
///
///     yes_i ~ Binomial(count_i, p_i)      logit p_i = x_i · θ      θ_j ~ N(centre_j, sd_j²), independent
namespace selvedge::responses {

inline constexpr int kMostCoefficients = 3;

using Coefficients = Eigen::Matrix<double, Eigen::Dynamic, 1, Eigen::ColMajor, kMostCoefficients, 1>;
using CoefficientMatrix =
    Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, kMostCoefficients, kMostCoefficients>;

/// Occasions that share their covariates, and on how many the answer was yes. Both may be fractions, where occasions
/// count for less than one each.
struct Trials {
  Coefficients covariates;
  double yes = 0;
  double count = 0;
};

/// What is thought of the coefficients beforehand. An infinite sd says nothing about that one.
struct NormalPrior {
  Coefficients centre;
  Coefficients sd;
};

/// 1 / (1 + e^−η), and its inverse.
[[nodiscard]] double Logistic(double log_odds);
[[nodiscard]] double LogOdds(double probability);

/// log Σ_y-free likelihood: Σ yes η − count log(1 + e^η), without the binomial coefficient, which no coefficient moves.
[[nodiscard]] double LogLikelihood(std::span<const Trials> trials, const Coefficients& coefficients);

struct Mode {
  Coefficients coefficients;
  CoefficientMatrix covariance;  ///< inverse of the curvature there
  double log_density = 0;        ///< likelihood × prior there; a flat part of the prior counts as 1
};

/// The most probable coefficients, by Newton steps: the density is log-concave, so there is one at most.
/// Nothing where there is none, as in separated data without a prior, or where the data leave a direction open.
[[nodiscard]] std::optional<Mode> FindMode(std::span<const Trials> trials, const NormalPrior& prior);

/// Evidence, mean and covariance of the posterior by adaptive Gauss–Hermite quadrature about its mode; a proper prior.
struct PosteriorMoments {
  double log_evidence = 0;
  Coefficients mean;
  CoefficientMatrix covariance;
};
[[nodiscard]] PosteriorMoments IntegratePosterior(std::span<const Trials> trials, const NormalPrior& prior);

/// How the data favour a last coefficient that is not 0 over one that is: the ratio of the two evidences, for a proper
/// prior and at least two coefficients.
[[nodiscard]] double OddsOfLast(std::span<const Trials> trials, const NormalPrior& prior);

/// The posterior as weighted points, from which the distribution of anything follows: a lattice about the mode, with
/// tails wider than the posterior's, corrected to it by weights. No random numbers; probabilities hold to about 0.003.
///
/// Sources: Geweke (1989), Econometrica 57, 1317–1339 (importance weights), doi:10.2307/1913710; Niederreiter (1992),
/// Random Number Generation and Quasi-Monte Carlo Methods, ch. 3 (the lattice: multiples of irrational numbers).
class Posterior {
 public:
  /// A proper prior: every sd finite.
  [[nodiscard]] static Posterior Of(std::span<const Trials> trials, const NormalPrior& prior);

  [[nodiscard]] numerics::Estimate EstimateOf(core::FunctionRef<double(const Coefficients&)> quantity) const;

 private:
  std::vector<Coefficients> points_;
  std::vector<double> weights_;  // sum 1
};

}  // namespace selvedge::responses
