#pragma once

#include "command_line.h"

namespace selvedge::app {

/// `selvedge simulate`: couples of the theory, into a folder. Stopped, it goes on from there with the same words.
/// @returns  an ExitCode
[[nodiscard]] int RunSimulate(const SimulateCommand& command);

}  // namespace selvedge::app
