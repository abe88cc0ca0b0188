#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "core/result.h"

/// What the server keeps, and how: blobs it cannot read, under random ids.
///
/// The blobs are those of docs/vault-format.md; here they are bytes. The types below are also the whole of what a
/// stolen database tells: there is no column for a sender, an address, a device, or when somebody was last there.
namespace selvedge::store {

using Bytes = std::vector<std::uint8_t>;

/// Random bytes that name something. Ids of different things are different types and cannot be mixed up.
template <typename Thing, std::size_t kSize>
struct Id {
  std::array<std::uint8_t, kSize> bytes{};

  auto operator<=>(const Id&) const = default;
};
using AccountId = Id<struct AccountThing, 16>;
using StreamId = Id<struct StreamThing, 16>;
using RecordId = Id<struct RecordThing, 16>;
using EnvelopeId = Id<struct EnvelopeThing, 16>;
using InviteId = Id<struct InviteThing, 16>;
/// What the server makes of a normalised handle: a hash, so that no list of names lies about. Unique.
using HandleHash = Id<struct HandleThing, 32>;
using TokenHash = Id<struct TokenThing, 32>;  ///< of a session's token; the token itself is never stored

/// A point in time in whole hours since 1970, UTC. The store knows no finer one, so it cannot tell when in the evening
/// somebody logged in. It never reads a clock: the time comes in as an argument.
struct Hour {
  std::int64_t since_1970 = 0;

  auto operator<=>(const Hour&) const = default;
};

/// From when until when something holds. A clock that was set back does not lengthen it: what seems to be made in the
/// future (by more than one hour, which a clock may be put right by) does not hold.
struct Lifetime {
  Hour created;
  Hour expires;

  [[nodiscard]] constexpr bool Covers(Hour now) const {
    return created.since_1970 <= now.since_1970 + 1 && now < expires;
  }
};

/// One way into an account: with the passphrase or with the recovery code.
struct Lock {
  Bytes verifier;     ///< what the server checks `auth` against: a salted hash, as the server writes it
  Bytes wrapped_key;  ///< the account key under this way's key, with what is needed to derive that (Argon2 parameters)
};

struct Keyring {
  std::uint64_t number = 1;  ///< one more than that of the keyring before
  Bytes bytes;
};

struct Account {
  AccountId id;
  HandleHash handle;
  Lock passphrase;
  Lock recovery;
  Keyring keyring;
};

struct Session {
  TokenHash token;
  AccountId account;
  Lifetime lifetime;
};

struct Record {
  RecordId id;
  Bytes bytes;
};

/// Records for one stream, and the head that signs the stream with them.
///
/// A stream lives in epochs, 1, 2, …; its records are numbered from 0 in each. `epoch` is the stream's own, and the
/// records follow those that are there; or it is the next one, and then every record of the earlier epoch is shredded
/// and these take their place. A stream nobody knows is in epoch 0, so epoch 1 makes it.
struct StreamChange {
  StreamId stream{};
  std::uint32_t epoch = 1;
  std::uint64_t first = 0;  ///< the number of the first of `records`
  std::vector<Record> records{};
  Bytes head{};
};

/// When the recipient can first see an envelope.
enum class Delivery { kAtOnce, kNextBatch };

/// A sealed letter in somebody's mailbox. Who sent it is written nowhere; who knows its id can take it back.
struct Envelope {
  EnvelopeId id;
  AccountId recipient;
  Bytes bytes;
  Delivery delivery = Delivery::kAtOnce;
};

/// What one device changes at once in its own account: all of it, or nothing.
struct Change {
  AccountId account;
  std::optional<Keyring> keyring{};  ///< its number follows the stored one; another device was quicker otherwise
  std::optional<Lock>
      passphrase{};                ///< a new lock needs a new keyring beside it (whose number tells devices apart), and
  std::optional<Lock> recovery{};  ///< ends every session of the account
  std::vector<StreamChange> streams{};  ///< each stream at most once
  std::vector<Envelope> envelopes{};    ///< to whoever is there; one for an account that is not vanishes without a word
  std::vector<EnvelopeId> removed{};    ///< envelopes taken back, or read and done with
};

enum class Outcome {
  kStored,        ///< and durable
  kAlreadyThere,  ///< the same was sent before: nothing changed, and it is durable
  kConflict,      ///< does not follow what is stored, or belongs to somebody else: nothing changed; read, then try anew
  kNoAccount,     ///< there is no such account: nothing changed
};

/// A part of a stream as it was at one moment.
struct Page {
  std::uint32_t epoch = 0;
  std::uint64_t count = 0;  ///< records of the epoch, here or not
  Bytes head{};
  std::vector<Record> records{};  ///< consecutive, from the number asked for
};

/// How far a stream has come.
struct Position {
  StreamId stream;
  std::uint32_t epoch = 0;
  std::uint64_t count = 0;
};

struct Invite {
  InviteId id;
  Bytes bytes;
  Lifetime lifetime;
};

/// The one interface to what is kept. A call that returns no error has made its changes durable: neither `kill -9` nor
/// a power cut takes them back. A call that returns an error (the disk is full, the database is away: kUnavailable) has
/// acknowledged nothing; whether its changes were made is open, and sending the same again settles it.
///
/// Calls may come from any thread. Several processes may work on one PostgreSQL database.
class Store {
 public:
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store() = default;

