#include "dynamics/coordinates.h"

#include <cmath>

#include "numerics/lyapunov.h"
#include "numerics/mat2.h"

namespace selvedge::dynamics {
namespace {

using numerics::Lower2;
using numerics::Mat2;
using numerics::Point;
using numerics::Sym2;

/// ∂/∂L of a number whose derivative with respect to L Lᵀ is `bar`: 2 bar L, lower part.
Lower2 SquareBar(Sym2 bar, Lower2 L) {
  return {
      .aa = 2 * (bar.aa * L.aa + bar.ab * L.ba), .ba = 2 * (bar.ab * L.aa + bar.bb * L.ba), .bb = 2 * bar.bb * L.bb};
}

Lower2 StationaryFactor(const Point& p) {
  using Index = StableCoordinates::Index;
  return {.aa = std::exp(p(Index::kLogPaa)), .ba = p(Index::kPba), .bb = std::exp(p(Index::kLogPbb))};
}

Lower2 DiffusionFactor(const Point& p) {
  using Index = StableCoordinates::Index;
  return {.aa = p(Index::kQaa), .ba = p(Index::kQba), .bb = p(Index::kQbb)};
}

}  // namespace

std::optional<System> StableCoordinates::SystemAt(const Point& point) const {
  const double a = units_.spread.a;
  const double b = units_.spread.b;
  const Sym2 P = Square(StationaryFactor(point));
  const Sym2 Q = Square(DiffusionFactor(point));
  const double k = point(kTurn);
  const Mat2 A = Mat2{-0.5 * Q.aa, k - 0.5 * Q.ab, -k - 0.5 * Q.ab, -0.5 * Q.bb} * Inverse(P);
  const double rate = 1 / units_.days;
  const double noise_a = a * point(kNoiseA);
  const double noise_b = b * point(kNoiseB);
  return System{.drift = {rate * A.aa, rate * A.ab * a / b, rate * A.ba * b / a, rate * A.bb},
                .diffusion = {rate * a * a * Q.aa, rate * a * b * Q.ab, rate * b * b * Q.bb},
                .noise = {noise_a * noise_a, noise_b * noise_b},
                .mean = {units_.centre.a + a * point(kMeanA), units_.centre.b + b * point(kMeanB)},
                .stationary = {a * a * P.aa, a * b * P.ab, b * b * P.bb}};
}

void StableCoordinates::PullBack(const Point& point, const System& system, const SystemAdjoint& adjoint,
                                 Point& gradient) const {
  // In unit-free form: A = N P⁻¹ with N = K − ½ Q, so N̄ = Ā P⁻¹ and P̄ −= sym(Aᵀ Ā P⁻¹).
  const double a = units_.spread.a;
  const double b = units_.spread.b;
  const double rate = 1 / units_.days;
  const Lower2 L_P = StationaryFactor(point);
  const Lower2 L_Q = DiffusionFactor(point);
  const Mat2 A{system.drift.aa / rate, system.drift.ab / rate * b / a, system.drift.ba / rate * a / b,
               system.drift.bb / rate};
  const Mat2 A_bar{rate * adjoint.drift.aa, rate * adjoint.drift.ab * a / b, rate * adjoint.drift.ba * b / a,
                   rate * adjoint.drift.bb};
  const Mat2 N_bar = A_bar * Full(Inverse(Square(L_P)));
  const Sym2 P_bar = Sym2{a * a * adjoint.stationary.aa, a * b * adjoint.stationary.ab, b * b * adjoint.stationary.bb} -
                     Symmetric(Transpose(A) * N_bar);
  const Lower2 L_P_bar = SquareBar(P_bar, L_P);
  const Lower2 L_Q_bar = SquareBar(-0.5 * Symmetric(N_bar), L_Q);

  gradient(kLogPaa) += L_P_bar.aa * L_P.aa;
  gradient(kPba) += L_P_bar.ba;
  gradient(kLogPbb) += L_P_bar.bb * L_P.bb;
  gradient(kQaa) += L_Q_bar.aa;
  gradient(kQba) += L_Q_bar.ba;
  gradient(kQbb) += L_Q_bar.bb;
  gradient(kTurn) += N_bar.ab - N_bar.ba;
  gradient(kNoiseA) += 2 * a * a * point(kNoiseA) * adjoint.noise.a;
  gradient(kNoiseB) += 2 * b * b * point(kNoiseB) * adjoint.noise.b;
  gradient(kMeanA) += a * adjoint.mean.a;
  gradient(kMeanB) += b * adjoint.mean.b;
}

Point StableCoordinates::PointOf(const System& system) const {
  const double a = units_.spread.a;
  const double b = units_.spread.b;
  const double rate = 1 / units_.days;
  const Sym2 P{system.stationary.aa / (a * a), system.stationary.ab / (a * b), system.stationary.bb / (b * b)};
  const Sym2 Q{system.diffusion.aa / (rate * a * a), system.diffusion.ab / (rate * a * b),
               system.diffusion.bb / (rate * b * b)};
  const Mat2 A{system.drift.aa / rate, system.drift.ab / rate * b / a, system.drift.ba / rate * a / b,
               system.drift.bb / rate};
  const Mat2 N = A * Full(P);  // K − ½ Q
  const Lower2 L_P = Cholesky(P);
  const Lower2 L_Q = Cholesky(Q);
  Point point(kParameterCount);
  point << std::log(L_P.aa), L_P.ba, std::log(L_P.bb), L_Q.aa, L_Q.ba, L_Q.bb, 0.5 * (N.ab - N.ba),
      std::sqrt(system.noise.a) / a, std::sqrt(system.noise.b) / b, (system.mean.a - units_.centre.a) / a,
      (system.mean.b - units_.centre.b) / b;
  return point;
}

std::optional<System> PersonCoordinates::SystemAt(const Point& z) const {
  const double kappa_a = std::exp(z(kLogReturnA));
  const double kappa_b = std::exp(z(kLogReturnB));
  const double jolts_a = 2 * kappa_a * std::exp(2 * z(kLogSpreadA));
  const double jolts_b = 2 * kappa_b * std::exp(2 * z(kLogSpreadB));
  System system{.drift = {-kappa_a, z(kPullA), z(kPullB), -kappa_b},
                .diffusion = {jolts_a, std::tanh(z(kSharedJolts)) * std::sqrt(jolts_a * jolts_b), jolts_b},
                .noise = {},
                .mean = {z(kUsualA), z(kUsualB)},
                .stationary = {}};
  if (with_noise_) system.noise = {std::exp(2 * z(kLogNoiseA)), std::exp(2 * z(kLogNoiseB))};
  if (!numerics::IsStable(system.drift)) return std::nullopt;
  system.stationary = numerics::SolveLyapunov(system.drift, system.diffusion);
  if (!IsPositiveDefinite(system.stationary)) return std::nullopt;
  return system;
}

void PersonCoordinates::PullBack(const Point& z, const System& system, const SystemAdjoint& adjoint,
                                 Point& gradient) const {
  // Through A P + P Aᵀ + Q = 0: with Aᵀ X + X A + P̄ = 0, Q̄ = X and Ā += 2 X P.
  const Sym2 X = numerics::SolveLyapunov(Transpose(system.drift), adjoint.stationary);
  const Mat2 A_bar = adjoint.drift + 2.0 * (X * Full(system.stationary));
  const Sym2 Q = system.diffusion;
  // q_aa = 2 κ_a s_a², q_ab = ρ √(q_aa q_bb): a relative change of κ_a or s_a moves q_aa once (twice) and q_ab by half
  // that.
  const double by_log_q_a = X.aa * Q.aa + X.ab * Q.ab;
  const double by_log_q_b = X.bb * Q.bb + X.ab * Q.ab;
  const double rho = std::tanh(z(kSharedJolts));

  gradient(kLogReturnA) += A_bar.aa * system.drift.aa + by_log_q_a;
  gradient(kLogReturnB) += A_bar.bb * system.drift.bb + by_log_q_b;
  gradient(kPullA) += A_bar.ab;
  gradient(kPullB) += A_bar.ba;
  gradient(kLogSpreadA) += 2 * by_log_q_a;
  gradient(kLogSpreadB) += 2 * by_log_q_b;
  gradient(kSharedJolts) += 2 * X.ab * std::sqrt(Q.aa * Q.bb) * (1 - rho * rho);
  gradient(kLogNoiseA) += 2 * adjoint.noise.a * system.noise.a;
  gradient(kLogNoiseB) += 2 * adjoint.noise.b * system.noise.b;
  gradient(kUsualA) += adjoint.mean.a;
  gradient(kUsualB) += adjoint.mean.b;
}

}  // namespace selvedge::dynamics
