#include "numerics/exponential.h"

#include <cmath>

#include "numerics/exp_minus_one.h"

namespace selvedge::numerics {
namespace {

/// Below this |√δ t| the power series are used: seven terms are exact to double precision there, and above it the
/// closed forms lose less than two digits to cancellation in the slope.
constexpr double kSeriesLimit = 0.3;

/// Σ z^k / (2k)!, from k = first.
double CoshSeries(double z) {
  return z * (1.0 / 2 + z * (1.0 / 24 + z * (1.0 / 720 + z * (1.0 / 40320 + z * (1.0 / 3628800 + z / 479001600)))));
}

/// Σ z^k / (2k + 1)!
double SinhSeries(double z) {
  return 1 + z * (1.0 / 6 + z * (1.0 / 120 + z * (1.0 / 5040 + z * (1.0 / 362880 + z * (1.0 / 39916800)))));
}

/// d/dz of SinhSeries.
double SinhSlopeSeries(double z) {
  return 1.0 / 6 + z * (1.0 / 60 + z * (1.0 / 1680 + z * (1.0 / 90720 + z * (1.0 / 7983360 + z / 1037836800))));
}

}  // namespace

MatrixExponential::MatrixExponential(Mat2 A)
    : m_(0.5 * Trace(A)),
      B_{.aa = 0.5 * (A.aa - A.bb), .ab = A.ab, .ba = A.ba, .bb = -0.5 * (A.aa - A.bb)},
      delta_(B_.aa * B_.aa + A.ab * A.ba),
      root_(std::sqrt(std::fabs(delta_))) {}

MatrixExponential::At MatrixExponential::operator()(double t) const {
  const double z = delta_ * t * t;
  if (std::fabs(z) < kSeriesLimit * kSeriesLimit) {
    const double decay = ExpMinusOne(m_ * t);  // e^{mt} − 1
    const double e = decay + 1;
    return {.identity_part = decay + e * CoshSeries(z), .direction_part = e * t * SinhSeries(z)};
  }
  if (z > 0) {
    const double slow = ExpMinusOne((m_ + root_) * t);
    const double fast = ExpMinusOne((m_ - root_) * t);
    return {.identity_part = 0.5 * (slow + fast), .direction_part = 0.5 * (slow - fast) / root_};
  }
  const double decay = ExpMinusOne(m_ * t);
  const double e = decay + 1;
  const double half_sine = std::sin(0.5 * root_ * t);
  const double half_cosine = std::cos(0.5 * root_ * t);
  return {.identity_part = decay - 2 * e * half_sine * half_sine,  // cos − 1 = −2 sin²(half)
          .direction_part = e * 2 * half_sine * half_cosine / root_};
}

double MatrixExponential::Slope(double t, At at) const {
  const double z = delta_ * t * t;
  if (std::fabs(z) < kSeriesLimit * kSeriesLimit) return (ExpMinusOne(m_ * t) + 1) * t * t * t * SinhSlopeSeries(z);
  return 0.5 * (t * (at.identity_part + 1) - at.direction_part) / delta_;  // ∂h/∂δ = (t c − h) / 2δ
}

void MatrixExponentialAdjoint::Add(double t, MatrixExponential::At at, Mat2 bar) {
  const double identity_bar = Trace(bar);
  const double direction_bar = Dot(bar, exponential_.B_);
  m_bar_ += t * ((at.identity_part + 1) * identity_bar + at.direction_part * direction_bar);
  delta_bar_ += 0.5 * t * at.direction_part * identity_bar + exponential_.Slope(t, at) * direction_bar;
  B_bar_ += at.direction_part * bar;
}

Mat2 MatrixExponentialAdjoint::DriftBar() const {
  // m = (aa + bb)/2, B = A − m I with B_aa = −B_bb = (aa − bb)/2, δ = B_aa² + ab·ba.
  const double half = 0.5 * (B_bar_.aa - B_bar_.bb) + delta_bar_ * exponential_.B_.aa;
  return {.aa = 0.5 * m_bar_ + half,
          .ab = B_bar_.ab + delta_bar_ * exponential_.B_.ba,
          .ba = B_bar_.ba + delta_bar_ * exponential_.B_.ab,
          .bb = 0.5 * m_bar_ - half};
}

}  // namespace selvedge::numerics
