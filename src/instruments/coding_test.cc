#include "instruments/coding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace selvedge::instruments {
namespace {

using ::testing::ElementsAre;

constexpr const char* kFile =
    "id,x,y,z,w\n"
    "ana,1,5,2,7\n"
    "ben,2,,1,7\n"
    "cleo,3,1,2,\n"
    "dan,2,3,1,7\n";

core::Result<CodedAnswers> Coded(const std::string& text, const std::string& items, const std::string& reverse,
                                 bool complete_only, const std::string& dims = "1") {
  const auto questionnaire = DescribeQuestionnaire(items, reverse, dims);
  const auto sheet = ReadAnswers(text, ColumnsOf(*questionnaire), "");
  if (!sheet) return std::unexpected(sheet.error());
  return CodeAnswers(*sheet, *questionnaire, complete_only);
}

std::vector<std::string> KindsOf(const std::vector<Concern>& concerns) {
  std::vector<std::string> kinds;
  for (const Concern& concern : concerns) kinds.push_back(concern.kind);
  return kinds;
}

TEST(ReadAnswers, TakesNamesNumbersAndGaps) {
  const auto sheet = ReadAnswers(kFile, {{.name = "x", .known = {}}, {.name = "y", .known = {}}}, "");
  ASSERT_TRUE(sheet.has_value());
  EXPECT_THAT(sheet->people, ElementsAre("ana", "ben", "cleo", "dan"));
  EXPECT_EQ(sheet->values[1], 5);
  EXPECT_TRUE(std::isnan(sheet->values[3]));
  const auto numbered = ReadAnswers("x\n4\n\n5\n", {{.name = "x", .known = {}}}, "");
  EXPECT_THAT(numbered->people, ElementsAre("1", "2"));
}

TEST(ReadAnswers, RefusesWhatItCannotTake) {
  const auto error_of = [](const char* text, const AnswerColumn& column, const char* person) {
    return ReadAnswers(text, {column}, person).error();
  };
  const core::Error word = error_of("id,x\na,1\nb,often\n", {.name = "x", .known = {}}, "");
  EXPECT_EQ(word.message, "\"often\" is not a number.");
  EXPECT_EQ(word.place, (core::Place{.line = 3, .column = 2, .field = "x"}));
  const core::Error unknown = error_of("x\n6\n", {.name = "x", .known = {1, 2, 3.5}}, "");
  EXPECT_EQ(unknown.message, "\"6\" is not among the answers these parameters know for \"x\": 1, 2, 3.5.");
  EXPECT_EQ(error_of("x\n", {.name = "x", .known = {}}, "").message, "There are no rows below the header.");
  EXPECT_EQ(error_of("x\n1\n", {.name = "y", .known = {}}, "").place.line, 1);
  EXPECT_EQ(error_of("x\n1\n", {.name = "x", .known = {}}, "who").message.find("The file has no column \"who\""), 0U);
}

TEST(CodeAnswers, NumbersAnswersFromLeastToMost) {
  const auto coded = Coded(kFile, "x,y,z", "y", false);
  ASSERT_TRUE(coded.has_value());
  EXPECT_THAT(coded->skeleton.items[0].answers, ElementsAre(1, 2, 3));
  EXPECT_THAT(coded->skeleton.items[1].answers, ElementsAre(5, 3, 1));
  EXPECT_THAT(coded->answers.codes, ElementsAre(0, 0, 1, 1, kUnanswered, 0, 2, 2, 1, 1, 1, 0));
  EXPECT_EQ(coded->rows, 4U);
  EXPECT_EQ(coded->incomplete, 0U);
}

TEST(CodeAnswers, LeavesOpenWhatItemsAreAboutWhenDimensionsAreToBeFound) {
  const auto coded = Coded("a,b,c,d,e,f\n1,2,2,1,1,1\n2,1,1,2,2,2\n", "a,b,c,d,e,f", "b", false, "2");
  ASSERT_TRUE(coded.has_value()) << coded.error().message;
  EXPECT_TRUE(coded->skeleton.IsMixed());
  EXPECT_EQ(coded->skeleton.items[5].mixture.size(), 2);
  EXPECT_THAT(coded->skeleton.items[1].answers, ElementsAre(2, 1));
  EXPECT_FALSE(Coded(kFile, "x,y,z", "", false)->skeleton.IsMixed());
}

TEST(CodeAnswers, KeepsOnlyCompleteRowsWhenAsked) {
  const auto coded = Coded(kFile, "x,y,z", "", true);
  ASSERT_TRUE(coded.has_value()) << coded.error().message;
  EXPECT_EQ(coded->answers.people(), 3U);
  EXPECT_EQ(coded->incomplete, 1U);
}

TEST(CodeAnswers, CountsItemsBesideForCompletenessOnly) {
  const auto coded = Coded(kFile, "x,y,z,w", "", true, "d:x,y,z");
  ASSERT_TRUE(coded.has_value()) << coded.error().message;
  EXPECT_EQ(coded->answers.people(), 2U);
  EXPECT_EQ(coded->skeleton.items.size(), 3U);
  EXPECT_EQ(coded->concerns[0].kind, "on_no_dimension");
}

TEST(CodeAnswers, LeavesOutItemsThatSayNothing) {
  const auto coded = Coded(
      "a,b,c,same,never\n"
      "1,1,2,4,\n"
      "2,2,1,4,\n",
      "a,b,c,same,never", "", false);
  ASSERT_TRUE(coded.has_value());
  EXPECT_EQ(coded->skeleton.items.size(), 3U);
  EXPECT_EQ(coded->answers.items, 3U);
  EXPECT_THAT(KindsOf(coded->concerns), ::testing::IsSupersetOf({"answered_alike", "never_answered"}));
  EXPECT_EQ(coded->concerns[0].sentence,
            "Everybody gave the same answer to \"same\", so it cannot tell people apart. It was left out.");
}

TEST(CodeAnswers, NotesEmptyAndRareSteps) {
  std::string text = "a,b,c\n";
  for (int i = 0; i < 30; ++i) text += std::to_string(1 + i % 3) + ',' + std::to_string(1 + 2 * (i % 2)) + ",1\n";
  text += "2,1,2\n";
  const auto coded = Coded(text, "a,b,c", "", false);
  ASSERT_TRUE(coded.has_value());
  std::vector<std::string> sentences;
  for (const Concern& concern : coded->concerns) sentences.push_back(concern.sentence);
  EXPECT_THAT(
      sentences,
      ElementsAre("Nobody answered \"b\" with 2, though other items were. Where that step begins is not known; it "
                  "was closed up.",
                  "Nobody answered \"c\" with 3, though other items were. Where that step begins is not known; it "
                  "was closed up.",
                  "Only one person answered \"c\" with 2. Where that step begins is hardly known."));
}

TEST(CodeAnswers, RefusesWhatNoQuestionnaireIs) {
  std::string many = "a,b,c\n";
  for (int i = 0; i < 30; ++i) many += std::to_string(i) + ",1,2\n";
  EXPECT_EQ(Coded(many, "a,b,c", "", false).error().message,
            "\"a\" has more than 20 different answers, more than an item with steps can have.");
  EXPECT_EQ(Coded("a,b,c\n1,,2\n", "a,b,c", "", true).error().message, "Nobody answered every item.");
  EXPECT_EQ(Coded("a,b,c\n1,2,2\n2,2,1\n", "a,b,c", "", false).error().message,
            "Fewer than 3 items of \"d1\" were answered in more than one way.");
  EXPECT_EQ(Coded("a,b,c,d,e,f\n1,2,2,1,1,1\n2,2,1,2,2,2\n", "a,b,c,d,e,f", "", false, "2").error().message,
            "Fewer than 6 items were answered in more than one way.");
}

}  // namespace
}  // namespace selvedge::instruments
