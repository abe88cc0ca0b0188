#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "vault/entry.h"
#include "vault/keyring.h"
#include "vault/letter.h"
#include "vault/pairing.h"
#include "vault/stream.h"

namespace selvedge::vault {

/// What a device hands to the store, which takes all of it or nothing. A head of a later epoch ends the earlier ones:
/// the store drops their records.
struct Upload {
  struct Posted {
    AccountId to;
    EnvelopeId id;
    Bytes envelope;
  };
  struct Row {
    InviteId id;
    Bytes row;
  };

  std::optional<Bytes> keyring;
  std::vector<Bytes> records;  ///< each belongs where its header says
  std::vector<Bytes> heads;    ///< one for every stream that changed
  std::vector<Posted> posted;
  std::vector<EnvelopeId> withdrawn;
  std::vector<StreamId> dropped;
  std::optional<Row> invite;
  std::optional<InviteId> answered;  ///< an invite that has done its work
};

/// What a store keeps for an account and serves to its devices.
struct StoredAccount {
  Bytes keyring;
  std::map<StreamId, StoredStream> streams;
};

/// One person's account, opened on their device: everything they wrote and every key they have. Each change is made
/// here and returned as what to upload. An account whose upload was not taken has to be opened anew.
class Account {
 public:
  struct Created;
  struct Invited;

  /// A new account with its seven streams, under this account key.
  [[nodiscard]] static Created New(Primitives& primitives, const Key& account_key);

  /// What a store serves. Refuses whatever is altered, incomplete, or older than `memory` knows; a device that meets
  /// the account for the first time has an empty memory.
  [[nodiscard]] static core::Result<Account> Open(Primitives& primitives, const Key& account_key,
                                                  const StoredAccount& stored, Memory memory);

  [[nodiscard]] Identity identity() const { return keyring_.own.Shown(); }
  [[nodiscard]] const OwnIdentity& own() const { return keyring_.own; }
  [[nodiscard]] const Memory& memory() const { return memory_; }
  [[nodiscard]] const Key& account_key() const { return account_key_; }

  // ---- what a person writes ----

  /// Every revision of every entry of a kind, in the order of writing.
  [[nodiscard]] std::vector<Entry> Entries(Kind kind) const;

  /// Writes entries; all seven streams grow alike. Without any, each grows by one blank. Refuses bodies longer than
  /// kLongestBody, and a revision that is not later than those there are.
  [[nodiscard]] core::Result<Upload> Write(std::span<const Entry> entries);

  /// Writes those entries that are not here yet; for importing an export. Nothing to upload if there are none.
  [[nodiscard]] core::Result<Upload> WriteMissing(std::span<const Entry> entries);

  /// Takes entries away, with every revision and every copy that was shared, and all keys that could open them.
  [[nodiscard]] core::Result<Upload> Delete(std::span<const EntryId> entries);
  [[nodiscard]] core::Result<Upload> DeleteEverything();

  /// Shuts out whoever learned a passphrase: new keys for all there is, and a new identity, so that people have to pair
  /// again. The locks have to be made anew around `account_key()`.
  [[nodiscard]] core::Result<Upload> Rekey();

  // ---- people ----

  [[nodiscard]] const Person* Find(const AccountId& account) const;

  [[nodiscard]] core::Result<Invited> Invite();

  /// Takes an invite. The person is pinned; sharing opens when the six words were compared.
  [[nodiscard]] core::Result<Upload> TakeInvite(const Link& link, View row);

  /// Takes the answer to an invite of ours. Refuses one whose maker did not have the link, and a second one.
  [[nodiscard]] core::Result<Upload> TakeAcceptance(View envelope);

  /// Both said that the words are the same.
  [[nodiscard]] core::Result<Upload> Confirm(const AccountId& account);

  /// What the server says somebody's keys are now. If they are others than those pinned, sharing with them is closed
  /// until the two pair again. Nothing to upload otherwise.
  [[nodiscard]] core::Result<Upload> Notice(const Identity& served);

  // ---- sharing ----

  [[nodiscard]] const Share* ShareWith(const AccountId& account) const;

  /// Opens a share: an envelope with its key. Refuses unless the words were compared and the keys are still the same.
  /// Nothing to upload if it is open.
  [[nodiscard]] core::Result<Upload> Grant(const AccountId& to);

  /// Puts a copy into an open share.
  [[nodiscard]] core::Result<Upload> Publish(const AccountId& to, const SharedCopy& copy);

  /// Ends a share: takes the envelope back, shreds its records and forgets its key.
  [[nodiscard]] core::Result<Upload> EndShare(const AccountId& with);

  /// Ends what is shared, and forgets the person.
  [[nodiscard]] core::Result<Upload> Leave(const AccountId& who);

 private:
  /// A record's place in a stream, opened; nothing for a blank.
  struct Row {
    Bucket bucket = 0;
    std::optional<Entry> entry;
  };
  struct Log {
    Chain chain;
    std::vector<Row> rows;
  };

  Account(Primitives& primitives, const Key& account_key) : primitives_(&primitives), account_key_(account_key) {}

  [[nodiscard]] core::Result<void> Load(const OwnStream& stream, const StoredAccount& stored);
  [[nodiscard]] std::uint32_t LastRevision(const Entry& entry) const;
  void Append(const OwnStream& stream, Row row, Upload& upload);
  void FinishHead(const OwnStream& stream, Upload& upload);
  void StartEpoch(OwnStream& stream, std::vector<Row> rows, Upload& upload);
  [[nodiscard]] core::Result<void> StartEpochs(std::span<const EntryId> without, bool every_share, Upload& upload);
  [[nodiscard]] core::Result<void> PostGrant(Share& share, Upload& upload);
  void Close(Share& share, Upload& upload);
  [[nodiscard]] core::Result<void> SealKeyring(Upload& upload);
  void Pin(const Identity& identity, WordsNumber words, Upload& upload);
  [[nodiscard]] core::Result<Person*> Known(const AccountId& account);
  [[nodiscard]] Share* OpenShareWith(const AccountId& account);

  Primitives* primitives_;
  Key account_key_;
  Keyring keyring_;
  std::map<StreamId, Log> logs_;
  Memory memory_;
};

struct Account::Created {
  Account account;
  Upload upload;
};

struct Account::Invited {
  Link link;
  Upload upload;
};

/// What somebody shares with us: the copies in the order of publishing. `envelope` and `stored` are what the store
/// serves. Refuses grants of people who are not paired, compared and unchanged, and whatever was altered or rolled
/// back.
[[nodiscard]] core::Result<std::vector<SharedCopy>> ReadShare(const Primitives& primitives, const Account& reader,
                                                              View envelope, const StoredStream& stored,
                                                              Memory& memory);

/// Which stream a grant opens, to ask the store for it.
[[nodiscard]] core::Result<StreamId> StreamOfGrant(const Primitives& primitives, const Account& reader, View envelope);

}  // namespace selvedge::vault
