#include "theory/simulate.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <vector>

namespace selvedge::theory {
namespace {

Plan PlanOf(std::string_view population, int days = 364) {
  return {.population = ShippedPopulation(population).value(),
          .constants = ShippedTheory().value().constants,
          .days = days};
}

bool SameBytes(const Week& one, const Week& other) { return std::memcmp(&one, &other, sizeof(Week)) == 0; }

TEST(Simulate, CouplesSideBySideLiveAsEachAlone) {
  const Plan plan = PlanOf("distressed");
  const Block block = SimulateBlock(plan, 16);
  ASSERT_EQ(block.weeks, 52U);
  for (std::size_t couple = 0; couple < kBlock; ++couple) {
    const Block alone = SimulateCouple(plan, 16 + static_cast<std::uint32_t>(couple));
    for (std::size_t week = 0; week < block.weeks; ++week) {
      ASSERT_TRUE(SameBytes(block.At(couple, week), alone.At(0, week))) << "couple " << couple << ", week " << week;
    }
  }
}

TEST(Simulate, InstructionsChangeNoByte) {
  const Plan plan = PlanOf("distressed");
  const Block expected = SimulateBlock(plan, 5, 13, Instructions::kPlain);
  for (const Instructions instructions : AvailableInstructions()) {
    const Block block = SimulateBlock(plan, 5, 13, instructions);
    ASSERT_EQ(block.by_week.size(), 13U * 52);
    for (std::size_t i = 0; i < block.by_week.size(); ++i) {
      ASSERT_TRUE(SameBytes(block.by_week[i], expected.by_week[i])) << "week " << i / 13 << ", couple " << i % 13;
    }
  }
}

TEST(Simulate, TheLastWeekMayBeShort) {
  const Block block = SimulateBlock(PlanOf("default", 9), 0, 1);
  EXPECT_EQ(block.weeks, 2U);
  EXPECT_GT(block.At(0, 1).closeness, 0);
}

/// Carries work out from the last to the first.
class BackwardsExecutor final : public core::Executor {
 public:
  void ForEach(std::size_t count, core::FunctionRef<void(std::size_t)> work) override {
    while (count > 0) work(--count);
  }
};

TEST(ForEachBlock, HandsBlocksOverInOrderWhateverTheOrderOfWork) {
  const Plan plan = PlanOf("default", 7);
  const auto collect = [&](core::Executor& executor) {
    std::vector<Week> weeks;
    std::uint32_t next = 3;
    const std::size_t taken =
        ForEachBlock(plan, {.from = 3, .to = 1500}, executor,
                     [&](const Block& block) {
                       EXPECT_EQ(block.first, next);
                       next += static_cast<std::uint32_t>(block.couples);
                       weeks.insert(weeks.end(), block.by_week.begin(), block.by_week.end());
                     },
                     {.progress = [](std::size_t, std::size_t) {}, .cancelled = [] { return false; }});
    EXPECT_EQ(taken, 1497U);
    EXPECT_EQ(weeks.size(), 1497U);
    return weeks;
  };
  core::SerialExecutor forwards;
  BackwardsExecutor backwards;
  const std::vector<Week> one = collect(forwards);
  const std::vector<Week> other = collect(backwards);
  EXPECT_EQ(std::memcmp(one.data(), other.data(), one.size() * sizeof(Week)), 0);
  EXPECT_TRUE(SameBytes(one[1000], SimulateCouple(plan, 1003).At(0, 0)));
}

TEST(ForEachBlock, TellsHowFarItIsAndStopsWhenTold) {
  core::SerialExecutor executor;
  std::vector<std::size_t> done;
  std::size_t taken = 0;
  const std::size_t handed_over = ForEachBlock(PlanOf("default", 1), {.from = 0, .to = 5000}, executor,
                                               [&](const Block& block) { taken += block.couples; },
                                               {.progress =
                                                    [&](std::size_t now, std::size_t of) {
                                                      EXPECT_EQ(of, 5000U);
                                                      done.push_back(now);
                                                    },
                                                .cancelled = [&] { return taken > 2000; }});
  EXPECT_EQ(handed_over, taken);
  EXPECT_GT(taken, 2000U);
  EXPECT_LT(taken, 5000U);
  EXPECT_EQ(taken % kBlock, 0U);
  EXPECT_EQ(done.front(), 0U);
  EXPECT_EQ(done.back(), taken);
}

}  // namespace
}  // namespace selvedge::theory
