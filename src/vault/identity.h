#pragma once

#include "vault/blob.h"
#include "vault/bytes.h"
#include "vault/primitives.h"

namespace selvedge::vault {

/// Who somebody is to others: public keys under an account's id.
struct Identity {
  AccountId account;
  SigningKey signing;
  ReceivingKey receiving;

  bool operator==(const Identity&) const = default;
};

using Fingerprint = Name<struct FingerprintTag, 16>;

/// An identity with its secrets.
struct OwnIdentity {
  AccountId account;
  SigningPair signing;
  ReceivingPair receiving;

  [[nodiscard]] static OwnIdentity New(Primitives& primitives, const AccountId& account);
  [[nodiscard]] Identity Shown() const {
    return {.account = account, .signing = signing.shown, .receiving = receiving.shown};
  }
};

inline constexpr std::size_t kIdentitySize = 80;

[[nodiscard]] Bytes IdentityBytes(const Identity& identity);
void Take(Reader& reader, Identity& identity);

[[nodiscard]] Fingerprint FingerprintOf(const Primitives& primitives, const Identity& identity);

}  // namespace selvedge::vault
