#pragma once

#include <memory>
#include <string_view>

#include "core/result.h"
#include "store/database.h"

namespace selvedge::store {

/// Connects to a PostgreSQL database (`postgresql://…`, as libpq takes it). Several processes may use one at a time: a
/// change locks its account's row, so changes of one account follow one another.
///
/// Refuses a server that would not keep what it acknowledged through a power cut (fsync or full_page_writes off).
/// Connects anew when a connection was lost.
///
/// ShredAfterCommit does nothing here: PostgreSQL cannot overwrite what it has deleted; docs/store.md says what that
/// means.
[[nodiscard]] core::Result<std::unique_ptr<Database>> OpenPostgresDatabase(std::string_view url);

}  // namespace selvedge::store
