#pragma once

#include <vector>

namespace selvedge::responses {

/// Points and weights with Σ w f(z) = E f(Z) for a standard normal Z, exact for polynomials up to degree
/// 2 · points − 1.
struct NormalQuadrature {
  std::vector<double> points;
  std::vector<double> weights;
};

/// Gauss–Hermite quadrature with `count` ≥ 1 points, symmetric about 0.
///
/// Source: Golub & Welsch (1969), Mathematics of Computation 23, 221–230, doi:10.2307/2004418.
[[nodiscard]] NormalQuadrature GaussHermite(int count);

}  // namespace selvedge::responses
