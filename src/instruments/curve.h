#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <optional>
#include <span>

#include "instruments/grid.h"
#include "instruments/item_bank.h"

namespace selvedge::instruments {

/// σ(z_k) = P(X ≥ k | θ), for k = 0 … categories: 1 for k = 0, 0 for the last.
[[nodiscard]] double ShareAtLeast(const Curve& curve, std::size_t k, double theta);

/// log P(X = category | θ), never −∞:
///
///     log P = log σ(z_k) + log σ(−z_{k+1}) + log(1 − e^{−(t_{k+1} − t_k)}),
///
/// which loses no digits where a difference of two shares would.
[[nodiscard]] double LogProbability(const Curve& curve, std::size_t category, double theta);

/// The last term: how wide the category is. 0 for the first and the last.
[[nodiscard]] double LogWidth(const Curve& curve, std::size_t category);
/// Its slope in t_{k+1}, and minus that in t_k: G = 1 / (e^width − 1). Its curvature is −G (1 + G).
[[nodiscard]] double SlopeOfLogWidth(const Curve& curve, std::size_t category);

/// d log P / dθ = a (1 − σ(z_k) − σ(z_{k+1})) and the second derivative −a² (v_k + v_{k+1}), v = σ (1 − σ).
struct ThetaSlopes {
  double first = 0;
  double second = 0;
};
[[nodiscard]] ThetaSlopes SlopesOfLogProbability(const Curve& curve, std::size_t category, double theta);

/// Fisher's information of one answer about θ: a² Σ_k P_k (1 − σ(z_k) − σ(z_{k+1}))².
[[nodiscard]] double Information(const Curve& curve, double theta);

/// The expected log-likelihood of one item, Σ_k Σ_q r_k(q) log P_k(θ_q), with its gradient and negative Hessian in
/// (a, t_1 … t_m). The negative Hessian is positive semidefinite everywhere.
struct ItemLikelihood {
  double value = 0;
  Eigen::VectorXd gradient;
  Eigen::MatrixXd curvature;
};

/// @param counts  categories × nodes, one category after the other: how many people are expected at each node with each
///                answer.
/// @returns       nothing where thresholds do not rise.
[[nodiscard]] std::optional<ItemLikelihood> ExpectedLikelihood(const Curve& curve, std::span<const double> counts,
                                                               const Axis& axis);

}  // namespace selvedge::instruments
