#include "vault/lock.h"

#include <algorithm>
#include <utility>

namespace selvedge::vault {
namespace {

constexpr std::string_view kWhat = "lock";
constexpr std::string_view kAuthLabel = "selvedge auth 1";
constexpr std::string_view kKekLabel = "selvedge kek 1";
constexpr std::string_view kRecoveryLabel = "selvedge recovery 1";
constexpr std::size_t kPassphraseHeader = 51;
constexpr std::size_t kRecoveryHeader = 43;

SubKeys Split(const Primitives& primitives, const Key& master) {
  return {.auth = primitives.Derive(master, ViewOf(kAuthLabel)), .kek = primitives.Derive(master, ViewOf(kKekLabel))};
}

bool IsLockSize(View blob, std::size_t header) { return blob.size() == header + Key::kSize + kTagSize; }

/// Nothing if it was another key.
std::optional<Key> Unwrap(const Primitives& primitives, const Key& kek, View blob, std::size_t header) {
  const std::optional<SecretBytes> text = OpenAfter(primitives, kek, blob, header);
  if (!text) return std::nullopt;
  Key key;
  Reader(*text).Take(key);
  return key;
}

}  // namespace

core::Result<PassphraseLock> ReadPassphraseLock(View blob) {
  Reader reader(blob);
  SELVEDGE_TRY_VOID(TakePrefix(reader, Format::kPassphraseLock, kWhat));
  PassphraseLock lock;
  reader.Number(lock.cost.memory_kib).Number(lock.cost.passes).Take(lock.salt);
  if (!reader.fits() || !IsLockSize(blob, kPassphraseHeader)) return Damaged(kWhat);
  const auto [memory, passes] = lock.cost;
  if (memory < kFloor.memory_kib || passes < kFloor.passes || memory > kCeiling.memory_kib ||
      passes > kCeiling.passes) {
    return Refuse("The work asked for a passphrase lies outside what Selvedge takes.",
                  "Take another copy; if a server sent this, don't type your passphrase there.");
  }
  return lock;
}

core::Result<void> CheckNotLowered(const Stretching& offered, const Stretching& before) {
  if (offered.memory_kib >= before.memory_kib && offered.passes >= before.passes) return {};
  return Refuse("The server asks for less work than before to protect your passphrase.",
                "Don't type your passphrase there. Ask whoever runs it.");
}

core::Result<SubKeys> KeysOf(const Primitives& primitives, View passphrase, const PassphraseLock& lock) {
  const std::optional<Key> master = primitives.Stretch(passphrase, lock.salt, lock.cost);
  if (!master) {
    return Refuse("There is not enough memory free to check a passphrase.", "Close other programs, then try again.");
  }
  return Split(primitives, *master);
}

SubKeys KeysOf(const Primitives& primitives, const RecoveryCode& code, const Salt& salt) {
  return Split(primitives, KeyOf(Hash(primitives, kRecoveryLabel, {salt.bytes, code.secret()})));
}

Bytes LockWithPassphrase(Primitives& primitives, const PassphraseLock& lock, const Key& kek, const Key& account_key) {
  Bytes blob = Begin(Format::kPassphraseLock);
  Writer(blob).Number(lock.cost.memory_kib).Number(lock.cost.passes).Put(lock.salt);
  return SealAfter(primitives, kek, std::move(blob), account_key.view());
}

core::Result<Key> OpenWithPassphrase(const Primitives& primitives, View passphrase, View blob) {
  const PassphraseLock lock = SELVEDGE_TRY(ReadPassphraseLock(blob));
  const SubKeys keys = SELVEDGE_TRY(KeysOf(primitives, passphrase, lock));
  std::optional<Key> key = Unwrap(primitives, keys.kek, blob, kPassphraseHeader);
  if (!key) {
    return Refuse("This passphrase does not open it.",
                  "Look at capital letters and the keyboard's language, then try again. Nothing is lost by trying.");
  }
  return *key;
}

Bytes LockWithRecoveryCode(Primitives& primitives, const RecoveryCode& code, const Key& account_key) {
  const auto salt = RandomName<Salt>(primitives);
  Bytes blob = Begin(Format::kRecoveryLock);
  Writer(blob).Put(salt);
  return SealAfter(primitives, KeysOf(primitives, code, salt).kek, std::move(blob), account_key.view());
}

core::Result<Salt> ReadRecoveryLock(View blob) {
  Reader reader(blob);
  SELVEDGE_TRY_VOID(TakePrefix(reader, Format::kRecoveryLock, kWhat));
  Salt salt;
  reader.Take(salt);
  if (!reader.fits() || !IsLockSize(blob, kRecoveryHeader)) return Damaged(kWhat);
  return salt;
}

core::Result<Key> OpenWithRecoveryCode(const Primitives& primitives, const RecoveryCode& code, View blob) {
  const Salt salt = SELVEDGE_TRY(ReadRecoveryLock(blob));
  std::optional<Key> key = Unwrap(primitives, KeysOf(primitives, code, salt).kek, blob, kRecoveryHeader);
  if (!key) {
    return Refuse("This recovery code does not open it.",
                  "It may belong to another account, or to an earlier passphrase of this one.");
  }
  return *key;
}

}  // namespace selvedge::vault
