#pragma once

#include "command_line.h"

namespace selvedge::app {

/// `selvedge leaning`: returns the exit code.
[[nodiscard]] int RunLeaning(const LeaningCommand& command);

}  // namespace selvedge::app
