#pragma once

#include <variant>

#include "core/result.h"
#include "vault/identity.h"
#include "vault/pairing.h"
#include "vault/record.h"

namespace selvedge::vault {

/// "Here is the key of what I share with you."
struct Grant {
  Epoch epoch;
  Key key;
};

/// "I took your invite, and these are my keys."
struct Acceptance {
  InviteId invite;
  PairingNonce nonce;
  Digest proof;
};

/// What one person sends another. Outside nobody sees from whom.
struct Letter {
  Identity sender;
  std::variant<Grant, Acceptance> content;
};

/// A letter sealed to one person. Fails if that person's receiving key is none.
[[nodiscard]] core::Result<Bytes> SealLetter(Primitives& primitives, const OwnIdentity& sender,
                                             const Identity& recipient, const std::variant<Grant, Acceptance>& content);

/// A letter to us, signed by the identity it names. Whether we know and trust that identity is for the caller to check.
[[nodiscard]] core::Result<Letter> OpenEnvelope(const Primitives& primitives, const OwnIdentity& own, View envelope);

}  // namespace selvedge::vault
