#include "theory/simulate.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <vector>

namespace selvedge::theory {
namespace {

Plan PlanOf(std::string_view population) {
  return {.population = ShippedPopulation(population).value(), .constants = ShippedTheory().value().constants};
}

TEST(Simulate, CouplesSideBySideLiveAsEachAlone) {
  const Plan plan = PlanOf("default");
  const std::vector<Week> block = SimulateBlock(plan, 16);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const std::vector<Week> alone = SimulateCouple(plan, 16 + static_cast<std::uint32_t>(lane));
    for (std::size_t week = 0; week < alone.size(); ++week) {
      const Week& together = block[week * kLanes + lane];
      ASSERT_EQ(together.closeness, alone[week].closeness) << "week " << week << ", lane " << lane;
      ASSERT_EQ(together.people.a.feeling, alone[week].people.a.feeling);
      ASSERT_EQ(together.counts.b, alone[week].counts.b);
    }
  }
}

}  // namespace
}  // namespace selvedge::theory
