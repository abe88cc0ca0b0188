#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"
#include "vault/identity.h"

namespace selvedge::vault {

/// What makes an invite: whoever has it can answer.
using InviteSecret = Name<struct InviteSecretTag, 16>;
using PairingNonce = Name<struct PairingNonceTag, 16>;

/// What the link carries after "#", which browsers do not send to the server.
struct Link {
  InviteSecret secret;
  Fingerprint inviter;

  bool operator==(const Link&) const = default;
};

/// The link's 53 symbols.
[[nodiscard]] std::string LinkText(const Link& link);

/// What somebody pasted: the whole link or only what follows "#".
[[nodiscard]] core::Result<Link> ReadLink(std::string_view text);

/// Under which the store keeps the invite.
[[nodiscard]] InviteId InviteIdOf(const Primitives& primitives, const InviteSecret& secret);

/// The row of an invite: who invites, readable with the link alone.
[[nodiscard]] Bytes SealInvite(Primitives& primitives, const InviteSecret& secret, const Identity& inviter);

/// Who invites. Refuses a row that is not the link's.
[[nodiscard]] core::Result<Identity> OpenInvite(const Primitives& primitives, const Link& link, View row);

/// Two identities that meet through an invite.
struct Meeting {
  Identity inviter;
  Identity invitee;
  InviteSecret secret;
  PairingNonce nonce;
};

/// Shows the inviter that the answer comes from somebody who had the link.
[[nodiscard]] Digest ProofOf(const Primitives& primitives, const Meeting& meeting);

/// What both screens show: the number of six words, ten bits each, the first word highest; the lowest four bits are
/// zero.
using WordsNumber = std::uint64_t;
[[nodiscard]] WordsNumber WordsOf(const Primitives& primitives, const Meeting& meeting);

[[nodiscard]] std::array<std::string_view, 6> SixWords(WordsNumber number);

}  // namespace selvedge::vault
