#include "vault/lock.h"

#include <gtest/gtest.h>

#include "vaults/seeded_primitives.h"

namespace selvedge::vault {
namespace {

bool Same(const Key& one, const Key& other) { return std::ranges::equal(one.view(), other.view()); }

class Lock : public testing::Test {
 protected:
  [[nodiscard]] Bytes LockedWith(Stretching cost) const {
    const PassphraseLock lock{.cost = cost, .salt = RandomName<Salt>(*primitives_)};
    return LockWithPassphrase(*primitives_, lock, RandomKey(*primitives_), account_key_);
  }

  const std::unique_ptr<Primitives> primitives_ = SeededPrimitives(1);
  const Key account_key_ = RandomKey(*primitives_);
};

TEST_F(Lock, OpensWithItsPassphraseAlone) {
  const PassphraseLock lock{.cost = kFloor, .salt = RandomName<Salt>(*primitives_)};
  const SubKeys keys = *KeysOf(*primitives_, ViewOf("one"), lock);
  EXPECT_FALSE(Same(keys.auth, keys.kek));
  const Bytes blob = LockWithPassphrase(*primitives_, lock, keys.kek, account_key_);
  EXPECT_TRUE(Same(*OpenWithPassphrase(*primitives_, ViewOf("one"), blob), account_key_));
  EXPECT_EQ(OpenWithPassphrase(*primitives_, ViewOf("One"), blob).error().message, "This passphrase does not open it.");
}

TEST_F(Lock, RefusesOtherWorkThanItsFloorAndCeilingBeforeDoingAny) {
  EXPECT_TRUE(ReadPassphraseLock(LockedWith(kFloor)));
  EXPECT_TRUE(ReadPassphraseLock(LockedWith(kCeiling)));
  for (const Stretching cost : {Stretching{.memory_kib = kFloor.memory_kib - 1, .passes = 3},
                                Stretching{.memory_kib = kFloor.memory_kib, .passes = 2},
                                Stretching{.memory_kib = kCeiling.memory_kib + 1, .passes = 3},
                                Stretching{.memory_kib = kFloor.memory_kib, .passes = 33}}) {
    EXPECT_EQ(OpenWithPassphrase(*primitives_, ViewOf("one"), LockedWith(cost)).error().message,
              "The work asked for a passphrase lies outside what Selvedge takes.");
  }
  EXPECT_TRUE(CheckNotLowered(kFloor, kFloor));
  EXPECT_TRUE(CheckNotLowered(kCeiling, kFloor));
  const Stretching more_memory{.memory_kib = 2 * kFloor.memory_kib, .passes = kFloor.passes};
  const Stretching more_passes{.memory_kib = kFloor.memory_kib, .passes = kFloor.passes + 1};
  for (const auto& [offered, before] : {std::pair{kFloor, more_memory}, std::pair{more_memory, more_passes}}) {
    EXPECT_EQ(CheckNotLowered(offered, before).error().message,
              "The server asks for less work than before to protect your passphrase.");
  }
}

/// A machine whose memory is full.
class NoMemory final : public Forwarding {
 public:
  NoMemory() : Forwarding(SeededPrimitives(1)) {}
  [[nodiscard]] std::optional<Key> Stretch(View /*passphrase*/, const Salt& /*salt*/,
                                           Stretching /*cost*/) const override {
    return std::nullopt;
  }
};

TEST_F(Lock, SaysWhenMemoryIsShort) {
  EXPECT_EQ(KeysOf(NoMemory(), ViewOf("one"), PassphraseLock{}).error().message,
            "There is not enough memory free to check a passphrase.");
}

TEST_F(Lock, OpensWithItsRecoveryCodeAlone) {
  const RecoveryCode code = RecoveryCode::New(*primitives_);
  const Bytes blob = LockWithRecoveryCode(*primitives_, code, account_key_);
  EXPECT_TRUE(Same(*OpenWithRecoveryCode(*primitives_, code, blob), account_key_));
  EXPECT_EQ(OpenWithRecoveryCode(*primitives_, RecoveryCode::New(*primitives_), blob).error().message,
            "This recovery code does not open it.");
  EXPECT_EQ(OpenWithRecoveryCode(*primitives_, code, View(blob).first(40)).error().message,
            "This lock is damaged, or somebody changed it.");
}

}  // namespace
}  // namespace selvedge::vault
