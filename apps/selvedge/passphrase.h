#pragma once

#include <string>

#include "core/result.h"
#include "vault/bytes.h"

namespace selvedge::app {

/// The first line of a file.
[[nodiscard]] core::Result<vault::SecretBytes> SecretFrom(const std::string& file);

/// Asks on the terminal, even where input and output are pipes, and does not show what is typed.
[[nodiscard]] core::Result<vault::SecretBytes> AskForSecret(const char* question);

}  // namespace selvedge::app
