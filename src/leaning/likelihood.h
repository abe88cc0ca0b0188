#pragma once

#include <Eigen/Core>

#include "core/result.h"

namespace selvedge::leaning {

/// What a piece of evidence says about its own quantities z, and nothing else: exp(−½ zᵀ precision z + informationᵀ z),
/// as a function of z. No evidence about a quantity is a row and column of zeros, which an infinite standard error
/// means.
struct Likelihood {
  Eigen::VectorXd information;
  Eigen::MatrixXd precision;  ///< symmetric, positive semidefinite
};

/// An estimate with its covariance of error: precision E⁻¹, information E⁻¹ y. Refuses a covariance that is none.
[[nodiscard]] core::Result<Likelihood> FromEstimate(const Eigen::VectorXd& estimate, const Eigen::MatrixXd& covariance);

/// One number with its standard error; an infinite one is no evidence. Refuses an error that is not above 0.
[[nodiscard]] core::Result<Likelihood> FromEstimate(double estimate, double standard_error);

/// The likelihood that turned the prior N(m₀, V₀) into a posterior with mean m and covariance V:
/// precision V⁻¹ − V₀⁻¹, information V⁻¹ m − V₀⁻¹ m₀. Exact when the likelihood is normal. Several scales scored under
/// a joint prior must be given jointly, or the prior's correlations would be taken for evidence.
///
/// Refuses a posterior wider than its prior in any direction (beyond rounding): a log-concave likelihood, as that of
/// the graded response model, never widens a normal prior [1], so the two do not belong together.
///
/// [1] Brascamp & Lieb (1976), J. Funct. Anal. 22, 366–389, theorem 4.1, doi:10.1016/0022-1236(76)90004-5.
[[nodiscard]] core::Result<Likelihood> RemovePrior(const Eigen::VectorXd& mean, const Eigen::MatrixXd& covariance,
                                                   const Eigen::VectorXd& prior_mean,
                                                   const Eigen::MatrixXd& prior_covariance);

}  // namespace selvedge::leaning
