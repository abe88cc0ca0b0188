#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "recovery/chain_study.h"
#include "recovery/population_bars.h"

/// Diaries of the default population are as real couples' diaries are, and a reading finds in diaries what it should.
namespace selvedge {
namespace {

bool Nightly() { return std::getenv("SELVEDGE_NIGHTLY") != nullptr; }

TEST(Population, DefaultMeetsTheBarsOfRealDiaries) {
  const theory::Plan plan{.population = theory::ShippedPopulation("default").value(),
                          .constants = theory::ShippedTheory().value().constants,
                          .seed = Nightly() ? 20261126U : 20261125U};
  const auto bars = recovery::MeasureBars(plan, Nightly() ? 8000 : 2000);
  std::cout << recovery::BarsTable(bars);
  for (const recovery::Bar& bar : bars) EXPECT_TRUE(bar.IsMet()) << bar.name << ": " << bar.value;
}

recovery::Recovered Read(std::string_view population, std::string_view card, int days) {
  const auto people = recovery::ReadPopulation(population, days, Nightly() ? 120 : 24, 7).answers;
  const auto& questions = recovery::Questions();
  const auto question = std::ranges::find(questions, card, &recovery::Question::card);
  return recovery::Summary(people[static_cast<std::size_t>(question - questions.begin())]);
}

/// The level is found to a point or two, half-lives roughly, and what goes unsaid as far as it is remembered.
TEST(WholeChain, FindsLevelsHalfLivesAndWhatGoesUnsaid) {
  const recovery::Recovered level = Read("default", "usual_level", 84);
  EXPECT_EQ(level.told, 1);
  EXPECT_LT(level.error, 2);
  EXPECT_GT(level.correlation, 0.95);
  EXPECT_GT(level.covered, 0.8);
  const recovery::Recovered half_life = Read("default", "half_life", 180);
  EXPECT_GT(half_life.correlation, 0.3);
  EXPECT_NEAR(half_life.median, half_life.truth, 0.25);
  EXPECT_GT(half_life.covered, 0.85);
}

TEST(WholeChain, TellsLeaningsApartByWhatGoesUnsaidAndByOnesOwnTime) {
  const recovery::Recovered holding_on = Read("holding_on_both", "unsaid", 84);
  const recovery::Recovered steady = Read("steady_both", "unsaid", 84);
  EXPECT_GT(holding_on.median, steady.median + 0.1);
  // What is forgotten is not noted, so what is noted is less than what happened: by about the share remembered.
  EXPECT_LT(holding_on.median, holding_on.truth);
  EXPECT_GT(holding_on.median, 0.5 * holding_on.truth);
  EXPECT_GT(Read("steady_both", "own_time", 84).median, Read("holding_on_both", "own_time", 84).median + 0.08);
}

/// What is not found, and must not be claimed: an evening's answer is a blurred sign of who was low in the day.
TEST(WholeChain, DoesNotFindHowMuchLowDaysMatter) {
  const recovery::Recovered holding_on = Read("holding_on_both", "stepping_in", 180);
  EXPECT_GT(holding_on.truth, 0.1);
  EXPECT_LT(holding_on.median, 0.6 * holding_on.truth);
}

}  // namespace
}  // namespace selvedge
