#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "theory/claims.h"
#include "theory/worlds.h"

namespace selvedge::theory {

/// Questions whose answers, added up with their signs, are an effect.
using Contrast = std::vector<std::pair<Worlds::Question, int>>;

/// Asks what a part needs to know.
/// @param also  differences of all its worlds, on top of its own: a rival model, mechanisms switched off.
[[nodiscard]] Contrast Ask(Worlds& worlds, const Theory& theory, std::string_view theory_name, const Part& part,
                           const std::vector<const Difference*>& also);

/// The effect in each couple.
[[nodiscard]] std::vector<double> EffectsIn(const Worlds& worlds, const Contrast& contrast);

/// The difference of a world without these mechanisms.
[[nodiscard]] Difference Without(const std::vector<std::string>& mechanisms);

}  // namespace selvedge::theory
