#include "instruments/cloud.h"

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <Eigen/QR>
#include <algorithm>
#include <array>
#include <cmath>

#include "core/contract.h"
#include "instruments/curve.h"
#include "instruments/score.h"
#include "numerics/exp_minus_one.h"
#include "numerics/normal.h"

namespace selvedge::instruments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double kReach = 6;  // standard deviations of the posterior

/// One of the two curves that bound an answer, at every node: adds min(±z, 0) to `log_sum` and multiplies 1 + e^−|z|
/// into `product`, so that log σ(±z) costs no logarithm; keeps σ(z).
void TakeIn(const VectorXd& slope_theta, double threshold, bool from_above, double* log_sum, double* product,
            double* share) {
  const double sign = from_above ? -1 : 1;
  for (Index q = 0; q < slope_theta.size(); ++q) {
    const double z = slope_theta[q] - threshold;
    const double e = numerics::Exp(-std::fabs(z));
    log_sum[q] += std::fmin(sign * z, 0);
    product[q] *= 1 + e;
    share[q] = (z >= 0 ? 1 : e) / (1 + e);
  }
}

}  // namespace

Cloud::Cloud(const ItemBank& bank)
    : bank_(bank),
      slopes_(bank.Slopes()),
      mean_(VectorXd::Zero(bank.correlations.rows())),
      second_moment_(bank.correlations) {
  const Index dimensions = bank.correlations.rows();
  const Eigen::LLT<MatrixXd> factor(bank.correlations);
  SELVEDGE_EXPECT(factor.info() == Eigen::Success);
  SELVEDGE_EXPECT(bank.dimensions.size() <= kMostMixed);
  precision_ = factor.solve(MatrixXd::Identity(dimensions, dimensions));
  log_prior_ =
      -0.5 * static_cast<double>(dimensions) * numerics::kLogTwoPi - factor.matrixLLT().diagonal().array().log().sum();
}

void Cloud::Set(std::span<const std::uint8_t> answers) {
  // Of everything, beyond all but the last standard deviation: half as much again as a normal has there.
  constexpr std::array<double, kMostMixed> kStillCounts = {9e-7, 6e-6, 2.3e-5};
  const double still_counts = kStillCounts[bank_.dimensions.size() - 1];
  const Mode mode = FindMode(bank_, answers);
  const MatrixXd root = RootFor(mode.covariance, answers);
  const VectorXd steps = StepsFor(root, answers);
  double total = 0;
  double highest = 0;
  for (double reach = kReach;; reach += 2) {
    LayNodes(mode.at, root, steps, reach);
    SetLogPosterior(answers);
    highest = log_posterior_.maxCoeff();
    for (Index q = 0; q < weights_.size(); ++q) weights_[q] = numerics::Exp(log_posterior_[q] - highest);
    total = weights_.sum();
    const double rim = (distance_.array() > reach - 1).select(weights_.array(), 0.0).sum();
    if (rim < still_counts * total) break;
  }
  loglik_ =
      highest + std::log(total) + log_prior_ + std::log(std::fabs(root.determinant())) + steps.array().log().sum();
  weights_ /= total;
  mean_.noalias() = nodes_.transpose() * weights_;
  second_moment_.noalias() = nodes_.transpose() * weights_.asDiagonal() * nodes_;
}

/// L with L Lᵀ the covariance, turned so that the steepest curve of those answered runs along the first axis, which
/// alone then needs finer steps for it.
MatrixXd Cloud::RootFor(const MatrixXd& covariance, std::span<const std::uint8_t> answers) const {
  const MatrixXd root = covariance.llt().matrixL();
  VectorXd steepest = VectorXd::Zero(root.cols());
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i] == kUnanswered) continue;
    const VectorXd along = (slopes_.row(static_cast<Index>(i)) * root).transpose();
    if (along.squaredNorm() > steepest.squaredNorm()) steepest = along;
  }
  // The first column of Q is ± that direction.
  return root * MatrixXd(steepest.householderQr().householderQ());
}

/// Along each axis of z: 1, or less where a curve is so steep there that the rule would see its pole.
VectorXd Cloud::StepsFor(const MatrixXd& root, std::span<const std::uint8_t> answers) const {
  constexpr double kFinest = 0.25;  // finer than any curve asks for but those at the end of their range
  VectorXd steepest = VectorXd::Zero(root.cols());
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i] == kUnanswered) continue;
    steepest = steepest.cwiseMax((slopes_.row(static_cast<Index>(i)) * root).transpose().cwiseAbs());
  }
  return steepest.cwiseMax(1).cwiseInverse().cwiseMax(kFinest);
}

/// Every position of the lattice within `reach` of the mode.
void Cloud::LayNodes(const VectorXd& mode, const MatrixXd& root, const VectorXd& steps, double reach) {
  const Index dimensions = mode.size();
  VectorXd z(dimensions);
  places_.clear();
  const auto lay = [&](auto&& self, Index axis, double left) -> void {
    if (axis == dimensions) {
      places_.insert(places_.end(), z.begin(), z.end());
      return;
    }
    const double far = std::floor(std::sqrt(left) / steps[axis]);
    for (double at = -far; at <= far; ++at) {
      z[axis] = at * steps[axis];
      self(self, axis + 1, left - z[axis] * z[axis]);
    }
  };
  lay(lay, 0, reach * reach);
  const Index count = static_cast<Index>(places_.size()) / dimensions;
  const Eigen::Map<const MatrixXd> in_z(places_.data(), dimensions, count);
  distance_ = in_z.colwise().norm();
  nodes_ = (root * in_z).transpose().rowwise() + mode.transpose();
  weights_.resize(count);
}

/// Up to a constant: −½ θᵀ R⁻¹ θ + log P of every answer.
void Cloud::SetLogPosterior(std::span<const std::uint8_t> answers) {
  constexpr int kProductHolds = 500;  // factors of at most 2
  const Index count = nodes_.rows();
  shares_.resize(count, 2 * slopes_.rows());
  log_posterior_ = -0.5 * (nodes_ * precision_).cwiseProduct(nodes_).rowwise().sum();
  VectorXd product = VectorXd::Ones(count);
  VectorXd slope_theta(count);
  int factors = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i] == kUnanswered) continue;
    const Curve& curve = bank_.items[i].curve;
    const std::size_t k = answers[i];
    slope_theta.noalias() = nodes_ * slopes_.row(static_cast<Index>(i)).transpose();
    double* const lower = shares_.col(static_cast<Index>(2 * i)).data();
    double* const upper = shares_.col(static_cast<Index>(2 * i + 1)).data();
    if (k > 0) {
      TakeIn(slope_theta, curve.thresholds[k - 1], false, log_posterior_.data(), product.data(), lower);
    } else {
      std::fill_n(lower, count, 1.0);
    }
    if (k < curve.thresholds.size()) {
      TakeIn(slope_theta, curve.thresholds[k], true, log_posterior_.data(), product.data(), upper);
    } else {
      std::fill_n(upper, count, 0.0);
    }
    log_posterior_.array() += LogWidth(curve, k);
    factors += 2;
    if (factors > kProductHolds) {
      log_posterior_.array() -= product.array().log();
      product.setOnes();
      factors = 0;
    }
  }
  log_posterior_.array() -= product.array().log();
}

}  // namespace selvedge::instruments
