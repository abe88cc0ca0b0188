#pragma once

#include "command_line.h"

namespace selvedge::app {

/// Re-estimates the map's loadings from a cohort, prints them and writes the new map. Returns the exit code.
[[nodiscard]] int RunCalibrateMap(const CalibrateMapCommand& command);

}  // namespace selvedge::app
