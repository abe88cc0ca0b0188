#pragma once

#include <cstdint>
#include <string>

#include "description.h"

namespace selvedge::app {

enum class Shell : std::uint8_t { kBash, kZsh, kFish };

/// A script that teaches a shell to complete the program's commands, options, words to choose from and files:
/// `source <(selvedge completion bash)`.
[[nodiscard]] std::string Completion(const CommandDescription& program, Shell shell);

}  // namespace selvedge::app
