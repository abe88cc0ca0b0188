#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "vault/entry.h"

/// What a person wrote, as files that other programs read (docs/formats.md#what-open-writes).
namespace selvedge::vault {

/// Every revision, in the order given. A body that is no JSON stands there as text.
[[nodiscard]] core::Json EntriesJson(std::span<const Entry> entries);

/// The newest revision of every check-in as a diary in its standard form, for one person under this name. Refuses
/// check-ins without a day, or that are in no form known here.
[[nodiscard]] core::Result<std::string> CheckinsCsv(std::span<const Entry> entries, std::string_view name);

}  // namespace selvedge::vault
