#include "reflect/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>

namespace selvedge::reflect {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<std::string> EverySentence() {
  std::vector<std::string> all;
  for (const char* file : {"", "answers.json"}) {
    for (std::string& paragraph : OpeningPage(file)) all.push_back(std::move(paragraph));
  }
  for (const std::string_view paragraph : HelpPage()) all.emplace_back(paragraph);
  for (const bool kept : {false, true}) all.emplace_back(ClosingSentence(kept));
  all.emplace_back(FindingsIntroduction());
  all.push_back(FindingSentence("When they answered, it was about me.", "often"));
  return all;
}

TEST(ReflectWords, AreSentencesWithoutBlameTypesOrDiagnoses) {
  for (const std::string& sentence : EverySentence()) {
    std::string lower = sentence;
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
    for (const char* word : {"codepend", "narciss", "disorder", "symptom", "score", "abus", "victim", "you should",
                             "you must", "your fault", "fail", "unhealthy", "toxic", "congrat", "well done", "%"}) {
      EXPECT_THAT(lower, Not(HasSubstr(word))) << sentence;
    }
    EXPECT_TRUE(sentence.ends_with('.') || sentence.ends_with(':')) << sentence;
    EXPECT_THAT(sentence, Not(HasSubstr("  ")));
  }
}

TEST(OpeningPage, SaysWhatHasToBeKnownBeforeTheFirstQuestion) {
  const auto page = [](const char* file) {
    std::string all;
    for (const std::string& paragraph : OpeningPage(file)) all += paragraph + "\n";
    return all;
  };
  for (const char* file : {"", "mine.json"}) {
    EXPECT_THAT(page(file), HasSubstr("Nothing leaves this machine."));
    EXPECT_THAT(page(file), HasSubstr("Whoever set this up can alter it. If that is the person you would write about, "
                                      "don't write here."));
    EXPECT_THAT(page(file), HasSubstr("not a diagnosis"));
    EXPECT_THAT(page(file), HasSubstr("Any question can be skipped"));
    EXPECT_THAT(page(file), HasSubstr("x leaves at once"));
  }
  EXPECT_THAT(page(""), HasSubstr("kept nowhere"));
  EXPECT_THAT(page("mine.json"), HasSubstr("kept in mine.json"));
  EXPECT_THAT(page("mine.json"), HasSubstr("can read that file"));
}

}  // namespace
}  // namespace selvedge::reflect
