#pragma once

#include <optional>
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
/// constant, by the Kalman filter; and its gradient by the filter's adjoint (a backward sweep over a tape of 96 bytes a
/// row). All dyads share the system.
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
  struct Transition {
    numerics::MatrixExponential::At exponential;
    numerics::Mat2 F;
    numerics::Sym2 Q;
  };
  struct TransitionBar {
    numerics::Mat2 F;
    numerics::Sym2 Q;
  };
  /// What the backward sweep needs of a row.
  struct Tape {
    numerics::Sym2 predicted;          ///< P⁻
    numerics::Vec2 weighted_surprise;  ///< e = S⁻¹ v, zero where missing
    double scale = 0;                  ///< 1/det(S), or 1/S for a single answer
    numerics::Vec2 state;              ///< x after the update
    numerics::Sym2 covariance;         ///< P after the update
  };

  void Discretise(const numerics::MatrixExponential& exponential, const System& system);
  template <bool kTaped>
  std::optional<double> Filter(const System& system, Start start);
  void SweepBack(const System& system, Start start, SystemAdjoint& adjoint);

  const Occasions& occasions_;
  std::vector<Transition> transitions_;         // one per distinct gap
  std::vector<TransitionBar> transition_bars_;  // their derivatives
  std::vector<Tape> tape_;                      // one per row; made at the first gradient
};

}  // namespace selvedge::dynamics
