#pragma once

#include <optional>
#include <span>
#include <vector>

#include "dynamics/occasions.h"
#include "dynamics/system.h"
#include "numerics/exponential.h"
#include "numerics/mat2.h"

namespace selvedge::dynamics {

/// The derivatives of a number L with respect to what the likelihood is a function of: A, P, r and μ (Q acts through
/// P = stationary covariance alone). For the symmetric P the convention is dL = tr(stationary · dP), so the entry `ab`
/// holds half of ∂L/∂p_ab.
struct SystemAdjoint {
  numerics::Mat2 drift;
  numerics::Sym2 stationary;
  numerics::Vec2 noise;
  numerics::Vec2 mean;

  SystemAdjoint& operator+=(const SystemAdjoint& other);
};

/// The exact log-likelihood of a system given diaries: the density of every answer that is not missing, with its
/// constant, by the Kalman filter; and its gradient by the filter's adjoint (a backward sweep, dyad by dyad, over a
/// tape of 88 bytes a row). All dyads share the system.
///
/// Makes its workspace once; after that, evaluations allocate nothing. One object serves one thread at a time.
///
/// The steps of the filter over a gap Δ, with E = exp(AΔ) − I and F = I + E:
///
///     x⁻ = F x,   P⁻ = F P Fᵀ + Q(Δ),   Q(Δ) = P∞ − F P∞ Fᵀ = −(E P∞ + P∞ Eᵀ + E P∞ Eᵀ),
///
/// the last form staying accurate for Δ → 0. Then, with S = P⁻ + R and R = diag(r),
///
///     K = P⁻S⁻¹,   x = x⁻ + K v,   P = P⁻S⁻¹R = (det(P⁻) R + det(R) P⁻)/det(S),
///
/// where the last form, for two answers at once, is a sum of positive terms: nothing cancels, P stays a covariance.
class Likelihood {
 public:
  /// `occasions` must outlive the object and not change.
  explicit Likelihood(const Occasions& occasions);

  /// Nothing where an innovation covariance is not positive definite or a number leaves the finite range.
  [[nodiscard]] std::optional<double> Value(const System& system, Start start);
  /// The same, and its derivatives into `adjoint`.
  [[nodiscard]] std::optional<double> ValueAndGradient(const System& system, Start start, SystemAdjoint& adjoint);

 private:
  /// What the backward sweep needs of a row.
  struct Tape {
    numerics::Sym2 predicted;          ///< P⁻
    numerics::Vec2 weighted_surprise;  ///< e = S⁻¹ v, zero where missing
    double scale = 0;                  ///< 1/det(S), or 1/S for a single answer
    numerics::Vec2 state;              ///< x after the update
    numerics::Sym2 covariance;         ///< P after the update
  };

  struct Sums;

  template <bool kTaped>
  void Filter(std::span<const Occasions::Row> rows, const numerics::MatrixExponential& exponential,
              const System& system, Start start, Sums& sums);
  void SweepBack(std::span<const Occasions::Row> rows, const numerics::MatrixExponential& exponential,
                 const System& system, Start start, SystemAdjoint& adjoint,
                 numerics::MatrixExponentialAdjoint& exponential_adjoint) const;
  [[nodiscard]] numerics::MatrixExponential Exponentiate(const System& system);

  const Occasions& occasions_;
  std::vector<numerics::MatrixExponential::At> exponentials_;  // one per distinct gap
  /// One per row of the dyad at hand, so that it stays in the cache; made at the first gradient.
  std::vector<Tape> tape_;
};

}  // namespace selvedge::dynamics
