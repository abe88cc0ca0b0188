#pragma once

#include <string>
#include <string_view>

#include "core/json.h"

/// HTML as text. Whatever comes from somebody's file passes through Escaped or EscapedJson, so that no label can end an
/// element, open a script or turn the reading direction of what stands beside it.
namespace selvedge::core {

/// Text as it may stand between tags and inside quoted attributes. Characters that cannot be seen (control characters,
/// turns of the reading direction) are shown as "·".
[[nodiscard]] std::string Escaped(std::string_view text);

/// An element around HTML: `opening` is its name, with attributes after a space.
[[nodiscard]] std::string Element(std::string_view opening, std::string_view html);

/// A JSON value as it may stand inside a script element: `<`, U+2028 and U+2029 are escaped as JSON allows.
[[nodiscard]] std::string EscapedJson(const Json& value);

}  // namespace selvedge::core
