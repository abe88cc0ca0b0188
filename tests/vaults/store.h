#pragma once

#include <map>

#include "vault/account.h"

namespace selvedge::vault {

/// A store as docs/vault-format.md asks for: keeps blobs, understands headers only.
class Store {
 public:
  /// Takes an upload of an account.
  void Take(const AccountId& from, const Upload& upload);

  /// What a device of the account gets.
  [[nodiscard]] const StoredAccount& Of(const AccountId& account) const { return accounts_.at(account); }
  [[nodiscard]] StoredAccount& Of(const AccountId& account) { return accounts_.at(account); }

  /// A stream, whoever owns it; nothing if it was dropped.
  [[nodiscard]] const StoredStream* Find(const StreamId& stream) const;

  [[nodiscard]] const std::map<EnvelopeId, Bytes>& MailboxOf(const AccountId& account) { return mailboxes_[account]; }
  [[nodiscard]] const std::map<InviteId, Bytes>& invites() const { return invites_; }

 private:
  std::map<AccountId, StoredAccount> accounts_;
  std::map<AccountId, std::map<EnvelopeId, Bytes>> mailboxes_;
  std::map<InviteId, Bytes> invites_;
};

}  // namespace selvedge::vault
