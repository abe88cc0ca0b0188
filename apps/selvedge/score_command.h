#pragma once

#include "command_line.h"

namespace selvedge::app {

/// `selvedge score`: returns the exit code.
[[nodiscard]] int RunScore(const ScoreCommand& command);

}  // namespace selvedge::app
