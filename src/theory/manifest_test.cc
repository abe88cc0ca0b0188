#include "theory/manifest.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace selvedge::theory {
namespace {

Simulation SomeSimulation() {
  return {.plan = {.population = ShippedPopulation("holding_on_standing_alone").value(),
                   .constants = ShippedTheory().value().constants,
                   .practices = {ParsePractice("PATH-2:a:0-56").value(), ParsePractice("PATH-11:both:7-8").value()},
                   .seed = 9007199254740991,
                   .days = 70},
          .couples = 12,
          .writes = "summary",
          .without = {"fusion"},
          .program = "1.2.3"};
}

TEST(Manifest, HoldsThePracticesAndConstantsWhole) {
  const Simulation simulation = SomeSimulation();
  const core::Json manifest = core::Json::Parse(ManifestOf(simulation).Dump(1)).value();
  EXPECT_TRUE(manifest.Flag("simulated").value());
  EXPECT_EQ(manifest.Texts("practices").value(), (std::vector<std::string>{"PATH-2:a:0-56", "PATH-11:both:7-8"}));
  const core::Json constants = manifest.Field("constants").value();
  for (const auto& [name, member] : kConstantFields<float>) {
    EXPECT_EQ(static_cast<float>(constants.Number(name).value()), simulation.plan.constants.*member) << name;
  }
}

TEST(Manifest, HoldsEveryPopulationWhole) {
  for (const std::string& id : ShippedPopulations()) {
    Simulation simulation = SomeSimulation();
    simulation.plan.population = ShippedPopulation(id).value();
    const core::Json manifest = core::Json::Parse(ManifestOf(simulation).Dump(1)).value();
    EXPECT_EQ(ParsePopulation(manifest.Field("population").value().Dump()).value(), simulation.plan.population) << id;
  }
}

TEST(Manifest, KnowsItsOwnRunAndNoOther) {
  const core::Json manifest = core::Json::Parse(ManifestOf(SomeSimulation()).Dump(1)).value();
  EXPECT_TRUE(ExpectSame(manifest, SomeSimulation()).has_value());
  const std::vector<std::pair<std::string, std::function<void(Simulation&)>>> changes{
      {"program", [](Simulation& simulation) { simulation.program = "1.2.4"; }},
      {"writes", [](Simulation& simulation) { simulation.writes = "trajectories"; }},
      {"couples", [](Simulation& simulation) { ++simulation.couples; }},
      {"days", [](Simulation& simulation) { ++simulation.plan.days; }},
      {"steps_a_day", [](Simulation& simulation) { simulation.plan.steps_a_day = 8; }},
      {"seed", [](Simulation& simulation) { --simulation.plan.seed; }},
      {"without", [](Simulation& simulation) { simulation.without.clear(); }},
      {"practices", [](Simulation& simulation) { ++simulation.plan.practices[0].days; }},
      {"population", [](Simulation& simulation) { simulation.plan.population.people.b[3].spread += 0.01F; }},
      {"constants", [](Simulation& simulation) { simulation.plan.constants.met_lifts += 0.01F; }}};
  for (const auto& [what, change] : changes) {
    Simulation simulation = SomeSimulation();
    change(simulation);
    const core::Result<void> same = ExpectSame(manifest, simulation);
    ASSERT_FALSE(same.has_value()) << what;
    EXPECT_EQ(same.error().message,
              "The folder holds another simulation: its \"" + what + "\" is not that of this one.");
  }
  EXPECT_FALSE(ExpectSame(core::Json::Object(), SomeSimulation()).has_value());
}

TEST(Manifest, ReadsPractices) {
  const Practice one = ParsePractice("PATH-2:b:3-56").value();
  EXPECT_EQ(one.path, 1U);
  EXPECT_EQ(one.dose, (core::BySide<float>{.a = 0, .b = 1}));
  EXPECT_EQ(one.from_day, 3);
  EXPECT_EQ(one.days, 53);
  for (const char* wrong :
       {"", "PATH-2", "PATH-2:a", "PATH-2:a:5", "PATH-2:a:5-5", "PATH-2:a:6-5", "PATH-2:c:0-5", "PATH-0:a:0-5",
        "PATH-12:a:0-5", "2:a:0-5", "PATH-2:a:0-5x", "PATH-2:a:-1-5", "PATH-x:a:0-5"}) {
    const core::Result<Practice> read = ParsePractice(wrong);
    ASSERT_FALSE(read.has_value()) << wrong;
    EXPECT_EQ(read.error().message, "\"" + std::string(wrong) + "\" is not a practice, who takes it up and when.");
  }
}

}  // namespace
}  // namespace selvedge::theory
