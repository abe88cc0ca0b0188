#include <libpq-fe.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "store/place.h"

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
  PostgresPlace() : schema_("place_" + std::to_string(++count_)) { Tell("CREATE SCHEMA " + schema_); }
  PostgresPlace(const PostgresPlace&) = delete;
  PostgresPlace& operator=(const PostgresPlace&) = delete;
  ~PostgresPlace() override { Tell("DROP SCHEMA " + schema_ + " CASCADE"); }

  std::string Where() const override { return "postgresql:///?options=-csearch_path%3D" + schema_; }

 private:
  static inline int count_ = 0;
  std::string schema_;
};

}  // namespace

const bool kSeveralAtOnce = true;

std::unique_ptr<Place> NewPlace() { return std::make_unique<PostgresPlace>(); }

}  // namespace selvedge::store::testing
