#include "vault/recovery_code.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "vault/symbols.h"
#include "vaults/seeded_primitives.h"

namespace selvedge::vault {
namespace {

std::string NewText(std::uint64_t seed) {
  const auto primitives = SeededPrimitives(seed);
  return std::string(TextOf(RecoveryCode::New(*primitives).Text()));
}

TEST(RecoveryCode, IsReadBackHoweverItIsTyped) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const std::string text = NewText(seed);
    ASSERT_EQ(text.size(), 34U);
    std::string typed = " ";
    for (const char c : text) {
      if (c == '-') continue;
      typed += c == '0' ? 'o' : c == '1' ? 'l' : static_cast<char>(std::tolower(c));
      typed += ' ';
    }
    const auto code = RecoveryCode::Read(typed + "\r\n");
    ASSERT_TRUE(code.has_value()) << text;
    EXPECT_EQ(TextOf(code->Text()), text);
  }
}

TEST(RecoveryCode, NoticesAnyOneOrTwoSlips) {
  const std::string text = NewText(1);
  std::string plain;
  for (const char c : text) {
    if (c != '-') plain += c;
  }
  int tried = 0;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    for (const char one : kSymbols) {
      if (one == plain[i]) continue;
      std::string slip = plain;
      slip[i] = one;
      EXPECT_FALSE(RecoveryCode::Read(slip)) << slip;
      for (std::size_t j = i + 1; j < plain.size(); ++j) {
        for (const char other : {'0', '7', 'Z'}) {
          if (other == plain[j]) continue;
          slip = plain;
          slip[i] = one;
          slip[j] = other;
          EXPECT_FALSE(RecoveryCode::Read(slip)) << slip;
          ++tried;
        }
      }
    }
    for (std::size_t j = i + 1; j < plain.size(); ++j) {
      if (plain[i] == plain[j]) continue;
      std::string swapped = plain;
      std::swap(swapped[i], swapped[j]);
      EXPECT_FALSE(RecoveryCode::Read(swapped)) << swapped;
    }
  }
  EXPECT_GT(tried, 30000);
}

TEST(RecoveryCode, SaysWhatIsWrong) {
  const std::string text = NewText(2);
  EXPECT_THAT(
      RecoveryCode::Read(text.substr(1)).error().message,
      testing::AllOf(testing::HasSubstr("A recovery code has 28 characters; here are "), testing::EndsWith("27.")));
  EXPECT_THAT(RecoveryCode::Read(text + "0").error().message, testing::EndsWith("29."));
  EXPECT_THAT(RecoveryCode::Read("7K2M-U").error().message,
              testing::AllOf(testing::HasSubstr("A recovery code has no such character after its first "),
                             testing::EndsWith("4.")));
  std::string slip = text;
  slip[0] = slip[0] == 'A' ? 'B' : 'A';
  EXPECT_EQ(RecoveryCode::Read(slip).error().message, "There is a slip in this recovery code.");
}

}  // namespace
}  // namespace selvedge::vault
