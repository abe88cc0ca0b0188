// Whatever the traits, and with constants up to three times theirs, states stay where they belong for years.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/random.h"
#include "theory/interval.h"
#include "theory/life.h"

namespace selvedge::theory {
namespace {

constexpr std::uint64_t kSeed = 20261125;

/// A plan in which everything is drawn: constants between 0 and three times theirs, any spread of traits, practices.
Plan AnyPlan(std::uint32_t number) {
  core::RandomStream stream({.seed = kSeed, .subject = number, .purpose = 0});
  const auto up_to = [&](float most) { return most * static_cast<float>(stream.Uniform()); };
  Plan plan{.population = ShippedPopulation("coercion").value(),
            .constants = ShippedTheory().value().constants,
            .seed = number,
            .days = 2 * 364};
  for (const auto& [name, member] : kConstantFields<float>) plan.constants.*member = up_to(3 * plan.constants.*member);
  for (const core::Side side : core::kSides) {
    for (std::size_t i = 0; i < kTraitFields<float>.size(); ++i) {
      const bool is_rate = kTraitFields<float>[i].name == "return_rate";
      plan.population.people[side][i] = {.centre = is_rate ? 0.01F + up_to(10) : std::round(up_to(4)) / 4,
                                         .spread = up_to(3)};
    }
  }
  for (std::size_t path = 0; path < kPathCount; ++path) {
    plan.practices.push_back(
        {.path = path, .dose = {.a = up_to(1), .b = up_to(1)}, .from_day = 0, .days = static_cast<int>(up_to(700))});
  }
  return plan;
}

/// How far from usual a feeling can ever be.
///
/// Half a step's drift takes x to s x + p P + j N at most, s being what stays, P the strongest push, p what a push
/// adds, j N the largest jolt: a normal number is at most √(−2 ln 2⁻²⁴) = 5.77, and two of them shared at most √2 times
/// that. Moments add A at most: each three times, for both people, whatever chance decides. A step, that is a drift,
/// the moments, a drift, thus takes x to s² x + (1 + s)(p P + j N) + s A at most, which is less than x as soon as x > B
/// = (p P + j N) / (1 − s) + s A / (1 − s²). So |x| ≤ B at every step's end, if it begins there. P and A are what the
/// rules themselves say of intervals: all states, any contact, any feeling.
float Furthest(core::Side side, const core::BySide<Traits<float>>& traits, const Return<float>& half,
               const Moment& moment, const Constants<float>& k) {
  constexpr float kLargestNormal = 5.77F;
  const Person<Interval> person = AnyPerson({-1e6F, 1e6F});
  const Couple<Interval> couple{.people = {.a = person, .b = person}, .closeness = {0, 1}, .together = {0, 1}};
  const core::BySide<Traits<Interval>> exact{.a = IntervalsOf(traits.a), .b = IntervalsOf(traits.b)};
  const Interval contact{0, 1};
  const core::BySide<View<Interval>> views = ViewsOf(couple, exact, moment, contact, k);
  Happened<Interval> happened;
  const core::BySide<Change<Interval>> change = Happen(
      views, views, [](auto, auto, const Interval&) { return Interval{0, 3}; },
      [](auto, auto, const Interval&) { return Interval{0, 1}; }, happened);
  const float moments = (change[side].me.feeling + change[core::PartnerOf(side)].you.feeling).Size();
  const float jolts = half.jolt[side] * std::sqrt(2.0F) * kLargestNormal;
  const float drift = half.push_adds[side] * FeelingPush(views[side]).Size() + jolts;
  const float stays = half.stays[side];
  return drift / (1 - stays) + stays * moments / (1 - stays * stays);
}

bool IsShare(float value) { return value >= 0 && value <= 1; }

bool IsAdmissible(const Couple<float>& couple) {
  for (const core::Side side : core::kSides) {
    const Person<float>& person = couple.people[side];
    for (const auto& [name, member] : kPersonFields<float>) {
      if (member == &Person<float>::feeling) continue;
      if (member == &Person<float>::need ? !(person.need >= 0 && person.need <= 2) : !IsShare(person.*member)) {
        return false;
      }
    }
  }
  return IsShare(couple.closeness) && (couple.together == 0 || couple.together == 1);
}

TEST(Admissible, StatesStayWhereTheyBelongForYears) {
  const std::uint32_t plans = std::getenv("SELVEDGE_NIGHTLY") != nullptr ? 5'000 : 100;
  float largest_share = 0;
  for (std::uint32_t number = 0; number < plans; ++number) {
    const Plan plan = AnyPlan(number);
    Life<float> life = BeginLife<float>(plan, number);
    for (int day = 0; day < plan.days; ++day) {
      const Moment moment{.at = {}, .practising = PractisingOn(plan, day)};
      core::BySide<float> furthest;
      for (const core::Side side : core::kSides) {
        furthest[side] = Furthest(side, life.setting.traits, life.half_step, moment, plan.constants);
      }
      const std::uint32_t beginnings = life.beginnings[0];
      Live(life, plan, day, day + 1, [&](const Life<float>& now, const Happened<float>&) {
        ASSERT_TRUE(IsAdmissible(now.couple)) << "plan " << number << ", day " << day;
        for (const core::Side side : core::kSides) {
          const float share = std::abs(now.couple.people[side].feeling) / furthest[side];
          ASSERT_LE(share, 1) << "plan " << number << ", day " << day;
          largest_share = std::max(largest_share, share);
        }
      });
      if (HasFailure() || life.beginnings[0] != beginnings) break;
    }
    if (HasFailure()) break;
  }
  RecordProperty("largest_share_of_the_bound", std::to_string(largest_share));
  EXPECT_GT(largest_share, 0.01) << "the bound says nothing";
}

}  // namespace
}  // namespace selvedge::theory
