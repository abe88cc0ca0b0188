#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "core/result.h"
#include "store/database.h"

namespace selvedge::store {

/// The statements that lead from one version of the schema to the next: the first from nothing to version 1.
using Ladder = std::span<const std::string_view>;

/// Every version so far. What has been released is never changed, only followed.
[[nodiscard]] Ladder Schema();

/// The version a database has, 0 when there is nothing in it. Refuses a database of a version the ladder does not know,
/// and one that is not ours.
[[nodiscard]] core::Result<std::size_t> VersionOf(Database& database, Ladder ladder);

/// Brings a database to the last version of the ladder, whatever version it has: all of it or nothing. Refuses what
/// VersionOf refuses.
[[nodiscard]] core::Result<void> Migrate(Database& database, Ladder ladder);

}  // namespace selvedge::store
