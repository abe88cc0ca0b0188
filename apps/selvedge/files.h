#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.h"
#include "diary/csv.h"

namespace selvedge::app {

/// The whole file, or why it can't be read. Of one that is larger than Selvedge takes, or that never ends, no more than
/// it needs to see that: one byte beyond `most`. "-" is what is piped in.
[[nodiscard]] core::Result<std::string> ReadFile(const std::string& path, std::size_t most = diary::kLargestFile);

/// Who may read a file that is written: whom the machine's own settings let, or its owner alone.
enum class Readers { kUsual, kOwner };

/// Replaces the file at once: whoever looks finds the old one or the new one, never a part. On failure the old one
/// stays.
[[nodiscard]] core::Result<void> WriteFile(const std::string& path, std::string_view text,
                                           Readers readers = Readers::kUsual);

}  // namespace selvedge::app
