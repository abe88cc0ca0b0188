#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/side.h"
#include "theory/constants.h"
#include "theory/state.h"

namespace selvedge::theory {

/// How a trait is spread over people. Shares are logit-normal, the return rate log-normal: `centre` is the median,
/// `spread` the standard deviation on that scale. A centre of 0 or 1 is the same for everybody.
struct Spread {
  float centre = 0;
  float spread = 0;
  float insecurity = 0;  ///< correlation with what fears and doubts have in common
};

/// Whom couples are drawn from (content/populations/*.json).
struct Population {
  std::string id;
  std::string about;
  core::BySide<std::array<Spread, kTraitFields<float>.size()>> people{};  ///< in the order of kTraitFields
  float partners_alike = 0;                                               ///< correlation of partners' insecurity
  Spread closeness_at_start{};
};

/// Two people at the beginning.
struct Cast {
  core::BySide<Traits<float>> traits{};
  Couple<float> start{};
};

/// @error  not a population: a trait is missing or a number is out of range; the message names it.
[[nodiscard]] core::Result<Population> ParsePopulation(std::string_view json);

/// The couple with this number. `beginning` counts how often its two seats were filled anew: 0 at first.
[[nodiscard]] Cast CastOf(const Population& population, const Constants<float>& constants, std::uint64_t seed,
                          std::uint32_t couple, std::uint32_t beginning = 0);

/// The populations content has, by id.
[[nodiscard]] std::vector<std::string> ShippedPopulations();
/// @error  there is no population of this name; the remedy lists them.
[[nodiscard]] core::Result<Population> ShippedPopulation(std::string_view id);

}  // namespace selvedge::theory
