#include "simulate_command.h"

#include <fmt/core.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "core/text.h"
#include "exit_codes.h"
#include "files.h"
#include "interruption.h"
#include "simulation_folder.h"
#include "simulation_results.h"
#include "terminal.h"
#include "theory_page.h"
#include "thread_executor.h"

namespace selvedge::app {
namespace {

using core::Result;
using theory::Simulation;

Result<theory::Population> LoadPopulation(const std::string& name) {
  if (name.find_first_of("./") == std::string::npos) return theory::ShippedPopulation(name);
  const std::string text = SELVEDGE_TRY(ReadFile(name));
  return theory::ParsePopulation(text);
}

/// Simulates what is not done yet, keeping what is every few seconds and when asked to stop.
/// @returns  how many couples are done: all, or fewer when it was asked to stop.
Result<std::uint32_t> SimulateRest(const Simulation& simulation, const SimulationFolder& folder,
                                   SimulationResult& result, std::uint32_t already, const SimulateCommand& command) {
  constexpr std::chrono::seconds kBetweenKeeping{5};
  Progress progress("Simulating couples", command.quiet);
  ThreadExecutor executor(command.threads);
  std::uint32_t done = already;
  auto kept_at = std::chrono::steady_clock::now();
  const auto taken = [&](std::size_t couples) -> Result<void> {
    done += static_cast<std::uint32_t>(couples);
    progress.ShowTimeLeft(done, simulation.couples, already);
    const auto now = std::chrono::steady_clock::now();
    if (now - kept_at < kBetweenKeeping) return {};
    kept_at = now;
    return folder.Keep(result, done);
  };
  SELVEDGE_TRY_VOID(result.Simulate(already, executor, taken, [] { return Interruption::Asked(); }));
  SELVEDGE_TRY_VOID(done < simulation.couples ? folder.Keep(result, done) : folder.Finish(result));
  return done;
}

bool Punishes(const theory::Population& population) {
  for (std::size_t i = 0; i < theory::kTraitFields<float>.size(); ++i) {
    if (theory::kTraitFields<float>[i].name != "punishes") continue;
    return population.people.a[i].centre > 0 || population.people.b[i].centre > 0;
  }
  return false;
}

constexpr const char* kNobodyPunishes =
    "Neither of these two would ever punish the other. If someone near you might, nothing here applies.";
constexpr const char* kSomebodyPunishes =
    "In these couples one makes the other pay for a limit or a true word. They exist only to show where advice would "
    "be "
    "wrong. If you know this from your own life, nothing here applies.";

Result<void> SwitchOff(const std::string& mechanism, theory::Theory& theory) {
  theory.constants = SELVEDGE_TRY(theory.Without(mechanism));
  return {};
}

int Describe() {
  const Result<std::string> page = TheoryPage();
  if (!page) {
    PrintRefusal("content", page.error());
    return kRefused;
  }
  fmt::print("{}", *page);
  return kDone;
}

int Refused(const std::string& what, const core::Error& error) {
  PrintRefusal(what, error);
  return kRefused;
}

int CannotWrite(const std::string& what, const core::Error& error) {
  PrintWriteFailure(what, error);
  return kCannotWrite;
}

}  // namespace

int RunSimulate(const SimulateCommand& command) {
  if (command.describe) return Describe();
  const Result<theory::Population> population = LoadPopulation(command.population);
  if (!population) return Refused(command.population, population.error());
  Result<theory::Theory> theory = theory::ShippedTheory();
  if (!theory) return Refused("content/theory.json", theory.error());
  for (const std::string& mechanism : command.without) {
    if (const auto off = SwitchOff(mechanism, *theory); !off) return Refused(mechanism, off.error());
  }
  const Simulation simulation{.plan = {.population = *population,
                                       .constants = theory->constants,
                                       .practices = command.practices,
                                       .seed = command.seed,
                                       .days = command.days},
                              .couples = command.couples,
                              .writes = command.writes,
                              .without = command.without,
                              .program = SELVEDGE_VERSION};

  const Interruption interruption;
  const SimulationFolder folder(command.out, simulation);
  const auto state = folder.Open();
  if (!state) return Refused(folder.path(), state.error());
  if (*state == SimulationFolder::State::kFinished) {
    if (!command.quiet) fmt::print("{} holds this already, whole.\n", core::Harmless(folder.path()));
    return kDone;
  }
  const std::unique_ptr<SimulationResult> result = ResultOf(simulation, folder.PathOf(simulation.writes + ".csv"));
  const auto already = folder.Begin(*result);
  if (!already) return Refused(folder.path(), already.error());
  const auto done = SimulateRest(simulation, folder, *result, *already, command);
  if (!done) return CannotWrite(folder.path(), done.error());
  if (*done < simulation.couples) {
    fmt::print(stderr, "Stopped after {} of {} couples. They are kept in {}; the same command goes on from there.\n",
               *done, simulation.couples, core::Harmless(folder.path()));
    return kStopped;
  }
  if (command.quiet) return kDone;
  fmt::print("Simulated: {} couples of \"{}\", {} days, seed {}. Nobody in it is real.\n", simulation.couples,
             core::Harmless(population->id), simulation.plan.days, simulation.plan.seed);
  result->Print();
  fmt::print("{}", Wrapped(Punishes(*population) ? kSomebodyPunishes : kNobodyPunishes, 0, 100));
  return kDone;
}

}  // namespace selvedge::app
