#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "core/result.h"
#include "vault/record.h"

namespace selvedge::vault {

/// The end of the chain over the first `count` records of an epoch.
struct Chain {
  std::uint64_t count = 0;
  Digest link;

  bool operator==(const Chain&) const = default;
};

/// The chain of an epoch without records.
[[nodiscard]] Chain EmptyChain(const Primitives& primitives, const Epoch& epoch);

/// The chain with one record more.
[[nodiscard]] Chain Longer(const Primitives& primitives, const Chain& chain, View record);

/// How far an epoch has come, as its owner says.
struct Head {
  Epoch epoch;
  Chain chain;

  bool operator==(const Head&) const = default;
};

[[nodiscard]] Bytes SignHead(const Primitives& primitives, const SigningPair& owner, const Head& head);

/// A head that this owner signed.
[[nodiscard]] core::Result<Head> ReadHead(const Primitives& primitives, const SigningKey& owner, View blob);

/// What a device has seen of streams, so that nobody can show it an older state as the present one.
class Memory {
 public:
  /// The last head seen of a stream.
  [[nodiscard]] const Head* Of(const StreamId& stream) const;

  void Remember(const Head& head) { heads_.insert_or_assign(head.epoch.stream, head); }
  void Forget(const StreamId& stream) { heads_.erase(stream); }

  /// The number of the newest keyring seen.
  std::uint64_t keyring = 1;

 private:
  std::map<StreamId, Head> heads_;
};

/// A stream as a store serves it.
struct StoredStream {
  Bytes head;
  std::vector<Bytes> records;
};

/// One record of a stream, opened.
struct OpenedRecord {
  RecordHeader header;
  SecretBytes content;
};

/// A stream's epoch, opened: every record in order.
struct OpenedStream {
  Head head;
  std::vector<OpenedRecord> records;
};

/// Opens what a store serves of an epoch, all of it or nothing. Refuses records that are altered, missing, added, in
/// another order or of another epoch, and any state older than what the device remembers. Remembers what it opened.
[[nodiscard]] core::Result<OpenedStream> OpenStream(const Primitives& primitives, const Key& key, const Epoch& epoch,
                                                    const SigningKey& owner, const StoredStream& stored,
                                                    Memory& memory);

}  // namespace selvedge::vault
