#include "diary/csv_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "diary/refusal.h"

namespace selvedge::diary {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct ReadRow {
  int line = 0;
  std::vector<std::string> values;

  bool operator==(const ReadRow&) const = default;
};

core::Result<std::vector<ReadRow>> RowsOf(const CsvTable& table) {
  std::vector<ReadRow> all;
  RowReader rows = table.rows();
  Row row;
  std::string scratch;
  while (SELVEDGE_TRY(rows.Next(row))) {
    all.push_back({.line = row.line, .values = {}});
    for (const Cell& cell : row.cells) all.back().values.emplace_back(cell.Text(scratch));
  }
  return all;
}

core::Result<std::vector<ReadRow>> Read(std::string_view text) {
  const CsvTable table = SELVEDGE_TRY(CsvTable::Open(text));
  return RowsOf(table);
}

void ExpectRefusal(std::string_view text, int line, std::string_view message, std::string_view remedy) {
  const auto read = Read(text);
  ASSERT_FALSE(read.has_value()) << Shown(text);
  EXPECT_EQ(read.error().code, core::ErrorCode::kRefused);
  EXPECT_EQ(read.error().place.line, line);
  EXPECT_THAT(read.error().message, HasSubstr(std::string(message)));
  EXPECT_THAT(read.error().remedy, HasSubstr(std::string(remedy)));
}

class SeparatorTest : public ::testing::TestWithParam<char> {};

TEST_P(SeparatorTest, IsFoundFromTheHeader) {
  std::string text = "dyad|mood|note\n1|2|x\n";
  for (char& c : text) c = c == '|' ? GetParam() : c;
  const auto table = CsvTable::Open(text);
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->separator(), GetParam());
  EXPECT_THAT(table->names(), ElementsAre("dyad", "mood", "note"));
  EXPECT_THAT(*RowsOf(*table), ElementsAre(ReadRow{2, {"1", "2", "x"}}));
}

INSTANTIATE_TEST_SUITE_P(CommaSemicolonAndTab, SeparatorTest, ::testing::Values(',', ';', '\t'));

TEST(Separator, InsideQuotationMarksDoesNotCount) {
  const auto table = CsvTable::Open("\"a,b,c,d\";e\n1;2\n");
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->separator(), ';');
}

TEST(Separator, OfOtherKindsMayStandInNames) {
  const auto table = CsvTable::Open("mood, now;time;who\n1;2;3\n");
  ASSERT_TRUE(table.has_value());
  EXPECT_THAT(table->names(), ElementsAre("mood, now", "time", "who"));
}

TEST(Lines, MayEndInAnyOfTheThreeWays) {
  const std::vector<ReadRow> expected{{2, {"1", "2"}}, {3, {"3", "4"}}};
  EXPECT_EQ(*Read("a,b\n1,2\n3,4\n"), expected);
  EXPECT_EQ(*Read("a,b\r\n1,2\r\n3,4\r\n"), expected);
  EXPECT_EQ(*Read("a,b\r1,2\r3,4\r"), expected);
}

TEST(Lines, NeedNoEndAtTheEndOfTheFile) {
  EXPECT_THAT(*Read("a,b\n1,2"), ElementsAre(ReadRow{2, {"1", "2"}}));
  EXPECT_THAT(*Read("a,b\n1,"), ElementsAre(ReadRow{2, {"1", ""}}));
}

TEST(Lines, WithNothingInThemArePassedOverAndStillCounted) {
  EXPECT_THAT(*Read("\n a,b\n\n  \n1,2\r\n,\n\"\",\n3,4\n\n"),
              ElementsAre(ReadRow{5, {"1", "2"}}, ReadRow{8, {"3", "4"}}));
  EXPECT_EQ(CsvTable::Open("\n\na,b\n")->header_line(), 3);
}

TEST(Lines, InsideQuotationMarksAreCounted) {
  EXPECT_THAT(*Read("a,b\n\"one\ntwo\r\nthree\rfour\",2\n3,4\n"),
              ElementsAre(ReadRow{2, {"one\ntwo\r\nthree\rfour", "2"}}, ReadRow{6, {"3", "4"}}));
}

TEST(Quotation, KeepsSeparatorsAndUndoublesMarks) {
  EXPECT_THAT(*Read("a,b\n\"x, y\",\"say \"\"yes\"\"\"\n\"\"\"\",z\n"),
              ElementsAre(ReadRow{2, {"x, y", "say \"yes\""}}, ReadRow{3, {"\"", "z"}}));
}

TEST(Quotation, MayStandBetweenSpaces) {
  EXPECT_THAT(*Read("a, \"b\" \n 1 , \" 2,5 \" \n"), ElementsAre(ReadRow{2, {"1", "2,5"}}));
}

