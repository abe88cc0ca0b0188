#include "bench/plain_theory.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <random>
#include <type_traits>
#include <utility>

namespace selvedge::bench {
namespace {

using core::BySide;
using core::kSides;
using core::PartnerOf;
using core::Side;
using namespace theory;  // NOLINT(google-build-using-namespace): this file is the theory once more

/// A number with the library's functions.
struct Plain {
  float v = 0;

  Plain() = default;
  Plain(float number) : v(number) {}  // NOLINT(google-explicit-constructor): a number

  friend Plain operator+(Plain a, Plain b) { return a.v + b.v; }
  friend Plain operator-(Plain a, Plain b) { return a.v - b.v; }
  friend Plain operator*(Plain a, Plain b) { return a.v * b.v; }
  friend Plain operator/(Plain a, Plain b) { return a.v / b.v; }
  friend Plain operator-(Plain a) { return -a.v; }
  Plain& operator+=(Plain b) { return v += b.v, *this; }
  Plain& operator-=(Plain b) { return v -= b.v, *this; }
  friend bool operator<(Plain a, Plain b) { return a.v < b.v; }
  friend bool operator>(Plain a, Plain b) { return a.v > b.v; }
};
Plain If(bool holds, Plain then, Plain otherwise) { return holds ? then : otherwise; }
Plain Sqrt(Plain a) { return std::sqrt(a.v); }
Plain Exp(Plain a) { return std::exp(a.v); }

class Generator {
 public:
  explicit Generator(std::uint32_t seed) : generator_(seed) {}
  float Uniform() { return (static_cast<float>(generator_() >> 9U) + 0.5F) * 0x1.0p-23F; }
  float Normal() { return normal_(generator_); }

 private:
  std::mt19937 generator_;
  std::normal_distribution<float> normal_;
};

/// The moments of a step: how often, and whether what is left to chance came true.
using Fates = BySide<std::array<float, kRuleCount>>;

template <typename Times, typename Chance>
BySide<Change<Plain>> HappenPlainly(const BySide<View<Plain>>& rates_in, const BySide<View<Plain>>& changes_in,
                                    Times&& times, Chance&& chance) {
  BySide<Change<Plain>> change{};
  const auto happen = [&]<std::size_t kRule>(Side side) {
    using Rule = std::tuple_element_t<kRule, Rules>;
    const float often = times(side, kRule, Rule::Rate(rates_in[side]).v);
    if (often == 0) return;
    Rule::Happens(
        changes_in[side], Plain(often), [&](Plain p) { return Plain(chance(side, kRule, p.v)); }, change[side]);
  };
  [&]<std::size_t... kRule>(std::index_sequence<kRule...>) {
    ((happen.template operator()<kRule>(Side::kA), happen.template operator()<kRule>(Side::kB)), ...);
  }(std::make_index_sequence<kRuleCount>());
  return change;
}

float PoissonUpToThree(float mean, float uniform) {
  float probability = std::exp(-mean);
  float times = 0;
  for (float left = 1 - uniform; times < 3 && left > probability; ++times) {
    left -= probability;
    probability *= mean / (times + 1);
  }
  return times;
}

/// One couple and its days.
class PlainCouple {
 public:
  PlainCouple(const Plan& plan, std::uint32_t number)
      : plan_(plan), number_(number), generator_(static_cast<std::uint32_t>(plan.seed) * 1'000'003U + number) {
    const Cast cast = CastOf(plan.population, plan.constants, plan.seed, number);
    for (const Side side : kSides) Seat(side, cast);
    couple_.closeness = cast.start.closeness;
    couple_.together = 1.0F;
  }

  Week LiveOneWeek(int from, int to) {
    Week week;
    const float share = 1 / static_cast<float>((to - from) * plan_.steps_a_day);
    for (int day = from; day < to; ++day) {
      practising_ = PractisingOn(plan_, day);
      for (int step = 0; step < plan_.steps_a_day; ++step) {
        if (step % (plan_.steps_a_day / 4) == 0) MeetOrNot();
        Step(week.counts);
        for (const Side side : kSides) {
          const Person<Plain>& person = couple_.people[side];
          for (std::size_t i = 0; i < kPersonFields<float>.size(); ++i) {
            week.people[side].*kPersonFields<float>[i].member += share * (person.*kPersonFields<Plain>[i].member).v;
          }
          week.feeling_square[side] += share * person.feeling.v * person.feeling.v;
        }
        week.closeness += share * couple_.closeness.v;
        week.together += share * couple_.together.v;
      }
      if (couple_.together.v == 0 && generator_.Uniform() < plan_.constants.begin_rate) BeginAgain();
    }
    return week;
  }

 private:
  void Seat(Side side, const Cast& cast) {
    for (std::size_t i = 0; i < kPersonFields<float>.size(); ++i) {
      couple_.people[side].*kPersonFields<Plain>[i].member = cast.start.people[side].*kPersonFields<float>[i].member;
    }
    for (std::size_t i = 0; i < kTraitFields<float>.size(); ++i) {
      traits_[side].*kTraitFields<Plain>[i].member = cast.traits[side].*kTraitFields<float>[i].member;
    }
  }

