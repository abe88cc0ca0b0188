#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace selvedge::app {

/// The whole file, or why it can't be read.
[[nodiscard]] core::Result<std::string> ReadFile(const std::string& path);

/// Replaces the file at once: whoever looks finds the old one or the new one, never a part. On failure the old one
/// stays.
[[nodiscard]] core::Result<void> WriteFile(const std::string& path, std::string_view text);

}  // namespace selvedge::app
