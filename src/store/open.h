#pragma once

#include <memory>
#include <string_view>

#include "core/result.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace selvedge::store {

/// Opens a store, which is made, or brought to this version's schema, when it has to be.
///
/// @param where  `postgresql://…` for a PostgreSQL database; anything else is the file of a SQLite database.
[[nodiscard]] core::Result<std::unique_ptr<Store>> OpenStore(std::string_view where);

[[nodiscard]] core::Result<std::unique_ptr<Store>> OpenSqlite(const SqliteOptions& options);
[[nodiscard]] core::Result<std::unique_ptr<Store>> OpenPostgres(std::string_view url);

}  // namespace selvedge::store
