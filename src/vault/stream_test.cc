#include "vault/stream.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "vaults/seeded_primitives.h"

namespace selvedge::vault {
namespace {

constexpr const char* kRolledBack = "What is stored is older than what this device has already seen.";
constexpr const char* kNotAsWritten =
    "What is stored is not what was written: something is missing, was added, or has another order.";

class Stream : public testing::Test {
 protected:
  void Append(std::string_view content) {
    const RecordHeader header{
        .bucket = 0, .epoch = epoch_, .seq = chain_.count, .id = RandomName<RecordId>(*primitives_)};
    stored_.records.push_back(SealRecord(*primitives_, key_, header, ViewOf(content)));
    chain_ = Longer(*primitives_, chain_, stored_.records.back());
    Sign();
  }

  void Sign() { stored_.head = SignHead(*primitives_, owner_, {.epoch = epoch_, .chain = chain_}); }

  [[nodiscard]] core::Result<OpenedStream> Open(const StoredStream& stored) {
    return OpenStream(*primitives_, key_, epoch_, owner_.shown, stored, memory_);
  }

  [[nodiscard]] std::string Refusal(const StoredStream& stored) {
    const auto opened = Open(stored);
    return opened ? "opened" : opened.error().message;
  }

  static SigningPair NewSigner(Primitives& primitives) {
    SigningPair signer{.seed = RandomKey(primitives), .shown = {}};
    signer.shown = primitives.ShownSigningKey(signer.seed);
    return signer;
  }

  const std::unique_ptr<Primitives> primitives_ = SeededPrimitives(1);
  const SigningPair owner_ = NewSigner(*primitives_);
  Key key_ = RandomKey(*primitives_);
  Epoch epoch_{.stream = RandomName<StreamId>(*primitives_), .number = 2};
  Chain chain_ = EmptyChain(*primitives_, epoch_);
  StoredStream stored_;
  Memory memory_;
};

TEST_F(Stream, OpensInOrder) {
  Sign();
  EXPECT_TRUE(Open(stored_)->records.empty());
  for (const char* const content : {"one", "two", "three"}) Append(content);
  const auto opened = Open(stored_);
  ASSERT_EQ(opened->records.size(), 3U);
  EXPECT_EQ(TextOf(opened->records[2].content), "three");
}

TEST_F(Stream, NoticesWhatIsMissingAddedOrMoved) {
  for (const char* const content : {"one", "two", "three"}) Append(content);
  StoredStream wrong = stored_;
  wrong.records.pop_back();
  EXPECT_EQ(Refusal(wrong), kNotAsWritten);
  wrong = stored_;
  wrong.records.push_back(stored_.records[0]);
  EXPECT_EQ(Refusal(wrong), kNotAsWritten);
  wrong = stored_;
  std::swap(wrong.records[0], wrong.records[1]);
  EXPECT_EQ(Refusal(wrong), kNotAsWritten);
  wrong = stored_;
  wrong.records[1] =
      SealRecord(*primitives_, key_, *ReadRecordHeader(stored_.records[1]), ViewOf("forged by an owner"));
  EXPECT_EQ(Refusal(wrong), kNotAsWritten);
  wrong = stored_;
  wrong.head.back() ^= 1U;
  EXPECT_EQ(Refusal(wrong), "This head is damaged, or somebody changed it.");
  EXPECT_EQ(Refusal(stored_), "opened");
}

TEST_F(Stream, HoldsItsOwnerToTheOrderToo) {
  Append("one");
  ++chain_.count;  // what is written next says it is the third
  Append("two");
  --chain_.count;
  Sign();
  EXPECT_EQ(stored_.records.size(), chain_.count);
  EXPECT_EQ(Refusal(stored_), kNotAsWritten);
}

TEST_F(Stream, NoticesAnOlderState) {
  Append("one");
  const StoredStream before = stored_;
  EXPECT_EQ(Refusal(before), "opened");
  Append("two");
  EXPECT_EQ(Refusal(stored_), "opened");
  EXPECT_EQ(Refusal(before), kRolledBack);
  Memory nothing;
  std::swap(memory_, nothing);
  EXPECT_EQ(Refusal(before), "opened") << "a device that remembers nothing cannot know";
}

TEST_F(Stream, NoticesAnotherPast) {
  Append("one");
  EXPECT_EQ(Refusal(stored_), "opened");
  // Signed by the owner, and longer, but without what this device has seen: another device was shown something else.
  stored_ = {};
  chain_ = EmptyChain(*primitives_, epoch_);
  Append("another one");
  Append("two");
  EXPECT_EQ(Refusal(stored_), kNotAsWritten);
}

TEST_F(Stream, BelongsToItsEpochAndKey) {
  Append("one");
  const StoredStream before = stored_;
  ++epoch_.number;
  EXPECT_EQ(Refusal(before), kRolledBack);
  stored_ = {};
  chain_ = EmptyChain(*primitives_, epoch_);
  Append("new");
  EXPECT_EQ(Refusal(stored_), "opened");
  --epoch_.number;
  EXPECT_EQ(Refusal(stored_), "This key is of an earlier time; what is stored now was written after it.");
  EXPECT_EQ(Refusal(before), kRolledBack);
  epoch_.number = 3;
  key_ = RandomKey(*primitives_);
  EXPECT_EQ(Refusal(stored_), "This record is damaged, or somebody changed it.");
  epoch_.stream.bytes[0] ^= 1U;
  EXPECT_EQ(Refusal(stored_), kNotAsWritten);
}

}  // namespace
}  // namespace selvedge::vault
