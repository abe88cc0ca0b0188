#include "theory/event_driven.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "core/contract.h"
#include "theory/interval.h"
#include "theory/weeks.h"

namespace selvedge::theory {
namespace {

constexpr float kLongestDrift = 1.0F / 24;  // days
constexpr float kFurtherInAStep = 8;        // more than feelings move in hours; that rates stay below is checked

template <typename V>
using Rates = core::BySide<std::array<V, kRuleCount>>;

template <typename V>
Rates<V> RatesIn(const core::BySide<View<V>>& views) {
  Rates<V> rates;
  [&]<std::size_t... kRule>(std::index_sequence<kRule...>) {
    ((rates.a[kRule] = std::tuple_element_t<kRule, Rules>::Rate(views.a),
      rates.b[kRule] = std::tuple_element_t<kRule, Rules>::Rate(views.b)),
     ...);
  }(std::make_index_sequence<kRuleCount>());
  return rates;
}

/// How often moments of all kinds together can happen to these two, a day, in any state with feelings no further off
/// than this.
float HighestRate(float furthest, const Setting<float>& setting, const Moment& moment, const Constants<float>& k) {
  const Person<Interval> person = AnyPerson({-furthest, furthest});
  const Couple<Interval> couple{.people = {.a = person, .b = person}, .closeness = {0, 1}, .together = {0, 1}};
  const core::BySide<Traits<Interval>> traits{.a = IntervalsOf(setting.traits.a), .b = IntervalsOf(setting.traits.b)};
  const Interval contact{0, 1};
  const Rates<Interval> rates = RatesIn(ViewsOf(couple, traits, moment, contact, k));
  float sum = 0;
  for (const core::Side side : core::kSides) {
    for (const Interval& rate : rates[side]) sum += rate.high;
  }
  return sum;
}

/// Lets the one moment happen that `at` of all rates points to; none if it is beyond their sum.
void HappenAt(float at, const Rates<float>& rates, const core::BySide<View<float>>& views, Draws<float>& draws,
              core::BySide<Change<float>>& change, Happened<float>& happened) {
  const auto chance = [&](float p) { return draws.Uniform() < p ? 1.0F : 0.0F; };
  const auto happen = [&](core::Side side, auto rule) {
    const float rate = rates[side][rule];
    if (at >= 0 && at < rate) {
      const Outcome<float> outcome =
          HappenTo<std::tuple_element_t<rule, Rules>>(views[side], 1.0F, chance, change[side]);
      happened.times[side][rule] += outcome.times;
      happened.came_true[side][rule] += outcome.came_true;
    }
    at -= rate;
  };
  [&]<std::size_t... kRule>(std::index_sequence<kRule...>) {
    for (const core::Side side : core::kSides) (happen(side, std::integral_constant<std::size_t, kRule>()), ...);
  }(std::make_index_sequence<kRuleCount>());
}

/// The time of a step, from moment to moment.
Happened<float> StepByEvents(Life<float>& life, const Moment& moment, const Constants<float>& k) {
  Instant at = moment.at;
  at.purpose = Purpose::kEvents;
  Draws<float> draws(life.setting.couples, at);
  const core::BySide<Person<float>>& people = life.couple.people;
  const float furthest = kFurtherInAStep + std::max(std::abs(people.a.feeling), std::abs(people.b.feeling));
  const float highest = HighestRate(furthest, life.setting, moment, k);
  const auto next_instant = [&] { return -std::log(draws.Uniform()) / highest; };
  Happened<float> happened;
  float instant = next_instant();
  for (float now = 0; now < moment.step;) {
    const float contact = life.couple.together * life.contact;
    const float until = std::min({instant, now + kLongestDrift, moment.step});
    Drift(life.couple, ReturnIn(until - now, life.setting.traits, k), life.setting, moment, contact, k, draws);
    now = until;
    if (now < instant) continue;
    instant += next_instant();
    const core::BySide<View<float>> views = ViewsOf(life.couple, life.setting.traits, moment, contact, k);
    const Rates<float> rates = RatesIn(views);
    float sum = 0;
    for (const core::Side side : core::kSides) {
      for (const float rate : rates[side]) sum += rate;
    }
    SELVEDGE_EXPECT(sum <= highest);
    core::BySide<Change<float>> change{};
    HappenAt(draws.Uniform() * highest, rates, views, draws, change, happened);
    Add(life.couple, change);
    if (change.a.parted + change.b.parted > 0) life.couple.together = 0;
  }
  return happened;
}

void LiveWeekByEvents(Life<float>& life, const Plan& plan, int from, int to, Sums<float>& sums) {
  LiveBy([&](Life<float>& now, const Moment& moment) { return StepByEvents(now, moment, plan.constants); }, life, plan,
         from, to,
         [&](const Life<float>& now, const Happened<float>& happened) { sums.Take(now.couple, happened.times); });
}

}  // namespace

Block SimulateEventByEvent(const Plan& plan, std::uint32_t couple) {
  return SimulateWeeks(plan, couple, 1, LiveWeekByEvents);
}

}  // namespace selvedge::theory
