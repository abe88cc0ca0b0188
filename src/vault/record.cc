#include "vault/record.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/contract.h"

namespace selvedge::vault {
namespace {

constexpr std::string_view kWhat = "record";
constexpr std::size_t kHeaderSize = 72;

}  // namespace

std::optional<Bucket> BucketFor(std::size_t content_size) {
  const auto bucket = std::ranges::upper_bound(kBuckets, content_size) - kBuckets.begin();
  if (bucket == std::ssize(kBuckets)) return std::nullopt;
  return static_cast<Bucket>(bucket);
}

Bytes SealRecord(Primitives& primitives, const Key& key, const RecordHeader& header, View content) {
  SELVEDGE_EXPECT(header.bucket < kBuckets.size());
  Bytes blob = Begin(Format::kRecord);
  Writer(blob)
      .Number(header.bucket)
      .Put(header.epoch.stream)
      .Number(header.epoch.number)
      .Number(header.seq)
      .Put(header.id);
  return SealAfter(primitives, key, std::move(blob), Padded(content, kBuckets[header.bucket]));
}

core::Result<RecordHeader> ReadRecordHeader(View record) {
  Reader reader(record);
  SELVEDGE_TRY_VOID(TakePrefix(reader, Format::kRecord, kWhat));
  RecordHeader header;
  reader.Number(header.bucket).Take(header.epoch.stream).Number(header.epoch.number).Number(header.seq).Take(header.id);
  const bool is_whole = reader.fits() && header.bucket < kBuckets.size() && header.epoch.number > 0 &&
                        record.size() == kHeaderSize + kBuckets[header.bucket] + kTagSize;
  if (!is_whole) return Damaged(kWhat);
  return header;
}

core::Result<SecretBytes> OpenRecord(const Primitives& primitives, const Key& key, View record) {
  static_cast<void>(SELVEDGE_TRY(ReadRecordHeader(record)));
  std::optional<SecretBytes> padded = OpenAfter(primitives, key, record, kHeaderSize);
  if (!padded) return Damaged(kWhat);
  const std::optional<View> content = Unpadded(*padded);
  if (!content) return Damaged(kWhat);
  padded->resize(content->size());
  return *std::move(padded);
}

}  // namespace selvedge::vault