  void BeginAgain() {
    const Cast cast = CastOf(plan_.population, plan_.constants, plan_.seed, number_, ++beginnings_);
    Person<Plain>& a = couple_.people.a;
    const Constants<float>& k = plan_.constants;
    a.trust = 0.5F * (a.trust + k.trust_at_rest * (1.0F - k.hurt_lowers_trust * traits_.a.hurt_history));
    a.felt_closeness = cast.start.people.a.felt_closeness;
    Seat(Side::kB, cast);
    couple_.closeness = cast.start.closeness;
    couple_.together = 1.0F;
  }

  void MeetOrNot() {
    const Constants<float>& k = plan_.constants;
    const float wall = std::max(couple_.people.a.wall.v, couple_.people.b.wall.v);
    contact_ = generator_.Uniform() < k.together_share * (1 - k.wall_stays_away * wall) ? 1.0F : k.apart;
  }

  [[nodiscard]] BySide<View<Plain>> Views(const Couple<Plain>& at) const {
    return {.a = {at.people.a, at.people.b, traits_.a, traits_.b, at.closeness, at.together, passes_, practising_.a,
                  plan_.constants},
            .b = {at.people.b, at.people.a, traits_.b, traits_.a, at.closeness, at.together, passes_, practising_.b,
                  plan_.constants}};
  }

  static void Apply(Couple<Plain>& couple, const BySide<Change<Plain>>& change) {
    for (const Side side : kSides) {
      Add(couple.people[side], change[side].me, Plain(1));
      Add(couple.people[side], change[PartnerOf(side)].you, Plain(1));
      KeepAdmissible(couple.people[side]);
    }
    couple.closeness = std::clamp((couple.closeness + change.a.closeness + change.b.closeness).v, 0.0F, 1.0F);
  }

  void DriftHalf() {
    const Constants<float>& k = plan_.constants;
    const float time = 0.5F / static_cast<float>(plan_.steps_a_day);
    Couple<Plain> halfway = couple_;
    const BySide<View<Plain>> from = Views(couple_);
    for (const Side side : kSides) Add(halfway.people[side], PersonDrift(from[side]), Plain(0.5F * time));
    halfway.closeness += 0.5F * time * ClosenessDrift(couple_, k);
    const BySide<View<Plain>> views = Views(halfway);
    const float first = generator_.Normal();
    const float second = k.jolt_shared * first + std::sqrt(1 - k.jolt_shared * k.jolt_shared) * generator_.Normal();
    for (const Side side : kSides) {
      Person<Plain>& person = couple_.people[side];
      const float rate = traits_[side].return_rate.v;
      const float stays = std::exp(-rate * time);
      const float jolt = k.jolt * std::sqrt((1 - stays * stays) / (2 * rate));
      person.feeling = stays * person.feeling + (1 - stays) / rate * FeelingPush(views[side]) +
                       jolt * (side == Side::kA ? first : second);
      Add(person, PersonDrift(views[side]), Plain(time));
      KeepAdmissible(person);
    }
    couple_.closeness = std::clamp((couple_.closeness + time * ClosenessDrift(halfway, k)).v, 0.0F, 1.0F);
  }

  void Step(Counts<float>& counts) {
    const float step = 1 / static_cast<float>(plan_.steps_a_day);
    passes_ = couple_.together * contact_;
    DriftHalf();

    Fates lots;
    Fates chances;
    for (const Side side : kSides) {
      for (float& lot : lots[side]) lot = generator_.Uniform();
    }
    const auto by_lot = [&](Side side, std::size_t rule, float p) {
      float& chance = chances[side][rule];
      if (chance == 0) chance = generator_.Uniform();
      return chance < p ? 1.0F : 0.0F;
    };
    chances = {};
    Fates early;
    Couple<Plain> drawn = couple_;
    Couple<Plain> expected = couple_;
    const BySide<View<Plain>> from = Views(couple_);
    Apply(drawn, HappenPlainly(
                     from, from,
                     [&](Side side, std::size_t rule, float rate) {
                       return early[side][rule] = lots[side][rule] < 0.5F * step * rate ? 1.0F : 0.0F;
                     },
                     by_lot));
    Apply(expected, HappenPlainly(
                        from, from, [&](Side, std::size_t, float rate) { return 0.5F * step * rate; },
                        [](Side, std::size_t, float p) { return p; }));
    const BySide<Change<Plain>> change = HappenPlainly(
        Views(drawn), Views(expected),
        [&](Side side, std::size_t rule, float rate) {
          const float often = std::max(early[side][rule], PoissonUpToThree(step * rate, lots[side][rule]));
          counts[side][rule] += often;
          return often;
        },
        by_lot);
    Apply(couple_, change);

    DriftHalf();
    if ((change.a.parted + change.b.parted).v > 0) couple_.together = 0.0F;
  }

  const Plan& plan_;
  std::uint32_t number_;
  std::uint32_t beginnings_ = 0;
  Generator generator_;
  Couple<Plain> couple_;
  BySide<Traits<Plain>> traits_;
  BySide<Practising<float>> practising_{};
  float contact_ = 1;
  Plain passes_;
};

}  // namespace

std::vector<Week> PlainWeeks(const Plan& plan, std::uint32_t couple) {
  PlainCouple couple_alone(plan, couple);
  std::vector<Week> weeks;
  for (int from = 0; from < plan.days; from += 7) {
    weeks.push_back(couple_alone.LiveOneWeek(from, std::min(from + 7, plan.days)));
  }
  return weeks;
}

}  // namespace selvedge::bench
