#pragma once

#include "command_line.h"

namespace selvedge::app {

/// `selvedge reflect`: a person answers Selvedge Signs in the terminal, or from a pipe. Returns the exit code.
[[nodiscard]] int RunReflect(const ReflectCommand& command);

}  // namespace selvedge::app
