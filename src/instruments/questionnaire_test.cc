#include "instruments/questionnaire.h"

#include <gtest/gtest.h>

namespace selvedge::instruments {
namespace {

TEST(DescribeQuestionnaire, TakesOneDimension) {
  for (const char* dims : {"", "1", " 1 "}) {
    const auto described = DescribeQuestionnaire("q1, q2,q3", "q2", dims);
    ASSERT_TRUE(described.has_value());
    EXPECT_EQ(described->dimensions, (std::vector<std::string>{"d1"}));
    ASSERT_EQ(described->items.size(), 3U);
    EXPECT_EQ(described->items[1].column, "q2");
    EXPECT_TRUE(described->items[1].reversed);
    EXPECT_FALSE(described->items[2].reversed);
    EXPECT_TRUE(described->beside.empty());
  }
}

TEST(DescribeQuestionnaire, TakesANumberOfDimensions) {
  const auto described = DescribeQuestionnaire("q1,q2,q3,q4,q5,q6", "q2", "2");
  ASSERT_TRUE(described.has_value());
  EXPECT_TRUE(described->mixed);
  EXPECT_EQ(described->dimensions, (std::vector<std::string>{"d1", "d2"}));
  EXPECT_EQ(described->items.size(), 6U);
  EXPECT_TRUE(described->items[1].reversed);
  EXPECT_FALSE(DescribeQuestionnaire("q1,q2,q3", "", "1")->mixed);
}

TEST(DescribeQuestionnaire, TakesNamedDimensions) {
  const auto described = DescribeQuestionnaire("", "", "near: q5,q1,q3 ; apart:q2,q4,q6");
  ASSERT_TRUE(described.has_value());
  EXPECT_EQ(described->dimensions, (std::vector<std::string>{"near", "apart"}));
  EXPECT_EQ(described->items[0].column, "q5");
  EXPECT_EQ(described->items[3].column, "q2");
  EXPECT_EQ(described->items[3].dimension, 1U);
}

TEST(DescribeQuestionnaire, KeepsTheOrderOfTheListAndWhatIsBesideIt) {
  const auto described = DescribeQuestionnaire("q1,q2,q3,q4,q5,q6,q7", "q7,q3", "near:q5,q1,q3;apart:q2,q4,q6");
  ASSERT_TRUE(described.has_value());
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(described->items[i].column, "q" + std::to_string(i + 1));
  EXPECT_EQ(described->items[1].dimension, 1U);
  EXPECT_TRUE(described->items[2].reversed);
  EXPECT_EQ(described->beside, (std::vector<std::string>{"q7"}));
}

struct Wrong {
  const char* items;
  const char* reverse;
  const char* dims;
  const char* said;
};

class RefusedQuestionnaire : public ::testing::TestWithParam<Wrong> {};

TEST_P(RefusedQuestionnaire, SaysWhatIsWrongAndWhatToDo) {
  const auto described = DescribeQuestionnaire(GetParam().items, GetParam().reverse, GetParam().dims);
  ASSERT_FALSE(described.has_value());
  EXPECT_EQ(described.error().message, GetParam().said);
  EXPECT_FALSE(described.error().remedy.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Words, RefusedQuestionnaire,
    ::testing::Values(Wrong{"", "", "", "The options do not say which columns are items."},
                      Wrong{"a,b,,c", "", "", "There is an empty name in --items."},
                      Wrong{"a,b,c,a", "", "", "--items names \"a\" twice."},
                      Wrong{"a,b", "", "", "There are fewer than 3 items in --items."},
                      Wrong{"a,b,c", "d", "", "--reverse names \"d\", which is not among the items."},
                      Wrong{"a,b,c,d,e", "", "2", "There are fewer than 6 items in --items."},
                      Wrong{"a,b,c,d,e,f,g,h", "", "3", "There are fewer than 9 items in --items."},
                      Wrong{"", "", "2", "The options do not say which columns are items."},
                      Wrong{"a,b,c", "", "0", "--dims 0 is not a number of dimensions that can be found."},
                      Wrong{"a,b,c", "", "4", "--dims 4 is not a number of dimensions that can be found."},
                      Wrong{"a,b,c", "", "12", "--dims 12 is not a number of dimensions that can be found."},
                      Wrong{"a,b,c", "", "near", "\"near\" does not name a dimension and its items."},
                      Wrong{"a,b,c", "", ":a,b,c", "\":a,b,c\" does not name a dimension and its items."},
                      Wrong{"", "", "x:a,b,c;x:d,e,f", "--dims names \"x\" twice."},
                      Wrong{"", "", "x:a,b,c;y:c,d,e", "--dims puts \"c\" on two dimensions."},
                      Wrong{"a,b", "", "x:a,b,c", "--dims names \"c\", which is not among --items."},
                      Wrong{"", "", "x:a,b,c;y:d,e", "The dimension \"y\" has fewer than 3 items."},
                      Wrong{"", "", "v:a;w:b;x:c;y:d;z:e",
                            "--dims names 5 dimensions; at most 4 can be estimated together."}));

}  // namespace
}  // namespace selvedge::instruments
