#include "vault/record.h"

#include <gtest/gtest.h>

#include "vault/entry.h"
#include "vaults/seeded_primitives.h"

namespace selvedge::vault {
namespace {

TEST(BucketFor, LeavesRoomForTheMark) {
  EXPECT_EQ(BucketFor(0), 0);
  EXPECT_EQ(BucketFor(255), 0);
  EXPECT_EQ(BucketFor(256), 1);
  EXPECT_EQ(BucketFor(16383), 3);
  EXPECT_EQ(BucketFor(16384), std::nullopt);
  EXPECT_EQ(BucketFor(kEntryHeaderSize + kLongestBody), 3);
}

TEST(Record, SaysOnlyItsBucket) {
  const auto primitives = SeededPrimitives(1);
  const Key key = RandomKey(*primitives);
  const RecordHeader header{.bucket = 1, .epoch = {.stream = {}, .number = 2}, .seq = 5, .id = {}};
  const Bytes small = SealRecord(*primitives, key, header, ViewOf("a"));
  const Bytes large = SealRecord(*primitives, key, header, Bytes(1000, 1));
  EXPECT_EQ(small.size(), large.size());
  EXPECT_EQ(*ReadRecordHeader(small), header);
  EXPECT_EQ(TextOf(*OpenRecord(*primitives, key, small)), "a");
  EXPECT_EQ(OpenRecord(*primitives, RandomKey(*primitives), small).error().message,
            "This record is damaged, or somebody changed it.");
}

TEST(Entry, GoesThroughARecordsContent) {
  EXPECT_FALSE(ReadEntryContent(EntryContent({}))->has_value());
  const Entry entry{.kind = Kind::kNotes, .id = {}, .revision = 4, .body = {'{', '}'}};
  EXPECT_EQ(**ReadEntryContent(EntryContent(entry)), entry);
  for (const std::size_t place : {std::size_t{0}, std::size_t{1}, std::size_t{18}}) {  // type, kind, revision
    for (const std::uint8_t value : {std::uint8_t{0}, std::uint8_t{9}}) {
      if (place == 18 && value == 9) continue;
      SecretBytes content = EntryContent(entry);
      content[place] = value;
      EXPECT_EQ(ReadEntryContent(content).error().message, "This entry is damaged, or somebody changed it.");
    }
  }
  EXPECT_FALSE(ReadEntryContent({}));
}

TEST(Kind, HasAName) {
  for (const Kind kind : kKinds) EXPECT_EQ(KindCalled(NameOf(kind)), kind);
  EXPECT_FALSE(KindCalled("everything"));
}

// Safety is never shared: an entry is no copy, and no copy can be had of it.
static_assert(!std::is_convertible_v<Entry, SharedCopy> && !std::is_constructible_v<SharedCopy, Entry>);
static_assert(!std::is_default_constructible_v<SharedCopy>);
static_assert(!MayBeShared(Kind::kSafety) && !MayBeShared(Kind::kSettings));

TEST(SharedCopy, IsNeverOfSafetyOrSettings) {
  for (const Kind kind : kKinds) {
    const bool may_be = kind != Kind::kSafety && kind != Kind::kSettings;
    EXPECT_EQ(SharedCopy::Of({.kind = kind, .id = {}, .revision = 1, .body = {}}).has_value(), may_be) << NameOf(kind);
  }
}

}  // namespace
}  // namespace selvedge::vault
