#pragma once

#include <string>

#include "core/result.h"

namespace selvedge::app {

/// docs/theory.md: the theory for a reader who is no programmer, with the equations the program runs, the constants and
/// what each claim rests on. Everything but the prose comes from the rules and from content.
/// @error  content of ours can't be read.
[[nodiscard]] core::Result<std::string> TheoryPage();

}  // namespace selvedge::app
