#include "vault/account.h"

#include <algorithm>
#include <utility>

#include "core/contract.h"

namespace selvedge::vault {
namespace {

std::unexpected<core::Error> Unknown() {
  return Refuse("You are not paired with this person.", "Pair first: one of you makes an invite, the other opens it.");
}

OwnStream NewStream(Primitives& primitives) {
  return {.epoch = {.stream = RandomName<StreamId>(primitives), .number = 1}, .key = RandomKey(primitives)};
}

bool Has(std::span<const EntryId> ids, const std::optional<Entry>& entry) {
  return entry && std::ranges::find(ids, entry->id) != ids.end();
}

}  // namespace

Account::Created Account::New(Primitives& primitives, const Key& account_key) {
  Created created{.account = Account(primitives, account_key), .upload = {}};
  Account& account = created.account;
  account.keyring_.number = 0;
  account.keyring_.own = OwnIdentity::New(primitives, RandomName<AccountId>(primitives));
  for (OwnStream& stream : account.keyring_.streams) {
    stream = NewStream(primitives);
    account.logs_[stream.epoch.stream].chain = EmptyChain(primitives, stream.epoch);
    account.FinishHead(stream, created.upload);
  }
  const auto sealed = account.SealKeyring(created.upload);
  SELVEDGE_EXPECT(sealed.has_value());  // nobody is paired yet, so it is small
  return created;
}

core::Result<Account> Account::Open(Primitives& primitives, const Key& account_key, const StoredAccount& stored,
                                    Memory memory) {
  Account account(primitives, account_key);
  account.memory_ = std::move(memory);
  account.keyring_ =
      SELVEDGE_TRY(OpenKeyring(primitives, account.account_key_, stored.keyring, account.memory_.keyring));
  account.memory_.keyring = account.keyring_.number;
  for (const Kind kind : kKinds) {
    const OwnStream& stream = account.keyring_.Of(kind);
    SELVEDGE_TRY_VOID(account.Load(stream, stored));
    for (const Row& row : account.logs_[stream.epoch.stream].rows) {
      if (row.entry && row.entry->kind != kind) return Damaged("stream");
    }
  }
  for (const Share& share : account.keyring_.shares) SELVEDGE_TRY_VOID(account.Load(share.stream, stored));
  return account;
}

core::Result<void> Account::Load(const OwnStream& stream, const StoredAccount& stored) {
  const auto found = stored.streams.find(stream.epoch.stream);
  if (found == stored.streams.end()) {
    return Refuse("A stream is missing from what is stored.", "Fetch it again, or ask whoever keeps it.");
  }
  OpenedStream opened = SELVEDGE_TRY(
      OpenStream(*primitives_, stream.key, stream.epoch, keyring_.own.signing.shown, found->second, memory_));
  Log& log = logs_[stream.epoch.stream];
  log.chain = opened.head.chain;
  for (const OpenedRecord& record : opened.records) {
    log.rows.push_back({.bucket = record.header.bucket, .entry = SELVEDGE_TRY(ReadEntryContent(record.content))});
  }
  return {};
}

// ---- what a person writes ----

std::vector<Entry> Account::Entries(Kind kind) const {
  std::vector<Entry> entries;
  for (const Row& row : logs_.at(keyring_.Of(kind).epoch.stream).rows) {
    if (row.entry) entries.push_back(*row.entry);
  }
  return entries;
}

std::uint32_t Account::LastRevision(const Entry& entry) const {
  std::uint32_t last = 0;
  for (const Row& row : logs_.at(keyring_.Of(entry.kind).epoch.stream).rows) {
    if (row.entry && row.entry->id == entry.id) last = std::max(last, row.entry->revision);
  }
  return last;
}

core::Result<Upload> Account::Write(std::span<const Entry> entries) {
  std::array<std::vector<const Entry*>, kKinds.size()> by_kind;
  std::map<EntryId, std::uint32_t> last;
  for (const Entry& entry : entries) {
    if (entry.body.size() > kLongestBody) {
      return Refuse("This is longer than one entry holds.", "Write it in two entries.");
    }
    std::uint32_t& before = last.try_emplace(entry.id, LastRevision(entry)).first->second;
    if (entry.revision <= before) {
      return Refuse("Another device changed this entry in the meantime.", "Look at its newest form, then write again.");
    }
    before = entry.revision;
    by_kind[static_cast<std::size_t>(entry.kind) - 1].push_back(&entry);
  }

  const std::size_t rounds =
      std::max<std::size_t>(1, std::ranges::max(by_kind, {}, [](const auto& list) { return list.size(); }).size());
  Upload upload;
  for (std::size_t round = 0; round < rounds; ++round) {
    // Every stream gets a record of the largest one's size.
    Bucket bucket = 0;
    for (const auto& list : by_kind) {
      if (round < list.size()) bucket = std::max(bucket, *BucketFor(kEntryHeaderSize + list[round]->body.size()));
    }
    for (std::size_t i = 0; i < kKinds.size(); ++i) {
      Row row{.bucket = bucket, .entry = {}};
      if (round < by_kind[i].size()) row.entry = *by_kind[i][round];
      Append(keyring_.streams[i], std::move(row), upload);
    }
  }
  for (const OwnStream& stream : keyring_.streams) FinishHead(stream, upload);
  return upload;
}

core::Result<Upload> Account::WriteMissing(std::span<const Entry> entries) {
  std::vector<Entry> missing;
  for (const Entry& entry : entries) {
    if (entry.revision > LastRevision(entry)) missing.push_back(entry);
  }
  if (missing.empty()) return Upload{};
  return Write(missing);
}

core::Result<Upload> Account::Delete(std::span<const EntryId> entries) {
  Upload upload;
  SELVEDGE_TRY_VOID(StartEpochs(entries, false, upload));
  return upload;
}

core::Result<Upload> Account::DeleteEverything() {
  Upload upload;
  for (OwnStream& stream : keyring_.streams) StartEpoch(stream, {}, upload);
  for (Share& share : keyring_.shares) Close(share, upload);
  SELVEDGE_TRY_VOID(SealKeyring(upload));
  return upload;
}

core::Result<Upload> Account::Rekey() {
  account_key_ = RandomKey(*primitives_);
  keyring_.own = OwnIdentity::New(*primitives_, keyring_.own.account);
  keyring_.invites.clear();
  Upload upload;
  SELVEDGE_TRY_VOID(StartEpochs({}, true, upload));
  return upload;
}

/// Writes everything anew under new keys but for some entries, and the shares that held one of these, or all of them.
core::Result<void> Account::StartEpochs(std::span<const EntryId> without, bool every_share, Upload& upload) {
  const auto kept = [&](const OwnStream& stream) {
    std::vector<Row> rows = logs_[stream.epoch.stream].rows;
    for (Row& row : rows) {
      if (Has(without, row.entry)) row.entry.reset();
    }
    return rows;
  };
  for (OwnStream& stream : keyring_.streams) StartEpoch(stream, kept(stream), upload);
  for (Share& share : keyring_.shares) {
    const bool held_one = std::ranges::any_of(logs_[share.stream.epoch.stream].rows,
                                              [&](const Row& row) { return Has(without, row.entry); });
    if (!held_one && !every_share) continue;
    const Person* const person = Find(share.with);
    if (share.IsOpen() && (person == nullptr || person->trust != Trust::kCompared)) {
      Close(share, upload);  // nothing new is sealed to keys that may be somebody else's
      continue;
    }
    StartEpoch(share.stream, kept(share.stream), upload);
    if (share.IsOpen()) SELVEDGE_TRY_VOID(PostGrant(share, upload));
  }
  return SealKeyring(upload);
}

void Account::Append(const OwnStream& stream, Row row, Upload& upload) {
  Log& log = logs_[stream.epoch.stream];
  const RecordHeader header{
      .bucket = row.bucket, .epoch = stream.epoch, .seq = log.chain.count, .id = RandomName<RecordId>(*primitives_)};
  upload.records.push_back(SealRecord(*primitives_, stream.key, header, EntryContent(row.entry)));
  log.chain = Longer(*primitives_, log.chain, upload.records.back());
  log.rows.push_back(std::move(row));
}

void Account::FinishHead(const OwnStream& stream, Upload& upload) {
  const Head head{.epoch = stream.epoch, .chain = logs_[stream.epoch.stream].chain};
  upload.heads.push_back(SignHead(*primitives_, keyring_.own.signing, head));
  memory_.Remember(head);
}

void Account::StartEpoch(OwnStream& stream, std::vector<Row> rows, Upload& upload) {
  ++stream.epoch.number;
  stream.key = RandomKey(*primitives_);
  logs_[stream.epoch.stream] = {.chain = EmptyChain(*primitives_, stream.epoch), .rows = {}};
  for (Row& row : rows) Append(stream, std::move(row), upload);
  FinishHead(stream, upload);
}

core::Result<void> Account::SealKeyring(Upload& upload) {
  ++keyring_.number;
  upload.keyring = SELVEDGE_TRY(vault::SealKeyring(*primitives_, account_key_, keyring_));
  memory_.keyring = keyring_.number;
  return {};
}

// ---- people ----

const Person* Account::Find(const AccountId& account) const {
  const auto found =
      std::ranges::find(keyring_.people, account, [](const Person& one) { return one.identity.account; });
  return found == keyring_.people.end() ? nullptr : &*found;
}

core::Result<Person*> Account::Known(const AccountId& account) {
  const auto found =
      std::ranges::find(keyring_.people, account, [](const Person& one) { return one.identity.account; });
  if (found == keyring_.people.end()) return Unknown();
  return &*found;
}

core::Result<Account::Invited> Account::Invite() {
  const auto secret = RandomName<InviteSecret>(*primitives_);
  const Identity own = identity();
  keyring_.invites.push_back(secret);
  Invited invited{.link = {.secret = secret, .inviter = FingerprintOf(*primitives_, own)}, .upload = {}};
  invited.upload.invite = {.id = InviteIdOf(*primitives_, secret), .row = SealInvite(*primitives_, secret, own)};
  SELVEDGE_TRY_VOID(SealKeyring(invited.upload));
  return invited;
}

core::Result<Upload> Account::TakeInvite(const Link& link, View row) {
  const Identity inviter = SELVEDGE_TRY(OpenInvite(*primitives_, link, row));
  if (inviter.account == keyring_.own.account) {
    return Refuse("This invite is your own.", "Pass the link on to the person it is for.");
  }
  const Meeting meeting{.inviter = inviter,
                        .invitee = identity(),
                        .secret = link.secret,
                        .nonce = RandomName<PairingNonce>(*primitives_)};
  const Acceptance acceptance{
      .invite = InviteIdOf(*primitives_, link.secret), .nonce = meeting.nonce, .proof = ProofOf(*primitives_, meeting)};
  Upload upload;
  upload.posted.push_back({.to = inviter.account,
                           .id = RandomName<EnvelopeId>(*primitives_),
                           .envelope = SELVEDGE_TRY(SealLetter(*primitives_, keyring_.own, inviter, acceptance))});
  Pin(inviter, WordsOf(*primitives_, meeting), upload);
  SELVEDGE_TRY_VOID(SealKeyring(upload));
  return upload;
}

core::Result<Upload> Account::TakeAcceptance(View envelope) {
  const Letter letter = SELVEDGE_TRY(OpenEnvelope(*primitives_, keyring_.own, envelope));
  const Acceptance* const acceptance = std::get_if<Acceptance>(&letter.content);
  if (acceptance == nullptr) return Damaged("answer to an invite");
  const auto invite = std::ranges::find_if(keyring_.invites, [&](const InviteSecret& secret) {
    return InviteIdOf(*primitives_, secret) == acceptance->invite;
  });
  if (invite == keyring_.invites.end()) {
    return Refuse("This answers an invite that was used already, or was never made.", "Make a new invite.");
  }
  const Meeting meeting{.inviter = identity(), .invitee = letter.sender, .secret = *invite, .nonce = acceptance->nonce};
  if (ProofOf(*primitives_, meeting) != acceptance->proof) return Damaged("answer to an invite");
  keyring_.invites.erase(invite);
  Upload upload;
  upload.answered = acceptance->invite;
  Pin(letter.sender, WordsOf(*primitives_, meeting), upload);
  SELVEDGE_TRY_VOID(SealKeyring(upload));
  return upload;
}

/// Pairing anew closes what was shared before: it was sealed to the keys of then.
void Account::Pin(const Identity& identity, WordsNumber words, Upload& upload) {
  const Person pinned{.identity = identity, .trust = Trust::kNotCompared, .words = words};
  if (Share* const share = OpenShareWith(identity.account)) Close(*share, upload);
  if (const core::Result<Person*> known = Known(identity.account)) {
    **known = pinned;
  } else {
    keyring_.people.push_back(pinned);
  }
}

core::Result<Upload> Account::Confirm(const AccountId& account) {
  Person& person = *SELVEDGE_TRY(Known(account));
  if (person.trust == Trust::kChanged) {
    return Refuse("This person's keys are not those you paired with.",
                  "Ask them in person whether they have new ones, then pair again.");
  }
  person.trust = Trust::kCompared;
  Upload upload;
  SELVEDGE_TRY_VOID(SealKeyring(upload));
  return upload;
}

core::Result<Upload> Account::Notice(const Identity& served) {
  Person& person = *SELVEDGE_TRY(Known(served.account));
  Upload upload;
  if (person.identity == served || person.trust == Trust::kChanged) return upload;
  person.trust = Trust::kChanged;
  SELVEDGE_TRY_VOID(SealKeyring(upload));
  return upload;
}

// ---- sharing ----

const Share* Account::ShareWith(const AccountId& account) const {
  const auto found = std::ranges::find(keyring_.shares, account, &Share::with);
  return found == keyring_.shares.end() ? nullptr : &*found;
}

Share* Account::OpenShareWith(const AccountId& account) {
  const auto found = std::ranges::find(keyring_.shares, account, &Share::with);
  return found == keyring_.shares.end() || !found->IsOpen() ? nullptr : &*found;
}

core::Result<void> Account::PostGrant(Share& share, Upload& upload) {
  if (share.IsOpen()) upload.withdrawn.push_back(share.envelope);
  const Person& person = *SELVEDGE_TRY(Known(share.with));
  const vault::Grant grant{.epoch = share.stream.epoch, .key = share.stream.key};
  const Bytes envelope = SELVEDGE_TRY(SealLetter(*primitives_, keyring_.own, person.identity, grant));
  share.envelope = RandomName<EnvelopeId>(*primitives_);
  upload.posted.push_back({.to = share.with, .id = share.envelope, .envelope = envelope});
  return {};
}

core::Result<Upload> Account::Grant(const AccountId& to) {
  const Person& person = *SELVEDGE_TRY(Known(to));
  if (person.trust == Trust::kNotCompared) {
    return Refuse("The six words were not compared yet.", "Compare them with the person, then say that they match.");
  }
  if (person.trust == Trust::kChanged) {
    return Refuse("This person's keys have changed since you paired.",
                  "Ask them in person whether they have new ones, then pair again.");
  }
  Upload upload;
  if (OpenShareWith(to) != nullptr) return upload;
  auto share = std::ranges::find(keyring_.shares, to, &Share::with);
  if (share == keyring_.shares.end()) {
    keyring_.shares.push_back({.with = to, .stream = NewStream(*primitives_), .envelope = {}});
    share = std::prev(keyring_.shares.end());
    logs_[share->stream.epoch.stream].chain = EmptyChain(*primitives_, share->stream.epoch);
    FinishHead(share->stream, upload);
  }
  SELVEDGE_TRY_VOID(PostGrant(*share, upload));
  SELVEDGE_TRY_VOID(SealKeyring(upload));
  return upload;
}

core::Result<Upload> Account::Publish(const AccountId& to, const SharedCopy& copy) {
  const Person& person = *SELVEDGE_TRY(Known(to));
  Share* const share = OpenShareWith(to);
  if (share == nullptr || person.trust != Trust::kCompared) {
    return Refuse("Nothing is shared with this person now.", "Open sharing with them first.");
  }
  const std::optional<Bucket> bucket = BucketFor(kEntryHeaderSize + copy.entry().body.size());
  if (!bucket) return Refuse("This is longer than one entry holds.", "Write it in two entries.");
  Upload upload;
  Append(share->stream, {.bucket = *bucket, .entry = copy.entry()}, upload);
  FinishHead(share->stream, upload);
  return upload;
}

void Account::Close(Share& share, Upload& upload) {
  if (!share.IsOpen()) return;
  upload.withdrawn.push_back(std::exchange(share.envelope, {}));
  StartEpoch(share.stream, {}, upload);
}

core::Result<Upload> Account::EndShare(const AccountId& with) {
  Upload upload;
  Share* const share = OpenShareWith(with);
  if (share == nullptr) return upload;
  Close(*share, upload);
  SELVEDGE_TRY_VOID(SealKeyring(upload));
  return upload;
}

core::Result<Upload> Account::Leave(const AccountId& who) {
  static_cast<void>(SELVEDGE_TRY(Known(who)));
  Upload upload;
  if (const auto share = std::ranges::find(keyring_.shares, who, &Share::with); share != keyring_.shares.end()) {
    const StreamId stream = share->stream.epoch.stream;
    if (share->IsOpen()) upload.withdrawn.push_back(share->envelope);
    upload.dropped.push_back(stream);
    logs_.erase(stream);
    memory_.Forget(stream);
    keyring_.shares.erase(share);
  }
  std::erase_if(keyring_.people, [&](const Person& person) { return person.identity.account == who; });
  SELVEDGE_TRY_VOID(SealKeyring(upload));
  return upload;
}

// ---- what others share ----

namespace {

struct Received {
  vault::Grant grant;
  SigningKey owner;
};

core::Result<Received> OpenGrant(const Primitives& primitives, const Account& reader, View envelope) {
  const Letter letter = SELVEDGE_TRY(OpenEnvelope(primitives, reader.own(), envelope));
  const vault::Grant* const grant = std::get_if<vault::Grant>(&letter.content);
  const Person* const sender = reader.Find(letter.sender.account);
  if (grant == nullptr || sender == nullptr || sender->identity != letter.sender || sender->trust != Trust::kCompared) {
    return Refuse("This comes from somebody you are not paired with, or whose keys have changed.",
                  "Ask them in person, then pair with them again.");
  }
  return Received{.grant = *grant, .owner = letter.sender.signing};
}

}  // namespace

core::Result<StreamId> StreamOfGrant(const Primitives& primitives, const Account& reader, View envelope) {
  return SELVEDGE_TRY(OpenGrant(primitives, reader, envelope)).grant.epoch.stream;
}

core::Result<std::vector<SharedCopy>> ReadShare(const Primitives& primitives, const Account& reader, View envelope,
                                                const StoredStream& stored, Memory& memory) {
  const Received received = SELVEDGE_TRY(OpenGrant(primitives, reader, envelope));
  const vault::Grant& grant = received.grant;
  OpenedStream opened = SELVEDGE_TRY(OpenStream(primitives, grant.key, grant.epoch, received.owner, stored, memory));
  std::vector<SharedCopy> copies;
  for (const OpenedRecord& record : opened.records) {
    std::optional<Entry> entry = SELVEDGE_TRY(ReadEntryContent(record.content));
    if (!entry) continue;
    std::optional<SharedCopy> copy = SharedCopy::Of(*std::move(entry));
    if (!copy) return Damaged("share");
    copies.push_back(*std::move(copy));
  }
  return copies;
}

}  // namespace selvedge::vault
