#include "vault/export.h"

#include <gtest/gtest.h>

#include "vault/account.h"
#include "vaults/seeded_primitives.h"
#include "vaults/store.h"

namespace selvedge::vault {
namespace {

Entry EntryOf(Kind kind, std::uint8_t number, std::string_view body) {
  Entry entry{.kind = kind, .id = {}, .revision = 1, .body = {body.begin(), body.end()}};
  entry.id.bytes.fill(number);
  return entry;
}

class Exporting : public testing::Test {
 protected:
  Exporting() {
    auto [account, upload] = Account::New(*primitives_, account_key_);
    const AccountId id = account.identity().account;
    Store store;
    store.Take(id, upload);
    store.Take(id, *account.Write(std::vector{EntryOf(Kind::kNotes, 1, "a note"), EntryOf(Kind::kCheckins, 2, "{}")}));
    const PassphraseLock lock{.cost = kFloor, .salt = RandomName<Salt>(*primitives_)};
    exported_.passphrase_lock =
        LockWithPassphrase(*primitives_, lock, KeysOf(*primitives_, ViewOf("right"), lock)->kek, account_key_);
    exported_.recovery_lock = LockWithRecoveryCode(*primitives_, code_, account_key_);
    exported_.keyring = store.Of(id).keyring;
    const Keyring keyring = *OpenKeyring(*primitives_, account_key_, exported_.keyring);
    for (std::size_t i = 0; i < kKinds.size(); ++i) {
      exported_.streams[i] = store.Of(id).streams.at(keyring.streams[i].epoch.stream);
    }
  }

  [[nodiscard]] std::string Refusal(std::string_view passphrase, View file) const {
    const auto opened = OpenExportWithPassphrase(*primitives_, ViewOf(passphrase), file);
    return opened ? "opened" : opened.error().message;
  }

  const std::unique_ptr<Primitives> primitives_ = SeededPrimitives(1);
  const Key account_key_ = RandomKey(*primitives_);
  const RecoveryCode code_ = RecoveryCode::New(*primitives_);
  Export exported_;
};

TEST_F(Exporting, GivesEverythingBack) {
  const auto entries = OpenExportWithPassphrase(*primitives_, ViewOf("right"), WriteExport(*primitives_, exported_));
  ASSERT_TRUE(entries.has_value());
  ASSERT_EQ(entries->size(), 2U);
  EXPECT_EQ(TextOf((*entries)[0].body), "{}");
  EXPECT_EQ(TextOf((*entries)[1].body), "a note");

  // Into another account, once and once more.
  auto [other, upload] = Account::New(*primitives_, RandomKey(*primitives_));
  EXPECT_EQ(other.WriteMissing(*entries)->records.size(), kKinds.size());
  EXPECT_TRUE(other.WriteMissing(*entries)->records.empty());
  EXPECT_EQ(other.Entries(Kind::kNotes), std::vector{(*entries)[1]});
}

TEST_F(Exporting, OpensWithTheRecoveryCode) {
  const Bytes file = WriteExport(*primitives_, exported_);
  EXPECT_EQ(OpenExportWithRecoveryCode(*primitives_, TextOf(code_.Text()), file)->size(), 2U);
  const RecoveryCode other = RecoveryCode::New(*primitives_);
  EXPECT_EQ(OpenExportWithRecoveryCode(*primitives_, TextOf(other.Text()), file).error().message,
            "This recovery code does not open it.");
}

TEST_F(Exporting, TellsWhatIsWrong) {
  const Bytes file = WriteExport(*primitives_, exported_);
  EXPECT_EQ(Refusal("wrong", file), "This passphrase does not open it.");
  EXPECT_EQ(Refusal("right", ViewOf("day,own\n")), "This is not an export of Selvedge.");
  EXPECT_EQ(Refusal("right", View(file).first(file.size() - 1)), "This export is damaged, or somebody changed it.");
  Bytes newer = file;
  newer[17] = 2;
  EXPECT_EQ(Refusal("right", newer), "This export was written by a newer Selvedge.");
}

TEST_F(Exporting, RefusesPartsInOtherPlaces) {
  const auto refused = [&](auto change) {
    Export other = exported_;
    change(other);
    return Refusal("right", WriteExport(*primitives_, other)) != "opened";
  };
  EXPECT_FALSE(refused([](Export&) {}));
  EXPECT_TRUE(refused([](Export& e) { std::swap(e.streams[0], e.streams[6]); }));
  EXPECT_TRUE(refused([](Export& e) { e.streams[0].records.pop_back(); }));
  EXPECT_TRUE(refused([](Export& e) { e.streams[0].head.clear(); }));
  EXPECT_TRUE(refused([](Export& e) { e.streams[6].records.push_back(e.keyring); }));
  EXPECT_TRUE(refused([](Export& e) { std::swap(e.passphrase_lock, e.recovery_lock); }));
}

/// Counts how often a passphrase is stretched.
class Counting final : public Forwarding {
 public:
  Counting() : Forwarding(SeededPrimitives(1)) {}
  [[nodiscard]] std::optional<Key> Stretch(View /*passphrase*/, const Salt& /*salt*/, Stretching cost) const override {
    EXPECT_EQ(cost, kFloor);
    ++count;
    return Key{};
  }
  mutable int count = 0;
};

TEST_F(Exporting, CostsTheSameWhateverIsWrong) {
  const Bytes file = WriteExport(*primitives_, exported_);
  Export low = exported_;
  low.passphrase_lock[3] = 0;
  low.passphrase_lock[5] = 0;
  for (const Bytes& one : {file, Bytes(View(file).first(100).begin(), View(file).first(100).end()), Bytes{},
                           WriteExport(*primitives_, low)}) {
    const Counting primitives;
    EXPECT_FALSE(OpenExportWithPassphrase(primitives, ViewOf("right"), one));
    EXPECT_EQ(primitives.count, 1);
  }
}

}  // namespace
}  // namespace selvedge::vault
