#include "vault/identity.h"

namespace selvedge::vault {

OwnIdentity OwnIdentity::New(Primitives& primitives, const AccountId& account) {
  OwnIdentity own{.account = account, .signing = {}, .receiving = {}};
  own.signing.seed = RandomKey(primitives);
  own.signing.shown = primitives.ShownSigningKey(own.signing.seed);
  own.receiving.secret = RandomKey(primitives);
  own.receiving.shown = primitives.ShownKey(own.receiving.secret);
  return own;
}

Bytes IdentityBytes(const Identity& identity) {
  Bytes bytes;
  Writer(bytes).Put(identity.account).Put(identity.signing).Put(identity.receiving);
  return bytes;
}

void Take(Reader& reader, Identity& identity) {
  reader.Take(identity.account).Take(identity.signing).Take(identity.receiving);
}

Fingerprint FingerprintOf(const Primitives& primitives, const Identity& identity) {
  return FirstOf<Fingerprint>(Hash(primitives, "selvedge identity 1", {IdentityBytes(identity)}));
}

}  // namespace selvedge::vault
