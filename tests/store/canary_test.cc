// What was shredded is nowhere: not in the database file, not in its log, not in a backup made afterwards. The same
// search finds it when a safeguard is missing.

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/random.h"
#include "store/blobs.h"
#include "store/folder.h"
#include "store/open.h"

namespace selvedge::store::testing {
namespace {

constexpr std::uint32_t kPeople = 12;
constexpr Hour kNow{480'000};
// Of the records of docs/vault-format.md: header, padded content, tag.
constexpr std::array<std::size_t, 4> kSizes{344, 1'112, 4'184, 16'472};

/// Finds any 16 bytes in a row of what must not be there. (Shorter pieces than that may be left of a blob in a row's
/// first 102 bytes; they are less than a nonce.)
class Canaries {
 public:
  void Add(Bytes blob) {
    blobs_.push_back(std::make_unique<Bytes>(std::move(blob)));
    const Bytes& kept = *blobs_.back();
    for (std::size_t at = 0; at + 16 <= kept.size(); at += 8)
      places_.emplace(WordAt(kept.data() + at), kept.data() + at);
  }

  [[nodiscard]] int FoundIn(const std::filesystem::path& file) const {
    std::ifstream stream(file, std::ios::binary);
    const std::vector<char> content{std::istreambuf_iterator<char>(stream), {}};
    int found = 0;
    for (std::size_t at = 0; at + 16 <= content.size(); ++at) {
      const auto [first, last] = places_.equal_range(WordAt(content.data() + at));
      found += static_cast<int>(std::count_if(
          first, last, [&](const auto& place) { return std::memcmp(place.second, content.data() + at, 16) == 0; }));
    }
    return found;
  }

 private:
  static std::uint64_t WordAt(const void* bytes) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return word;
  }

  std::vector<std::unique_ptr<Bytes>> blobs_;
  std::unordered_multimap<std::uint64_t, const std::uint8_t*> places_;
};

/// A database in which people wrote side by side, so that its pages were split and joined many times, and whose every
/// second person's things were then shredded in one way or another.
class Shredded {
 public:
  explicit Shredded(const SqliteOptions& options, std::uint32_t seed)
      : file_(options.file), store_(OpenSqlite(options).value()), random_({.seed = 20, .subject = seed}) {
    for (std::uint32_t person = 0; person < kPeople; ++person) {
      Account account = AccountOf(person);
      account.keyring.bytes = Blob(person, 1'079);
      account.passphrase.wrapped_key = Blob(person, 99);
      account.recovery.wrapped_key = Blob(person, 91);
      EXPECT_EQ(store_->CreateAccount(account, {}), Outcome::kStored);
    }
    for (int i = 0; i < 2'000; ++i) Write();
    EXPECT_EQ(store_->PutInvite({.id = IdOf<InviteId>(0), .bytes = Blob(0, 123), .lifetime = {kNow, {480'048}}}),
              Outcome::kStored);
    EXPECT_EQ(store_->PutInvite({.id = IdOf<InviteId>(2), .bytes = Blob(2, 123), .lifetime = {kNow, {480'001}}}),
              Outcome::kStored);
    Shred();
  }

  [[nodiscard]] int Left() const {
    return canaries_.FoundIn(file_) + canaries_.FoundIn(file_.string() + "-wal") +
           canaries_.FoundIn(file_.string() + "-journal");
  }

  [[nodiscard]] int LeftInBackup(const std::filesystem::path& backup) {
    EXPECT_TRUE(store_->BackUp(backup).has_value());
    return canaries_.FoundIn(backup);
  }

  /// That the search can find something: what was not shredded.
  [[nodiscard]] int KeptIn(const std::filesystem::path& file) const { return kept_.FoundIn(file); }

 private:
  Bytes Blob(std::uint32_t person, std::size_t size) {
    Bytes blob = BlobOf(1'000'000 + ++blobs_, size);
    (person % 2 == 0 ? canaries_ : kept_).Add(blob);
    return blob;
  }

  void Write() {
    const auto person = static_cast<std::uint32_t>(random_.Uniform() * kPeople);
    const double chance = random_.Uniform();
    const std::size_t size = kSizes[chance < 0.8 ? 0 : chance < 0.93 ? 1 : chance < 0.98 ? 2 : 3];
    Change change{.account = IdOf<AccountId>(person)};
    if (random_.Uniform() < 0.05) {
      change.envelopes.push_back({.id = IdOf<EnvelopeId>(++envelopes_),
                                  .recipient = change.account,
                                  .bytes = Blob(person, 307),
                                  .delivery = Delivery::kAtOnce});
      if (person % 2 == 0) to_remove_.push_back(change.envelopes[0].id);
    }
    change.streams.push_back(
        {.stream = IdOf<StreamId>(person), .epoch = 1, .first = counts_[person]++, .head = BlobOf(person, 127)});
    change.streams[0].records.push_back({.id = IdOf<RecordId>(++records_), .bytes = Blob(person, size)});
    EXPECT_EQ(store_->Commit({&change, 1}).value()[0], Outcome::kStored);
  }

  void Shred() {
    for (std::uint32_t person = 0; person < kPeople; person += 2) {
      if (person % 4 == 0) {
        EXPECT_TRUE(store_->ShredAccount(IdOf<AccountId>(person)).has_value());
        continue;
      }
      const Change change{.account = IdOf<AccountId>(person),
                          .keyring = Keyring{.number = 2, .bytes = BlobOf(person, 4'151)},
                          .passphrase = Lock{.verifier = BlobOf(person, 96), .wrapped_key = BlobOf(person, 99)},
                          .recovery = Lock{.verifier = BlobOf(person, 96), .wrapped_key = BlobOf(person, 91)},
                          .streams = {AdditionOf(person, 2, 0, 5)},
                          .removed = to_remove_};
      EXPECT_EQ(store_->Commit({&change, 1}).value()[0], Outcome::kStored);
    }
    EXPECT_TRUE(store_->ShredInvite(IdOf<InviteId>(0)).has_value());
    EXPECT_TRUE(store_->Sweep({480'001}).has_value());
  }

  std::filesystem::path file_;
  std::unique_ptr<Store> store_;
  core::RandomStream random_;
  Canaries canaries_;
  Canaries kept_;
  std::array<std::uint64_t, kPeople> counts_{};
  std::vector<EnvelopeId> to_remove_;
  std::uint32_t blobs_ = 0;
  std::uint32_t records_ = 0;
  std::uint32_t envelopes_ = 0;
};

constexpr std::uint32_t kSeeds = 5;

// These are about bytes and not about power: without waiting for the disk they take seconds instead of minutes.
const std::string kWithoutWaiting = "PRAGMA synchronous = OFF;";

TEST(Canaries, ShreddedThingsAreNowhere) {
  for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
    const Folder folder;
    Shredded shredded({.file = folder / "store.db", .afterwards = kWithoutWaiting}, seed);
    EXPECT_EQ(shredded.Left(), 0) << "seed " << seed;
    EXPECT_EQ(shredded.LeftInBackup(folder / "backup.db"), 0) << "seed " << seed;
    EXPECT_GT(shredded.KeptIn(folder / "store.db"), 1'000);
    EXPECT_GT(shredded.KeptIn(folder / "backup.db"), 1'000);
  }
}

TEST(Canaries, AreFoundWhereDeletedRowsAreNotOverwritten) {
  const Folder folder;
  Shredded shredded({.file = folder / "store.db", .afterwards = kWithoutWaiting + "PRAGMA secure_delete = OFF;"}, 0);
  EXPECT_GT(shredded.Left(), 1'000);
  EXPECT_GT(shredded.LeftInBackup(folder / "backup.db"), 1'000);
}

/// Why pages are so small: SQLite leaves copies of rows behind when it moves them between pages of the usual size.
TEST(Canaries, AreFoundInPagesOfTheUsualSize) {
  int left = 0;
  for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
    const Folder folder;
    const std::string file = (folder / "store.db").string();
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(database, "PRAGMA page_size = 4096; VACUUM;", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
    left += Shredded({.file = file, .afterwards = kWithoutWaiting}, seed).Left();
  }
  EXPECT_GT(left, 0);
}

}  // namespace
}  // namespace selvedge::store::testing
