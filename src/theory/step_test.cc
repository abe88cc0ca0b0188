#include "theory/step.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "theory/population.h"

namespace selvedge::theory {
namespace {

Constants<float> Shipped() { return ShippedTheory().value().constants; }

TEST(HowOften, IsThePoissonDistributionUpToThree) {
  // Each of 10 000 equal cells of the uniform number decides once: shares are exact to a cell.
  constexpr int kCells = 10'000;
  for (const float mean : {0.0F, 1e-3F, 0.03F, 0.4F, 1.0F, 2.5F, 8.0F}) {
    std::array<int, 4> counts{};
    for (int cell = 0; cell < kCells; ++cell) {
      const float uniform = (static_cast<float>(cell) + 0.5F) / kCells;
      ++counts.at(static_cast<std::size_t>(HowOften(mean, uniform)));
    }
    double rest = 1;
    double probability = std::exp(-static_cast<double>(mean));
    for (std::size_t times = 0; times < 3; ++times) {
      EXPECT_NEAR(counts.at(times), probability * kCells, 1) << times << " times with mean " << mean;
      rest -= probability;
      probability *= mean / static_cast<double>(times + 1);
    }
    EXPECT_NEAR(counts[3], rest * kCells, 1) << "three times with mean " << mean;
  }
}

TEST(HowOften, CountsAMeanAboveEightAsEight) {
  EXPECT_EQ(HowOften(1e6F, 0.9F), HowOften(8.0F, 0.9F));
  EXPECT_EQ(HowOften(1e6F, 0.999F), HowOften(8.0F, 0.999F));
}

TEST(ReturnIn, IsTheOrnsteinUhlenbeckProcess) {
  const Constants<float> k = Shipped();
  for (const float rate : {0.02F, 0.74F, 10.0F}) {
    for (const float time : {0.01F, 0.125F, 3.0F}) {
      const core::BySide<Traits<float>> traits{.a = {.return_rate = rate}, .b = {.return_rate = rate}};
      const Return<float> back = ReturnIn(time, traits, k);
      const double kappa = rate;
      EXPECT_NEAR(back.stays.a, std::exp(-kappa * time), 1e-6);
      EXPECT_NEAR(back.push_adds.a / (-std::expm1(-kappa * time) / kappa), 1, 1e-3);
      EXPECT_NEAR(back.jolt.a / (k.jolt * std::sqrt(-std::expm1(-2 * kappa * time) / (2 * kappa))), 1, 1e-3);
      EXPECT_EQ(back.jolt.a, back.jolt.b);
    }
  }
}

/// Two people as unlike as may be, not at any bound.
struct Two {
  Couple<float> couple{};
  Setting<float> setting{};

  Two() {
    const Cast cast = CastOf(ShippedPopulation("holding_on_standing_alone").value(), Shipped(), 1, 0);
    couple = cast.start;
    couple.people.a.feeling = -0.8F;
    couple.people.b.feeling = 0.3F;
    couple.people.a.need = 1.2F;
    couple.people.b.guilt = 0.2F;
    setting.traits = cast.traits;
  }

