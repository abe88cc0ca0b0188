#pragma once

#include "command_line.h"

namespace selvedge::app {

/// `selvedge calibrate items`: returns the exit code.
[[nodiscard]] int RunCalibrateItems(const CalibrateItemsCommand& command);

}  // namespace selvedge::app
