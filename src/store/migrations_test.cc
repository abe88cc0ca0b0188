#include "store/migrations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "store/folder.h"
#include "store/sqlite.h"

namespace selvedge::store {
namespace {

constexpr std::string_view kFirst = "CREATE TABLE notes (id BIGINT NOT NULL PRIMARY KEY, bytes BYTEA NOT NULL);";
constexpr std::string_view kSecond = "ALTER TABLE notes ADD COLUMN pages BIGINT NOT NULL DEFAULT 1;";
constexpr std::string_view kBroken = "CREATE TABLE more (id BIGINT); CREATE TABLE notes (id BIGINT);";

class Migrations : public ::testing::Test {
 protected:
  Migrations() {
    auto opened = OpenSqliteDatabase({.file = folder_ / "store.db"});
    EXPECT_TRUE(opened.has_value()) << opened.error().message;
    database_ = *std::move(opened);
  }

  bool Has(const std::string& table) {
    const auto tables = database_->Tables();
    return tables && std::ranges::find(*tables, table) != tables->end();
  }

  testing::Folder folder_;
  std::unique_ptr<Database> database_;
};

TEST_F(Migrations, ClimbFromWhereverTheDatabaseIs) {
  const std::array one{kFirst};
  const std::array two{kFirst, kSecond};
  EXPECT_EQ(VersionOf(*database_, two), 0U);
  ASSERT_TRUE(Migrate(*database_, one).has_value());
  EXPECT_EQ(VersionOf(*database_, two), 1U);
  ASSERT_TRUE(database_->RunScript("INSERT INTO notes VALUES (7, x'00ff')").has_value());
  ASSERT_TRUE(Migrate(*database_, two).has_value());
  EXPECT_EQ(VersionOf(*database_, two), 2U);
  const Ran notes = database_->Run("SELECT id, bytes, pages FROM notes").value();
  const Row expected{std::int64_t{7}, std::vector<std::uint8_t>{0x00, 0xff}, std::int64_t{1}};
  EXPECT_EQ(notes.rows, std::vector<Row>{expected});
}

TEST_F(Migrations, DoNothingTheSecondTime) {
  const std::array one{kFirst};  // which would fail if it were run again
  ASSERT_TRUE(Migrate(*database_, one).has_value());
  EXPECT_TRUE(Migrate(*database_, one).has_value());
}

TEST_F(Migrations, ThatFailLeaveTheDatabaseAsItWas) {
  const std::array one{kFirst};
  const std::array broken{kFirst, kBroken};
  EXPECT_FALSE(Migrate(*database_, broken).has_value());
  EXPECT_TRUE(database_->Tables().value().empty());
  ASSERT_TRUE(Migrate(*database_, one).has_value());
  EXPECT_FALSE(Migrate(*database_, broken).has_value());
  EXPECT_FALSE(Has("more"));
  EXPECT_EQ(VersionOf(*database_, one), 1U);
}

TEST_F(Migrations, RefuseANewerDatabaseInWords) {
  const std::array one{kFirst};
  const std::array two{kFirst, kSecond};
  ASSERT_TRUE(Migrate(*database_, two).has_value());
  const auto refused = Migrate(*database_, one);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, core::ErrorCode::kRefused);
  EXPECT_EQ(refused.error().message, "This database was written by a newer Selvedge: its schema is number " +
                                         std::string("2, and this one knows them up to ") + "1.");
  EXPECT_EQ(refused.error().remedy, "Use the newer Selvedge. Nothing was changed.");
}

TEST_F(Migrations, RefuseADatabaseThatIsNotOurs) {
  ASSERT_TRUE(database_->RunScript("CREATE TABLE recipes (name TEXT)").has_value());
  const auto refused = Migrate(*database_, Schema());
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().message, "This database holds other things than Selvedge's.");
  EXPECT_FALSE(Has("accounts"));
}

TEST_F(Migrations, RefuseADatabaseThatDoesNotSayWhatItIs) {
  ASSERT_TRUE(Migrate(*database_, std::array{kFirst}).has_value());
  ASSERT_TRUE(database_->RunScript("DELETE FROM selvedge_schema").has_value());
  const auto refused = Migrate(*database_, std::array{kFirst});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().message, "This database does not say which version of Selvedge it is from.");
}

}  // namespace
}  // namespace selvedge::store
