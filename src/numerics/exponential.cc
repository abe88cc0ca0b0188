#include "numerics/exponential.h"

#include <cmath>
#include <cstddef>

#include "numerics/exp_minus_one.h"

namespace selvedge::numerics {
namespace {

/// cosh(√z) − 1 = Σ z^k / (2k)!, k = 1 … 9: exact to rounding for |z| ≤ 1.
double CoshMinusOneSeries(double z) {
  const double z2 = z * z;
  const double z4 = z2 * z2;
  const double low = 1.0 / 2 + z * (1.0 / 24) + z2 * (1.0 / 720 + z * (1.0 / 40320));
  const double high = 1.0 / 3628800 + z * (1.0 / 479001600) + z2 * (1.0 / 87178291200 + z * (1.0 / 20922789888000));
  return z * (low + z4 * (high + z4 * (1.0 / 6402373705728000)));
}

/// sinh(√z)/√z = Σ z^k / (2k + 1)!, k = 0 … 8: exact to rounding for |z| ≤ 1.
double SinhSeries(double z) {
  const double z2 = z * z;
  const double z4 = z2 * z2;
  const double low = 1.0 / 6 + z * (1.0 / 120) + z2 * (1.0 / 5040 + z * (1.0 / 362880));
  const double high =
      1.0 / 39916800 + z * (1.0 / 6227020800) + z2 * (1.0 / 1307674368000 + z * (1.0 / 355687428096000));
  return 1 + z * (low + z4 * high);
}

MatrixExponential::At NearZero(double m, double delta, double t) {
  const double z = delta * t * t;
  const double decay = ExpMinusOne(m * t);  // e^{mt} − 1
  const double e = decay + 1;
  return {.identity_part = decay + e * CoshMinusOneSeries(z), .direction_part = e * t * SinhSeries(z)};
}

}  // namespace

MatrixExponential::MatrixExponential(Mat2 A)
    : m_(0.5 * Trace(A)),
      B_{.aa = 0.5 * (A.aa - A.bb), .ab = A.ab, .ba = A.ba, .bb = -0.5 * (A.aa - A.bb)},
      delta_(B_.aa * B_.aa + A.ab * A.ba),
      root_(std::sqrt(std::fabs(delta_))) {}

MatrixExponential::At MatrixExponential::operator()(double t) const {
  if (HasSeries(t)) [[likely]]
    return NearZero(m_, delta_, t);
  if (delta_ > 0) {
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

void MatrixExponential::operator()(std::span<const double> times, std::span<At> at) const {
  const double m = m_;
  const double delta = delta_;
  // Series for all, whether they hold or not: without a branch the compiler does two times in one instruction.
  for (std::size_t i = 0; i < times.size(); ++i) at[i] = NearZero(m, delta, times[i]);
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (!HasSeries(times[i])) [[unlikely]]
      at[i] = (*this)(times[i]);
  }
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
