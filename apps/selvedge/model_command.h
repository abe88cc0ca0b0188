#pragma once

#include "command_line.h"

namespace selvedge::app {

/// `selvedge fit --model truth-bias|transition`: returns the exit code.
[[nodiscard]] int RunModel(const ModelCommand& command);

}  // namespace selvedge::app
