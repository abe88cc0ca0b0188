// Memory that is given back holds no secret. This program looks through every block as it is freed, for the bytes of
// keys and of what people wrote.

#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string_view>
#include <vector>

#include "vault/account.h"
#include "vault/export.h"
#include "vaults/seeded_primitives.h"
#include "vaults/store.h"

namespace {

constexpr std::size_t kMostSecrets = 64;
constexpr std::size_t kSecretSize = 32;

/// What is looked for. No vector: it is used while memory is being freed.
struct Watch {
  std::array<std::array<unsigned char, kSecretSize>, kMostSecrets> secrets{};
  std::size_t count = 0;
  bool is_on = false;
  std::size_t found = 0;
  std::size_t blocks = 0;
};

Watch& TheWatch() {
  static Watch watch;
  return watch;
}

void LookThrough(const void* memory) {
  Watch& watch = TheWatch();
  if (!watch.is_on || memory == nullptr) return;
  ++watch.blocks;
  const std::size_t size = malloc_usable_size(const_cast<void*>(memory));
  for (std::size_t i = 0; i < watch.count; ++i) {
    if (memmem(memory, size, watch.secrets[i].data(), kSecretSize) != nullptr) ++watch.found;
  }
}

}  // namespace

// NOLINTBEGIN(cppcoreguidelines-no-malloc): this is where memory comes from
void* operator new(std::size_t size) {
  void* const memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) std::abort();
  return memory;
}
void operator delete(void* memory) noexcept {
  LookThrough(memory);
  std::free(memory);
}
void operator delete(void* memory, std::size_t /*size*/) noexcept {
  LookThrough(memory);
  std::free(memory);
}
// NOLINTEND(cppcoreguidelines-no-malloc)

namespace selvedge::vault {
namespace {

void WatchFor(View secret) {
  Watch& watch = TheWatch();
  ASSERT_LT(watch.count, kMostSecrets);
  ASSERT_GE(secret.size(), kSecretSize);
  std::ranges::copy(secret.first(kSecretSize), watch.secrets[watch.count++].begin());
}

constexpr std::string_view kNote = "A note that nobody else should ever find in memory.";

Entry NoteOf(std::uint8_t number) {
  Entry entry{.kind = Kind::kNotes, .id = {}, .revision = 1, .body = {kNote.begin(), kNote.end()}};
  entry.id.bytes.fill(number);
  return entry;
}

class Wiping : public testing::Test {
 protected:
  Wiping() { TheWatch() = {}; }
  ~Wiping() override { TheWatch().is_on = false; }
};

/// Two people pair, share, edit, delete and read; then everything goes.
void LiveAWhile() {
  const auto primitives = SeededPrimitives(1);
  Store store;
  std::vector<Account> people;
  for (int i = 0; i < 2; ++i) {
    auto [account, upload] = Account::New(*primitives, RandomKey(*primitives));
    store.Take(account.identity().account, upload);
    people.push_back(std::move(account));
  }
  Account& ana = people[0];
  Account& ben = people[1];
  const auto watch_keys = [&] {
    TheWatch().is_on = false;
    for (const Account& account : people) {
      const Keyring keyring =
          *OpenKeyring(*primitives, account.account_key(), store.Of(account.identity().account).keyring);
      WatchFor(account.account_key().view());
      WatchFor(keyring.own.signing.seed.view());
      WatchFor(keyring.own.receiving.secret.view());
      for (const OwnStream& stream : keyring.streams) WatchFor(stream.key.view());
      for (const Share& share : keyring.shares) WatchFor(share.stream.key.view());
    }
    TheWatch().is_on = true;
  };
  WatchFor(ViewOf(kNote));
  watch_keys();
  const auto invited = *ana.Invite();
  store.Take(ana.identity().account, invited.upload);
  const auto answer = *ben.TakeInvite(invited.link, invited.upload.invite->row);
  store.Take(ben.identity().account, answer);
  store.Take(ana.identity().account, *ana.TakeAcceptance(answer.posted[0].envelope));
  store.Take(ana.identity().account, *ana.Confirm(ben.identity().account));
  store.Take(ben.identity().account, *ben.Confirm(ana.identity().account));
  store.Take(ana.identity().account, *ana.Grant(ben.identity().account));
  TheWatch().count = 1;
  watch_keys();
  store.Take(ana.identity().account, *ana.Write(std::array{NoteOf(1), NoteOf(2), NoteOf(3)}));
  store.Take(ana.identity().account, *ana.Publish(ben.identity().account, *SharedCopy::Of(NoteOf(1))));
  const Share& share = *ana.ShareWith(ben.identity().account);
  Memory memory;
  EXPECT_EQ(ReadShare(*primitives, ben, store.MailboxOf(ben.identity().account).at(share.envelope),
                      *store.Find(share.stream.epoch.stream), memory)
                ->size(),
            1U);
  store.Take(ana.identity().account, *ana.Delete(std::array{NoteOf(2).id}));
  EXPECT_EQ(
      Account::Open(*primitives, ana.account_key(), store.Of(ana.identity().account), {})->Entries(Kind::kNotes).size(),
      2U);
  store.Take(ana.identity().account, *ana.Rekey());
}

TEST_F(Wiping, LeavesNoSecretInFreedMemory) {
  LiveAWhile();
  EXPECT_EQ(TheWatch().found, 0U);
  EXPECT_GT(TheWatch().blocks, 1000U);
}

TEST_F(Wiping, LeavesNoPassphraseKeyInFreedMemory) {
  const auto primitives = SeededPrimitives(1);
  const PassphraseLock lock{.cost = kFloor, .salt = {}};
  const Key account_key = RandomKey(*primitives);
  const SubKeys keys = *KeysOf(*primitives, ViewOf("a passphrase"), lock);
  for (const Key* const key : {&account_key, &keys.auth, &keys.kek}) WatchFor(key->view());
  TheWatch().is_on = true;
  const Bytes blob = LockWithPassphrase(*primitives, lock, keys.kek, account_key);
  EXPECT_TRUE(OpenWithPassphrase(*primitives, ViewOf("a passphrase"), blob).has_value());
  const RecoveryCode code = RecoveryCode::New(*primitives);
  EXPECT_TRUE(OpenWithRecoveryCode(*primitives, code, LockWithRecoveryCode(*primitives, code, account_key)));
  EXPECT_EQ(TheWatch().found, 0U);
}

TEST_F(Wiping, WouldBeMissedIfItDidNotHappen) {
  WatchFor(ViewOf(kNote));
  TheWatch().is_on = true;
  {
    const Bytes not_wiped(kNote.begin(), kNote.end());
  }
  EXPECT_EQ(TheWatch().found, 1U);
  {
    const SecretBytes wiped(kNote.begin(), kNote.end());
  }
  EXPECT_EQ(TheWatch().found, 1U);
}

}  // namespace
}  // namespace selvedge::vault
