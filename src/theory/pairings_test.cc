#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "theory/simulate.h"

/// The populations of content/populations show what their texts say, with the constants of content/theory.json.
namespace selvedge::theory {
namespace {

constexpr std::uint32_t kCouples = 320;

/// The couples of a population from their first day on; from a parting on they count no more.
class Years {
 public:
  explicit Years(const Plan& plan) {
    for (std::uint32_t first = 0; first < kCouples; first += kBlock) blocks_.push_back(SimulateBlock(plan, first));
  }

  /// The mean of a quantity over these weeks, of couples still in their first union.
  template <typename Quantity>
  [[nodiscard]] double Mean(std::size_t from, std::size_t to, Quantity quantity) const {
    double sum = 0;
    int weeks = 0;
    ForEachWeek([&](std::size_t week, const Week& of_couple) {
      if (week < from || week >= to) return;
      sum += quantity(of_couple);
      ++weeks;
    });
    return sum / weeks;
  }
  [[nodiscard]] double StillTogether(std::size_t after_weeks) const {
    int couples = 0;
    ForEachWeek([&](std::size_t week, const Week&) { couples += week + 1 == after_weeks ? 1 : 0; });
    return static_cast<double>(couples) / kCouples;
  }
  /// In how much of the last eight weeks one of the two is within .02 of a bound.
  [[nodiscard]] double AtABound(float Person<float>::* member, float bound) const {
    return Mean(44, 52, [&](const Week& week) {
      return std::abs(week.people.a.*member - bound) < 0.02F || std::abs(week.people.b.*member - bound) < 0.02F;
    });
  }

 private:
  template <typename Take>
  void ForEachWeek(Take take) const {
    for (const Block& block : blocks_) {
      for (std::size_t couple = 0; couple < block.couples; ++couple) {
        for (std::size_t week = 0; week < block.weeks && block.At(couple, week).together == 1; ++week) {
          take(week, block.At(couple, week));
        }
      }
    }
  }

