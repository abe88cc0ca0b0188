#pragma once

#include "command_line.h"

namespace selvedge::app {

/// `selvedge open`: somebody's own export, as plain text. Returns the program's exit code.
[[nodiscard]] int RunOpen(const OpenCommand& command);

}  // namespace selvedge::app
