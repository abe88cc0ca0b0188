#include "vault/stream.h"

#include <utility>

namespace selvedge::vault {
namespace {

constexpr std::string_view kHead = "head";
constexpr std::string_view kHeadLabel = "selvedge head 1";
constexpr std::string_view kChainLabel = "selvedge chain 1";
constexpr std::string_view kLinkLabel = "selvedge link 1";

Bytes EpochBytes(const Epoch& epoch) {
  Bytes bytes;
  Writer(bytes).Put(epoch.stream).Number(epoch.number);
  return bytes;
}

std::unexpected<core::Error> RolledBack() {
  return Refuse("What is stored is older than what this device has already seen.",
                "Somebody may have put back an old copy. Ask whoever keeps it before you go on.");
}

std::unexpected<core::Error> NotAsWritten() {
  return Refuse("What is stored is not what was written: something is missing, was added, or has another order.",
                "Take another copy, or ask whoever keeps it.");
}

}  // namespace

Chain EmptyChain(const Primitives& primitives, const Epoch& epoch) {
  return {.count = 0, .link = Hash(primitives, kChainLabel, {EpochBytes(epoch)})};
}

Chain Longer(const Primitives& primitives, const Chain& chain, View record) {
  return {.count = chain.count + 1, .link = Hash(primitives, kLinkLabel, {chain.link.bytes, record})};
}

Bytes SignHead(const Primitives& primitives, const SigningPair& owner, const Head& head) {
  Bytes blob = Begin(Format::kHead);
  Writer(blob).Put(EpochBytes(head.epoch)).Number(head.chain.count).Put(head.chain.link);
  const Signature signature = primitives.Sign(owner, Labelled(kHeadLabel, {blob}));
  Writer(blob).Put(signature);
  return blob;
}

core::Result<Head> ReadHead(const Primitives& primitives, const SigningKey& owner, View blob) {
  Reader reader(blob);
  SELVEDGE_TRY_VOID(TakePrefix(reader, Format::kHead, kHead));
  Head head;
  Signature signature;
  reader.Take(head.epoch.stream)
      .Number(head.epoch.number)
      .Number(head.chain.count)
      .Take(head.chain.link)
      .Take(signature);
  if (!reader.at_end() || head.epoch.number == 0) return Damaged(kHead);
  const View signed_part = blob.first(blob.size() - Signature::kSize);
  if (!primitives.Verify(owner, Labelled(kHeadLabel, {signed_part}), signature)) return Damaged(kHead);
  return head;
}

const Head* Memory::Of(const StreamId& stream) const {
  const auto found = heads_.find(stream);
  return found == heads_.end() ? nullptr : &found->second;
}

core::Result<OpenedStream> OpenStream(const Primitives& primitives, const Key& key, const Epoch& epoch,
                                      const SigningKey& owner, const StoredStream& stored, Memory& memory) {
  const Head head = SELVEDGE_TRY(ReadHead(primitives, owner, stored.head));
  const Head* const seen = memory.Of(epoch.stream);
  if (head.epoch.stream != epoch.stream) return NotAsWritten();
  if (head.epoch.number < epoch.number || (seen != nullptr && head.epoch.number < seen->epoch.number)) {
    return RolledBack();
  }
  if (head.epoch.number > epoch.number) {
    return Refuse("This key is of an earlier time; what is stored now was written after it.",
                  "Fetch the newest keys first.");
  }
  const bool is_seen_epoch = seen != nullptr && seen->epoch == epoch;
  if (is_seen_epoch && head.chain.count < seen->chain.count) return RolledBack();
  if (stored.records.size() != head.chain.count) return NotAsWritten();

  OpenedStream opened{.head = head, .records = {}};
  Chain chain = EmptyChain(primitives, epoch);
  bool passes_seen = !is_seen_epoch || chain == seen->chain;
  for (const Bytes& record : stored.records) {
    const RecordHeader header = SELVEDGE_TRY(ReadRecordHeader(record));
    if (header.epoch != epoch || header.seq != chain.count) return NotAsWritten();
    opened.records.push_back({.header = header, .content = SELVEDGE_TRY(OpenRecord(primitives, key, record))});
    chain = Longer(primitives, chain, record);
    passes_seen = passes_seen || chain == seen->chain;
  }
  if (chain != head.chain || !passes_seen) return NotAsWritten();
  memory.Remember(head);
  return opened;
}

}  // namespace selvedge::vault
