#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "recovery/length_study.h"
#include "reflect/signs_on_map.h"

namespace selvedge::recovery {
namespace {

TEST(Length, MoreQuestionsTellMoreAndIntervalsHoldTheTruth) {
  const reflect::SignsOnMap basis;
  const std::uint32_t people = std::getenv("SELVEDGE_NIGHTLY") != nullptr ? 4000 : 200;
  const instruments::Instrument differing = WithCurvesThatDiffer(basis.signs());
  const instruments::TwoAxes& axes = basis.scorer().axes();
  const auto adaptive = StudyLength(differing, axes, Order::kAdaptive, {8, 20, 41}, people);
  const auto fixed = StudyLength(differing, axes, Order::kOfTheFile, {8, 20, 41}, people);
  const double simulation_error = std::sqrt(0.9 * 0.1 / (2.0 * people));
  for (std::size_t i = 0; i < adaptive.size(); ++i) {
    std::printf("%zu questions: posterior SD %.3f, RMSE %.3f, 90 %% intervals hold %.3f; in the file's order %.3f\n",
                adaptive[i].questions, adaptive[i].posterior_sd, adaptive[i].error, adaptive[i].covered,
                fixed[i].posterior_sd);
    EXPECT_NEAR(adaptive[i].covered, 0.9, 4 * simulation_error);
    // The posterior knows how wrong it is: squared errors have a relative spread of about √2.
    EXPECT_NEAR(adaptive[i].error / adaptive[i].posterior_sd, 1, 4 * std::sqrt(0.5 / (2.0 * people)));
    if (i > 0) EXPECT_LT(adaptive[i].posterior_sd, adaptive[i - 1].posterior_sd);
  }
  EXPECT_LT(adaptive[0].posterior_sd, fixed[0].posterior_sd);
  EXPECT_NEAR(adaptive[2].posterior_sd, fixed[2].posterior_sd, 0.02);  // all questions, in another order
}

}  // namespace
}  // namespace selvedge::recovery
