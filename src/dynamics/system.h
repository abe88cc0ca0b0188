#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "core/result.h"
#include "numerics/mat2.h"

namespace selvedge::dynamics {

/// How two people's feelings move each other (design: the dyadic model):
///
///     dx = A x dt + G dW,   G Gᵀ = Q      how far each is from their own usual
///     own = μ + x + ε,      ε ~ N(0, diag(r))
///
/// Time in days; feelings in the units of the diary. A_aa = −κ_a, A_ab = γ_a: the effect of b on a's rate of change.
/// Always stable, and `stationary` (P, with A P + P Aᵀ + Q = 0) always belongs to the rest: make one by `Create`.
struct System {
  numerics::Mat2 drift;       ///< A, 1/day
  numerics::Sym2 diffusion;   ///< Q, units²/day, positive semidefinite
  numerics::Vec2 noise;       ///< r, units², ≥ 0
  numerics::Vec2 mean;        ///< μ, units
  numerics::Sym2 stationary;  ///< P, units²

  /// Fails with kNotStable, kNotPositiveDefinite (Q or r) or kNotFinite.
  [[nodiscard]] static core::Result<System> Create(numerics::Mat2 drift, numerics::Sym2 diffusion, numerics::Vec2 noise,
                                                   numerics::Vec2 mean);
};

/// Where the feelings are at the first check-in.
enum class Start {
  kStationary,  ///< N(0, P): the two have been together for long
  kUnit,        ///< N(0, I): as many published fits assume
};

/// The eleven numbers of a system, by the names and in the order in which every result lists them.
inline constexpr std::size_t kParameterCount = 11;
inline constexpr std::array<std::string_view, kParameterCount> kParameterNames{
    "a_aa", "a_ab", "a_ba", "a_bb", "q_aa", "q_ab", "q_bb", "r_a", "r_b", "mu_a", "mu_b"};
struct Parameter {
  enum Index : std::size_t { kAaa, kAab, kAba, kAbb, kQaa, kQab, kQbb, kRa, kRb, kMuA, kMuB };
};

using Parameters = std::array<double, kParameterCount>;

[[nodiscard]] Parameters ParametersOf(const System& system);

}  // namespace selvedge::dynamics
