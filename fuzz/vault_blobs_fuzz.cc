// Any bytes at all as a record, a head, a lock, a keyring, an envelope or an invite: each reader takes them or refuses
// them in words, and what it takes survives being written. The first byte of a blob says what it wants to be.

#include <cstddef>
#include <cstdint>

#include "core/contract.h"
#include "glass_primitives.h"
#include "vault/entry.h"
#include "vault/keyring.h"
#include "vault/letter.h"
#include "vault/lock.h"
#include "vault/stream.h"

namespace selvedge::vault {
namespace {

/// The value, if there is one; a refusal has to say something.
template <typename T>
const T* Taken(const core::Result<T>& result) {
  SELVEDGE_EXPECT(result.has_value() || (!result.error().message.empty() && !result.error().remedy.empty()));
  return result ? &*result : nullptr;
}

void TryRecord(Primitives& glass, View blob) {
  const auto header = ReadRecordHeader(blob);
  const auto content = OpenRecord(glass, {}, blob);
  SELVEDGE_EXPECT(header || !content);
  if (Taken(header) == nullptr || Taken(content) == nullptr) return;
  const Bytes again = SealRecord(glass, {}, *header, *content);
  SELVEDGE_EXPECT(*ReadRecordHeader(again) == *header && *OpenRecord(glass, {}, again) == *content);
  if (const auto entry = ReadEntryContent(*content); Taken(entry) != nullptr) {
    SELVEDGE_EXPECT(EntryContent(*entry) == *content);
  }
}

void TryHead(const Primitives& glass, View blob) {
  const auto head = ReadHead(glass, {}, blob);
  if (Taken(head) != nullptr) SELVEDGE_EXPECT(*ReadHead(glass, {}, SignHead(glass, {}, *head)) == *head);
}

void TryLock(const Primitives& glass, View blob) {
  const auto lock = ReadPassphraseLock(blob);
  if (Taken(lock) != nullptr) {
    SELVEDGE_EXPECT(lock->cost.memory_kib >= kFloor.memory_kib && lock->cost.passes >= kFloor.passes);
  }
  static_cast<void>(Taken(OpenWithPassphrase(glass, {}, blob)));
}

void TryKeyring(Primitives& glass, View blob) {
  const auto keyring = OpenKeyring(glass, {}, blob);
  if (Taken(keyring) == nullptr) return;
  const auto again = OpenKeyring(glass, {}, *SealKeyring(glass, {}, *keyring));
  SELVEDGE_EXPECT(again && again->number == keyring->number && again->people == keyring->people &&
                  again->shares.size() == keyring->shares.size() && again->invites == keyring->invites);
  for (const Person& person : keyring->people) SELVEDGE_EXPECT(!SixWords(person.words)[5].empty());
}

void TryEnvelope(Primitives& glass, View blob) {
  const auto letter = OpenEnvelope(glass, {}, blob);
  if (Taken(letter) == nullptr) return;
  const OwnIdentity sender{.account = letter->sender.account,
                           .signing = {.seed = {}, .shown = letter->sender.signing},
                           .receiving = {.secret = {}, .shown = letter->sender.receiving}};
  const auto again = OpenEnvelope(glass, {}, *SealLetter(glass, sender, {}, letter->content));
  SELVEDGE_EXPECT(again && again->sender == letter->sender && again->content.index() == letter->content.index());
}

}  // namespace
}  // namespace selvedge::vault

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace selvedge::vault;  // NOLINT(google-build-using-namespace): a program of one file
  const View blob(data, size);
  GlassPrimitives glass;
  TryRecord(glass, blob);
  TryHead(glass, blob);
  TryLock(glass, blob);
  static_cast<void>(Taken(ReadRecoveryLock(blob)));
  TryKeyring(glass, blob);
  TryEnvelope(glass, blob);
  static_cast<void>(Taken(OpenInvite(glass, {}, blob)));
  static_cast<void>(Taken(ReadEntryContent(blob)));
  return 0;
}
