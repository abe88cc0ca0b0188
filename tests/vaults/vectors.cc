// vault_vectors FOLDER         writes the vectors of docs/vault-format.md, version 1, into a folder
// vault_vectors --sample FILE  writes an export of 24 days as people would have it: tests/golden/input/mira.selvedge
// The same seeds give the same bytes. Another reader opens the vectors: tests/vaults/reader.py.

#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/json.h"
#include "vault/account.h"
#include "vault/export.h"
#include "vaults/seeded_primitives.h"
#include "vaults/store.h"

namespace selvedge::vault {
namespace {

using core::Json;

constexpr std::string_view kPassphrase = "seven grey geese, one knows the way";

std::string Hex(View bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

/// For vectors a key is no secret.
std::string Hex(const Key& key) { return Hex(View(key.view())); }

std::string Text(View bytes) { return std::string(TextOf(bytes)); }

template <typename Tag>
Name<Tag, 16> Numbered(std::uint8_t number) {
  Name<Tag, 16> name;
  name.bytes.fill(number);
  return name;
}

SecretBytes Body(std::string_view text) { return {text.begin(), text.end()}; }

Entry EntryOf(Kind kind, std::uint8_t number, std::string_view body, std::uint32_t revision = 1) {
  return {.kind = kind, .id = Numbered<struct EntryTag>(number), .revision = revision, .body = Body(body)};
}

Json Records(Primitives& primitives) {
  Json cases = Json::Array();
  const Key key = RandomKey(primitives);
  const std::vector<std::pair<Bucket, std::optional<Entry>>> contents{
      {Bucket{0}, std::nullopt},
      {Bucket{0}, EntryOf(Kind::kCheckins, 1, R"({"day": "2026-11-22", "own": 62})")},
      {Bucket{1}, EntryOf(Kind::kNotes, 2, "{}", 3)},
      {Bucket{2}, EntryOf(Kind::kNotes, 3, R"({"text": ")" + std::string(2000, 'x') + "\"}")},
      {Bucket{3}, EntryOf(Kind::kSafety, 4, std::string(kLongestBody, ' '))}};
  std::uint64_t seq = 0;
  for (const auto& [bucket, entry] : contents) {
    const RecordHeader header{.bucket = bucket,
                              .epoch = {.stream = Numbered<struct StreamTag>(7), .number = 3},
                              .seq = seq++,
                              .id = RandomName<RecordId>(primitives)};
    Json one = Json::Object();
    one.Set("key", Hex(key))
        .Set("stream", Hex(header.epoch.stream.bytes))
        .Set("epoch", header.epoch.number)
        .Set("seq", header.seq)
        .Set("record_id", Hex(header.id.bytes));
    if (entry) {
      one.Set("kind", NameOf(entry->kind))
          .Set("entry_id", Hex(entry->id.bytes))
          .Set("revision", entry->revision)
          .Set("body", Text(entry->body));
    }
    one.Set("blob", Hex(SealRecord(primitives, key, header, EntryContent(entry))));
    cases.Push(std::move(one));
  }
  return cases;
}

Json Heads(Primitives& primitives) {
  Json cases = Json::Array();
  const OwnIdentity own = OwnIdentity::New(primitives, Numbered<struct AccountTag>(1));
  const Key key = RandomKey(primitives);
  const Epoch epoch{.stream = Numbered<struct StreamTag>(9), .number = 2};
  Chain chain = EmptyChain(primitives, epoch);
  Json records = Json::Array();
  for (int count = 0; count <= 3; ++count) {
    Json one = Json::Object();
    one.Set("owner", Hex(own.signing.shown.bytes))
        .Set("stream", Hex(epoch.stream.bytes))
        .Set("epoch", epoch.number)
        .Set("count", chain.count)
        .Set("link", Hex(chain.link.bytes))
        .Set("records", records)
        .Set("blob", Hex(SignHead(primitives, own.signing, {.epoch = epoch, .chain = chain})));
    cases.Push(std::move(one));
    const Bytes record = SealRecord(
        primitives, key, {.bucket = 0, .epoch = epoch, .seq = chain.count, .id = RandomName<RecordId>(primitives)},
        EntryContent({}));
    chain = Longer(primitives, chain, record);
    records.Push(Hex(record));
  }
  return cases;
}

Json PassphraseLocks(Primitives& primitives) {
  Json cases = Json::Array();
  for (const auto& [passphrase, cost] : std::vector<std::pair<std::string_view, Stretching>>{
           {kPassphrase, kFloor}, {"zwölf Wälder", {.memory_kib = 96 * 1024, .passes = 4}}}) {
    const PassphraseLock lock{.cost = cost, .salt = RandomName<Salt>(primitives)};
    const Key account_key = RandomKey(primitives);
    const SubKeys keys = *KeysOf(primitives, ViewOf(passphrase), lock);
    Json one = Json::Object();
    one.Set("passphrase", passphrase)
        .Set("memory_kib", cost.memory_kib)
        .Set("passes", cost.passes)
        .Set("salt", Hex(lock.salt.bytes))
        .Set("auth", Hex(keys.auth))
        .Set("kek", Hex(keys.kek))
        .Set("account_key", Hex(account_key))
        .Set("blob", Hex(LockWithPassphrase(primitives, lock, keys.kek, account_key)));
    cases.Push(std::move(one));
  }
  return cases;
}

Json RecoveryLocks(Primitives& primitives) {
  Json cases = Json::Array();
  for (int i = 0; i < 3; ++i) {
    const RecoveryCode code = RecoveryCode::New(primitives);
    const Key account_key = RandomKey(primitives);
    const Bytes blob = LockWithRecoveryCode(primitives, code, account_key);
    const SubKeys keys = KeysOf(primitives, code, *ReadRecoveryLock(blob));
    Json one = Json::Object();
    one.Set("code", Text(code.Text()))
        .Set("auth", Hex(keys.auth))
        .Set("kek", Hex(keys.kek))
        .Set("account_key", Hex(account_key))
        .Set("blob", Hex(blob));
    cases.Push(std::move(one));
  }
  return cases;
}

OwnStream StreamOf(Primitives& primitives, std::uint8_t number) {
  return {.epoch = {.stream = Numbered<struct StreamTag>(number), .number = number}, .key = RandomKey(primitives)};
}

Json StreamJson(const OwnStream& stream) {
  Json json = Json::Object();
  json.Set("stream", Hex(stream.epoch.stream.bytes)).Set("epoch", stream.epoch.number).Set("key", Hex(stream.key));
  return json;
}

Json Keyrings(Primitives& primitives) {
  Json cases = Json::Array();
  for (const std::size_t people : {std::size_t{0}, std::size_t{2}, std::size_t{40}}) {
    const Key account_key = RandomKey(primitives);
    Keyring keyring;
    keyring.number = people + 1;
    keyring.own = OwnIdentity::New(primitives, Numbered<struct AccountTag>(1));
    Json streams = Json::Array();
    for (std::size_t i = 0; i < kKinds.size(); ++i) {
      keyring.streams[i] = StreamOf(primitives, static_cast<std::uint8_t>(i + 1));
      streams.Push(StreamJson(keyring.streams[i]));
    }
    Json pinned = Json::Array();
    Json shares = Json::Array();
    Json invites = Json::Array();
    for (std::size_t i = 0; i < people; ++i) {
      const auto number = static_cast<std::uint8_t>(i + 10);
      const Identity identity = OwnIdentity::New(primitives, Numbered<struct AccountTag>(number)).Shown();
      const Person person{.identity = identity,
                          .trust = static_cast<Trust>(i % 3 + 1),
                          .words = (std::uint64_t{0x0123456789ABCDE} + i) << 4U};
      keyring.people.push_back(person);
      Json one = Json::Object();
      one.Set("identity", Hex(IdentityBytes(identity))).Set("state", static_cast<int>(person.trust));
      Json words = Json::Array();
      for (const std::string_view word : SixWords(person.words)) words.Push(word);
      pinned.Push(std::move(one.Set("words", std::move(words))));
      if (i % 2 == 1) continue;
      const Share share{.with = identity.account,
                        .stream = StreamOf(primitives, number),
                        .envelope = i % 4 == 0 ? RandomName<EnvelopeId>(primitives) : EnvelopeId{}};
      keyring.shares.push_back(share);
      shares.Push(
          StreamJson(share.stream).Set("with", Hex(share.with.bytes)).Set("envelope", Hex(share.envelope.bytes)));
    }
    if (people > 0) {
      keyring.invites.push_back(RandomName<InviteSecret>(primitives));
      invites.Push(Hex(keyring.invites.back().bytes));
    }
    Json one = Json::Object();
    one.Set("account_key", Hex(account_key))
        .Set("number", keyring.number)
        .Set("account", Hex(keyring.own.account.bytes))
        .Set("signing_seed", Hex(keyring.own.signing.seed))
        .Set("receiving_secret", Hex(keyring.own.receiving.secret))
        .Set("streams", std::move(streams))
        .Set("people", std::move(pinned))
        .Set("shares", std::move(shares))
        .Set("invites", std::move(invites))
        .Set("blob", Hex(*SealKeyring(primitives, account_key, keyring)));
    cases.Push(std::move(one));
  }
  return cases;
}

Json Envelopes(Primitives& primitives) {
  Json cases = Json::Array();
  const OwnIdentity sender = OwnIdentity::New(primitives, Numbered<struct AccountTag>(1));
  const OwnIdentity recipient = OwnIdentity::New(primitives, Numbered<struct AccountTag>(2));
  const auto begin = [&](const char* type) {
    Json one = Json::Object();
    one.Set("recipient", Hex(IdentityBytes(recipient.Shown())))
        .Set("receiving_secret", Hex(recipient.receiving.secret))
        .Set("sender", Hex(IdentityBytes(sender.Shown())))
        .Set("type", type);
    return one;
  };
  const OwnStream stream = StreamOf(primitives, 5);
  Json grant = begin("grant");
  grant.Set("stream", Hex(stream.epoch.stream.bytes)).Set("epoch", stream.epoch.number).Set("key", Hex(stream.key));
  const Grant key_to_stream{.epoch = stream.epoch, .key = stream.key};
  grant.Set("blob", Hex(*SealLetter(primitives, sender, recipient.Shown(), key_to_stream)));
  cases.Push(std::move(grant));

  const Meeting meeting{.inviter = recipient.Shown(),
                        .invitee = sender.Shown(),
                        .secret = RandomName<InviteSecret>(primitives),
                        .nonce = RandomName<PairingNonce>(primitives)};
  const Acceptance answer{
      .invite = InviteIdOf(primitives, meeting.secret), .nonce = meeting.nonce, .proof = ProofOf(primitives, meeting)};
  Json acceptance = begin("acceptance");
  Json words = Json::Array();
  for (const std::string_view word : SixWords(WordsOf(primitives, meeting))) words.Push(word);
  acceptance.Set("secret", Hex(meeting.secret.bytes))
      .Set("nonce", Hex(meeting.nonce.bytes))
      .Set("words", std::move(words))
      .Set("blob", Hex(*SealLetter(primitives, sender, recipient.Shown(), answer)));
  cases.Push(std::move(acceptance));
  return cases;
}

Json Invites(Primitives& primitives) {
  Json cases = Json::Array();
  const OwnIdentity own = OwnIdentity::New(primitives, Numbered<struct AccountTag>(1));
  for (int i = 0; i < 2; ++i) {
    const Link link{.secret = RandomName<InviteSecret>(primitives), .inviter = FingerprintOf(primitives, own.Shown())};
    Json one = Json::Object();
    one.Set("link", "https://selvedge.example/pair#" + LinkText(link))
        .Set("secret", Hex(link.secret.bytes))
        .Set("invite_id", Hex(InviteIdOf(primitives, link.secret).bytes))
        .Set("inviter", Hex(IdentityBytes(own.Shown())))
        .Set("blob", Hex(SealInvite(primitives, link.secret, own.Shown())));
    cases.Push(std::move(one));
  }
  return cases;
}

constexpr std::uint8_t kDeletedDay = 2;

/// Days of somebody who does not exist, with an edit.
std::vector<Entry> SampleEntries(std::uint8_t days) {
  std::vector<Entry> entries;
  for (std::uint8_t day = 1; day <= days; ++day) {
    const std::string date = "2026-11-" + std::string(day < 10 ? "0" : "") + std::to_string(day);
    entries.push_back(EntryOf(Kind::kCheckins, day,
                              R"({"day": ")" + date + R"(", "start": ")" + date +
                                  R"( 21:04", "tz": "+01:00", "own": )" + std::to_string(50 + day * 7 % 30) +
                                  R"(, "contact": "some", "moments": "own_time"})"));
  }
  entries.push_back(EntryOf(Kind::kCheckins, 3, R"({"day": "2026-11-03", "own": 44.5})", 2));
  entries.push_back(EntryOf(Kind::kNotes, 40, R"({"day": "2026-11-05", "text": "The kettle sang. I was glad."})"));
  entries.push_back(EntryOf(Kind::kSafety, 50, R"({"day": "2026-11-05", "q": "rather not say"})"));
  entries.push_back(EntryOf(Kind::kSettings, 60, R"({"title": "Notes"})"));
  return entries;
}

