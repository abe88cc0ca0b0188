#pragma once

#include "command_line.h"

namespace selvedge::app {

/// `selvedge read`: returns the exit code.
[[nodiscard]] int RunRead(const ReadCommand& command);

}  // namespace selvedge::app
