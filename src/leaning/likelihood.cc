#include "leaning/likelihood.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace selvedge::leaning {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

core::Error NoCovariance(std::string what) {
  return {.code = core::ErrorCode::kNotPositiveDefinite,
          .message = "The covariance of " + std::move(what) + " is not one.",
          .remedy =
              "Give a symmetric matrix of the right size whose variances are above 0 and whose correlations fit "
              "together.",
          .place = {}};
}

core::Result<MatrixXd> Inverse(const MatrixXd& covariance, Eigen::Index size, const char* what) {
  if (covariance.rows() != size || covariance.cols() != size || !covariance.allFinite() ||
      !covariance.isApprox(covariance.transpose())) {
    return std::unexpected(NoCovariance(what));
  }
  const Eigen::LLT<MatrixXd> factor(covariance);
  MatrixXd inverse = factor.solve(MatrixXd::Identity(size, size));
  if (factor.info() != Eigen::Success || !inverse.allFinite()) return std::unexpected(NoCovariance(what));
  return inverse;
}

core::Result<void> NeedFinite(const VectorXd& values) {
  if (values.allFinite()) return {};
  return std::unexpected(core::Error{.code = core::ErrorCode::kNotFinite,
                                     .message = "An estimate is not a finite number.",
                                     .remedy = "Leave out what has no estimate.",
                                     .place = {}});
}

}  // namespace

core::Result<Likelihood> FromEstimate(const VectorXd& estimate, const MatrixXd& covariance) {
  SELVEDGE_TRY_VOID(NeedFinite(estimate));
  const MatrixXd precision = SELVEDGE_TRY(Inverse(covariance, estimate.size(), "an estimate"));
  return Likelihood{.information = precision * estimate, .precision = precision};
}

core::Result<Likelihood> FromEstimate(double estimate, double standard_error) {
  if (!(standard_error > 0)) return std::unexpected(NoCovariance("an estimate"));
  if (standard_error == std::numeric_limits<double>::infinity()) {
    return Likelihood{.information = VectorXd::Zero(1), .precision = MatrixXd::Zero(1, 1)};
  }
  return FromEstimate(VectorXd::Constant(1, estimate), MatrixXd::Constant(1, 1, standard_error * standard_error));
}

core::Result<Likelihood> RemovePrior(const VectorXd& mean, const MatrixXd& covariance, const VectorXd& prior_mean,
                                     const MatrixXd& prior_covariance) {
  SELVEDGE_TRY_VOID(NeedFinite(mean));
  SELVEDGE_TRY_VOID(NeedFinite(prior_mean));
  const MatrixXd posterior = SELVEDGE_TRY(Inverse(covariance, mean.size(), "a posterior"));
  const MatrixXd prior = SELVEDGE_TRY(Inverse(prior_covariance, prior_mean.size(), "a prior"));
  if (mean.size() != prior_mean.size()) return std::unexpected(NoCovariance("a prior"));
  const MatrixXd difference = posterior - prior;
  const double rounding = 1e-10 * (posterior.norm() + prior.norm());
  const Eigen::SelfAdjointEigenSolver<MatrixXd> parts(0.5 * (difference + difference.transpose()));
  if (parts.info() != Eigen::Success || !(parts.eigenvalues().minCoeff() >= -rounding)) {
    return std::unexpected(core::Error{.code = core::ErrorCode::kNotPositiveDefinite,
                                       .message = "A score is less certain than the prior it was scored under.",
                                       .remedy = "Give the posterior together with the prior that led to it.",
                                       .place = {}});
  }
  // A direction the answers say nothing about says exactly nothing.
  const VectorXd precisions =
      (parts.eigenvalues().array() > rounding).select(parts.eigenvalues().array(), 0.0).matrix();
  const MatrixXd& directions = parts.eigenvectors();
  const VectorXd information = directions.transpose() * (posterior * mean - prior * prior_mean);
  return Likelihood{.information = directions * (precisions.array() > 0).select(information.array(), 0.0).matrix(),
                    .precision = directions * precisions.asDiagonal() * directions.transpose()};
}

}  // namespace selvedge::leaning