/// A person's file: their entries, one of them deleted again.
Bytes SampleExport(Primitives& primitives, const Key& account_key, const RecoveryCode& code, std::uint8_t days) {
  auto [account, upload] = Account::New(primitives, account_key);
  Store store;
  const AccountId id = account.identity().account;
  store.Take(id, upload);
  store.Take(id, *account.Write(SampleEntries(days)));
  store.Take(id, *account.Delete(std::vector{Numbered<struct EntryTag>(kDeletedDay)}));

  const PassphraseLock lock{.cost = kFloor, .salt = RandomName<Salt>(primitives)};
  const SubKeys keys = *KeysOf(primitives, ViewOf(kPassphrase), lock);
  Export exported{.passphrase_lock = LockWithPassphrase(primitives, lock, keys.kek, account_key),
                  .recovery_lock = LockWithRecoveryCode(primitives, code, account_key),
                  .keyring = store.Of(id).keyring,
                  .streams = {}};
  const Keyring keyring = *OpenKeyring(primitives, account_key, exported.keyring);
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    exported.streams[i] = store.Of(id).streams.at(keyring.streams[i].epoch.stream);
  }
  return WriteExport(primitives, exported);
}

Json Exports(Primitives& primitives) {
  constexpr std::uint8_t kFewDays = 3;
  const RecoveryCode code = RecoveryCode::New(primitives);
  const Key account_key = RandomKey(primitives);
  const Bytes file = SampleExport(primitives, account_key, code, kFewDays);
  Json entries = Json::Array();
  for (const Entry& entry : *OpenExport(primitives, account_key, *ReadExport(primitives, file))) {
    Json one = Json::Object();
    one.Set("kind", NameOf(entry.kind))
        .Set("entry_id", Hex(entry.id.bytes))
        .Set("revision", entry.revision)
        .Set("body", Text(entry.body));
    entries.Push(std::move(one));
  }
  Json one = Json::Object();
  one.Set("passphrase", kPassphrase)
      .Set("code", Text(code.Text()))
      .Set("entries", std::move(entries))
      .Set("blob", Hex(file));
  Json cases = Json::Array();
  cases.Push(std::move(one));
  return cases;
}

