#pragma once

#include "core/result.h"
#include "numerics/mat2.h"

namespace selvedge::numerics {

/// Whether every solution of dx = A x dt returns to zero: trace(A) < 0 and det(A) > 0. False for NaN.
[[nodiscard]] constexpr bool IsStable(Mat2 A) { return Trace(A) < 0 && Determinant(A) > 0; }

/// Solves A P + P Aᵀ + Q = 0 for a stable A, in closed form:
///
///     P = (det(A) Q + B Q Bᵀ) / (−2 trace(A) det(A)),   B = A − trace(A) I.
///
/// (By Cayley–Hamilton; a sum of two positive semidefinite terms, so nothing cancels.) The stationary covariance of
/// dx = A x dt + G dW with G Gᵀ = Q, in the units of Q × time. The caller sees to stability.
[[nodiscard]] constexpr Sym2 SolveLyapunov(Mat2 A, Sym2 Q) {
  const double trace = Trace(A);
  const double determinant = Determinant(A);
  const Mat2 B = A - trace * kIdentity2;
  return (-1 / (2 * trace * determinant)) * (determinant * Q + Sandwich(B, Q));
}

}  // namespace selvedge::numerics
