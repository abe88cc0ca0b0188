#include "store/sqlite.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "store/folder.h"
#include "store/open.h"
#include "store/sample.h"

namespace selvedge::store {
namespace {

using testing::Folder;

std::unique_ptr<Store> Opened(const std::filesystem::path& file) {
  auto store = OpenStore(file.string());
  EXPECT_TRUE(store.has_value()) << store.error().message;
  return *std::move(store);
}

std::unique_ptr<Store> Filled(const std::filesystem::path& file) {
  auto store = Opened(file);
  EXPECT_TRUE(testing::Fill(*store));
  return store;
}

TEST(Sqlite, ServesOneProcessAtATime) {
  const Folder folder;
  const auto first = Filled(folder / "store.db");
  const auto second = OpenStore((folder / "store.db").string());
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, core::ErrorCode::kUnavailable);
  EXPECT_TRUE(second.error().message.starts_with("Another program is using ")) << second.error().message;
  EXPECT_TRUE(testing::IsAsFilled(*first));
}

TEST(Sqlite, RefusesWhatIsNoDatabaseAndAFolderThatIsNotThere) {
  const Folder folder;
  std::ofstream(folder / "letter.txt") << std::string(2'000, 'a');
  const auto letter = OpenStore((folder / "letter.txt").string());
  ASSERT_FALSE(letter.has_value());
  EXPECT_EQ(letter.error().code, core::ErrorCode::kRefused);
  EXPECT_TRUE(letter.error().message.ends_with(" is not a database of Selvedge.")) << letter.error().message;
  const auto nowhere = OpenStore((folder / "none/store.db").string());
  ASSERT_FALSE(nowhere.has_value());
  EXPECT_EQ(nowhere.error().remedy, "Check that its folder exists and may be written to.");
}

TEST(Sqlite, ABackupMadeAtWorkIsRestoredAsItWas) {
  const Folder folder;
  const auto store = Filled(folder / "store.db");
  ASSERT_TRUE(store->BackUp(folder / "backup.db").has_value());
  ASSERT_EQ(store->CreateAccount(testing::AccountOf(3), {}), Outcome::kStored);

  ASSERT_TRUE(RestoreSqlite(folder / "backup.db", folder / "restored.db").has_value());
  const auto restored = Opened(folder / "restored.db");
  EXPECT_TRUE(testing::IsAsFilled(*restored)) << "and without the account that came after";
  EXPECT_FALSE(std::filesystem::exists(folder / "backup.db-wal")) << "a backup is one file";
  EXPECT_FALSE(std::filesystem::exists(folder / "backup.db-journal"));
}

TEST(Sqlite, ABackupMadeWhileOthersWriteIsOfOneMoment) {
  const Folder folder;
  const auto store = Opened(folder / "store.db");
  // Some megabytes, so that it takes several steps.
  ASSERT_EQ(store->CreateAccount(testing::AccountOf(1), std::vector{testing::AdditionOf(1, 1, 0, 9'000)}),
            Outcome::kStored);
  std::atomic<bool> done = false;
  std::uint32_t stored = 9'000;
  std::thread writer([&] {
    for (; !done; ++stored) {
      const Change change{.account = testing::IdOf<AccountId>(1), .streams = {testing::AdditionOf(1, 1, stored, 1)}};
      ASSERT_EQ(store->Commit({&change, 1}), std::vector{Outcome::kStored});
    }
  });
  EXPECT_TRUE(store->BackUp(folder / "backup.db").has_value());
  done = true;
  writer.join();
  EXPECT_GT(stored, 9'000U) << "nobody wrote meanwhile";

  ASSERT_TRUE(RestoreSqlite(folder / "backup.db", folder / "restored.db").has_value());
  const auto page = Opened(folder / "restored.db")
                        ->Read(testing::IdOf<StreamId>(1), testing::IdOf<AccountId>(1), 0, 100'000)
                        .value()
                        .value();
  const auto count = static_cast<std::uint32_t>(page.count);
  EXPECT_LE(count, stored);
  EXPECT_TRUE(testing::Holds(page, 1, 1, 0, count));
  EXPECT_EQ(page.head, testing::AdditionOf(1, 1, 0, count).head);
}

TEST(Sqlite, OnlyTheirOwnerMayReadFiles) {
  const Folder folder;
  const auto store = Filled(folder / "store.db");
  ASSERT_TRUE(store->BackUp(folder / "backup.db").has_value());
  for (const char* name : {"store.db", "store.db-wal", "backup.db"}) {
    EXPECT_EQ(std::filesystem::status(folder / name).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
        << name;
  }
}

/// SQLite has two names for databases that are gone when they are closed; neither may look like a store.
TEST(Sqlite, NamesOfWhatDoesNotLastAreNoNames) {
  const auto nameless = OpenStore("");
  ASSERT_FALSE(nameless.has_value());
  EXPECT_EQ(nameless.error().message, "The database has no name.");
  const Folder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder / "");
  EXPECT_TRUE(testing::Fill(*Opened(":memory:")));
  EXPECT_TRUE(testing::IsAsFilled(*Opened(":memory:"))) << "a file of that name";
  std::filesystem::current_path(before);
}

TEST(Sqlite, BackupsOverwriteNothing) {
  const Folder folder;
  const auto store = Filled(folder / "store.db");
  ASSERT_TRUE(store->BackUp(folder / "backup.db").has_value());
  const auto again = store->BackUp(folder / "backup.db");
  ASSERT_FALSE(again.has_value());
  EXPECT_TRUE(again.error().message.ends_with(" is there already.")) << again.error().message;
  EXPECT_FALSE(RestoreSqlite(folder / "backup.db", folder / "store.db").has_value());
  EXPECT_TRUE(testing::IsAsFilled(*store));
  EXPECT_FALSE(store->BackUp(folder / "none/backup.db").has_value());
}

TEST(Sqlite, ADamagedBackupIsRefused) {
  const Folder folder;
  ASSERT_TRUE(Filled(folder / "store.db")->BackUp(folder / "backup.db").has_value());
  const auto size = std::filesystem::file_size(folder / "backup.db");
  std::filesystem::resize_file(folder / "backup.db", size / 2);
  const auto half = RestoreSqlite(folder / "backup.db", folder / "restored.db");
  ASSERT_FALSE(half.has_value());
  EXPECT_FALSE(std::filesystem::exists(folder / "restored.db"));
  std::ofstream(folder / "letter.txt") << "Dear all";
  EXPECT_FALSE(RestoreSqlite(folder / "letter.txt", folder / "restored.db").has_value());
  std::ofstream(folder / "empty") << "";
  EXPECT_FALSE(RestoreSqlite(folder / "empty", folder / "restored.db").has_value());
  EXPECT_FALSE(RestoreSqlite(folder / "absent", folder / "restored.db").has_value());
}

/// What a stolen database can tell is what its columns can hold: none has room for who sent something, from where, with
/// what, or when somebody was there.
TEST(Sqlite, TheSchemaHasTheseColumnsAndNoOthers) {
  const Folder folder;
  Filled(folder / "store.db");
  const auto database = OpenSqliteDatabase({.file = folder / "store.db"}).value();
  std::string columns;
  const Ran found = database
                        ->Run(
                            "SELECT s.name, c.name FROM sqlite_schema AS s, pragma_table_info(s.name) AS c "
                            "WHERE s.type = 'table' ORDER BY s.name, c.cid")
                        .value();
  for (const Row& row : found.rows) {
    for (const Field& field : row) {
      const auto& name = std::get<std::vector<std::uint8_t>>(field);
      columns += std::string(name.begin(), name.end()) + ' ';
    }
  }
  EXPECT_EQ(columns,
            "accounts id accounts handle accounts keyring_number accounts passphrase_verifier "
            "accounts passphrase_wrapped_key accounts recovery_verifier accounts recovery_wrapped_key accounts keyring "
            "batches only_row batches day "
            "envelopes id envelopes recipient envelopes released envelopes bytes "
            "invites id invites created invites expires invites bytes "
            "records stream records seq records id records bytes "
            "selvedge_schema version "
            "sessions token sessions account sessions created sessions expires "
            "streams id streams owner streams epoch streams count streams released_count streams head "
            "streams released_head ");
}

}  // namespace
}  // namespace selvedge::store
