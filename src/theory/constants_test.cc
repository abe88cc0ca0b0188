#include "theory/constants.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"

namespace selvedge::theory {
namespace {

/// A theory in which every constant is 1, but for one that stands under another name or has another value.
std::string TheoryWith(std::string_view name, const core::Json& other_name, const core::Json& other_value) {
  core::Json constants = core::Json::Array();
  for (const auto& field : kConstantFields<float>) {
    const bool is_it = field.name == name;
    constants.Push(core::Json::Object()
                       .Set("name", is_it ? other_name : core::Json(field.name))
                       .Set("value", is_it ? other_value : core::Json(1.0))
                       .Set("reason", "a test"));
  }
  return core::Json::Object().Set("constants", constants).Dump();
}

std::string Refusal(const std::string& text) {
  const core::Result<Theory> theory = ParseTheory(text);
  return theory ? "" : theory.error().message;
}

TEST(Constants, AreReadByTheirNames) {
  const Theory theory = ParseTheory(TheoryWith("jolt", "jolt", 0.25)).value();
  EXPECT_EQ(theory.constants.jolt, 0.25F);
  EXPECT_EQ(theory.constants.need_grows, 1.0F);
}

TEST(Constants, AreRefusedWhereTheyAreNotThoseOfTheRules) {
  const std::string size = std::to_string(kConstantFields<float>.size());
  EXPECT_EQ(Refusal(R"({"constants": [{"name": "apart", "value": 0.2, "reason": "x"}]})"),
            "The theory has 1" + std::string(" constants; the rules use ") + size + ".");
  EXPECT_EQ(Refusal(TheoryWith("jolt", "jolts", 1)),
            R"("jolts")" + std::string(" stands where the rules expect ") + R"("jolt".)");
  EXPECT_EQ(Refusal(TheoryWith("jolt", "jolt", 1e300)),
            R"(The constant "jolt")" + std::string(" is not a finite number."));
}

TEST(Constants, AreZeroWithoutTheirMechanismAndNoOthers) {
  const Theory theory = ShippedTheory().value();
  for (const std::string& mechanism : theory.Mechanisms()) {
    const Constants<float> without = theory.Without(mechanism).value();
    for (std::size_t i = 0; i < theory.notes.size(); ++i) {
      const float value = without.*kConstantFields<float>[i].member;
      EXPECT_EQ(value, theory.notes[i].mechanism == mechanism ? 0 : theory.notes[i].value) << theory.notes[i].name;
    }
  }
  EXPECT_FALSE(theory.Without("gravity").has_value());
}

}  // namespace
}  // namespace selvedge::theory
