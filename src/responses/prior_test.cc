#include "responses/prior.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

namespace selvedge::responses {
namespace {

using testing::HasSubstr;

std::string File() {
  std::ifstream file(std::string(SELVEDGE_SOURCE_DIR) + "/content/priors/responses.json", std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string With(const std::string& from, const std::string& to) {
  std::string text = File();
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Prior, SaysProvisionalAndTakesNoSide) {
  const Prior prior = Prior::Provisional();
  EXPECT_EQ(prior.status, "provisional");
  EXPECT_NEAR(Logistic(prior.stepping_in.centre(0)), 0.2, 1e-12);
  for (const NormalPrior& contrast : {prior.stepping_in, prior.withdrawing, prior.unsaid}) {
    EXPECT_EQ(contrast.centre(1), 0);
    EXPECT_EQ(contrast.sd(1), 1.25);
  }
  EXPECT_EQ(prior.reach.centre.size(), 3);
  EXPECT_EQ(prior.unsaid_any.centre(0), prior.unsaid.centre(0));
  EXPECT_EQ(prior.resemblance, 0.2);
}

TEST(Prior, OfTheChainHasItsMiddleWhereTheFileSays) {
  EXPECT_NEAR(std::pow(Logistic(Prior::Provisional().reach.centre(0)), 3), 0.6, 0.02);
}

TEST(Prior, RefusesWhatCannotBe) {
  EXPECT_TRUE(Prior::Parse(File()));
  EXPECT_THAT(Prior::Parse("{").error().message, HasSubstr("not JSON"));
  const auto said = [](const std::string& from, const std::string& to) {
    return Prior::Parse(With(from, to)).error().message;
  };
  EXPECT_THAT(said("selvedge-responses-prior", "selvedge-prior"),
              HasSubstr("This is not a prior of people's responses, of a version known here."));
  EXPECT_THAT(said("\"centre\": 0.2, \"sd\": 1.2", "\"centre\": 1, \"sd\": 1.2"),
              HasSubstr("has a centre that is no probability."));
  EXPECT_THAT(said("\"centre\": 0.2, \"sd\": 1.2", "\"centre\": 0.2, \"sd\": 0"),
              HasSubstr("has a width that is not above 0."));
  EXPECT_THAT(said("\"form\": \"difference\"", "\"form\": \"rate\""), HasSubstr("has the form \"rate\"."));
  EXPECT_THAT(said("\"form\": \"correlation\", \"centre\": 0.2", "\"form\": \"correlation\", \"centre\": 2"),
              HasSubstr("\"resemblance\" is not between 0 and 1."));
  EXPECT_THAT(said("\"met\"", "\"mett\""), HasSubstr("The field \"met\" is missing"));
}

}  // namespace
}  // namespace selvedge::responses