TEST(Quotation, MarksInsideAPlainValueAreJustThat) {
  EXPECT_THAT(*Read("a,b\n5\" tall,\"x\"\n"), ElementsAre(ReadRow{2, {"5\" tall", "x"}}));
}

TEST(Quotation, NeverClosedIsRefusedWhereItOpens) {
  ExpectRefusal("a,b\n1,2\n3,\"4\n5,6\n", 3, "never closed", "Close it");
}

TEST(Quotation, FollowedByMoreTextIsRefused) {
  ExpectRefusal("a,b\n\"1\"x,2\n", 2, "After the closing quotation mark of \"1\"", "inside the quotation marks");
}

TEST(Quotation, BrokenInTheHeaderIsRefusedThere) {
  ExpectRefusal("dyad,\"own,t\n1,2,3\n", 1, "never closed", "Close it");
  ExpectRefusal("dyad;\"own\"x;t\n1;2;3\n", 1, "After the closing quotation mark", "twice");
}

TEST(Rows, MustBeAsWideAsTheHeader) {
  ExpectRefusal("a,b,c\n1,2,3\n1,2\n", 3, "This row has 2 values; the header names 3 columns.", "decimal comma");
  ExpectRefusal("a,b,c\n1,2,3,4\n", 2, "This row has 4 values", "one value per column");
  ExpectRefusal("a,b\n1\n", 2, "This row has 1 value;", "one value per column");
}

TEST(Rows, OfABrokenFileDoNotFillTheMemory) {
  ExpectRefusal("a,b\n1" + std::string(1'000'000, ',') + "\n", 2, "This row has 1000001 values",
                "one value per column");
  ExpectRefusal(std::string(1'000'000, ',') + "a\n", 1, "more than 10000 columns", "Keep the columns");
}

TEST(Header, MayFollowAByteOrderMark) {
  EXPECT_THAT(CsvTable::Open("\xEF\xBB\xBF"
                             "dyad,own\n")
                  ->names(),
              ElementsAre("dyad", "own"));
  EXPECT_THAT(CsvTable::Open("\xEF\xBB\xBF\"dyad\",own\n")->names(), ElementsAre("dyad", "own"));
}

TEST(Header, MustBeThere) {
  ExpectRefusal("", 0, "The file is empty", "first line names its columns");
  ExpectRefusal("\n \n\r\n", 0, "The file is empty", "first line names its columns");
  ExpectRefusal("\xEF\xBB\xBF", 0, "The file is empty", "first line names its columns");
}

TEST(Encoding, Utf16IsRefused) {
  ExpectRefusal(std::string_view("\xFF\xFE"
                                 "a\0,\0b\0",
                                 8),
                1, "UTF-16", "CSV UTF-8");
  ExpectRefusal(std::string_view("\xFE\xFF\0a\0,\0b", 8), 1, "UTF-16", "CSV UTF-8");
}

TEST(Encoding, NulBytesAreRefusedWithTheirLine) {
  ExpectRefusal(std::string_view("a,b\n1,2\n3,\0\n", 12), 3, "NUL byte", "CSV UTF-8");
  ExpectRefusal(std::string_view("abcdefg\0abcdefgh", 16), 1, "NUL byte", "CSV UTF-8");
}

TEST(Encoding, BytesThatAreNotUtf8AreRefusedWithTheirLine) {
  ExpectRefusal("dyad,name\n1,Zo\xEB\n", 2, "not UTF-8", "CSV UTF-8");
  ExpectRefusal("a\n\xC0\xAF\n", 2, "not UTF-8", "CSV UTF-8");          // a slash in more bytes than it needs
  ExpectRefusal("a\n\xED\xA0\x80\n", 2, "not UTF-8", "CSV UTF-8");      // half of a UTF-16 pair
  ExpectRefusal("a\n\xF4\x90\x80\x80\n", 2, "not UTF-8", "CSV UTF-8");  // beyond the last character
  ExpectRefusal("a\n\xE2\x82", 2, "not UTF-8", "CSV UTF-8");            // cut off
}

TEST(Encoding, AnyOtherTextIsJustText) {
  EXPECT_THAT(*Read("a,b\n</script>,👩‍❤️‍👩\nשלום,é\n"),
              ElementsAre(ReadRow{2, {"</script>", "👩‍❤️‍👩"}}, ReadRow{3, {"שלום", "é"}}));
}

TEST(Places, NameTheColumn) {
  const auto table = CsvTable::Open("dyad,own\n");
  EXPECT_EQ(table->PlaceOf(7, 1), (core::Place{.line = 7, .column = 2, .field = "own"}));
}

}  // namespace
}  // namespace selvedge::diary
