#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dynamics/occasions.h"

namespace selvedge::bench {

/// One of the 200 simulated dyads of tests/reference/dyads_sim, and what the reference finds in it (unit start).
struct SimulatedDyad {
  std::vector<dynamics::Observation> diary;
  double reference_loglik = 0;
};

/// All of them, in the file's order. Ends the program if the files cannot be read.
[[nodiscard]] const std::vector<SimulatedDyad>& SimulatedDyads();

}  // namespace selvedge::bench
