#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "core/result.h"
#include "leaning/likelihood.h"
#include "leaning/map.h"
#include "leaning/mass.h"
#include "numerics/estimate.h"

namespace selvedge::leaning {

/// One indicator as it was found in one season, its prior removed, its quantities in the order of the indicator's
/// components. Acts and items answered under question Q with fear are not in it: whoever counts leaves them out.
struct Evidence {
  std::string indicator;
  Likelihood likelihood;
  int answers = 0;  ///< questionnaire answers it rests on
  int days = 0;     ///< days of a diary it rests on
};

/// How one component moved the point.
struct Contribution {
  const Component* component = nullptr;  ///< of the map, which must outlive it
  Eigen::Vector2d shift = Eigen::Vector2d::Zero();
};

/// A place on the map, never a dot: p(autonomy, connection | evidence).
struct Position {
  Normal2 posterior;
  /// In the order of their ids. Their sum is the posterior's mean, exactly: see Locate.
  std::vector<Contribution> contributions;
  int answers = 0;
  int days = 0;

  /// Whether there was any evidence at all.
  [[nodiscard]] bool IsKnown() const { return !contributions.empty(); }
};

/// What is known of one axis.
[[nodiscard]] numerics::Estimate AxisOf(const Position& position, Eigen::Index axis);

/// Where the evidence puts a person whose place among people is x ~ N(0, S).
///
/// An indicator's quantities are z = ν + Λ x + u, u ~ N(0, R). With its likelihood exp(−½ zᵀ Π z + hᵀ z) and u
/// integrated out, W = (I + Π R)⁻¹:
///
///     log p(evidence | x) = −½ xᵀ A x + bᵀ x + constant,   A = Λᵀ W Π Λ,   b = Λᵀ W (h − Π ν),
///     posterior precision  P = S⁻¹ + Σ A,   mean  m = P⁻¹ Σ b.
///
/// So m = Σ_k P⁻¹ λ_k w_k over all components k of all indicators, w = W (h − Π ν): the contributions, which add up to
/// the whole way from the prior mean 0 to m. Each is what its component adds *given all the others*: the more precisely
/// the rest is known, the less one more indicator moves. Π = 0 (an infinite standard error) contributes nothing.
///
/// Evidence is taken in the order of its ids, so that its order changes no bit of the result. What says nothing at all
/// (Π = 0) is left out.
///
/// @error kRefused  an indicator unknown to the map, given twice, or with another number of quantities.
/// @error kNotFinite  evidence of unbounded precision.
[[nodiscard]] core::Result<Position> Locate(const Map& map, const std::vector<Evidence>& evidence);

}  // namespace selvedge::leaning