  [[nodiscard]] Two Swapped() const {
    Two swapped = *this;
    std::swap(swapped.couple.people.a, swapped.couple.people.b);
    std::swap(swapped.setting.traits.a, swapped.setting.traits.b);
    return swapped;
  }
};

/// What is to be expected of the moments of a step.
core::BySide<Change<float>> Expected(const Two& two, Happened<float>& happened) {
  const Constants<float> k = Shipped();
  const Moment moment;
  const float contact = 1;
  const core::BySide<View<float>> views = ViewsOf(two.couple, two.setting.traits, moment, contact, k);
  return Happen(
      views, views, [](auto, auto, float rate) { return 0.25F * rate; }, [](auto, auto, float p) { return p; },
      happened);
}

TEST(Happen, DoesNotKnowTheTwoApart) {
  const Two two;
  Happened<float> happened;
  Happened<float> swapped_happened;
  const core::BySide<Change<float>> change = Expected(two, happened);
  const core::BySide<Change<float>> swapped = Expected(two.Swapped(), swapped_happened);
  EXPECT_EQ(happened.times.a, swapped_happened.times.b);
  EXPECT_EQ(happened.times.b, swapped_happened.times.a);
  EXPECT_EQ(happened.came_true.a, swapped_happened.came_true.b);
  EXPECT_EQ(change.a.closeness, swapped.b.closeness);
  for (const auto& [name, member] : kPersonFields<float>) {
    EXPECT_EQ(change.a.me.*member, swapped.b.me.*member) << name;
    EXPECT_EQ(change.a.you.*member, swapped.b.you.*member) << name;
    EXPECT_EQ(change.b.me.*member, swapped.a.me.*member) << name;
    EXPECT_EQ(change.b.you.*member, swapped.a.you.*member) << name;
  }
}

TEST(Drift, DoesNotKnowTheTwoApartButForJolts) {
  Constants<float> k = Shipped();
  k.jolt = 0;
  const auto after = [&](Two two) {
    Draws<float> draws(0, {});
    Drift(two.couple, ReturnIn(0.125F, two.setting.traits, k), two.setting, {}, 1.0F, k, draws);
    return two.couple;
  };
  const Couple<float> couple = after({});
  const Couple<float> swapped = after(Two().Swapped());
  EXPECT_EQ(couple.closeness, swapped.closeness);
  for (const auto& [name, member] : kPersonFields<float>) {
    EXPECT_EQ(couple.people.a.*member, swapped.people.b.*member) << name;
    EXPECT_EQ(couple.people.b.*member, swapped.people.a.*member) << name;
  }
}

TEST(Drift, FollowsItsRatesToSecondOrder) {
  // Guilt fades by itself alone: e^(−fading · time), to the third order that the midpoint rule leaves out.
  const Constants<float> k = Shipped();
  Two two;
  const float before = two.couple.people.b.guilt;
  constexpr float kTime = 0.125F;
  Draws<float> draws(0, {});
  Drift(two.couple, ReturnIn(kTime, two.setting.traits, k), two.setting, {}, 1.0F, k, draws);
  const float faded = k.guilt_fades * kTime;
  EXPECT_NEAR(two.couple.people.b.guilt / before, std::exp(-faded), faded * faded * faded / 6);
}

TEST(Drift, JoltsOfTheTwoGoTogetherAsTheConstantsSay) {
  const Constants<float> k = Shipped();
  const Two two;
  const Return<float> back = ReturnIn(0.125F, two.setting.traits, k);
  constexpr int kTimes = 40'000;
  core::BySide<double> squares;
  double product = 0;
  for (std::uint32_t i = 0; i < kTimes; ++i) {
    Couple<float> still = two.couple;
    Couple<float> jolted = two.couple;
    Constants<float> calm = k;
    calm.jolt = 0;
    Draws<float> draws(i, {});
    Draws<float> same(i, {});
    Drift(still, ReturnIn(0.125F, two.setting.traits, calm), two.setting, {}, 1.0F, k, draws);
    Drift(jolted, back, two.setting, {}, 1.0F, k, same);
    const double a = (jolted.people.a.feeling - still.people.a.feeling) / back.jolt.a;
    const double b = (jolted.people.b.feeling - still.people.b.feeling) / back.jolt.b;
    squares.a += a * a;
    squares.b += b * b;
    product += a * b;
  }
  // 4 sd; the variance of z² is 2, of a product 1 + ρ².
  EXPECT_NEAR(squares.a / kTimes, 1, 4 * std::sqrt(2.0 / kTimes));
  EXPECT_NEAR(squares.b / kTimes, 1, 4 * std::sqrt(2.0 / kTimes));
  EXPECT_NEAR(product / kTimes, k.jolt_shared, 4 * std::sqrt((1 + k.jolt_shared * k.jolt_shared) / kTimes));
}

TEST(Step, APartingEndsWhatPassesBetweenThem) {
  Constants<float> k = Shipped();
  k.part_rate = 1e6F;
  Two two;
  const Return<float> half = ReturnIn(0.125F, two.setting.traits, k);
  Step(two.couple, half, two.setting, {}, 1.0F, k);
  EXPECT_EQ(two.couple.together, 0);
  const Happened<float> alone = Step(two.couple, half, two.setting, {.at = {.step = 1}, .practising = {}}, 1.0F, k);
  const auto count = [&]<typename Rule>() {
    return [&]<std::size_t... kRule>(std::index_sequence<kRule...>) {
      float sum = 0;
      ((sum += std::is_same_v<std::tuple_element_t<kRule, Rules>, Rule> ? alone.times.a[kRule] : 0), ...);
      return sum;
    }(std::make_index_sequence<kRuleCount>());
  };
  EXPECT_EQ(count.operator()<Parting>(), 0);
  EXPECT_EQ(count.operator()<Reached>(), 0);
  EXPECT_EQ(count.operator()<Conflict>(), 0);
}

}  // namespace
}  // namespace selvedge::theory
