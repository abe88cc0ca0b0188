#include "dynamics/prior.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "core/json.h"
#include "numerics/exponential.h"

namespace selvedge::dynamics {
namespace {

TEST(DailyMood, SaysWhatItIsAndWhereItComesFrom) {
  const Prior prior = Prior::DailyMood();
  EXPECT_EQ(prior.id, "daily-mood");
  EXPECT_EQ(prior.status, "provisional");
  EXPECT_NE(prior.source.find("80 couples"), std::string::npos);
}

TEST(DailyMood, MeansWhatItsSourceMeasured) {
  // At its centre: a latent day-to-day correlation of .48 while the partner is at their usual, noise near half of the
  // daily variance, innovations of partners correlated .27.
  const auto system = PersonCoordinates(true).SystemAt(Prior::DailyMood().Centre()).value();
  EXPECT_NEAR(std::exp(system.drift.aa), 0.48, 0.005);
  EXPECT_NEAR(system.noise.a / (system.noise.a + 8.5 * 8.5), 0.47, 0.01);
  EXPECT_NEAR(system.diffusion.ab / system.diffusion.aa, 0.27, 1e-12);
}

TEST(DailyMood, TreatsBothPartnersAlike) {
  const Prior prior = Prior::DailyMood();
  for (const auto& point : {prior.Centre(), prior.Widths()}) {
    for (const Eigen::Index i : {0, 2, 4, 7, 9}) EXPECT_EQ(point(i), point(i + 1));
  }
}

std::string With(const std::string& from, const std::string& to) {
  std::string text = R"({"format": "selvedge-prior", "version": 1, "id": "x", "status": "fitted", "source": "s",
    "usual_level": {"form": "normal", "centre": 50, "sd": 10}, "own_spread": {"form": "lognormal", "centre": 8, "sd": 0.3},
    "noise": {"form": "lognormal", "centre": 8, "sd": 0.3}, "return_rate": {"form": "lognormal", "centre": 1, "sd": 0.5},
    "pull": {"form": "normal", "centre": 0.1, "sd": 0.2}, "shared_jolts": {"form": "fisher", "centre": 0.2, "sd": 0.2}})";
  if (!from.empty()) text.replace(text.find(from), from.size(), to);
  return text;
}

TEST(Parse, TakesAPriorOfOnesOwn) {
  const auto prior = Prior::Parse(With("", ""));
  ASSERT_TRUE(prior.has_value());
  EXPECT_EQ(prior->usual_level.centre, 50);
  EXPECT_NEAR(prior->shared_jolts.centre, std::atanh(0.2), 1e-15);
}

TEST(Parse, RefusesWhatIsNotAPriorAndSaysWhy) {
  EXPECT_NE(Prior::Parse("{").error().message.find("not JSON"), std::string::npos);
  EXPECT_NE(Prior::Parse(With("selvedge-prior", "other")).error().message.find("not a prior"), std::string::npos);
  EXPECT_NE(Prior::Parse(With("\"pull\"", "\"push\"")).error().message.find("\"pull\""), std::string::npos);
  EXPECT_NE(
      Prior::Parse(With("\"centre\": 8, \"sd\": 0.3", "\"centre\": -8, \"sd\": 0.3")).error().message.find("above 0"),
      std::string::npos);
  EXPECT_NE(Prior::Parse(With("\"sd\": 10", "\"sd\": 0")).error().remedy.find("positive"), std::string::npos);
  EXPECT_NE(Prior::Parse(With("\"centre\": 0.2", "\"centre\": 1.2")).error().message.find("no correlation"),
            std::string::npos);
  EXPECT_NE(Prior::Parse(With("\"form\": \"fisher\"", "\"form\": \"normal\"")).error().remedy.find("fisher"),
            std::string::npos);
}

}  // namespace
}  // namespace selvedge::dynamics
