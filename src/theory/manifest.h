#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "theory/life.h"

namespace selvedge::theory {

/// What was simulated, so that it can be again: everything its results depend on.
struct Simulation {
  Plan plan{};
  std::uint32_t couples = 0;
  std::string writes{};                ///< which of its results are written: "summary", …
  std::vector<std::string> without{};  ///< mechanisms that are switched off in the plan's constants
  std::string program{};               ///< version of the program
};

/// The same as JSON (docs/formats.md), the whole population and all constants in it.
[[nodiscard]] core::Json ManifestOf(const Simulation& simulation);

/// @error  `manifest` tells of another simulation than this one; the message names the first thing that differs.
[[nodiscard]] core::Result<void> ExpectSame(const core::Json& manifest, const Simulation& simulation);

/// A practice as people write it: "PATH-2:a:0-56", with "both" for both, until the day before the last.
[[nodiscard]] core::Result<Practice> ParsePractice(std::string_view text);

}  // namespace selvedge::theory
