#pragma once

#include <string>
#include <string_view>

#include "description.h"

namespace selvedge::app {

/// The manual page of the program, as roff: `selvedge man | man -l -`.
[[nodiscard]] std::string ManPage(const CommandDescription& program, std::string_view version);

}  // namespace selvedge::app
