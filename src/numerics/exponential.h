#pragma once

#include <cmath>
#include <span>

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
  /// The same for many times, in about half the time each. `at` is as long as `times`.
  void operator()(std::span<const double> times, std::span<At> at) const;

  [[nodiscard]] Mat2 MinusIdentity(At at) const {
    return {at.identity_part + at.direction_part * B_.aa, at.direction_part * B_.ab, at.direction_part * B_.ba,
            at.identity_part + at.direction_part * B_.bb};
  }

  /// B
  [[nodiscard]] Mat2 direction() const { return B_; }

 private:
  friend class MatrixExponentialAdjoint;

  /// Whether the power series hold at t.
  [[nodiscard]] bool HasSeries(double t) const { return std::fabs(delta_ * t * t) < kSeriesLimit; }

  /// ∂(e^{mt} h)/∂δ
  [[nodiscard]] double Slope(double t, At at) const;

  /// Up to this |δ t²| power series take the place of two exponentials, or of a sine and a cosine. Gaps of a diary
  /// mostly lie below it (√|δ| is the difference of two rates, or the speed of turning), so the branch is one that
  /// processors foresee; above it the closed forms lose less than a digit to cancellation.
  static constexpr double kSeriesLimit = 1;

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

/// d/dz log(sinh(√z)/√z) = (√z coth √z − 1)/2z, by Lambert's continued fraction ½/(3 + z/(5 + z/(7 + …))) to 17,
/// written as one quotient: exact to rounding for |z| ≤ 1.
inline double LogSinhSlope(double z) {
  const double z2 = z * z;
  const double numerator = (11486475 + 810810 * z) + z2 * (12870 + 44 * z);
  const double denominator = (34459425 + 4729725 * z) + z2 * ((135135 + 990 * z) + z2);
  return 0.5 * numerator / denominator;
}

inline double MatrixExponential::Slope(double t, At at) const {
  if (HasSeries(t)) [[likely]]
    return at.direction_part * t * t * LogSinhSlope(delta_ * t * t);
  return 0.5 * (t * (at.identity_part + 1) - at.direction_part) / delta_;  // ∂h/∂δ = (t c − h) / 2δ
}

// Inline, since it runs once a gap: a call would cost the gradient a tenth (docs/benchmarks.md).
inline void MatrixExponentialAdjoint::Add(double t, MatrixExponential::At at, Mat2 bar) {
  const double identity_bar = Trace(bar);
  const double direction_bar = Dot(bar, exponential_.B_);
  m_bar_ += t * ((at.identity_part + 1) * identity_bar + at.direction_part * direction_bar);
  delta_bar_ += 0.5 * t * at.direction_part * identity_bar + exponential_.Slope(t, at) * direction_bar;
  B_bar_ += at.direction_part * bar;
}

}  // namespace selvedge::numerics
