#include "store/sql_store.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>
#include <type_traits>
#include <utility>

#include "store/migrations.h"

namespace selvedge::store {
namespace {

constexpr std::int64_t kHoursPerDay = 24;

template <typename Thing, std::size_t kSize>
Parameter AsParameter(const Id<Thing, kSize>& id) {
  return std::span<const std::uint8_t>(id.bytes);
}
Parameter AsParameter(const Bytes& bytes) { return std::span<const std::uint8_t>(bytes); }
/// Numbers past what a database can hold are met by none that is stored.
Parameter AsParameter(std::uint64_t number) {
  return static_cast<std::int64_t>(std::min<std::uint64_t>(number, std::numeric_limits<std::int64_t>::max()));
}
Parameter AsParameter(Hour hour) { return hour.since_1970; }

std::uint64_t NumberIn(const Field& field) { return static_cast<std::uint64_t>(std::get<std::int64_t>(field)); }
const Bytes& BytesIn(const Field& field) { return std::get<Bytes>(field); }
Bytes BytesIn(Field&& field) { return std::get<Bytes>(std::move(field)); }
template <typename SomeId>
SomeId IdIn(const Field& field) {
  SomeId id;
  std::ranges::copy_n(BytesIn(field).begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

/// Places in `changes`, sorted by account: whoever needs several accounts locks them in this order, so that no two
/// processes wait for each other. The changes of one account stay in their order.
std::vector<std::size_t> InLockingOrder(std::span<const Change> changes) {
  std::vector<std::size_t> order(changes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(changes[i].account, i); });
  return order;
}

class SqlStore final : public Store {
 public:
  explicit SqlStore(std::unique_ptr<Database> database)
      : database_(std::move(database)),
        lock_account_("SELECT keyring_number, keyring FROM accounts WHERE id = $1" + std::string(database_->RowLock())),
        lock_unreleased_(
            "SELECT id FROM accounts WHERE EXISTS "
            "(SELECT 1 FROM streams WHERE owner = accounts.id AND released_head <> head) ORDER BY id" +
            std::string(database_->RowLock())) {}

  core::Result<Outcome> CreateAccount(const Account& account, std::span<const StreamChange> streams) override {
    return Settle([&] { return AddAccount(account, streams); });
  }

  core::Result<std::optional<Account>> FindAccount(HandleHash handle) override {
    return AccountIn(Look(select_account_ + "handle = $1", handle));
  }

  core::Result<std::optional<Account>> FindAccount(AccountId id) override {
    return AccountIn(Look(select_account_ + "id = $1", id));
  }

  core::Result<void> ShredAccount(AccountId id) override { return Shred("DELETE FROM accounts WHERE id = $1", id); }

  core::Result<Outcome> CreateSession(const Session& session) override {
    return Settle([&]() -> core::Result<Outcome> {
      const Ran account = SELVEDGE_TRY(Run(lock_account_, session.account));
      if (account.rows.empty()) return Outcome::kNoAccount;
      const Ran added =
          SELVEDGE_TRY(Run("INSERT INTO sessions (token, account, created, expires) "
                           "VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                           session.token, session.account, session.lifetime.created, session.lifetime.expires));
      return added.changed == 1 ? Outcome::kStored : Outcome::kConflict;
    });
  }

  core::Result<std::optional<AccountId>> FindSession(TokenHash token, Hour now) override {
    const Ran found = SELVEDGE_TRY(Look("SELECT account, created, expires FROM sessions WHERE token = $1", token));
    if (found.rows.empty() || !LifetimeIn(found.rows[0], 1).Covers(now)) return std::nullopt;
    return IdIn<AccountId>(found.rows[0][0]);
  }

  core::Result<void> EndSession(TokenHash token) override {
    return Shred("DELETE FROM sessions WHERE token = $1", token);
  }

  core::Result<void> EndSessions(AccountId account) override {
    return Shred("DELETE FROM sessions WHERE account = $1", account);
  }

  core::Result<std::vector<Outcome>> Commit(std::span<const Change> changes) override {
    return Transact(Access::kWrite, [&] { return ApplyAll(changes); });
  }

  core::Result<std::vector<Position>> StreamsOf(AccountId account) override {
    const Ran found = SELVEDGE_TRY(Look("SELECT id, epoch, count FROM streams WHERE owner = $1 ORDER BY id", account));
    std::vector<Position> streams;
    for (const Row& row : found.rows) {
      streams.push_back({.stream = IdIn<StreamId>(row[0]),
                         .epoch = static_cast<std::uint32_t>(NumberIn(row[1])),
                         .count = NumberIn(row[2])});
    }
    return streams;
  }

  core::Result<std::optional<Page>> Read(StreamId stream, AccountId reader, std::uint64_t from,
                                         std::size_t limit) override {
    return Transact(Access::kRead, [&] { return PageOf(stream, reader, from, limit); });
  }

  core::Result<std::vector<Envelope>> Mailbox(AccountId recipient) override {
    Ran found = SELVEDGE_TRY(
        Look("SELECT id, bytes FROM envelopes WHERE recipient = $1 AND released = 1 ORDER BY id", recipient));
    std::vector<Envelope> envelopes;
    for (Row& row : found.rows) {
      envelopes.push_back(
          {.id = IdIn<EnvelopeId>(row[0]), .recipient = recipient, .bytes = BytesIn(std::move(row[1]))});
    }
    return envelopes;
  }

  core::Result<Outcome> PutInvite(const Invite& invite) override {
    return Settle([&]() -> core::Result<Outcome> {
      const Ran added =
          SELVEDGE_TRY(Run("INSERT INTO invites (id, created, expires, bytes) VALUES ($1, $2, $3, $4) "
                           "ON CONFLICT DO NOTHING",
                           invite.id, invite.lifetime.created, invite.lifetime.expires, invite.bytes));
      if (added.changed == 1) return Outcome::kStored;
      const Ran found = SELVEDGE_TRY(Run("SELECT bytes FROM invites WHERE id = $1", invite.id));
      const bool same = !found.rows.empty() && BytesIn(found.rows[0][0]) == invite.bytes;
      return same ? Outcome::kAlreadyThere : Outcome::kConflict;
    });
  }

  core::Result<std::optional<Invite>> FindInvite(InviteId id, Hour now) override {
    Ran found = SELVEDGE_TRY(Look("SELECT bytes, created, expires FROM invites WHERE id = $1", id));
    if (found.rows.empty()) return std::nullopt;
    const Lifetime lifetime = LifetimeIn(found.rows[0], 1);
    if (!lifetime.Covers(now)) return std::nullopt;
    return Invite{.id = id, .bytes = BytesIn(std::move(found.rows[0][0])), .lifetime = lifetime};
  }

  core::Result<void> ShredInvite(InviteId id) override { return Shred("DELETE FROM invites WHERE id = $1", id); }

  core::Result<bool> ReleaseBatch(Hour now) override {
    return Transact(Access::kWrite, [&] { return ReleaseDay(now.since_1970 / kHoursPerDay); });
  }

  core::Result<void> Sweep(Hour now) override {
    return database_->Transact(Access::kWrite, [&]() -> core::Result<void> {
      for (const std::string_view sql :
           {"DELETE FROM sessions WHERE expires <= $1", "DELETE FROM invites WHERE expires <= $1"}) {
        if (SELVEDGE_TRY(Run(sql, now)).changed > 0) database_->ShredAfterCommit();
      }
      return {};
    });
  }

  core::Result<void> BackUp(const std::filesystem::path& to) override { return database_->BackUp(to); }

 private:
  template <typename... Values>
  core::Result<Ran> Run(std::string_view sql, const Values&... values) {
    return database_->Run(sql, AsParameter(values)...);
  }

  /// A transaction with a result.
  template <typename Body>
  std::invoke_result_t<Body> Transact(Access access, Body body) {
    typename std::invoke_result_t<Body>::value_type value{};
    const auto keep = [&]() -> core::Result<void> {
      value = SELVEDGE_TRY(body());
      return {};
    };
    SELVEDGE_TRY_VOID(database_->Transact(access, keep));
    return value;
  }

  /// One statement that reads, as a transaction of its own.
  template <typename... Values>
  core::Result<Ran> Look(std::string_view sql, const Values&... values) {
    return Transact(Access::kRead, [&] { return Run(sql, values...); });
  }

  /// One statement that deletes, as a transaction of its own. What is not there is gone already.
  template <typename... Values>
  core::Result<void> Shred(std::string_view sql, const Values&... values) {
    return database_->Transact(Access::kWrite, [&]() -> core::Result<void> {
      if (SELVEDGE_TRY(Run(sql, values...)).changed > 0) database_->ShredAfterCommit();
      return {};
    });
  }

  /// A transaction with one outcome.
  core::Result<Outcome> Settle(core::FunctionRef<core::Result<Outcome>()> body) {
    return Transact(Access::kWrite, [&] { return UnlessConflict(body); });
  }

  /// A part of a transaction that changes nothing when it ends in a conflict.
  core::Result<Outcome> UnlessConflict(core::FunctionRef<core::Result<Outcome>()> body) {
    SELVEDGE_TRY(database_->Run("SAVEPOINT change"));
    const Outcome outcome = SELVEDGE_TRY(body());
    if (outcome == Outcome::kConflict) SELVEDGE_TRY(database_->Run("ROLLBACK TO SAVEPOINT change"));
    SELVEDGE_TRY(database_->Run("RELEASE SAVEPOINT change"));
    return outcome;
  }

  static Lifetime LifetimeIn(const Row& row, std::size_t first) {
    return {.created = {std::get<std::int64_t>(row[first])}, .expires = {std::get<std::int64_t>(row[first + 1])}};
  }

  static core::Result<std::optional<Account>> AccountIn(core::Result<Ran> found) {
    Ran ran = SELVEDGE_TRY(std::move(found));
    if (ran.rows.empty()) return std::nullopt;
    Row& row = ran.rows[0];
    return Account{.id = IdIn<AccountId>(row[0]),
                   .handle = IdIn<HandleHash>(row[1]),
                   .passphrase = {.verifier = BytesIn(std::move(row[2])), .wrapped_key = BytesIn(std::move(row[3]))},
                   .recovery = {.verifier = BytesIn(std::move(row[4])), .wrapped_key = BytesIn(std::move(row[5]))},
                   .keyring = {.number = NumberIn(row[6]), .bytes = BytesIn(std::move(row[7]))}};
  }

  core::Result<Outcome> AddAccount(const Account& account, std::span<const StreamChange> streams) {
    const Ran added = SELVEDGE_TRY(
        Run("INSERT INTO accounts (id, handle, passphrase_verifier, passphrase_wrapped_key, recovery_verifier, "
            "recovery_wrapped_key, keyring_number, keyring) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
            "ON CONFLICT DO NOTHING",
            account.id, account.handle, account.passphrase.verifier, account.passphrase.wrapped_key,
            account.recovery.verifier, account.recovery.wrapped_key, account.keyring.number, account.keyring.bytes));
    if (added.changed == 0) {
      const Ran there =
          SELVEDGE_TRY(Run("SELECT keyring FROM accounts WHERE id = $1 AND handle = $2", account.id, account.handle));
      const bool same = !there.rows.empty() && BytesIn(there.rows[0][0]) == account.keyring.bytes;
      return same ? Outcome::kAlreadyThere : Outcome::kConflict;
    }
    for (const StreamChange& stream : streams) {
      if (SELVEDGE_TRY(ApplyToStream(account.id, stream)) == Outcome::kConflict) return Outcome::kConflict;
    }
    return Outcome::kStored;
  }

  core::Result<std::vector<Outcome>> ApplyAll(std::span<const Change> changes) {
    std::vector<Outcome> outcomes(changes.size());
    for (const std::size_t i : InLockingOrder(changes)) {
      outcomes[i] = SELVEDGE_TRY(UnlessConflict([&] { return Apply(changes[i]); }));
    }
    return outcomes;
  }

  core::Result<Outcome> Apply(const Change& change) {
    const Ran account = SELVEDGE_TRY(Run(lock_account_, change.account));
    if (account.rows.empty()) return Outcome::kNoAccount;
    if (change.keyring) {
      const std::uint64_t stored = NumberIn(account.rows[0][0]);
      // A keyring has a nonce of its own: the same bytes are the same change, which was carried out whole.
      if (change.keyring->number == stored && change.keyring->bytes == BytesIn(account.rows[0][1])) {
        return Outcome::kAlreadyThere;
      }
      if (change.keyring->number != stored + 1) return Outcome::kConflict;
      SELVEDGE_TRY_VOID(ReplaceKeys(change));
    } else if (change.passphrase || change.recovery) {
      return Outcome::kConflict;
    }

    Outcome outcome = change.keyring ? Outcome::kStored : Outcome::kAlreadyThere;
    for (const StreamChange& stream : change.streams) {
      const Outcome one = SELVEDGE_TRY(ApplyToStream(change.account, stream));
      if (one == Outcome::kConflict) return one;
      if (one == Outcome::kStored) outcome = one;
    }
    for (const Envelope& envelope : change.envelopes) {
      const Ran added = SELVEDGE_TRY(
          Run("INSERT INTO envelopes (id, recipient, released, bytes) "
              "SELECT $1, id, $2, $3 FROM accounts WHERE id = $4 ON CONFLICT DO NOTHING",
              envelope.id, std::uint64_t{envelope.delivery == Delivery::kAtOnce}, envelope.bytes, envelope.recipient));
      if (added.changed > 0) outcome = Outcome::kStored;
    }
    for (const EnvelopeId id : change.removed) {
      const Ran removed = SELVEDGE_TRY(Run("DELETE FROM envelopes WHERE id = $1", id));
      if (removed.changed == 0) continue;
      database_->ShredAfterCommit();
      outcome = Outcome::kStored;
    }
    return outcome;
  }

  core::Result<void> ReplaceKeys(const Change& change) {
    database_->ShredAfterCommit();
    SELVEDGE_TRY(Run("UPDATE accounts SET keyring_number = $1, keyring = $2 WHERE id = $3", change.keyring->number,
                     change.keyring->bytes, change.account));
    if (change.passphrase) {
      SELVEDGE_TRY(Run("UPDATE accounts SET passphrase_verifier = $1, passphrase_wrapped_key = $2 WHERE id = $3",
                       change.passphrase->verifier, change.passphrase->wrapped_key, change.account));
    }
    if (change.recovery) {
      SELVEDGE_TRY(Run("UPDATE accounts SET recovery_verifier = $1, recovery_wrapped_key = $2 WHERE id = $3",
                       change.recovery->verifier, change.recovery->wrapped_key, change.account));
    }
    if (change.passphrase || change.recovery) {
      SELVEDGE_TRY(Run("DELETE FROM sessions WHERE account = $1", change.account));
    }
    return {};
  }

  /// kStored, kAlreadyThere or kConflict. The owner's account is locked, so nobody else changes the stream meanwhile.
  core::Result<Outcome> ApplyToStream(AccountId owner, const StreamChange& change) {
    Ran found = SELVEDGE_TRY(Run("SELECT owner, epoch, count FROM streams WHERE id = $1", change.stream));
    std::uint64_t epoch = 0;
    std::uint64_t count = 0;
    if (!found.rows.empty()) {
      if (IdIn<AccountId>(found.rows[0][0]) != owner) return Outcome::kConflict;
      epoch = NumberIn(found.rows[0][1]);
      count = NumberIn(found.rows[0][2]);
    }
    const bool next_epoch = change.epoch == epoch + 1 && change.first == 0;
    const bool follows = epoch > 0 && change.epoch == epoch && change.first <= count;
    if (!next_epoch && !follows) return Outcome::kConflict;
    if (next_epoch && SELVEDGE_TRY(StartEpoch(owner, change)) == Outcome::kConflict) return Outcome::kConflict;
    if (next_epoch) count = 0;

    const std::uint64_t known = std::min<std::uint64_t>(count - change.first, change.records.size());
    for (std::uint64_t i = 0; i < change.records.size(); ++i) {
      const Record& record = change.records[i];
      const std::uint64_t seq = change.first + i;
      if (i < known) {
        const Ran there =
            SELVEDGE_TRY(Run("SELECT id FROM records WHERE stream = $1 AND seq = $2", change.stream, seq));
        if (there.rows.empty() || IdIn<RecordId>(there.rows[0][0]) != record.id) return Outcome::kConflict;
      } else {
        const Ran added =
            SELVEDGE_TRY(Run("INSERT INTO records (stream, seq, id, bytes) VALUES ($1, $2, $3, $4) "
                             "ON CONFLICT DO NOTHING",
                             change.stream, seq, record.id, record.bytes));
        if (added.changed == 0) return Outcome::kConflict;  // the id is another record's of this stream
      }
    }
    if (!next_epoch && known == change.records.size()) return Outcome::kAlreadyThere;
    SELVEDGE_TRY(Run("UPDATE streams SET count = $1, head = $2 WHERE id = $3", change.first + change.records.size(),
                     change.head, change.stream));
    return Outcome::kStored;
  }

  core::Result<Outcome> StartEpoch(AccountId owner, const StreamChange& change) {
    if (change.epoch == 1) {
      const Ran added =
          SELVEDGE_TRY(Run("INSERT INTO streams (id, owner, epoch, count, head, released_count, "
                           "released_head) VALUES ($1, $2, 1, 0, $3, 0, $3) ON CONFLICT DO NOTHING",
                           change.stream, owner, Bytes{}));
      return added.changed == 1 ? Outcome::kStored : Outcome::kConflict;
    }
    database_->ShredAfterCommit();
    SELVEDGE_TRY(Run("DELETE FROM records WHERE stream = $1", change.stream));
    SELVEDGE_TRY(Run("UPDATE streams SET epoch = $1, released_count = 0, released_head = $2 WHERE id = $3",
                     std::uint64_t{change.epoch}, Bytes{}, change.stream));
    return Outcome::kStored;
  }

  core::Result<bool> ReleaseDay(std::int64_t day) {
    // Whoever comes second waits here, and then finds that the day has had its batch.
    const Ran marked = SELVEDGE_TRY(database_->Run("UPDATE batches SET day = $1 WHERE day <> $1", day));
    if (marked.changed == 0) return false;
    SELVEDGE_TRY(database_->Run(lock_unreleased_));
    SELVEDGE_TRY(
        database_->Run("UPDATE streams SET released_count = count, released_head = head WHERE released_head <> head"));
    SELVEDGE_TRY(database_->Run("UPDATE envelopes SET released = 1 WHERE released = 0"));
    return true;
  }

  core::Result<std::optional<Page>> PageOf(StreamId stream, AccountId reader, std::uint64_t from, std::size_t limit) {
    Ran found = SELVEDGE_TRY(
        Run("SELECT owner, epoch, count, head, released_count, released_head FROM streams WHERE id = $1", stream));
    if (found.rows.empty()) return std::nullopt;
    Row& row = found.rows[0];
    const bool owns = IdIn<AccountId>(row[0]) == reader;
    Page page{.epoch = static_cast<std::uint32_t>(NumberIn(row[1])),
              .count = NumberIn(row[owns ? 2 : 4]),
              .head = BytesIn(std::move(row[owns ? 3 : 5]))};
    if (!owns && page.count == 0) return std::nullopt;
    Ran records = SELVEDGE_TRY(
        Run("SELECT id, bytes FROM records WHERE stream = $1 AND seq >= $2 AND seq < $3 ORDER BY seq LIMIT $4", stream,
            from, page.count, std::uint64_t{limit}));
    for (Row& record : records.rows) {
      page.records.push_back({.id = IdIn<RecordId>(record[0]), .bytes = BytesIn(std::move(record[1]))});
    }
    return page;
  }

  std::unique_ptr<Database> database_;
  std::string select_account_ =
      "SELECT id, handle, passphrase_verifier, passphrase_wrapped_key, recovery_verifier, recovery_wrapped_key, "
      "keyring_number, keyring FROM accounts WHERE ";
  std::string lock_account_;
  std::string lock_unreleased_;
};

}  // namespace

core::Result<std::unique_ptr<Store>> StoreOn(std::unique_ptr<Database> database) {
  SELVEDGE_TRY_VOID(Migrate(*database, Schema()));
  return std::make_unique<SqlStore>(std::move(database));
}

}  // namespace selvedge::store
