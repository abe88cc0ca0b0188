#include "store/open.h"

#include <utility>

#include "store/postgres.h"
#include "store/sql_store.h"

namespace selvedge::store {

core::Result<std::unique_ptr<Store>> OpenSqlite(const SqliteOptions& options) {
  return StoreOn(SELVEDGE_TRY(OpenSqliteDatabase(options)));
}

core::Result<std::unique_ptr<Store>> OpenPostgres(std::string_view url) {
  return StoreOn(SELVEDGE_TRY(OpenPostgresDatabase(url)));
}

core::Result<std::unique_ptr<Store>> OpenStore(std::string_view where) {
  const bool postgres = where.starts_with("postgresql://") || where.starts_with("postgres://");
  return postgres ? OpenPostgres(where) : OpenSqlite({.file = where});
}

}  // namespace selvedge::store
