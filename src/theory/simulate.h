#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/executor.h"
#include "core/function_ref.h"
#include "core/side.h"
#include "theory/life.h"

namespace selvedge::theory {

/// What a week of one couple comes to: means of states over its steps, and how often each moment happened.
struct Week {
  core::BySide<Person<float>> people{};
  core::BySide<float> feeling_square{};  ///< mean of squares
  float closeness = 0;
  float together = 0;  ///< share of the week as a couple
  Counts<float> counts{};
};

/// How many couples stand side by side, and how many such rows make a block: the unit of work.
inline constexpr std::size_t kLanes = 8;

/// Weeks of `kLanes` couples, from number `first` on: week by week, couple by couple. The same bytes whichever
/// instructions the machine has.
[[nodiscard]] std::vector<Week> SimulateBlock(const Plan& plan, std::uint32_t first);

/// The same for one couple, by arithmetic on single numbers.
[[nodiscard]] std::vector<Week> SimulateCouple(const Plan& plan, std::uint32_t couple);

}  // namespace selvedge::theory
