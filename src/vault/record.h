#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/result.h"
#include "vault/blob.h"
#include "vault/bytes.h"
#include "vault/primitives.h"

namespace selvedge::vault {

/// A stretch of a stream's life with one key.
struct Epoch {
  StreamId stream;
  std::uint32_t number = 1;

  bool operator==(const Epoch&) const = default;
};

/// Which of the sizes in kBuckets a record's content is padded to.
using Bucket = std::uint8_t;

inline constexpr std::array<std::size_t, 4> kBuckets{256, 1024, 4096, 16384};

/// The smallest bucket that holds the content. Nothing if none does.
[[nodiscard]] std::optional<Bucket> BucketFor(std::size_t content_size);

/// What everybody sees of a record.
struct RecordHeader {
  Bucket bucket = 0;
  Epoch epoch;
  std::uint64_t seq = 0;
  RecordId id;

  bool operator==(const RecordHeader&) const = default;
};

/// A record as one blob. The content must fit its bucket.
[[nodiscard]] Bytes SealRecord(Primitives& primitives, const Key& key, const RecordHeader& header, View content);

/// The header of what has the form and length of a record; says nothing of whether it is genuine.
[[nodiscard]] core::Result<RecordHeader> ReadRecordHeader(View record);

/// The content of a record. Refuses whatever was not sealed with this key, whole.
[[nodiscard]] core::Result<SecretBytes> OpenRecord(const Primitives& primitives, const Key& key, View record);

}  // namespace selvedge::vault
