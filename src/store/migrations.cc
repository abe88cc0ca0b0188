#include "store/migrations.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "schema.h"
#include "store/errors.h"

namespace selvedge::store {
namespace {

constexpr std::array kSchema{schema::k0001};

constexpr const char* kAnother = "Name another database, or an empty one.";

core::Result<void> Climb(Database& database, Ladder ladder) {
  const std::size_t version = SELVEDGE_TRY(VersionOf(database, ladder));
  if (version == ladder.size()) return {};
  if (version == 0) {
    SELVEDGE_TRY_VOID(
        database.RunScript("CREATE TABLE selvedge_schema (version BIGINT NOT NULL PRIMARY KEY) /* clustered */;"
                           "INSERT INTO selvedge_schema VALUES (0);"));
  }
  for (const std::string_view step : ladder.subspan(version)) SELVEDGE_TRY_VOID(database.RunScript(step));
  SELVEDGE_TRY(database.Run("UPDATE selvedge_schema SET version = $1", static_cast<std::int64_t>(ladder.size())));
  return {};
}

}  // namespace

Ladder Schema() { return kSchema; }

core::Result<std::size_t> VersionOf(Database& database, Ladder ladder) {
  const std::vector<std::string> tables = SELVEDGE_TRY(database.Tables());
  if (tables.empty()) return 0;
  if (std::ranges::find(tables, "selvedge_schema") == tables.end()) {
    return Refuse("This database holds other things than Selvedge's.", kAnother);
  }
  const Ran stored = SELVEDGE_TRY(database.Run("SELECT version FROM selvedge_schema"));
  const std::int64_t version = stored.rows.size() == 1 ? std::get<std::int64_t>(stored.rows[0][0]) : 0;
  if (version < 1) return Refuse("This database does not say which version of Selvedge it is from.", kAnother);
  if (std::cmp_greater(version, ladder.size())) {
    return Refuse("This database was written by a newer Selvedge: its schema is number " + std::to_string(version) +
                      ", and this one knows them up to " + std::to_string(ladder.size()) + ".",
                  "Use the newer Selvedge. Nothing was changed.");
  }
  return static_cast<std::size_t>(version);
}

core::Result<void> Migrate(Database& database, Ladder ladder) {
  return database.Transact(Access::kMigrate, [&] { return Climb(database, ladder); });
}

}  // namespace selvedge::store
