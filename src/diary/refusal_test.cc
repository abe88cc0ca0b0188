#include "diary/refusal.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace selvedge::diary {
namespace {

TEST(Shown, LeavesOrdinaryTextAlone) {
  EXPECT_EQ(Shown("Zoë </script> 👩"), "Zoë </script> 👩");
  EXPECT_EQ(Quoted("f"), "\"f\"");
  EXPECT_EQ(Quoted(""), "\"\"");
}

TEST(Shown, ShortensToFortyCharactersWithoutCuttingOne) {
  std::string forty;
  for (int i = 0; i < 40; ++i) forty += "é";
  EXPECT_EQ(Shown(forty), forty);
  EXPECT_EQ(Shown(forty + "é"), forty + "…");
}

TEST(Shown, CountsWhatIsShown) {
  EXPECT_EQ(Shown(std::string(100, '\x1b')), "\\u{1b}\\u{1b}\\u{1b}\\u{1b}\\u{1b}\\u{1b}…");
}

TEST(Shown, SpellsOutWhatCannotBeSeen) {
  EXPECT_EQ(Shown("a\nb\t\x1b[31m"), "a\\u{a}b\\u{9}\\u{1b}[31m");
  EXPECT_EQ(Shown("f\u00a0"), "f\\u{a0}");
  EXPECT_EQ(Shown("\u202Egnp"), "\\u{202e}gnp");
  EXPECT_EQ(Shown("a\u2028b"), "a\\u{2028}b");
}

TEST(Shown, SurvivesBytesThatAreNotText) {
  EXPECT_EQ(Shown("a\xFFz"), "a\uFFFDz");
  EXPECT_EQ(Shown("\xE2\x82"), "\uFFFD\uFFFD");
}

}  // namespace
}  // namespace selvedge::diary
