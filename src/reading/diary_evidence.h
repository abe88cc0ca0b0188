#pragma once

#include <span>
#include <vector>

#include "core/side.h"
#include "dynamics/fit.h"
#include "dynamics/prior.h"
#include "leaning/position.h"
#include "responses/occasions.h"

/// What a person's diary says on the map: the indicators of content/map.json that a diary has, each in the unit it has
/// there, as an estimate with its standard error and without any prior. What is too little to say is left out.
namespace selvedge::reading {

/// How often the person did what the map asks about, from their own moments alone. The other's feelings are used to
/// tell which days were low for them; nothing else of the other's is looked at.
///
/// Of y days out of n, with log odds z = log((y + ½) / (n − y + ½)) and variance 1 / (y + ½) + 1 / (n − y + ½) [1]. n
/// are the days on which the person looked at the moments and, where the map asks about days of a kind, which were of
/// that kind. Told from the seventh day looked at (responses::kCountDays), as people's own counts are.
///
/// @param days  whole days, in order of time
///
/// [1] Gart & Zweifel (1967), On the bias of various estimators of the logit and its variance, Biometrika 54, 181–187.
[[nodiscard]] std::vector<leaning::Evidence> EvidenceFromActs(std::span<const responses::Occasion> days,
                                                              core::Side side);

/// A quantity is told from feelings once its posterior's variance is at most this share of the prior's: the days then
/// say at least as much as was thought beforehand.
inline constexpr double kNarrowed = 0.5;

/// How long an upset stayed, and how far the person's days went along with the other's, with the prior removed from the
/// posterior's normal approximation in the coordinates in which both are normal: log κ and γ of
/// dynamics::PersonCoordinates.
///
///     half_life     ln(ln 2 / κ): the coordinate itself, turned around.
///     fusion_share  γ / κ, of the likelihood of (log κ, γ) by the delta method: its estimate θ = Π⁻¹ h (likelihood.h),
///                   its variance J Π⁻¹ Jᵀ with J = (−γ, 1) / κ there.
///
/// @param days  on which the person said how they were
[[nodiscard]] std::vector<leaning::Evidence> EvidenceFromFeelings(const dynamics::Laplace& known,
                                                                  const dynamics::Prior& prior, core::Side side,
                                                                  int days);

}  // namespace selvedge::reading
