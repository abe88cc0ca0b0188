#include "vaults/history.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "vault/lock.h"
#include "vaults/seeded_primitives.h"

namespace selvedge::vault {
namespace {

constexpr std::size_t kPeople = 3;
constexpr std::array<const char*, kPeople> kNames{"Ana", "Ben", "Cleo"};

/// What the model calls a revision: it knows nothing of keys and blobs.
struct Revision {
  EntryId id;
  std::uint32_t number = 0;

  auto operator<=>(const Revision&) const = default;
};

std::vector<Revision> RevisionsOf(const std::vector<Entry>& entries) {
  std::vector<Revision> revisions;
  for (const Entry& entry : entries) revisions.push_back({.id = entry.id, .number = entry.revision});
  return revisions;
}

SecretBytes BodyOf(const Revision& revision, std::size_t length) {
  SecretBytes body(length, 'x');
  body.push_back(revision.id.bytes[0]);
  return body;
}

/// The primitives with one thing wrong.
class Flawed final : public Forwarding {
 public:
  Flawed(std::uint64_t seed, Flaw flaw) : Forwarding(SeededPrimitives(seed)), flaw_(flaw) {}

  void Random(std::span<std::uint8_t> out) override {
    if (flaw_ == Flaw::kRepeatsKeys && out.size() == Key::kSize) {
      std::ranges::fill(out, 0x55);
    } else {
      Forwarding::Random(out);
    }
  }
  [[nodiscard]] bool Verify(const SigningKey& by, View text, const Signature& signature) const override {
    return flaw_ == Flaw::kBelievesAnySignature || Forwarding::Verify(by, text, signature);
  }

 private:
  Flaw flaw_;
};

}  // namespace

/// What the model knows of a share.
struct History::Copies {
  bool is_open = false;
  int sealed_to = 0;  // the reader's keys at the time: how often they had been changed
  std::vector<Revision> revisions;
};

struct History::Person {
  explicit Person(Account opened) : account(std::move(opened)) {}

  struct Pin {
    int keys = 0;
    Trust trust = Trust::kNotCompared;
  };
  struct Seen {
    Bytes envelope;
    StoredStream stored;
    StreamId stream;
  };

  Account account;
  Memory reading;  // what this person's device saw of others' shares

  // The model.
  int keys = 0;
  std::map<Kind, std::vector<Revision>> written;
  std::map<Who, Pin> pins;
  std::map<Who, Copies> shares;

  // What a hostile store has kept.
  std::vector<StoredAccount> snapshots;
  std::map<Who, std::vector<Seen>> seen;

  [[nodiscard]] AccountId id() const { return account.identity().account; }
  [[nodiscard]] bool Trusts(Who other) const {
    const auto pin = pins.find(other);
    return pin != pins.end() && pin->second.trust == Trust::kCompared;
  }
};

/// Everything that was ever stored, and every secret that was ever held, by whom.
struct History::Archive {
  struct Ciphertext {
    Who owner = 0;
    Bytes blob;
  };
  struct Secrets {
    std::vector<Key> account_keys;
    std::vector<OwnIdentity> identities;
    std::vector<InviteSecret> links;
    std::set<std::pair<StreamId, std::uint32_t>> may_open;  // of others' streams
  };