  std::vector<Block> blocks_;
};

Plan PlanOf(std::string_view population) {
  return {.population = ShippedPopulation(population).value(), .constants = ShippedTheory().value().constants};
}
Years YearsOf(std::string_view population) { return Years(PlanOf(population)); }

double Closeness(const Week& week) { return week.closeness; }
double FeltCloseness(const Week& week) { return 0.5 * (week.people.a.felt_closeness + week.people.b.felt_closeness); }
double Feeling(const Week& week) { return 0.5 * (week.people.a.feeling + week.people.b.feeling); }
double FeelingOfA(const Week& week) { return week.people.a.feeling; }
double Loneliness(const Week& week) { return 0.5 * (week.people.a.loneliness + week.people.b.loneliness); }

TEST(Pairings, ContentCouplesStayAboutAsCloseAsTheyWere) {
  const Years years = YearsOf("default");
  EXPECT_NEAR(years.Mean(44, 52, Closeness), years.Mean(0, 1, Closeness), 0.1);
  EXPECT_NEAR(years.Mean(44, 52, FeltCloseness), years.Mean(0, 1, FeltCloseness), 0.1);
  EXPECT_NEAR(years.Mean(0, 52, Feeling), 0, 0.15);
  EXPECT_GT(years.StillTogether(52), 0.88);
}

TEST(Pairings, NothingStandsAtItsBoundInContentCouples) {
  const Years years = YearsOf("default");
  for (const auto& [name, member] : kPersonFields<float>) {
    // Guilt is at none whenever nobody has any.
    if (name == "feeling" || name == "guilt") continue;
    const float high = name == "need" ? 2 : 1;
    EXPECT_LT(years.AtABound(member, 0), 0.1) << name;
    EXPECT_LT(years.AtABound(member, high), 0.1) << name;
  }
}

TEST(Pairings, DistressedCouplesAreLowerAndMostStay) {
  const Years distressed = YearsOf("distressed");
  const Years content = YearsOf("default");
  EXPECT_LT(distressed.Mean(0, 52, Feeling), content.Mean(0, 52, Feeling) - 0.3);
  EXPECT_LT(distressed.Mean(0, 52, FeltCloseness), content.Mean(0, 52, FeltCloseness) - 0.1);
  EXPECT_GT(distressed.StillTogether(52), 0.55);
  EXPECT_LT(distressed.StillTogether(52), content.StillTogether(52));
}

/// CLAIM-1 and CLAIM-2 at once, and CLAIM-3: the central contrast of the theory.
TEST(Pairings, HoldingOnFeelsCloserAtFirstAndIsFartherApartLater) {
  const Years holding_on = YearsOf("holding_on_both");
  const Years steady = YearsOf("steady_both");
  EXPECT_GT(holding_on.Mean(0, 4, FeltCloseness), steady.Mean(0, 4, FeltCloseness) + 0.03);
  EXPECT_LT(holding_on.Mean(44, 52, FeltCloseness), steady.Mean(44, 52, FeltCloseness) - 0.15);
  EXPECT_LT(holding_on.Mean(44, 52, Closeness), steady.Mean(44, 52, Closeness) - 0.3);
  EXPECT_GT(holding_on.Mean(44, 52, FeltCloseness), holding_on.Mean(44, 52, Closeness) + 0.2);

  Plan without = PlanOf("holding_on_both");
  without.constants = ShippedTheory().value().Without("silence_costs_self").value();
  const Years keeping_themselves(without);
  const double lost = holding_on.Mean(0, 4, Closeness) - holding_on.Mean(44, 52, Closeness);
  const double lost_without = keeping_themselves.Mean(0, 4, Closeness) - keeping_themselves.Mean(44, 52, Closeness);
  EXPECT_GT(lost, 0.15);
  EXPECT_LT(lost_without, lost / 3);
}

TEST(Pairings, SteadyCouplesGrowCloserAndStay) {
  const Years years = YearsOf("steady_both");
  EXPECT_GT(years.Mean(44, 52, Closeness), years.Mean(0, 1, Closeness) + 0.1);
  EXPECT_GT(years.StillTogether(52), 0.92);
}

TEST(Pairings, TwoWallsGrowLonelyAndPart) {
  const Years walls = YearsOf("standing_alone_both");
  const Years steady = YearsOf("steady_both");
  EXPECT_LT(walls.Mean(20, 26, Closeness), 0.15);
  EXPECT_GT(walls.Mean(20, 26, Loneliness), steady.Mean(20, 26, Loneliness) + 0.4);
  EXPECT_LT(walls.StillTogether(52), 0.5);
}

TEST(Pairings, HoldingOnWithStandingAlonePartsSoonest) {
  const Years mixed = YearsOf("holding_on_standing_alone");
  for (const std::string_view other : {"holding_on_both", "standing_alone_both", "steady_both", "distressed"}) {
    const Years years = YearsOf(other);
    EXPECT_LT(mixed.StillTogether(12), years.StillTogether(12) - 0.05) << other;
    EXPECT_LT(mixed.StillTogether(52), years.StillTogether(52)) << other;
    EXPECT_LT(mixed.Mean(8, 26, FeelingOfA), years.Mean(8, 26, FeelingOfA)) << other;
  }
}

TEST(Pairings, OneWhoChangesMovesBoth) {
  const Years changing = YearsOf("one_changing");
  const Years holding_on = YearsOf("holding_on_both");
  // The same people until the practice begins.
  EXPECT_EQ(changing.Mean(0, 12, FeltCloseness), holding_on.Mean(0, 12, FeltCloseness));
  EXPECT_LT(changing.Mean(14, 20, FeltCloseness), holding_on.Mean(14, 20, FeltCloseness));
  EXPECT_GT(changing.Mean(44, 52, Closeness), holding_on.Mean(44, 52, Closeness) + 0.05);
  EXPECT_GT(changing.Mean(44, 52, Feeling), holding_on.Mean(44, 52, Feeling) + 0.1);
  for (const auto quantity : {+[](const Week& week) -> double { return week.people.a.feeling; },
                              +[](const Week& week) -> double { return week.people.b.feeling; }}) {
    EXPECT_GT(changing.Mean(44, 52, quantity), holding_on.Mean(44, 52, quantity));
  }
}

TEST(Pairings, AwarenessDoesNotLeaveTwoWhoHoldOnWorseOff) {
  const Years without = YearsOf("holding_on_both");
  Plan plan = PlanOf("holding_on_both");
  plan.practices = {{.path = kMindfulness, .dose = {.a = 1, .b = 1}, .from_day = 28, .days = 336}};
  const Years aware(plan);
  EXPECT_GT(aware.Mean(44, 52, Closeness), without.Mean(44, 52, Closeness));
  EXPECT_GT(aware.Mean(44, 52, FeltCloseness), without.Mean(44, 52, FeltCloseness));
  EXPECT_GT(aware.Mean(44, 52, Feeling), without.Mean(44, 52, Feeling));
  EXPECT_GT(aware.StillTogether(52), without.StillTogether(52));
}

TEST(Pairings, WithOneWhoPunishesEveryAdviceIsWrong) {
  const double before = YearsOf("coercion").Mean(6, 12, FeelingOfA);
  for (std::size_t path = 0; path < kPathCount; ++path) {
    Plan plan = PlanOf("coercion");
    const bool takes_two = path == kCounselling;
    plan.practices = {{.path = path, .dose = {.a = 1, .b = takes_two ? 1.0F : 0.0F}, .from_day = 28, .days = 336}};
    const double after = Years(plan).Mean(6, 12, FeelingOfA);
    EXPECT_LT(after, before + 0.1) << "less than counts: PATH-" << path + 1;
    if (path == kSettingLimits || path == kChoosing || path == kFacingFear) {
      EXPECT_LT(after, before - 0.02) << "PATH-" << path + 1;
    }
  }
}

TEST(Pairings, OnlyInCoercionDoesAnybodyPunish) {
  for (const std::string& id : ShippedPopulations()) {
    const Population population = ShippedPopulation(id).value();
    for (std::size_t i = 0; i < kTraitFields<float>.size(); ++i) {
      if (kTraitFields<float>[i].name != "punishes") continue;
      EXPECT_EQ(population.people.a[i].centre, 0) << id;
      EXPECT_EQ(population.people.b[i].centre > 0, id == "coercion") << id;
    }
  }
}

}  // namespace
}  // namespace selvedge::theory
