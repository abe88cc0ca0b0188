#include "theory/trial.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "theory/contrast.h"
#include "theory/worlds.h"

namespace selvedge::theory {
namespace {

const Theory& TheTheory() {
  static const Theory kTheory = ShippedTheory().value();
  return kTheory;
}

const Claims& TheClaims() {
  static const Claims kClaims = ShippedClaims(TheTheory()).value();
  return kClaims;
}

constexpr auto kNobodyLooks = [](std::size_t, std::size_t) {};
constexpr auto kNever = [] { return false; };

Trial Try(TrialOptions options) {
  core::SerialExecutor executor;
  return TryClaims(TheTheory(), TheClaims(), options, executor, {.progress = kNobodyLooks, .cancelled = kNever})
      .value();
}

std::vector<std::size_t> Chosen(const std::vector<std::string>& ids) { return ChooseClaims(TheClaims(), ids).value(); }

TEST(Estimate, IsTheMeanWithItsNormalInterval) {
  const std::vector<double> effects{1, 2, 3, 6};
  const Estimate estimate = EstimateOf(effects);
  EXPECT_DOUBLE_EQ(estimate.effect, 3);
  const double standard_error = std::sqrt(14.0 / 3 / 4);
  EXPECT_NEAR(estimate.high - 3, 1.96 * standard_error, 1e-4);
  EXPECT_NEAR(3 - estimate.low, 1.96 * standard_error, 1e-4);
}

TEST(Judge, HoldsBeyondTheSmallestEffectAndOnlyWithItsMechanisms) {
  const Estimate none{.effect = 0, .low = -0.01, .high = 0.01};
  const auto judge = [](Estimate effect, Estimate ablated, int sign = 1) {
    return Judge(effect, ablated, sign, 0.1, 0.75);
  };
  const Estimate large{.effect = 1, .low = 0.8, .high = 1.2};
  EXPECT_EQ(judge(large, none), Because::kHolds);
  EXPECT_EQ(judge({.effect = -1, .low = -1.2, .high = -0.8}, none, -1), Because::kHolds);
  EXPECT_EQ(judge(large, none, -1), Because::kOtherWay);
  EXPECT_EQ(judge({.effect = 0.05, .low = 0.01, .high = 0.09}, none), Because::kTooSmall);
  EXPECT_EQ(judge({.effect = -0.05, .low = -0.2, .high = 0.05}, none), Because::kTooSmall);
  EXPECT_EQ(judge({.effect = 0.2, .low = 0.05, .high = 0.35}, none), Because::kTooUncertain);
  EXPECT_EQ(judge(large, {.effect = 0.2, .low = 0.16, .high = 0.24}), Because::kHolds) << "a by-way";
  EXPECT_EQ(judge(large, {.effect = 0.2, .low = 0.1, .high = 0.3}), Because::kPerhapsCarriedOtherwise);
  EXPECT_EQ(judge(large, {.effect = 0.5, .low = 0.4, .high = 0.6}), Because::kCarriedOtherwise);
  EXPECT_EQ(judge(large, {.effect = -1, .low = -1.2, .high = -0.8}), Because::kHolds) << "turned round is gone too";
  EXPECT_EQ(VerdictOf(Because::kCarriedOtherwise), Verdict::kFails);
  EXPECT_EQ(VerdictOf(Because::kPerhapsCarriedOtherwise), Verdict::kCantTell);
}

TEST(ChooseClaims, TakesEachOnceInTheOrderOfContent) {
  EXPECT_EQ(Chosen({"CLAIM-12", "CLAIM-2", "CLAIM-12"}), (std::vector<std::size_t>{1, 11}));
  const auto unknown = ChooseClaims(TheClaims(), {"CLAIM-99"});
  ASSERT_FALSE(unknown.has_value());
  EXPECT_TRUE(unknown.error().message.starts_with("There is no claim \"")) << unknown.error().message;
  EXPECT_FALSE(unknown.error().remedy.empty());
}

/// What one more moment does is what the rule says, on the day it happens: nothing else differs yet.
TEST(Worlds, OneMoreMomentDoesWhatItsRuleSays) {
  Worlds worlds(16, 5);
  Measure worth = NamedMeasure("agency", {core::Side::kB}).value();
  worth.days = {.from = 3, .to = 4};
  Measure before = worth;
  before.days = {.from = 2, .to = 3};
  const Difference nothing{.text = "{}", .population = {}};
  const Difference once{
      .text = "once", .population = {}, .extra_moments = {{.rule = 2, .side = core::Side::kA, .from_day = 3}}};
  const std::string population = "holding_on_both";
  const Contrast effect{{worlds.Ask(TheTheory(), "", population, {&once}, worth), 1},
                        {worlds.Ask(TheTheory(), "", population, {&nothing}, worth), -1}};
  const Contrast earlier{{worlds.Ask(TheTheory(), "", population, {&once}, before), 1},
                         {worlds.Ask(TheTheory(), "", population, {&nothing}, before), -1}};
  const auto level = worlds.Ask(TheTheory(), "", population, {&nothing}, before);
  EXPECT_EQ(worlds.count(), 2U) << "a world is lived once, whatever is asked of it";
  core::SerialExecutor executor;
  ASSERT_TRUE(worlds.Live(executor, {.progress = kNobodyLooks, .cancelled = kNever}));
  const auto effects = EffectsIn(worlds, effect);
  const auto none = EffectsIn(worlds, earlier);
  double taken = 0;
  double had = 0;
  for (std::size_t couple = 0; couple < 16; ++couple) {
    EXPECT_EQ(none[couple], 0);
    taken -= effects[couple];
    had += worlds.Answer(level)[couple];
  }
  const double takes = TheTheory().constants.fixing_takes_authorship;
  EXPECT_NEAR(taken / had, takes, 0.3 * takes) << "later moments of the same day add noise";
}

TEST(Trial, IsTheSameWhateverTheOrderOfWork) {
  class BackwardsExecutor final : public core::Executor {
   public:
    void ForEach(std::size_t count, core::FunctionRef<void(std::size_t)> work) override {
      while (count > 0) work(--count);
    }
  };
  BackwardsExecutor backwards;
  const TrialOptions options{.chosen = Chosen({"CLAIM-12"}), .couples = 40, .seed = 3};
  const Trial one = Try(options);
  const Trial other =
      TryClaims(TheTheory(), TheClaims(), options, backwards, {.progress = kNobodyLooks, .cancelled = kNever}).value();
  ASSERT_EQ(one.claims.size(), 1U);
  for (std::size_t part = 0; part < one.claims[0].parts.size(); ++part) {
    EXPECT_EQ(one.claims[0].parts[part].effect, other.claims[0].parts[part].effect);
    EXPECT_EQ(one.claims[0].parts[part].ablated, other.claims[0].parts[part].ablated);
  }
}

TEST(Trial, AWrittenEffectIsFoundAndGoneWithoutItsMechanism) {
  const Trial trial = Try({.chosen = Chosen({"CLAIM-19"}), .couples = 60});
  const PartTrial& worth = trial.claims[0].parts[0];
  EXPECT_GT(worth.effect.low, 0.02);
  EXPECT_EQ(worth.because, Because::kHolds);
  EXPECT_LT(std::abs(worth.ablated.effect), 0.005);
}

/// What is advised elsewhere does not help somebody who is punished, and a limit makes it worse: the scenario exists to
/// say so.
TEST(Interventions, DoNotHelpSomebodyWhoIsPunished) {
  const Trial trial = Try({.couples = 80});
  ASSERT_EQ(trial.interventions.size(), (TheClaims().interventions.populations.size() + 1) * kPathCount * 3);
  // What happens to a, who practises alone.
  const auto during = [&](std::string_view population, std::size_t path, std::string_view state) {
    for (const InterventionTrial& intervention : trial.interventions) {
      const bool by_a = intervention.doers == std::vector{core::Side::kA};
      if (intervention.population != population || intervention.path != path || !by_a) continue;
      for (const InterventionTrial::Outcome& outcome : intervention.outcomes) {
        if (outcome.state == state && outcome.side == core::Side::kA) return outcome.during;
      }
    }
    ADD_FAILURE() << population << ", PATH-" << path + 1 << ", " << state;
    return Estimate{};
  };
  const std::string coercion = TheClaims().interventions.where_it_does_harm;
  EXPECT_LT(during(coercion, kSettingLimits, "feeling").high, 0);
  EXPECT_LT(during(coercion, kSettingLimits, "trust").high, 0);
  const auto feeling = std::ranges::find(TheClaims().smallest_effects, "feeling", &SmallestEffect::id);
  for (std::size_t path = 0; path < kPathCount; ++path) {
    EXPECT_LT(during(coercion, path, "feeling").effect, feeling->value) << "PATH-" << path + 1;
  }
  EXPECT_GT(during("holding_on_both", kSettingLimits, "feeling").low, 0) << "where nobody punishes a limit helps";
  EXPECT_GT(during("holding_on_both", kCounselling, "feeling").effect, feeling->value);
}

TEST(Trial, OnlyClaimsTheArticlesDisagreeAboutHaveRivals) {
  const Trial trial = Try({.chosen = Chosen({"CLAIM-30", "CLAIM-36"}), .couples = 16});
  EXPECT_EQ(trial.claims[0].parts[0].rivals.size(), 3U);
  EXPECT_TRUE(trial.claims[1].parts[0].rivals.empty());
  EXPECT_TRUE(trial.central.empty()) << "only what was chosen";
}

TEST(Trial, StopsWhenTold) {
  core::SerialExecutor executor;
  int asked = 0;
  const auto soon = [&] { return ++asked > 3; };
  const auto stopped = TryClaims(TheTheory(), TheClaims(), {.chosen = Chosen({"CLAIM-5"}), .couples = 160}, executor,
                                 {.progress = kNobodyLooks, .cancelled = soon});
  EXPECT_FALSE(stopped.has_value());
}

TEST(Trial, SensitivityNamesTheConstantsAnEmergentEffectRestsOn) {
  core::SerialExecutor executor;
  const auto trial = TryClaims(TheTheory(), TheClaims(),
                               {.chosen = Chosen({"CLAIM-3", "CLAIM-5"}), .couples = 16, .with_sensitivity = true},
                               executor, {.progress = kNobodyLooks, .cancelled = kNever},
                               {.couples = 8, .sets = 4, .trajectories = 1, .kept = 3, .base = 4});
  ASSERT_TRUE(trial.has_value());
  EXPECT_FALSE(trial->claims[1].parts[0].sensitivity.has_value()) << "CLAIM-5 is a rule";
  const auto& sensitivity = trial->claims[0].parts[0].sensitivity;
  ASSERT_TRUE(sensitivity.has_value());
  EXPECT_GE(sensitivity->sign_share, sensitivity->counts_share);
  ASSERT_EQ(sensitivity->influences.size(), 3U);
  EXPECT_GE(sensitivity->influences[0].effects.mean_size, sensitivity->influences[2].effects.mean_size);
  EXPECT_GT(sensitivity->influences[0].effects.mean_size, 0);
  EXPECT_TRUE(sensitivity->influences[0].shares.has_value());
}

}  // namespace
}  // namespace selvedge::theory