bool WriteTo(const std::string& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  return file.good();
}

int Write(const std::string& folder) {
  const std::vector<std::pair<std::string, std::function<Json(Primitives&)>>> formats{
      {"record", Records},
      {"head", Heads},
      {"passphrase_lock", PassphraseLocks},
      {"recovery_lock", RecoveryLocks},
      {"keyring", Keyrings},
      {"envelope", Envelopes},
      {"invite", Invites},
      {"export", Exports}};
  std::uint64_t seed = 0;
  for (const auto& [name, make] : formats) {
    const auto primitives = SeededPrimitives(++seed);
    const Json cases = make(*primitives);
    Json vectors = Json::Object();
    vectors.Set("format", name).Set("version", 1).Set("cases", cases);
    if (!WriteTo(folder + "/" + name + "_v1.json", vectors.Dump(1) + "\n")) return 1;
  }
  return 0;
}

/// An export long enough to be read.
int WriteSample(const std::string& path) {
  constexpr std::uint64_t kSeed = 100;
  constexpr std::uint8_t kDays = 24;
  const auto primitives = SeededPrimitives(kSeed);
  const RecoveryCode code = RecoveryCode::New(*primitives);
  const Bytes file = SampleExport(*primitives, RandomKey(*primitives), code, kDays);
  return WriteTo(path, TextOf(file)) ? 0 : 1;
}

}  // namespace
}  // namespace selvedge::vault

int main(int argc, char** argv) {
  using namespace selvedge::vault;  // NOLINT(google-build-using-namespace): a program of one file
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 1) return Write(words[0]);
  if (words.size() == 2 && words[0] == "--sample") return WriteSample(words[1]);
  static_cast<void>(std::fputs("usage: vault_vectors FOLDER | vault_vectors --sample FILE\n", stderr));
  return 2;
}
