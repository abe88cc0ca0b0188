#include <libpq-fe.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "store/place.h"
#include "store/postgres.h"

namespace selvedge::store::testing {
namespace {

/// The server that the environment names (pg_virtualenv sets PGHOST and the others).
void Tell(const std::string& sql) {
  PGconn* connection = PQconnectdb("");
  PGresult* result = PQexec(connection, ("SET client_min_messages = error;" + sql).c_str());
  if (PQresultStatus(result) != PGRES_COMMAND_OK) {
    std::fprintf(stderr, "%s: %s\n", sql.c_str(), PQerrorMessage(connection));
    std::abort();
  }
  PQclear(result);
  PQfinish(connection);
}

/// A schema of its own in that server's database.
class PostgresPlace final : public Place {
 public:
  PostgresPlace() : schema_("place_" + std::to_string(NextNumber())) { Tell("CREATE SCHEMA " + schema_); }
  PostgresPlace(const PostgresPlace&) = delete;
  PostgresPlace& operator=(const PostgresPlace&) = delete;
  ~PostgresPlace() override { Tell("DROP SCHEMA " + schema_ + " CASCADE"); }

  [[nodiscard]] std::string Where() const override { return "postgresql:///?options=-csearch_path%3D" + schema_; }

  [[nodiscard]] core::Result<std::unique_ptr<Database>> Connect() const override {
    return OpenPostgresDatabase(Where());
  }

 private:
  static int NextNumber() {
    static int last = 0;
    return ++last;
  }

  std::string schema_;
};

}  // namespace

const bool kSeveralAtOnce = true;
const std::string_view kDatabase = "postgres";
const std::string_view kShapeOfSchema =
    "SELECT CAST(table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable AS TEXT) "
    "FROM information_schema.columns WHERE table_schema = current_schema() "
    "UNION SELECT tablename || ' ' || indexname FROM pg_indexes WHERE schemaname = current_schema() "
    "UNION SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = current_schema()::regnamespace ORDER BY 1";

std::unique_ptr<Place> NewPlace() { return std::make_unique<PostgresPlace>(); }

}  // namespace selvedge::store::testing
