#include "vault/blob.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "vaults/seeded_primitives.h"

namespace selvedge::vault {
namespace {

TEST(Prefix, TellsNewerFromDamaged) {
  const auto taken = [](Bytes blob) {
    Reader reader(blob);
    return TakePrefix(reader, Format::kHead, "head");
  };
  EXPECT_TRUE(taken({2, 1, 1}));
  for (const Bytes& blob : {Bytes{2, 2, 1}, Bytes{2, 1, 2}}) {
    EXPECT_THAT(taken(blob).error().message, testing::HasSubstr(" was written by a newer Selvedge."));
  }
  for (const Bytes& blob : {Bytes{1, 1, 1}, Bytes{2, 0, 1}, Bytes{2, 1, 0}, Bytes{2, 1}, Bytes{}}) {
    EXPECT_THAT(taken(blob).error().message, testing::HasSubstr(" is damaged, or somebody changed it."));
  }
}

TEST(Padding, GivesBackEveryLength) {
  constexpr std::size_t kSize = 32;
  Bytes content;
  for (std::size_t length = 0; length < kSize; ++length) {
    const SecretBytes padded = Padded(content, kSize);
    EXPECT_EQ(padded.size(), kSize);
    EXPECT_TRUE(std::ranges::equal(*Unpadded(padded), content));
    content.push_back(length % 2 == 0 ? 0x80 : 0x00);  // what looks like padding is none
  }
  EXPECT_FALSE(Unpadded(Bytes(kSize)));
  EXPECT_FALSE(Unpadded(Bytes(kSize, 1)));
  EXPECT_FALSE(Unpadded({}));
}

TEST(SealAfter, AuthenticatesTheHeaderAndNeverRepeatsANonce) {
  const auto primitives = SeededPrimitives(1);
  const Key key = RandomKey(*primitives);
  const Bytes one = SealAfter(*primitives, key, Begin(Format::kInvite), ViewOf("text"));
  const Bytes two = SealAfter(*primitives, key, Begin(Format::kInvite), ViewOf("text"));
  constexpr std::size_t kHeader = kPrefixSize + Nonce::kSize;
  EXPECT_FALSE(
      std::ranges::equal(View(one).subspan(kPrefixSize, Nonce::kSize), View(two).subspan(kPrefixSize, Nonce::kSize)));
  EXPECT_EQ(TextOf(*OpenAfter(*primitives, key, one, kHeader)), "text");
  Bytes altered = one;
  altered[1] = 2;
  EXPECT_FALSE(OpenAfter(*primitives, key, altered, kHeader));
  EXPECT_FALSE(OpenAfter(*primitives, RandomKey(*primitives), one, kHeader));
  EXPECT_FALSE(OpenAfter(*primitives, key, View(one).first(kHeader + 3), kHeader));
}

}  // namespace
}  // namespace selvedge::vault
