// What only a PostgreSQL server can show. Its address is in the environment (pg_virtualenv).

#include <gtest/gtest.h>
#include <libpq-fe.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "store/folder.h"
#include "store/place.h"
#include "store/sample.h"

namespace selvedge::store::testing {
namespace {

void Tell(const char* sql) {
  PGconn* connection = PQconnectdb("");
  PGresult* result = PQexec(connection, sql);
  EXPECT_NE(PQresultStatus(result), PGRES_FATAL_ERROR) << PQerrorMessage(connection);
  PQclear(result);
  PQfinish(connection);
}

TEST(Postgres, ALostConnectionIsMadeAnew) {
  const auto place = NewPlace();
  const auto store = place->Open().value();
  ASSERT_TRUE(Fill(*store));
  Tell(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = "
      "'client backend'");
  EXPECT_TRUE(IsAsFilled(*store));
}

TEST(Postgres, AServerThatDoesNotSyncIsRefused) {
  const auto place = NewPlace();
  Tell("ALTER SYSTEM SET fsync = off");
  Tell("SELECT pg_reload_conf(), pg_sleep(1)");
  const auto refused = place->Open();
  Tell("ALTER SYSTEM SET fsync = on");
  Tell("SELECT pg_reload_conf(), pg_sleep(1)");
  ASSERT_FALSE(refused.has_value());
  EXPECT_TRUE(refused.error().message.starts_with("This PostgreSQL server may lose what it acknowledged"));
  EXPECT_TRUE(place->Open().has_value());
}

TEST(Postgres, NoServerIsToldInWordsWithoutThePassword) {
  const auto nobody = OpenStore("postgresql://somebody:hunter2@127.0.0.1:1/none");
  ASSERT_FALSE(nobody.has_value());
  EXPECT_EQ(nobody.error().code, core::ErrorCode::kUnavailable);
  EXPECT_TRUE(nobody.error().message.starts_with("The PostgreSQL database does not answer: "));
  EXPECT_EQ((nobody.error().message + nobody.error().remedy).find("hunter2"), std::string::npos);
}

TEST(Postgres, ManyProcessesMayOpenANewDatabaseAtOnce) {
  const auto place = NewPlace();
  std::vector<std::thread> openers;
  for (int i = 0; i < 6; ++i) {
    openers.emplace_back([&] {
      const auto store = place->Open();
      EXPECT_TRUE(store.has_value()) << store.error().message;
    });
  }
  for (std::thread& opener : openers) opener.join();
}

/// The way docs/store.md tells, in one schema of the database.
TEST(Postgres, ADumpRestoredIsTheSame) {
  const auto place = NewPlace();
  const Folder folder;
  const std::string dump = (folder / "backup.dump").string();
  {
    const auto store = place->Open().value();
    ASSERT_TRUE(Fill(*store));
    const auto refused = store->BackUp(dump);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().message, "A PostgreSQL database is backed up with PostgreSQL's own tools.");
    EXPECT_NE(refused.error().remedy.find("pg_dump --format=custom --file=" + dump), std::string::npos);
    ASSERT_EQ(std::system(("pg_dump --format=custom --file=" + dump + " '" + place->Where() + "'").c_str()), 0);
    ASSERT_TRUE(store->ShredAccount(IdOf<AccountId>(1)).has_value());
  }
  Tell("DROP DATABASE IF EXISTS restored");
  Tell("CREATE DATABASE restored");
  ASSERT_EQ(std::system(("pg_restore --dbname=restored " + dump).c_str()), 0);
  const std::string where = "postgresql:///restored" + place->Where().substr(std::string("postgresql:///").size());
  EXPECT_TRUE(IsAsFilled(*OpenStore(where).value()));
  Tell("DROP DATABASE restored");
}

}  // namespace
}  // namespace selvedge::store::testing
