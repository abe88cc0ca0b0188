#include "core/json.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

namespace selvedge::core {
namespace {

TEST(Json, KeepsTheOrderOfFieldsAndWritesEveryKind) {
  const Json json = Json::Object()
                        .Set("z", 1.5)
                        .Set("a", "text \"quoted\"")
                        .Set("n", Json())
                        .Set("yes", true)
                        .Set("count", 3)
                        .Set("list", Json::Array().Push(1).Push("two"));
  EXPECT_EQ(json.Dump(), R"({"z":1.5,"a":"text \"quoted\"","n":null,"yes":true,"count":3,"list":[1,"two"]})");
}

TEST(Json, WritesNumbersThatAreNotFiniteAsNullAndRepairsText) {
  EXPECT_EQ(Json::Object().Set("x", std::numeric_limits<double>::quiet_NaN()).Dump(), R"({"x":null})");
  EXPECT_EQ(Json(std::string("a\xff")).Dump(), "\"a\xEF\xBF\xBD\"");
}

TEST(Json, ReadsBackWhatItWrote) {
  const auto json = Json::Parse(R"({"mean": 68, "source": "science", "list": [1, 2]})");
  ASSERT_TRUE(json.has_value());
  EXPECT_EQ(json->Number("mean").value(), 68.0);
  EXPECT_EQ(json->Text("source").value(), "science");
  EXPECT_EQ(json->Field("list").value().Size(), 2U);
  EXPECT_EQ(json->Field("list").value().At(1).value().Dump(), "2");
  EXPECT_FALSE(json->Field("list").value().At(2).has_value());
}

TEST(Json, ReadsListsOfOneKind) {
  const auto json = Json::Parse(R"({"numbers": [1, 2.5], "texts": ["a", "b"], "mixed": [1, "a"], "one": 1})");
  ASSERT_TRUE(json.has_value());
  EXPECT_EQ(json->Numbers("numbers").value(), (std::vector<double>{1, 2.5}));
  EXPECT_EQ(json->Texts("texts").value(), (std::vector<std::string>{"a", "b"}));
  for (const char* key : {"mixed", "one", "absent"}) {
    EXPECT_NE(json->Numbers(key).error().message.find(key), std::string::npos);
    EXPECT_NE(json->Texts(key).error().message.find(key), std::string::npos);
  }
}

TEST(Json, SaysWhichFieldIsWrongInsteadOfStopping) {
  const auto json = Json::Parse(R"({"mean": "many"})");
  ASSERT_TRUE(json.has_value());
  EXPECT_NE(json->Number("mean").error().message.find("\"mean\""), std::string::npos);
  EXPECT_FALSE(json->Number("absent").has_value());
  EXPECT_FALSE(json->Text("absent").has_value());
  EXPECT_FALSE(Json::Array().Number("x").has_value());
}

TEST(Json, ReadsListsAndFlags) {
  const auto json = Json::Parse(R"({"list": [1, {"a": true}], "flag": false, "word": "yes"})");
  ASSERT_TRUE(json.has_value());
  const auto list = json->List("list");
  ASSERT_TRUE(list.has_value());
  ASSERT_EQ(list->size(), 2U);
  EXPECT_FALSE((*list)[0].IsObject());
  EXPECT_TRUE((*list)[1].IsObject());
  EXPECT_TRUE((*list)[1].Flag("a").value());
  EXPECT_FALSE(json->Flag("flag").value());
  EXPECT_TRUE(json->List("absent").value().empty());
  EXPECT_NE(json->List("word").error().message.find("\"word\" is missing or is not a list"), std::string::npos);
  EXPECT_NE(json->Flag("word").error().message.find("true or false"), std::string::npos);
}

TEST(Json, SaysWhereATextStopsBeingJson) {
  const auto broken = Json::Parse("{\n  \"a\": 1,\n  \"b\" 2\n}");
  ASSERT_FALSE(broken.has_value());
  EXPECT_EQ(broken.error().place.line, 3);
  EXPECT_EQ(broken.error().place.column, 7);
  EXPECT_FALSE(Json::Parse("").has_value());
  EXPECT_FALSE(Json::Parse("[1, NaN]").has_value());
  EXPECT_FALSE(Json::Parse(std::string(100'000, '[')).has_value());
}

TEST(Json, HasNothingBeyondTheEndOfAList) {
  const auto beyond = Json::Array().Push(1).At(1);
  ASSERT_FALSE(beyond.has_value());
  EXPECT_EQ(beyond.error().message, "A list is shorter than expected.");
}

}  // namespace
}  // namespace selvedge::core