  /// The account with its first streams. kConflict: somebody has the handle (or the id).
  [[nodiscard]] virtual core::Result<Outcome> CreateAccount(const Account& account,
                                                            std::span<const StreamChange> streams) = 0;
  [[nodiscard]] virtual core::Result<std::optional<Account>> FindAccount(HandleHash handle) = 0;
  [[nodiscard]] virtual core::Result<std::optional<Account>> FindAccount(AccountId id) = 0;
  /// Shreds everything the account has: keys, streams, records, sessions, mailbox.
  [[nodiscard]] virtual core::Result<void> ShredAccount(AccountId id) = 0;

  /// kNoAccount, kConflict (the token exists) or kStored.
  [[nodiscard]] virtual core::Result<Outcome> CreateSession(const Session& session) = 0;
  /// Whose session it is, if it holds now.
  [[nodiscard]] virtual core::Result<std::optional<AccountId>> FindSession(TokenHash token, Hour now) = 0;
  [[nodiscard]] virtual core::Result<void> EndSession(TokenHash token) = 0;
  [[nodiscard]] virtual core::Result<void> EndSessions(AccountId account) = 0;

  /// Many devices' changes in one durable step, in their order: as dear as one alone. Each succeeds or conflicts by
  /// itself; the outcomes are in the order of the changes.
  [[nodiscard]] virtual core::Result<std::vector<Outcome>> Commit(std::span<const Change> changes) = 0;

  [[nodiscard]] virtual core::Result<std::vector<Position>> StreamsOf(AccountId account) = 0;
  /// At most `limit` records from number `from` on. Who owns the stream sees all of it. Anybody else who knows its id
  /// sees what was there at the last daily batch, so that nobody can see when somebody writes; nothing when that is no
  /// record, just as if there were no such stream.
  [[nodiscard]] virtual core::Result<std::optional<Page>> Read(StreamId stream, AccountId reader, std::uint64_t from,
                                                               std::size_t limit) = 0;

  /// The envelopes that are there for somebody, in the order of their ids, which says nothing.
  [[nodiscard]] virtual core::Result<std::vector<Envelope>> Mailbox(AccountId recipient) = 0;

  /// kStored, kAlreadyThere (the same bytes) or kConflict.
  [[nodiscard]] virtual core::Result<Outcome> PutInvite(const Invite& invite) = 0;
  [[nodiscard]] virtual core::Result<std::optional<Invite>> FindInvite(InviteId id, Hour now) = 0;
  [[nodiscard]] virtual core::Result<void> ShredInvite(InviteId id) = 0;

  /// The daily batch: what owners have now, others see from now on. Does nothing when the day (UTC) of `now` has had
  /// its batch; says whether it did something. A day earlier than the last one counts as a new day, so that a clock
  /// that was ahead and put right does not stop the batches.
  [[nodiscard]] virtual core::Result<bool> ReleaseBatch(Hour now) = 0;

  /// Removes the sessions and invites whose time is over.
  [[nodiscard]] virtual core::Result<void> Sweep(Hour now) = 0;

  /// Writes a copy of everything, as of one moment, to a file that does not exist yet, while others go on working.
  /// Where the database has its own way to do that (PostgreSQL), the error tells it.
  [[nodiscard]] virtual core::Result<void> BackUp(const std::filesystem::path& to) = 0;
};

}  // namespace selvedge::store
