#pragma once

#include "command_line.h"

namespace selvedge::app {

/// Tries what the articles say causes what, prints verdicts and writes results. Returns the exit code.
[[nodiscard]] int RunClaims(const ClaimsCommand& command);

}  // namespace selvedge::app
