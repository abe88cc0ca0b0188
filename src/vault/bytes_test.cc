#include "vault/bytes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>

namespace selvedge::vault {
namespace {

bool IsWiped(View memory) {
  return std::ranges::all_of(memory, [](std::uint8_t byte) { return byte == 0; });
}

TEST(Key, LeavesNothingBehind) {
  alignas(Key) std::array<std::uint8_t, sizeof(Key)> memory{};
  Key* const key = new (memory.data()) Key;
  std::ranges::fill(key->bytes(), 0xAA);
  const Key copy = *key;
  EXPECT_FALSE(IsWiped(memory));
  std::destroy_at(key);
  EXPECT_TRUE(IsWiped(memory));
  EXPECT_FALSE(IsWiped(copy.view()));
}

TEST(Wipe, WipesWhatItIsGivenAndNoMore) {
  constexpr std::size_t kSize = 64;
  std::array<std::uint8_t, kSize> memory{};
  std::ranges::fill(memory, 0xAA);
  Wipe(std::span(memory).first(kSize / 2));
  EXPECT_TRUE(IsWiped(View(memory).first(kSize / 2)));
  EXPECT_TRUE(std::ranges::all_of(View(memory).last(kSize / 2), [](std::uint8_t byte) { return byte == 0xAA; }));
  Wipe({});
}

TEST(Reader, TakesFieldsAndRemembersWhatDidNotFit) {
  Bytes bytes;
  Writer(bytes).Number(std::uint16_t{0x1234}).Number(std::uint64_t{7}).Put(AccountId{});
  EXPECT_EQ(bytes[0], 0x34);
  EXPECT_EQ(bytes.size(), 26U);
  std::uint16_t two = 0;
  std::uint64_t eight = 0;
  AccountId account;
  Reader reader(bytes);
  reader.Number(two).Number(eight);
  EXPECT_FALSE(reader.at_end());
  reader.Take(account);
  EXPECT_TRUE(reader.at_end());
  EXPECT_EQ(two, 0x1234);
  EXPECT_EQ(eight, 7U);
  std::uint32_t four = 9;
  reader.Number(four);
  EXPECT_EQ(four, 9U);
  EXPECT_FALSE(reader.fits());
}

}  // namespace
}  // namespace selvedge::vault
