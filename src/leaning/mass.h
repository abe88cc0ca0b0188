#pragma once

#include <Eigen/Core>
#include <vector>

namespace selvedge::leaning {

/// Everything on one side of a line: { x : towards · x ≥ at_least }. `towards` is not zero.
struct HalfPlane {
  Eigen::Vector2d towards;
  double at_least = 0;

  [[nodiscard]] bool Holds(const Eigen::Vector2d& point) const { return towards.dot(point) >= at_least; }
};

/// A bivariate normal distribution; its covariance is positive definite.
struct Normal2 {
  Eigen::Vector2d mean = Eigen::Vector2d::Zero();
  Eigen::Matrix2d covariance = Eigen::Matrix2d::Identity();
};

/// The probability of the intersection of half-planes, which may be unbounded or empty; to about 1e-12.
///
/// In coordinates in which the normal is standard, integrate over r in each direction first: what is left is a sum over
/// the edges,  1[centre inside] − Σ sign(h) (1/2π) ∫ exp(−½ h² / cos²α) dα,  h an edge's distance from the centre
/// (positive if the centre is on its inner side) and α the angle under which the edge is seen from there. (For one edge
/// this is Owen's T function.) A centre on the boundary counts with the angle of the region there. Each integral is
/// taken by Gauss–Legendre quadrature, halving its interval until the halves agree: the same steps in every run.
[[nodiscard]] double MassInside(const Normal2& normal, const std::vector<HalfPlane>& borders);

}  // namespace selvedge::leaning
