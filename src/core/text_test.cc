#include "core/text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

namespace selvedge::core {
namespace {

TEST(NaturalLess, SortsNumbersInsideLabelsByValue) {
  std::vector<std::string> labels{"10", "2", "p10", "p9", "f", "m", "1", "01", "", "p", "Zoë", "Ana"};
  std::ranges::sort(labels, NaturalLess);
  EXPECT_EQ(labels, (std::vector<std::string>{"", "01", "1", "2", "10", "Ana", "Zoë", "f", "m", "p", "p9", "p10"}));
}

TEST(NaturalLess, IsAStrictWeakOrder) {
  const std::vector<std::string> labels{"", "0", "00", "1", "01", "a1", "a01", "a1b", "a", "b", "1a", "é"};
  for (const auto& x : labels) {
    EXPECT_FALSE(NaturalLess(x, x));
    for (const auto& y : labels) {
      if (x != y) {
        EXPECT_NE(NaturalLess(x, y), NaturalLess(y, x)) << x << " " << y;
      }
      for (const auto& z : labels) {
        if (NaturalLess(x, y) && NaturalLess(y, z)) {
          EXPECT_TRUE(NaturalLess(x, z)) << x << " " << y << " " << z;
        }
      }
    }
  }
}

TEST(ShortestNumber, ReadsBackExactly) {
  for (const double value : {0.1, 1.0 / 3, -2465.566, 1e-300, 1e300, 5e-324}) {
    EXPECT_EQ(std::strtod(ShortestNumber(value).c_str(), nullptr), value);
  }
  EXPECT_EQ(ShortestNumber(0.5), "0.5");
  EXPECT_EQ(ShortestNumber(std::numeric_limits<double>::quiet_NaN()), "");
}

TEST(FixedNumber, RoundsForPeopleAndNeverShowsMinusZero) {
  EXPECT_EQ(FixedNumber(3.14159, 1), "3.1");
  EXPECT_EQ(FixedNumber(-0.04, 1), "0.0");
  EXPECT_EQ(FixedNumber(-0.06, 1), "-0.1");
  EXPECT_EQ(FixedNumber(12.0, 0), "12");
}

TEST(Harmless, ShowsWhatATerminalWouldActOn) {
  EXPECT_EQ(Harmless("\x1b[31mred"), "·[31mred");
  EXPECT_EQ(Harmless("two\nlines\r\t"), "two·lines··");
  EXPECT_EQ(Harmless("\u009b31m"), "·31m");  // the one-character form of ESC [
  EXPECT_EQ(Harmless("\x9b"
                     "31m"),
            "·31m");  // the same in one byte, which is not UTF-8
  EXPECT_EQ(Harmless("\x7f"), "·");
  EXPECT_EQ(Harmless("a\u202Eb\u2066c\u200Fd\u061Ce"), "a·b·c·d·e");
}

TEST(Harmless, LeavesNamesAsTheyAre) {
  for (const std::string name : {"Ana", "Zoë", "שרה", "妻", "😀", "</script>", "it's \"me\" & you"})
    EXPECT_EQ(Harmless(name), name);
}

TEST(Harmless, TakesTextThatEndsInTheMiddleOfACharacter) {
  EXPECT_EQ(Harmless("a\xE5\xA6"), "a\xE5\xA6");
  EXPECT_EQ(Harmless("a\xF0"), "a\xF0");
}

TEST(CsvField, IsQuotedOnlyWhereItMustBe) {
  EXPECT_EQ(CsvField("plain; text"), "plain; text");
  EXPECT_EQ(CsvField("a \"b\", c"), "\"a \"\"b\"\", c\"");
  EXPECT_EQ(CsvField("two\nlines"), "\"two\nlines\"");
}

}  // namespace
}  // namespace selvedge::core
