#pragma once

#include "numerics/mat2.h"

namespace selvedge::numerics {

/// The exponential of one 2 × 2 matrix at many times.
///
/// With m = trace(A)/2, B = A − m I and δ = m² − det(A) (so that B² = δ I),
///
///     exp(A t) = e^{mt} (c I + h B),   c = cosh(√δ t),  h = sinh(√δ t)/√δ,
///
/// where δ < 0 turns cosh and sinh into cos and sin and δ t² → 0 is their common power series. What is computed is
/// exp(A t) − I, to full relative accuracy for t → 0.
class MatrixExponential {
 public:
  explicit MatrixExponential(Mat2 A);

  /// exp(A t) − I = identity_part · I + direction_part · B.
  struct At {
    double identity_part = 0;   ///< e^{mt} c − 1
    double direction_part = 0;  ///< e^{mt} h
  };
  [[nodiscard]] At operator()(double t) const;

  [[nodiscard]] Mat2 MinusIdentity(At at) const {
    return {at.identity_part + at.direction_part * B_.aa, at.direction_part * B_.ab, at.direction_part * B_.ba,
            at.identity_part + at.direction_part * B_.bb};
  }

 private:
  friend class MatrixExponentialAdjoint;

  /// ∂(e^{mt} h)/∂δ
  [[nodiscard]] double Slope(double t, At at) const;

  double m_;
  Mat2 B_;
  double delta_;
  double root_;  ///< √|δ|
};

/// Sums the derivative of a number L over many times of one exponential, then gives ∂L/∂A once.
class MatrixExponentialAdjoint {
 public:
  /// `exponential` must outlive the object.
  explicit MatrixExponentialAdjoint(const MatrixExponential& exponential) : exponential_(exponential) {}

  /// Adds the part through exp(A t), given `bar` = ∂L/∂exp(A t) and the exponential at that time.
  void Add(double t, MatrixExponential::At at, Mat2 bar);

  [[nodiscard]] Mat2 DriftBar() const;

 private:
  const MatrixExponential& exponential_;
  double m_bar_ = 0;
  double delta_bar_ = 0;
  Mat2 B_bar_;
};

}  // namespace selvedge::numerics
