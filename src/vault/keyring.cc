#include "vault/keyring.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace selvedge::vault {
namespace {

constexpr std::string_view kWhat = "keyring";
constexpr std::size_t kHeaderSize = 39;
constexpr std::size_t kSmall = 1024;
constexpr std::size_t kMiddle = 4096;
constexpr std::size_t kStep = 16384;
constexpr std::size_t kLargest = 1024 * 1024;

std::size_t PaddedSize(std::size_t content) {
  for (const std::size_t size : {kSmall, kMiddle}) {
    if (content < size) return size;
  }
  return (content / kStep + 1) * kStep;
}

bool IsPaddedSize(std::size_t size) {
  return size == kSmall || size == kMiddle || (size > 0 && size % kStep == 0 && size <= kLargest);
}

void Put(Writer<SecretBytes>& writer, const OwnStream& stream) {
  writer.Put(stream.epoch.stream).Number(stream.epoch.number).Put(stream.key);
}

void Take(Reader& reader, OwnStream& stream) {
  reader.Take(stream.epoch.stream).Number(stream.epoch.number).Take(stream.key);
}

void Put(Writer<SecretBytes>& writer, const Person& person) {
  const Bytes identity = IdentityBytes(person.identity);
  writer.Put(identity).Number(static_cast<std::uint8_t>(person.trust)).Number(person.words);
}

void Take(Reader& reader, Person& person) {
  std::uint8_t trust = 0;
  Take(reader, person.identity);
  reader.Number(trust).Number(person.words);
  person.trust = static_cast<Trust>(trust);
}

void Put(Writer<SecretBytes>& writer, const Share& share) {
  writer.Put(share.with);
  Put(writer, share.stream);
  writer.Put(share.envelope);
}

void Take(Reader& reader, Share& share) {
  reader.Take(share.with);
  Take(reader, share.stream);
  reader.Take(share.envelope);
}

void Put(Writer<SecretBytes>& writer, const InviteSecret& secret) { writer.Put(secret); }

void Take(Reader& reader, InviteSecret& secret) { reader.Take(secret); }

template <typename T>
void PutList(Writer<SecretBytes>& writer, const std::vector<T>& list) {
  writer.Number(static_cast<std::uint16_t>(list.size()));
  for (const T& one : list) Put(writer, one);
}

template <typename T>
void TakeList(Reader& reader, std::vector<T>& list) {
  std::uint16_t count = 0;
  reader.Number(count);
  for (; count > 0 && reader.fits(); --count) Take(reader, list.emplace_back());
}

SecretBytes Content(const Keyring& keyring) {
  SecretBytes content;
  Writer writer(content);
  writer.Put(keyring.own.account).Put(keyring.own.signing.seed).Put(keyring.own.receiving.secret);
  for (const OwnStream& stream : keyring.streams) Put(writer, stream);
  PutList(writer, keyring.people);
  PutList(writer, keyring.shares);
  PutList(writer, keyring.invites);
  return content;
}

bool IsSound(const Person& person) {
  constexpr WordsNumber kUnused = 0xF;
  return person.trust >= Trust::kNotCompared && person.trust <= Trust::kChanged && (person.words & kUnused) == 0;
}

bool IsSound(const Keyring& keyring) {
  const auto has_epoch = [](const OwnStream& stream) { return stream.epoch.number > 0; };
  const auto is_single = [&](const Share& share) {
    return has_epoch(share.stream) && std::ranges::count(keyring.shares, share.with, &Share::with) == 1;
  };
  return std::ranges::all_of(keyring.streams, has_epoch) && std::ranges::all_of(keyring.shares, is_single) &&
         std::ranges::all_of(keyring.people, [](const Person& person) { return IsSound(person); });
}

std::optional<Keyring> ReadContent(const Primitives& primitives, View content) {
  Keyring keyring;
  Reader reader(content);
  OwnIdentity& own = keyring.own;
  reader.Take(own.account).Take(own.signing.seed).Take(own.receiving.secret);
  for (OwnStream& stream : keyring.streams) Take(reader, stream);
  TakeList(reader, keyring.people);
  TakeList(reader, keyring.shares);
  TakeList(reader, keyring.invites);
  if (!reader.at_end() || !IsSound(keyring)) return std::nullopt;
  own.signing.shown = primitives.ShownSigningKey(own.signing.seed);
  own.receiving.shown = primitives.ShownKey(own.receiving.secret);
  return keyring;
}

}  // namespace

core::Result<Bytes> SealKeyring(Primitives& primitives, const Key& account_key, const Keyring& keyring) {
  const SecretBytes content = Content(keyring);
  const std::size_t size = PaddedSize(content.size());
  if (size > kLargest) {
    return Refuse("This account is paired with more people than it can hold.", "End what is no longer needed.");
  }
  Bytes blob = Begin(Format::kKeyring);
  Writer(blob).Number(static_cast<std::uint32_t>(size)).Number(keyring.number);
  return SealAfter(primitives, account_key, std::move(blob), Padded(content, size));
}

core::Result<Keyring> OpenKeyring(const Primitives& primitives, const Key& account_key, View blob,
                                  std::uint64_t least) {
  Reader reader(blob);
  SELVEDGE_TRY_VOID(TakePrefix(reader, Format::kKeyring, kWhat));
  std::uint32_t size = 0;
  std::uint64_t number = 0;
  reader.Number(size).Number(number);
  if (!reader.fits() || !IsPaddedSize(size) || blob.size() != kHeaderSize + size + kTagSize) return Damaged(kWhat);
  const std::optional<SecretBytes> padded = OpenAfter(primitives, account_key, blob, kHeaderSize);
  if (!padded) return Damaged(kWhat);
  const std::optional<View> content = Unpadded(*padded);
  std::optional<Keyring> keyring = content ? ReadContent(primitives, *content) : std::nullopt;
  if (!keyring) return Damaged(kWhat);
  if (number < least) {
    return Refuse("These keys are older than what this device has already seen.",
                  "Somebody may have put back an old copy. Ask whoever keeps it before you go on.");
  }
  keyring->number = number;
  return *std::move(keyring);
}

}  // namespace selvedge::vault
