#pragma once

#include <memory>
#include <string>

#include "simulation_folder.h"
#include "theory/manifest.h"

namespace selvedge::app {

/// The result that `simulation.writes` names: "summary", "trajectories" or "diaries".
[[nodiscard]] std::unique_ptr<SimulationResult> ResultOf(const theory::Simulation& simulation, std::string file);

}  // namespace selvedge::app
