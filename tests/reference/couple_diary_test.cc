// A real diary of 103 couples that may be tested with but not shipped: looked for beside the checkout.

#include <gtest/gtest.h>

#include <filesystem>

#include "dynamics/study.h"
#include "reference/reference_data.h"

namespace selvedge {
namespace {

class CoupleDiary : public ::testing::TestWithParam<bool> {};

TEST_P(CoupleDiary, PooledSatisfactionHasTheReferenceFit) {
  const std::filesystem::path file = reference::SharedData() / "couple_diary_14d/couple_diary_14d.csv";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "needs " << file << ", which may not be shipped";
  const diary::Diary diary =
      reference::Read(file, {.dyad = "dyad", .person = "person", .time = "day", .own = "satisfaction"});
  core::SerialExecutor executor;
  auto clock = [] { return 0.0; };
  auto progress = [](std::size_t, std::size_t) {};
  const dynamics::Study study =
      dynamics::RunStudy(diary, {.fit = {.noise = GetParam()}, .person_means = true, .pooled = true}, nullptr, executor,
                         {.clock = clock, .progress = progress});
  const dynamics::Fit& fit = study.pooled->fit;
  // The reference holds μ at 0 after centring; ours estimates what is left of it, worth 0.004.
  EXPECT_NEAR(fit.loglik, -2465.566, 0.01);
  EXPECT_NEAR(fit.system->drift.aa, -1.4218, 0.005);
  EXPECT_NEAR(fit.system->drift.ab, -0.0535, 0.005);
  EXPECT_NEAR(fit.system->drift.ba, 0.3145, 0.005);
  EXPECT_NEAR(fit.system->drift.bb, -1.5935, 0.005);
  EXPECT_NEAR(fit.system->diffusion.aa, 1.1965, 0.005);
  EXPECT_NEAR(fit.system->stationary.ab, 0.1681, 0.001);
  if (GetParam()) {
    EXPECT_EQ(fit.boundaries.size(), 2U);  // both measurement variances are 0, as in the reference
  }
}

INSTANTIATE_TEST_SUITE_P(WithAndWithoutNoise, CoupleDiary, ::testing::Bool(),
                         [](const auto& info) { return info.param ? "Noise" : "NoNoise"; });

}  // namespace
}  // namespace selvedge
