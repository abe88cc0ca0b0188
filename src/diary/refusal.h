#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "core/result.h"

namespace selvedge::diary {

/// What to return when a file cannot be taken: what is wrong and how to fix it, one plain sentence each.
[[nodiscard]] std::unexpected<core::Error> Refuse(std::string message, std::string remedy, core::Place place = {});

/// A place that is a whole line.
[[nodiscard]] core::Place AtLine(int line);

/// Somebody's text, fit to stand in a sentence: at most 40 characters, with control characters, invisible characters
/// and those that turn the direction of writing spelled out.
[[nodiscard]] std::string Shown(std::string_view text);

/// The same in quotation marks.
[[nodiscard]] std::string Quoted(std::string_view text);

}  // namespace selvedge::diary
