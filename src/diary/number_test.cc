#include "diary/number.h"

#include <gtest/gtest.h>

#include <optional>
#include <string_view>

namespace selvedge::diary {
namespace {

TEST(IsMissing, KnowsTheUsualWays) {
  for (const std::string_view text : {"", "NA", "na", "NaN", "nan", "NAN", "."}) EXPECT_TRUE(IsMissing(text)) << text;
  for (const std::string_view text : {"0", "-", "N/A", "none", "..", "NAs"}) EXPECT_FALSE(IsMissing(text)) << text;
}

TEST(ParseNumber, ReadsTheNearestDouble) {
  EXPECT_EQ(ParseNumber("3.5", ','), 3.5);
  EXPECT_EQ(ParseNumber("-0.1", ','), -0.1);
  EXPECT_EQ(ParseNumber("1e3", ','), 1000);
  EXPECT_EQ(ParseNumber("0.1000000000000000055511151231257827", ','), 0.1);
  EXPECT_EQ(ParseNumber(".5", ','), 0.5);
}

TEST(ParseNumber, NeedsTheWholeTextAndAFiniteNumber) {
  for (const std::string_view text :
       {"", "x", "3x", "3 4", "0x10", "inf", "-Infinity", "nan", "-nan", "1e999", "--1", "1_000"}) {
    EXPECT_EQ(ParseNumber(text, ','), std::nullopt) << text;
    EXPECT_EQ(ParseNumber(text, ';'), std::nullopt) << text;
  }
}

TEST(ParseNumber, TakesADecimalCommaWhereTheCommaSeparatesNoColumns) {
  EXPECT_EQ(ParseNumber("3,5", ';'), 3.5);
  EXPECT_EQ(ParseNumber("-3,5e1", '\t'), -35);
  EXPECT_EQ(ParseNumber("3.5", ';'), 3.5);
  EXPECT_EQ(ParseNumber("3,5", ','), std::nullopt);
  EXPECT_EQ(ParseNumber("1.234,5", ';'), std::nullopt);
  EXPECT_EQ(ParseNumber("1,234,5", ';'), std::nullopt);
}

}  // namespace
}  // namespace selvedge::diary
