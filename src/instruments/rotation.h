#pragma once

#include <Eigen/Core>

namespace selvedge::instruments {

/// Slopes as factor analysis has them, per standard deviation of the quantity behind an answer: of each item
/// λ = a / √(aᵀ R a + π²/3), since a logistic curve blurs as much as a variance of π² / 3.
///
/// @param slopes  items × dimensions
[[nodiscard]] Eigen::MatrixXd Loadings(const Eigen::MatrixXd& slopes, const Eigen::MatrixXd& correlations);

/// Turns dimensions η ~ N(0, I) into θ = Tᵀ η with correlations Tᵀ T, so that each item is about as few of them as
/// possible: slopes are then A T⁻ᵀ. Of all T with columns of length 1 the one with the smallest
///
///     Σ_items Σ_{d ≠ e} λ_d² λ_e²     (quartimin, which is oblimin with γ = 0)
///
/// over the turned loadings, by gradient projection [1] from several starts. No target is needed. Dimensions come in
/// order of Σ λ_d², the largest first, and each points so that its slopes have a sum ≥ 0.
///
/// [1] Jennrich (2002), A simple general method for oblique rotation, Psychometrika 67(1), 7–19,
/// doi:10.1007/BF02294706.
[[nodiscard]] Eigen::MatrixXd TurnToSimple(const Eigen::MatrixXd& slopes);

/// The same, following a known turn to where slopes that are a little different have theirs: no other minimum, no other
/// order, no other direction.
[[nodiscard]] Eigen::MatrixXd FollowTurn(const Eigen::MatrixXd& slopes, const Eigen::MatrixXd& turn);

/// A T⁻ᵀ.
[[nodiscard]] Eigen::MatrixXd Turned(const Eigen::MatrixXd& slopes, const Eigen::MatrixXd& turn);

}  // namespace selvedge::instruments
