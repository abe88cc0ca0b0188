#pragma once

#include "command_line.h"

namespace selvedge::app {

/// `selvedge fit`: returns the exit code.
[[nodiscard]] int RunFit(const FitCommand& command);

}  // namespace selvedge::app