  std::vector<Ciphertext> records;
  std::vector<Ciphertext> keyrings;
  std::vector<Ciphertext> envelopes;  // the owner is the recipient
  std::vector<Ciphertext> invites;
  std::array<Secrets, kPeople> secrets;
};

History::History(std::uint64_t seed, Flaw flaw)
    : flaw_(flaw),
      dice_({.seed = seed, .subject = 0, .purpose = 1}),
      primitives_(std::make_unique<Flawed>(seed, flaw)),
      archive_(std::make_unique<Archive>()) {
  for (Who who = 0; who < kPeople; ++who) {
    auto [account, upload] = Account::New(*primitives_, RandomKey(*primitives_));
    people_.emplace_back(std::move(account));
    Take(who, upload);
  }
}

History::~History() = default;

std::size_t History::Below(std::size_t count) { return static_cast<std::size_t>(dice_.NextBits() % count); }

std::pair<History::Who, History::Who> History::TwoOfThem() {
  const Who one = Below(kPeople);
  return {one, (one + 1 + Below(kPeople - 1)) % kPeople};
}

void History::Take(Who who, const Upload& upload) {
  const Person& person = people_[who];
  store_.Take(person.id(), upload);
  for (const Bytes& record : upload.records) archive_->records.push_back({.owner = who, .blob = record});
  if (upload.keyring) archive_->keyrings.push_back({.owner = who, .blob = *upload.keyring});
  if (upload.invite) archive_->invites.push_back({.owner = who, .blob = upload.invite->row});
  for (const Upload::Posted& posted : upload.posted) {
    const auto to = std::ranges::find(people_, posted.to, &Person::id);
    archive_->envelopes.push_back({.owner = static_cast<Who>(to - people_.begin()), .blob = posted.envelope});
    const Share* const share = person.account.ShareWith(posted.to);
    if (share == nullptr || share->envelope != posted.id) answers_.insert(posted.id);
  }
  Archive::Secrets& secrets = archive_->secrets[who];
  const auto is_same_key = [&](const Key& key) {
    return std::ranges::equal(key.view(), person.account.account_key().view());
  };
  if (std::ranges::none_of(secrets.account_keys, is_same_key)) {
    secrets.account_keys.push_back(person.account.account_key());
    secrets.identities.push_back(person.account.own());
  }
  for (Who other = 0; other < kPeople; ++other) {
    const Share* const share = other < people_.size() ? person.account.ShareWith(people_[other].id()) : nullptr;
    if (share != nullptr && share->IsOpen()) {
      archive_->secrets[other].may_open.emplace(share->stream.epoch.stream, share->stream.epoch.number);
    }
  }
}

// ---- steps ----

History::Trouble History::Expect(bool expected, const char* what, Who who, const core::Result<Upload>& result) {
  if (result) Take(who, *result);
  if (result.has_value() == expected) return std::nullopt;
  return std::string(kNames[who]) + ": " + what + (result ? " was let through" : ": " + result.error().message);
}

History::Trouble History::Write() {
  const Who who = Below(kPeople);
  Person& person = people_[who];
  constexpr std::array<std::size_t, 6> kLengths{0, 10, 10, 200, 900, 5000};
  std::vector<Entry> entries;
  for (std::size_t count = Below(4); count > 0; --count) {
    const Kind kind = kKinds[Below(kKinds.size())];
    std::vector<Revision>& written = person.written[kind];
    Revision revision{.id = RandomName<EntryId>(*primitives_), .number = 1};
    if (!written.empty() && Below(3) == 0) {  // an edit: the clock and the order of days play no part
      revision.id = written[Below(written.size())].id;
      for (const Revision& one : written) {
        if (one.id == revision.id) revision.number = std::max(revision.number, one.number + 1);
      }
    }
    written.push_back(revision);
    entries.push_back({.kind = kind,
                       .id = revision.id,
                       .revision = revision.number,
                       .body = BodyOf(revision, kLengths[Below(kLengths.size())])});
  }
  return Expect(true, "writing", who, person.account.Write(entries));
}

void History::Close(Who owner, Who reader) {
  if (const auto share = people_[owner].shares.find(reader); share != people_[owner].shares.end()) {
    share->second = {};
  }
}

/// Shares that are written anew: those whose reader is trusted get a new envelope, the others end.
void History::Repost(Who owner, const std::function<bool(const Copies&)>& which) {
  Person& person = people_[owner];
  for (auto& [reader, share] : person.shares) {
    if (!share.is_open || !which(share)) continue;
    if (person.Trusts(reader)) {
      share.sealed_to = person.pins.at(reader).keys;
    } else {
      Close(owner, reader);
    }
  }
}

History::Trouble History::Delete() {
  const Who who = Below(kPeople);
  Person& person = people_[who];
  std::vector<Revision>& written = person.written[kKinds[Below(kKinds.size())]];
  if (written.empty()) return std::nullopt;
  const EntryId id = written[Below(written.size())].id;
  const auto is_it = [&](const Revision& one) { return one.id == id; };
  Trouble trouble = Expect(true, "deleting", who, person.account.Delete(std::array{id}));
  Repost(who, [&](const Copies& share) { return std::ranges::any_of(share.revisions, is_it); });
  std::erase_if(written, is_it);
  for (auto& [reader, share] : person.shares) std::erase_if(share.revisions, is_it);
  return trouble;
}

History::Trouble History::DeleteEverything() {
  const Who who = Below(kPeople);
  people_[who].written.clear();
  for (Who reader = 0; reader < kPeople; ++reader) Close(who, reader);
  return Expect(true, "deleting everything", who, people_[who].account.DeleteEverything());
}

History::Trouble History::Rekey() {
  const Who who = Below(kPeople);
  Person& person = people_[who];
  ++person.keys;
  Trouble trouble = Expect(true, "rekeying", who, person.account.Rekey());
  Repost(who, [](const Copies&) { return true; });
  return trouble;
}

History::Trouble History::Pair() {
  const auto [inviter, invitee] = TwoOfThem();
  Person& one = people_[inviter];
  Person& other = people_[invitee];
  const auto invited = one.account.Invite();
  if (!invited) return invited.error().message;
  Take(inviter, invited->upload);
  for (const Who who : {inviter, invitee}) archive_->secrets[who].links.push_back(invited->link.secret);
  const Bytes row = store_.invites().at(invited->upload.invite->id);
  const auto taken = other.account.TakeInvite(invited->link, row);
  if (Trouble trouble = Expect(true, "taking an invite", invitee, taken)) return trouble;
  const Bytes answer = taken->posted.front().envelope;
  if (Trouble trouble = Expect(true, "taking an answer", inviter, one.account.TakeAcceptance(answer))) return trouble;
  if (Trouble trouble = Expect(false, "a second answer", inviter, one.account.TakeAcceptance(answer))) return trouble;
  if (one.account.Find(other.id())->words != other.account.Find(one.id())->words) return "the words differ";
  one.pins[invitee] = {.keys = other.keys, .trust = Trust::kNotCompared};
  other.pins[inviter] = {.keys = one.keys, .trust = Trust::kNotCompared};
  Close(inviter, invitee);
  Close(invitee, inviter);
  return std::nullopt;
}

History::Trouble History::Confirm() {
  const auto [who, other] = TwoOfThem();
  Person& person = people_[who];
  const auto pin = person.pins.find(other);
  const bool may = pin != person.pins.end() && pin->second.trust != Trust::kChanged;
  if (may) pin->second.trust = Trust::kCompared;
  return Expect(may, "confirming", who, person.account.Confirm(people_[other].id()));
}

History::Trouble History::Notice() {
  const auto [who, other] = TwoOfThem();
  Person& person = people_[who];
  const auto pin = person.pins.find(other);
  if (pin != person.pins.end() && pin->second.keys != people_[other].keys) pin->second.trust = Trust::kChanged;
  return Expect(pin != person.pins.end(), "noticing", who, person.account.Notice(people_[other].account.identity()));
}

History::Trouble History::Grant() {
  const auto [who, other] = TwoOfThem();
  Person& person = people_[who];
  const bool may = person.Trusts(other);
  if (may && !person.shares[other].is_open) {
    person.shares[other] = {.is_open = true, .sealed_to = person.pins.at(other).keys, .revisions = {}};
  }
  return Expect(may, "granting", who, person.account.Grant(people_[other].id()));
}

History::Trouble History::Publish() {
  const auto [who, other] = TwoOfThem();
  Person& person = people_[who];
  const Kind kind = kKinds[Below(kKinds.size())];
  const std::vector<Entry> entries = person.account.Entries(kind);
  if (entries.empty()) return std::nullopt;
  const Entry& entry = entries[Below(entries.size())];
  const std::optional<SharedCopy> copy = SharedCopy::Of(entry);
  if (copy.has_value() != (kind != Kind::kSafety && kind != Kind::kSettings)) return "what may be shared";
  if (!copy) return std::nullopt;
  const bool may = person.Trusts(other) && person.shares[other].is_open;
  if (may) person.shares[other].revisions.push_back({.id = entry.id, .number = entry.revision});
  return Expect(may, "publishing", who, person.account.Publish(people_[other].id(), *copy));
}

History::Trouble History::EndShare() {
  const auto [who, other] = TwoOfThem();
  Close(who, other);
  return Expect(true, "ending a share", who, people_[who].account.EndShare(people_[other].id()));
}

History::Trouble History::Leave() {
  const auto [who, other] = TwoOfThem();
  Person& person = people_[who];
  person.shares.erase(other);
  people_[other].seen.erase(who);
  const bool may = person.pins.erase(other) > 0;
  const auto upload = person.account.Leave(people_[other].id());
  if (upload && !upload->posted.empty()) return "leaving sent a letter";
  return Expect(may, "leaving", who, upload);
}

/// Another device, or the same one later.
History::Trouble History::NewDevice() {
  const Who who = Below(kPeople);
  Person& person = people_[who];
  const bool is_new = Below(2) == 0;
  auto opened = Account::Open(*primitives_, person.account.account_key(), store_.Of(person.id()),
                              is_new ? Memory{} : person.account.memory());
  if (!opened) return std::string(kNames[who]) + " can't open her account: " + opened.error().message;
  person.account = *std::move(opened);
  return std::nullopt;
}

// ---- what a hostile store may try ----

namespace {

using Dice = std::function<std::size_t(std::size_t)>;

StoredStream& AnyStream(StoredAccount& stored, const Dice& below) {
  return std::next(stored.streams.begin(), static_cast<std::ptrdiff_t>(below(stored.streams.size())))->second;
}

void FlipOneBit(Bytes& blob, const Dice& below) {
  const std::size_t place = below(blob.size());
  blob[place] ^= static_cast<std::uint8_t>(1U << below(8));
}

/// Cuts a stream short and writes a head that fits, but for the signature, which nobody but the owner can make.
void CutAndForge(const Primitives& primitives, StoredStream& stream) {
  if (stream.records.empty()) return;
  stream.records.pop_back();
  Reader reader(stream.head);
  Epoch epoch;
  reader.Take(kPrefixSize);
  reader.Take(epoch.stream).Number(epoch.number);
  Chain chain = EmptyChain(primitives, epoch);
  for (const Bytes& record : stream.records) chain = Longer(primitives, chain, record);
  const SigningPair nobody{.seed = {}, .shown = primitives.ShownSigningKey({})};
  stream.head = SignHead(primitives, nobody, {.epoch = epoch, .chain = chain});
}

void DoHarm(const Primitives& primitives, StoredAccount& stored, const std::vector<StoredAccount>& snapshots,
            const Dice& below) {
  StoredStream& stream = AnyStream(stored, below);
  switch (below(9)) {
    case 0:
      if (!stream.records.empty()) stream.records.pop_back();
      break;
    case 1:
      if (stream.records.size() > 1) {
        std::swap(stream.records[below(stream.records.size())], stream.records[below(stream.records.size())]);
      }
      break;
    case 2:
      if (!stream.records.empty()) FlipOneBit(stream.records[below(stream.records.size())], below);
      break;
    case 3:
      FlipOneBit(stream.head, below);
      break;
    case 4:
      FlipOneBit(stored.keyring, below);
      break;
    case 5:
      std::swap(stream, AnyStream(stored, below));
      break;
    case 6:
      CutAndForge(primitives, stream);
      break;
    case 7:  // an old state as a whole
      if (!snapshots.empty()) stored = snapshots[below(snapshots.size())];
      break;
    case 8:  // old streams under the keyring of now
      if (!snapshots.empty()) stored.streams = snapshots[below(snapshots.size())].streams;
      break;
    default:
      break;
  }
}

bool IsSame(const StoredStream& one, const StoredStream& other) {
  return one.head == other.head && one.records == other.records;
}

/// Streams beside those the account knows do no harm: its keyring does not name them.
bool ServesTheSame(const StoredAccount& now, const StoredAccount& served) {
  return now.keyring == served.keyring && std::ranges::all_of(now.streams, [&](const auto& one) {
           const auto found = served.streams.find(one.first);
           return found != served.streams.end() && IsSame(one.second, found->second);
         });
}

}  // namespace

History::Trouble History::HostileStore() {
  const Who who = Below(kPeople);
  Person& person = people_[who];
  const StoredAccount& now = store_.Of(person.id());
  constexpr std::size_t kKept = 4;
  if (person.snapshots.size() < kKept) {
    person.snapshots.push_back(now);
  } else {
    person.snapshots[Below(kKept)] = now;
  }
  StoredAccount served = now;
  DoHarm(*primitives_, served, person.snapshots, [&](std::size_t count) { return Below(count); });
  if (ServesTheSame(now, served)) return std::nullopt;
  ++counts_.attacks;
  const Memory memory = flaw_ == Flaw::kForgetsWhatItSaw ? Memory{} : person.account.memory();
  if (!Account::Open(*primitives_, person.account.account_key(), served, memory)) return std::nullopt;
  return std::string(kNames[who]) + " did not notice a hostile store";
}

History::Trouble History::HostileShare() {
  const auto [reader, owner] = TwoOfThem();
  Person& person = people_[reader];
  const std::vector<Person::Seen>& seen = person.seen[owner];
  if (seen.empty()) return std::nullopt;
  const Person::Seen& old = seen[Below(seen.size())];
  const Person::Seen& last = seen.back();
  if (old.stream != last.stream || old.stored.head == last.stored.head) return std::nullopt;
  ++counts_.attacks;
  Memory memory = flaw_ == Flaw::kForgetsWhatItSaw ? Memory{} : person.reading;
  if (!ReadShare(*primitives_, person.account, old.envelope, old.stored, memory)) return std::nullopt;
  return std::string(kNames[reader]) + " took an old state of a share for the present one";
}

// ---- what must hold ----

History::Trouble History::CheckOwn(Who who, Memory memory) {
  Person& person = people_[who];
  const auto opened =
      Account::Open(*primitives_, person.account.account_key(), store_.Of(person.id()), std::move(memory));
  if (!opened) return std::string(kNames[who]) + "'s own account does not open: " + opened.error().message;
  for (const Kind kind : kKinds) {
    for (const Account* const account : std::array<const Account*, 2>{&person.account, &*opened}) {
      if (RevisionsOf(account->Entries(kind)) != person.written[kind]) {
        return std::string(kNames[who]) + " has other " + std::string(NameOf(kind)) + " than were written";
      }
    }
  }
  return std::nullopt;
}

History::Trouble History::CheckReading(Who reader, Who owner) {
  Person& person = people_[reader];
  Person& other = people_[owner];
  const auto pin = person.pins.find(owner);
  const Copies& copies = other.shares[reader];
  const bool may =
      copies.is_open && copies.sealed_to == person.keys && person.Trusts(owner) && pin->second.keys == other.keys;
  std::vector<Revision> read;
  bool does = false;
  const Share* const share = other.account.ShareWith(person.id());
  if (share != nullptr && share->IsOpen()) {
    const auto envelope = store_.MailboxOf(person.id()).find(share->envelope);
    if (envelope == store_.MailboxOf(person.id()).end()) return "an envelope is missing";
    const StoredStream& stored = *store_.Find(share->stream.epoch.stream);
    const auto opened = ReadShare(*primitives_, person.account, envelope->second, stored, person.reading);
    if (opened) {
      does = true;
      for (const SharedCopy& copy : *opened) {
        read.push_back({.id = copy.entry().id, .number = copy.entry().revision});
      }
      std::vector<Person::Seen>& seen = person.seen[owner];
      if (seen.empty() || !IsSame(seen.back().stored, stored)) {
        seen.push_back({.envelope = envelope->second, .stored = stored, .stream = share->stream.epoch.stream});
      }
    }
  }
  counts_.copies_read += read.size();
  if (copies.is_open && !does) ++counts_.reads_refused;
  if (does == may && (!may || read == copies.revisions)) return std::nullopt;
  return std::string(kNames[reader]) + (does ? " reads" : " does not read") + " what " + kNames[owner] +
         " shares, and the model says otherwise";
}

/// Nothing waits for anybody but answers to invites and the grants of shares that are open.
History::Trouble History::CheckMailboxes() {
  std::set<EnvelopeId> expected = answers_;
  for (const Person& owner : people_) {
    for (const Person& reader : people_) {
      if (const Share* const share = owner.account.ShareWith(reader.id())) expected.insert(share->envelope);
    }
  }
  for (const Person& person : people_) {
    for (const auto& [id, envelope] : store_.MailboxOf(person.id())) {
      if (!expected.contains(id)) return "an envelope was not taken back";
    }
  }
  return std::nullopt;
}

History::Trouble History::CheckAll() {
  if (Trouble trouble = CheckMailboxes()) return trouble;
  for (Who one = 0; one < kPeople; ++one) {
    if (Trouble trouble = CheckOwn(one, {})) return trouble;
    for (Who other = 0; other < kPeople; ++other) {
      if (one == other) continue;
      if (Trouble trouble = CheckReading(one, other)) return trouble;
    }
  }
  return std::nullopt;
}

std::optional<std::string> History::Run(std::size_t steps) {
  struct Step {
    std::size_t weight;
    Trouble (History::*take)();
  };
  const std::array<Step, 14> possible{{{60, &History::Write},
                                       {6, &History::Delete},
                                       {1, &History::DeleteEverything},
                                       {1, &History::Rekey},
                                       {6, &History::Pair},
                                       {40, &History::Confirm},
                                       {4, &History::Notice},
                                       {40, &History::Grant},
                                       {120, &History::Publish},
                                       {4, &History::EndShare},
                                       {1, &History::Leave},
                                       {8, &History::NewDevice},
                                       {20, &History::HostileStore},
                                       {20, &History::HostileShare}}};
  std::size_t all = 0;
  for (const Step& step : possible) all += step.weight;
  constexpr std::size_t kBetweenFullChecks = 50;
  for (std::size_t i = 0; i < steps; ++i) {
    std::size_t throw_of_dice = Below(all);
    const auto* step = possible.begin();
    while (throw_of_dice >= step->weight) throw_of_dice -= step++->weight;
    if (Trouble trouble = (this->*step->take)()) return "step " + std::to_string(i) + ": " + *trouble;
    const auto [reader, owner] = TwoOfThem();
    Trouble trouble = CheckReading(reader, owner);
    if (!trouble && (i + 1) % kBetweenFullChecks == 0) trouble = CheckAll();
    if (trouble) return "after step " + std::to_string(i) + ": " + *trouble;
  }
  return CheckAll();
}

// ---- every key against every ciphertext ----

namespace {

/// Somebody with every key they could have, by whatever means.
struct Holder {
  std::string name;
  std::vector<Key> keys;
};

bool Opens(const Primitives& primitives, const Holder& holder, View record) {
  return std::ranges::any_of(holder.keys,
                             [&](const Key& key) { return OpenRecord(primitives, key, record).has_value(); });
}

void AddKeysOf(const Keyring& keyring, std::vector<Key>& keys) {
  for (const OwnStream& stream : keyring.streams) keys.push_back(stream.key);
  for (const Share& share : keyring.shares) keys.push_back(share.stream.key);
}

}  // namespace

History::Matrix History::TryEveryKey() {
  Matrix matrix;
  const auto verdict = [&](bool may, bool does, const std::string& who, const char* what) {
    ++matrix.tried;
    if (does != may) matrix.wrong.push_back(who + (does ? " opens " : " can't open ") + what);
  };

  for (Who who = 0; who < kPeople; ++who) {
    const Archive::Secrets& secrets = archive_->secrets[who];
    Holder holder{.name = kNames[who], .keys = secrets.account_keys};
    for (const OwnIdentity& identity : secrets.identities) {
      holder.keys.push_back(identity.signing.seed);
      holder.keys.push_back(identity.receiving.secret);
    }
    for (const auto& [owner, blob] : archive_->keyrings) {
      bool does = false;
      for (const Key& key : secrets.account_keys) {
        const auto keyring = OpenKeyring(*primitives_, key, blob);
        if (!keyring) continue;
        does = true;
        AddKeysOf(*keyring, holder.keys);
      }
      verdict(owner == who, does, holder.name, "a keyring");
    }
    for (const auto& [recipient, blob] : archive_->envelopes) {
      bool does = false;
      for (const OwnIdentity& identity : secrets.identities) {
        const auto letter = OpenEnvelope(*primitives_, identity, blob);
        if (!letter) continue;
        does = true;
        if (const auto* grant = std::get_if<vault::Grant>(&letter->content)) holder.keys.push_back(grant->key);
      }
      verdict(recipient == who, does, holder.name, "an envelope");
    }
    std::ranges::sort(holder.keys, {}, [](const Key& key) { return TextOf(key.view()); });
    const auto same = std::ranges::unique(holder.keys, {}, [](const Key& key) { return TextOf(key.view()); });
    holder.keys.erase(same.begin(), same.end());
    for (const auto& [owner, blob] : archive_->records) {
      const Epoch epoch = ReadRecordHeader(blob)->epoch;
      const bool may = owner == who || secrets.may_open.contains({epoch.stream, epoch.number});
      const bool does = Opens(*primitives_, holder, blob);
      if (does) ++(owner == who ? matrix.own : matrix.shared);
      verdict(may, does, holder.name, "a record");
    }

    // The keys of now open what is stored now, and nothing that was deleted before.
    Holder now{.name = std::string(kNames[who]) + " of now", .keys = {}};
    AddKeysOf(*OpenKeyring(*primitives_, people_[who].account.account_key(), store_.Of(people_[who].id()).keyring),
              now.keys);
    std::set<Bytes> stored;
    for (const auto& [id, stream] : store_.Of(people_[who].id()).streams) {
      stored.insert(stream.records.begin(), stream.records.end());
    }
    for (const auto& [owner, blob] : archive_->records) {
      if (owner == who) verdict(stored.contains(blob), Opens(*primitives_, now, blob), now.name, "a record");
    }
  }

  // Whoever has the store has every public key, id and header, and tries them as keys.
  Holder host{.name = "the host", .keys = {Key{}}};
  for (const Person& person : people_) {
    for (const auto& bytes : {person.account.identity().signing.bytes, person.account.identity().receiving.bytes,
                              Hash(*primitives_, "", {person.id().bytes}).bytes}) {
      std::ranges::copy(bytes, host.keys.emplace_back().bytes().begin());
    }
  }
  for (const auto& [owner, blob] : archive_->records) {
    verdict(false, Opens(*primitives_, host, blob), host.name, "a record");
  }
  for (const Key& key : host.keys) {
    for (const auto& [owner, blob] : archive_->keyrings) {
      verdict(false, OpenKeyring(*primitives_, key, blob).has_value(), host.name, "a keyring");
    }
    const OwnIdentity own{
        .account = {}, .signing = {}, .receiving = {.secret = key, .shown = primitives_->ShownKey(key)}};
    for (const auto& [recipient, blob] : archive_->envelopes) {
      verdict(false, OpenEnvelope(*primitives_, own, blob).has_value(), host.name, "an envelope");
    }
  }
  return matrix;
}

}  // namespace selvedge::vault
