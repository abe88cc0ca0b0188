#pragma once

#include <optional>
#include <vector>

#include "leaning/map.h"
#include "numerics/estimate.h"

namespace selvedge::leaning {

/// How far acts came from choice, and how far from fear of losing someone: the share that came from choice.
struct Shading {
  int acts = 0;  ///< acts with an answer that counts
  numerics::Estimate choice;
};

/// Acts are taken as independent with one probability π of coming from choice, π ~ Beta before the first answer
/// (`prior_choice`, `prior_losing`), so π | k of n ~ Beta(prior_choice + k, prior_losing + n − k).
///
/// Which answers come from choice is the map's to say. Being afraid and rather not saying count nowhere: neither as
/// choice nor as fear of losing, nor in the number of acts.
///
/// @returns  nothing below the number of acts the map asks for.
[[nodiscard]] std::optional<Shading> Shade(const ShadingForm& form, const std::vector<WouldFollow>& answers);

}  // namespace selvedge::leaning
