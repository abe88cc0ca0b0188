#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/result.h"
#include "vault/entry.h"
#include "vault/identity.h"
#include "vault/pairing.h"
#include "vault/record.h"

namespace selvedge::vault {

/// A stream of one's own, with its key.
struct OwnStream {
  Epoch epoch;
  Key key;
};

/// How far the trust in a person's keys has come.
enum class Trust : std::uint8_t {
  kNotCompared = 1,  ///< pinned; the six words are still to be compared
  kCompared = 2,     ///< both said that the words are the same: sharing is open
  kChanged = 3,      ///< the keys are no longer those that were pinned: sharing is closed
};

/// Somebody one has paired with, and the keys pinned then.
struct Person {
  Identity identity;
  Trust trust = Trust::kNotCompared;
  WordsNumber words = 0;

  bool operator==(const Person&) const = default;
};

/// What one shares with one person.
struct Share {
  AccountId with;
  OwnStream stream;
  EnvelopeId envelope;  ///< the grant that waits for them; all zeros while nothing is shared

  [[nodiscard]] bool IsOpen() const { return envelope != EnvelopeId{}; }
};

/// Every key of an account, in one blob.
struct Keyring {
  std::uint64_t number = 1;
  OwnIdentity own;
  std::array<OwnStream, kKinds.size()> streams;
  std::vector<Person> people;
  std::vector<Share> shares;
  std::vector<InviteSecret> invites;

  [[nodiscard]] OwnStream& Of(Kind kind) { return streams[static_cast<std::size_t>(kind) - 1]; }
  [[nodiscard]] const OwnStream& Of(Kind kind) const { return streams[static_cast<std::size_t>(kind) - 1]; }
};

/// Fails if it holds more people than a blob may.
[[nodiscard]] core::Result<Bytes> SealKeyring(Primitives& primitives, const Key& account_key, const Keyring& keyring);

/// Refuses another key's, an altered one, and one of a smaller number than `least`.
[[nodiscard]] core::Result<Keyring> OpenKeyring(const Primitives& primitives, const Key& account_key, View blob,
                                                std::uint64_t least = 1);

}  // namespace selvedge::vault
