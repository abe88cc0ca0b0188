#pragma once

#include "core/result.h"
#include "vault/blob.h"
#include "vault/bytes.h"
#include "vault/primitives.h"
#include "vault/recovery_code.h"

namespace selvedge::vault {

/// Less is refused, whoever asks for it: 64 MiB and three passes.
inline constexpr Stretching kFloor{.memory_kib = 64 * 1024, .passes = 3};
/// More is refused too: a store could otherwise make a device work for hours.
inline constexpr Stretching kCeiling{.memory_kib = 1024 * 1024, .passes = 32};

/// What a passphrase or a recovery code opens.
struct SubKeys {
  Key auth;  ///< shown to the server to log in
  Key kek;   ///< wraps the account key; never leaves the device
};

/// What everybody sees of an account key under a passphrase.
struct PassphraseLock {
  Stretching cost = kFloor;
  Salt salt;
};

/// Reads the parameters of a lock. Refuses what lies below the floor or above the ceiling before anything is computed.
[[nodiscard]] core::Result<PassphraseLock> ReadPassphraseLock(View blob);

/// Refuses parameters below those this account had on this device before.
[[nodiscard]] core::Result<void> CheckNotLowered(const Stretching& offered, const Stretching& before);

/// Takes a while and much memory, which is its purpose. Fails where that memory can't be had.
[[nodiscard]] core::Result<SubKeys> KeysOf(const Primitives& primitives, View passphrase, const PassphraseLock& lock);
[[nodiscard]] SubKeys KeysOf(const Primitives& primitives, const RecoveryCode& code, const Salt& salt);

/// The account key under a passphrase. `kek` is the one KeysOf makes of the passphrase and these parameters.
[[nodiscard]] Bytes LockWithPassphrase(Primitives& primitives, const PassphraseLock& lock, const Key& kek,
                                       const Key& account_key);
/// Fails if the passphrase is another, or the lock was altered: nobody can tell which.
[[nodiscard]] core::Result<Key> OpenWithPassphrase(const Primitives& primitives, View passphrase, View blob);

/// The account key under a recovery code, with a fresh salt.
[[nodiscard]] Bytes LockWithRecoveryCode(Primitives& primitives, const RecoveryCode& code, const Key& account_key);
[[nodiscard]] core::Result<Key> OpenWithRecoveryCode(const Primitives& primitives, const RecoveryCode& code, View blob);

/// Reads the salt of a recovery lock, for its `auth` key.
[[nodiscard]] core::Result<Salt> ReadRecoveryLock(View blob);

}  // namespace selvedge::vault
