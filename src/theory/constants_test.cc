#include "theory/constants.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace selvedge::theory {
namespace {

TEST(Theory, ShippedConstantsAreWhatTheirNotesSay) {
  const Theory theory = ShippedTheory().value();
  ASSERT_EQ(theory.notes.size(), kConstantFields<float>.size());
  for (std::size_t i = 0; i < theory.notes.size(); ++i) {
    EXPECT_EQ(theory.notes[i].name, kConstantFields<float>[i].name);
    EXPECT_EQ(theory.constants.*kConstantFields<float>[i].member, theory.notes[i].value);
    EXPECT_FALSE(theory.notes[i].reason.empty()) << theory.notes[i].name;
  }
}

TEST(Theory, WithoutAMechanismItsConstantsAreNothingAndAllOthersStay) {
  const Theory theory = ShippedTheory().value();
  const std::vector<std::string> mechanisms = theory.Mechanisms();
  ASSERT_FALSE(mechanisms.empty());
  for (const std::string& mechanism : mechanisms) {
    const Constants<float> without = theory.Without(mechanism).value();
    for (std::size_t i = 0; i < theory.notes.size(); ++i) {
      const bool belongs = theory.notes[i].mechanism == mechanism;
      EXPECT_EQ(without.*kConstantFields<float>[i].member, belongs ? 0 : theory.notes[i].value)
          << mechanism << ", " << theory.notes[i].name;
    }
  }
  EXPECT_EQ(std::ranges::count(mechanisms, "fusion"), 1);
}

TEST(Theory, HasNoMechanismOfAnotherName) {
  const Theory theory = ShippedTheory().value();
  EXPECT_EQ(theory.Without("gravity").error().message, "There is no mechanism \"gravity\".");
  EXPECT_FALSE(theory.Without("").has_value());
}

std::string ReadContent(const std::string& name) {
  std::ifstream file(std::string(SELVEDGE_SOURCE_DIR "/content/") + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The shipped theory with one word replaced, and what the refusal says.
std::string RefusalOf(std::string_view replaced, std::string_view by) {
  std::string text = ReadContent("theory.json");
  const std::size_t at = text.find(replaced);
  if (at == std::string::npos) return "not in the text";
  text.replace(at, replaced.size(), by);
  const auto theory = ParseTheory(text);
  if (theory) return "taken";
  EXPECT_FALSE(theory.error().remedy.empty());
  return theory.error().message;
}

TEST(Theory, RefusesWhatIsNotOne) {
  EXPECT_EQ(RefusalOf("\"apart\"", "\"appart\""),
            "\"appart\"" + std::string(" stands where the rules expect ") + "\"apart\".");
  EXPECT_EQ(RefusalOf("\"apart\", \"value\":", "\"apart\", \"value\": 1e300, \"was\":"),
            "The constant \"apart\"" + std::string(" is not a finite number."));
  EXPECT_EQ(RefusalOf("\"value\":", "\"valeu\":"), "The field \"value\" is missing or is not a number.");
  EXPECT_EQ(RefusalOf("selvedge-theory", "selvedge-map"), "This is not a theory of version 1.");
  EXPECT_EQ(RefusalOf("\"version\": 1", "\"version\": 2"), "This is not a theory of version 1.");
  EXPECT_EQ(ParseTheory(R"({"format": "selvedge-theory", "version": 1, "constants": []})").error().message,
            "The theory has 0" + std::string(" constants; the rules use ") +
                std::to_string(kConstantFields<float>.size()) + ".");
}

}  // namespace
}  // namespace selvedge::theory
