#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

#include "instruments/item_bank.h"

namespace selvedge::instruments {

/// What one person's answers say about where they are, when items may be about all dimensions at once: p(θ | answers)
/// on a lattice of its own around its mode, as adaptive quadrature has it [1]. One lattice for everybody would need a
/// node wherever anybody could be, on every dimension times every other; the cloud of one person is small.
///
/// The lattice is even in z, θ = mode + L z with L Lᵀ the inverse curvature at the mode, and the rule is the trapezoid
/// one, whose error is about 2 exp(−2π² / h²) for a normal posterior and exp(−2π² / (a h)) for a curve of slope a along
/// an axis (grid.h). Steps of at most 1 and 1 / a leave 1e-8, and up to 1e-6 for posteriors of few answers, which are
/// far from normal. It ends at six standard deviations, or further out where what lies there still counts, which a
/// log-concave posterior tells at its rim.
///
/// A workspace: made once for a bank, then set to one person after the other.
///
/// [1] Naylor & Smith (1982), Applied Statistics 31(3), 214–225, doi:10.2307/2347995.
class Cloud {
 public:
  /// @param bank  must outlive this; at most kMostMixed dimensions
  explicit Cloud(const ItemBank& bank);

  /// Takes the answers in; any may be missing.
  void Set(std::span<const std::uint8_t> answers);

  /// log p(answers); 0 for a person without any.
  [[nodiscard]] double loglik() const { return loglik_; }
  /// E[θ | answers] and E[θ θᵀ | answers].
  [[nodiscard]] const Eigen::VectorXd& mean() const { return mean_; }
  [[nodiscard]] const Eigen::MatrixXd& second_moment() const { return second_moment_; }
  [[nodiscard]] Eigen::MatrixXd Covariance() const { return second_moment_ - mean_ * mean_.transpose(); }

  /// The nodes, one a row, and their shares of the posterior, which add up to 1.
  [[nodiscard]] const Eigen::MatrixXd& nodes() const { return nodes_; }
  [[nodiscard]] const Eigen::VectorXd& weights() const { return weights_; }

  /// σ(z_k) and σ(z_{k+1}) of the answer k that was given to an item, at every node. Only for items that were answered.
  [[nodiscard]] auto Lower(std::size_t item) const { return shares_.col(static_cast<Eigen::Index>(2 * item)); }
  [[nodiscard]] auto Upper(std::size_t item) const { return shares_.col(static_cast<Eigen::Index>(2 * item + 1)); }

 private:
  void LayNodes(const Eigen::VectorXd& mode, const Eigen::MatrixXd& root, const Eigen::VectorXd& steps, double reach);
  [[nodiscard]] Eigen::MatrixXd RootFor(const Eigen::MatrixXd& covariance, std::span<const std::uint8_t> answers) const;
  [[nodiscard]] Eigen::VectorXd StepsFor(const Eigen::MatrixXd& root, std::span<const std::uint8_t> answers) const;
  void SetLogPosterior(std::span<const std::uint8_t> answers);

  const ItemBank& bank_;
  Eigen::MatrixXd slopes_;      // items × dimensions
  Eigen::MatrixXd precision_;   // R⁻¹
  double log_prior_ = 0;        // log density of N(0, R) at 0
  std::vector<double> places_;  // z of every node, one after the other
  Eigen::MatrixXd nodes_;
  Eigen::VectorXd distance_;  // of each from the mode, in standard deviations
  Eigen::VectorXd log_posterior_;
  Eigen::VectorXd weights_;
  Eigen::MatrixXd shares_;  // nodes × 2 items
  double loglik_ = 0;
  Eigen::VectorXd mean_;
  Eigen::MatrixXd second_moment_;
};

}  // namespace selvedge::instruments
