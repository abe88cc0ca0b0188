// Is a step of six hours short enough? Summaries of many couples with 4, 8 and 16 steps a day, and moment by moment.
// Run with SELVEDGE_NIGHTLY set, it is the study that docs/decisions/0010-steps.md quotes.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "theory/event_driven.h"

namespace selvedge::theory {
namespace {

/// What couples come to on average, and how little a change in it is worth noticing: a tenth of the smallest effect of
/// interest, which is .05 of a share or a need, .1 of a feeling, 10 % of how often something happens.
struct Summary {
  std::string name;
  double value = 0;
  double tolerance = 0;  ///< 0: a hundredth of the value
};

std::vector<Summary> SummariesOf(const Block& block, std::size_t couple) {
  std::vector<Summary> summaries;
  for (const std::size_t week : {4U, 12U, 52U}) {
    if (week > block.weeks) break;
    const Week& at = block.At(couple, week - 1);
    const std::string in_week = " in week " + std::to_string(week);
    for (const auto& [name, member] : kPersonFields<float>) {
      const double tolerance = name == "feeling" ? 0.01 : 0.005;
      summaries.push_back({std::string(name) + in_week, 0.5 * (at.people.a.*member + at.people.b.*member), tolerance});
    }
    summaries.push_back({"square of feeling" + in_week, 0.5 * (at.feeling_square.a + at.feeling_square.b), 0.02});
    summaries.push_back({"closeness" + in_week, at.closeness, 0.005});
    summaries.push_back({"together" + in_week, at.together, 0.005});
  }
  [&]<std::size_t... kRule>(std::index_sequence<kRule...>) {
    const auto add = [&](std::size_t rule, std::string_view event) {
      double sum = 0;
      for (std::size_t week = 0; week < block.weeks; ++week) {
        const Counts<float>& counts = block.At(couple, week).counts;
        sum += counts.a.at(rule) + counts.b.at(rule);
      }
      summaries.push_back({std::string(event) + " a week", sum / static_cast<double>(block.weeks), 0});
    };
    (add(kRule, std::tuple_element_t<kRule, Rules>::kNote.event), ...);
  }(std::make_index_sequence<kRuleCount>());
  return summaries;
}

/// Two ways to simulate the same couples, side by side. Different random numbers: what agrees is the theory.
using Simulator = std::function<Block(const Plan& plan, std::uint32_t first)>;

Simulator Steps(int steps_a_day) {
  return [steps_a_day](const Plan& plan, std::uint32_t first) {
    Plan own = plan;
    own.steps_a_day = steps_a_day;
    return SimulateBlock(own, first);
  };
}

Block MomentByMoment(const Plan& plan, std::uint32_t first) {
  std::vector<Block> alone;
  for (std::uint32_t i = 0; i < kBlock; ++i) alone.push_back(SimulateEventByEvent(plan, first + i));
  Block block{.first = first, .couples = kBlock, .weeks = alone.front().weeks, .by_week = {}};
  for (std::size_t week = 0; week < block.weeks; ++week) {
    for (const Block& one : alone) block.by_week.push_back(one.At(0, week));
  }
  return block;
}

void ExpectAgreement(std::string_view what, const Plan& plan, std::uint32_t couples, const Simulator& one,
                     const Simulator& other) {
  std::vector<Summary> sums;
  std::vector<double> differences;
  std::vector<double> squares;
  for (std::uint32_t first = 0; first < couples; first += kBlock) {
    const Block from = one(plan, first);
    const Block to = other(plan, first);
    for (std::size_t couple = 0; couple < kBlock; ++couple) {
      const std::vector<Summary> a = SummariesOf(from, couple);
      const std::vector<Summary> b = SummariesOf(to, couple);
      if (sums.empty()) {
        sums = b;
        for (Summary& sum : sums) sum.value = 0;
        differences.resize(b.size());
        squares.resize(b.size());
      }
      for (std::size_t i = 0; i < b.size(); ++i) {
        const double difference = a[i].value - b[i].value;
        sums[i].value += b[i].value;
        differences[i] += difference;
        squares[i] += difference * difference;
      }
    }
  }
  double worst = 0;
  std::string worst_name;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const double mean = differences[i] / couples;
    const double error = std::sqrt(squares[i] / couples - mean * mean) / std::sqrt(couples);
    const double value = sums[i].value / couples;
    const double tolerance = sums[i].tolerance > 0 ? sums[i].tolerance : 0.01 * value;
    // 4 standard errors: of some 250 comparisons, all lie within with probability .98.
    EXPECT_LE(std::abs(mean), tolerance + 4 * error)
        << what << ": " << sums[i].name << " is " << value << ", changes by " << mean << " ± " << error;
    // What is too rare to be measured to a tenth of its tolerance has no place in the line below.
    if (error < tolerance / 2 && std::abs(mean) / tolerance > worst) {
      worst = std::abs(mean) / tolerance;
      worst_name = sums[i].name;
    }
  }
  std::printf("%s: at most %.2f of what is worth noticing (%s)\n", std::string(what).c_str(), worst,
              worst_name.c_str());
}

class StepSize : public testing::TestWithParam<const char*> {
 protected:
  [[nodiscard]] static bool Nightly() { return std::getenv("SELVEDGE_NIGHTLY") != nullptr; }
  [[nodiscard]] static Plan PlanFor(int days) {
    return {.population = ShippedPopulation(GetParam()).value(),
            .constants = ShippedTheory().value().constants,
            .days = days};
  }
};

TEST_P(StepSize, HalvingChangesNothingWorthNoticing) {
  const std::uint32_t couples = Nightly() ? 65'536 : 2'048;
  const Plan plan = PlanFor(364);
  ExpectAgreement(std::string(GetParam()) + ", 4 and 8 steps a day", plan, couples, Steps(4), Steps(8));
  ExpectAgreement(std::string(GetParam()) + ", 8 and 16 steps a day", plan, couples, Steps(8), Steps(16));
}

TEST_P(StepSize, StepsAgreeWithMomentByMoment) {
  const std::uint32_t couples = Nightly() ? 16'384 : 512;
  ExpectAgreement(std::string(GetParam()) + ", 4 steps a day and moment by moment", PlanFor(Nightly() ? 364 : 84),
                  couples, Steps(4), MomentByMoment);
}

INSTANTIATE_TEST_SUITE_P(Populations, StepSize, testing::Values("default", "holding_on_standing_alone", "steady_both"),
                         [](const auto& tested) { return std::string(tested.param); });

}  // namespace
}  // namespace selvedge::theory
