#include "simulate_command.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "core/text.h"
#include "exit_codes.h"
#include "files.h"
#include "interruption.h"
#include "simulation_folder.h"
#include "terminal.h"
#include "theory/summary.h"
#include "theory/trajectories.h"
#include "theory_page.h"
#include "thread_executor.h"

namespace selvedge::app {
namespace {

using core::Json;
using core::Result;
using theory::Simulation;

std::size_t WeeksOf(const Simulation& simulation) { return (static_cast<std::size_t>(simulation.plan.days) + 6) / 7; }

/// summary.csv
class SummaryResult final : public SimulationResult {
 public:
  SummaryResult(std::string file, const Simulation& simulation)
      : file_(std::move(file)), population_(simulation.plan.population.id), summary_(WeeksOf(simulation)) {}

  Result<void> Begin(const Json* kept) override {
    if (kept != nullptr) summary_ = SELVEDGE_TRY(theory::Summary::FromJson(*kept, summary_.weeks()));
    return {};
  }
  Result<void> Take(const theory::Block& block) override {
    summary_.Take(block);
    return {};
  }
  Result<Json> Keep() override { return summary_.ToJson(); }
  Result<void> Finish() override { return WriteFile(file_, summary_.Csv(population_)); }

  void Print() const override {
    const std::size_t last = summary_.weeks() - 1;
    fmt::print("{:<24}{:>14}{:>14}\n", "mean (SD) over couples", "week 1", fmt::format("week {}", last + 1));
    for (const char* name : {"closeness", "a_felt_closeness", "b_felt_closeness", "a_trust", "b_trust",
                             "a_self_connection", "b_self_connection", "a_need", "b_need", "still_together"}) {
      const std::size_t column = theory::ColumnAt(name);
      const auto cell = [&](std::size_t week) {
        return fmt::format("{:.2f} ({:.2f})", summary_.Mean(week, column), summary_.Deviation(week, column));
      };
      fmt::print("{:<24}{:>14}{:>14}\n", name, cell(0), cell(last));
    }
    fmt::print("Every week of everything: {}\n", core::Harmless(file_));
  }

 private:
  std::string file_;
  std::string population_;
  theory::Summary summary_;
};

/// trajectories.csv
class TrajectoriesResult final : public SimulationResult {
 public:
  TrajectoriesResult(std::string file, const Simulation& simulation)
      : file_(std::move(file)), population_(simulation.plan.population.id) {}

  Result<void> Begin(const Json* kept) override {
    constexpr double kMostBytes = 1e15;
    const double bytes = kept == nullptr ? 0 : SELVEDGE_TRY(kept->Number("bytes"));
    out_ = SELVEDGE_TRY(GrowingFile::Open(file_, static_cast<std::uint64_t>(std::clamp(bytes, 0.0, kMostBytes))));
    return out_->bytes() == 0 ? out_->Append(theory::TrajectoriesHeader()) : Result<void>();
  }
  Result<void> Take(const theory::Block& block) override {
    std::string lines;
    theory::AppendTrajectories(block, population_, lines);
    return out_->Append(lines);
  }
  Result<Json> Keep() override {
    SELVEDGE_TRY_VOID(out_->Sync());
    return Json::Object().Set("bytes", out_->bytes());
  }
  Result<void> Finish() override { return out_->Finish(); }

 private:
  std::string file_;
  std::string population_;
  std::optional<GrowingFile> out_;
};

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
  Result<void> outcome;
  std::uint32_t done = already;
  auto kept_at = std::chrono::steady_clock::now();
  const auto take = [&](const theory::Block& block) {
    if (!outcome) return;
    outcome = result.Take(block);
    done += static_cast<std::uint32_t>(block.couples);
    const auto now = std::chrono::steady_clock::now();
    if (!outcome || now - kept_at < kBetweenKeeping) return;
    outcome = folder.Keep(result, done);
    kept_at = now;
  };
  const auto show = [&](std::size_t more, std::size_t) {
    progress.ShowTimeLeft(already + more, simulation.couples, already, "");
  };
  theory::ForEachBlock(simulation.plan, {.from = already, .to = simulation.couples}, executor, take,
                       {.progress = show, .cancelled = [&] { return !outcome || Interruption::Asked(); }});
  if (outcome) outcome = done < simulation.couples ? folder.Keep(result, done) : folder.Finish(result);
  if (!outcome) return std::unexpected(outcome.error());
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

std::unique_ptr<SimulationResult> ResultOf(const Simulation& simulation, const SimulationFolder& folder) {
  const std::string file = folder.PathOf(simulation.writes + ".csv");
  if (simulation.writes == "trajectories") return std::make_unique<TrajectoriesResult>(file, simulation);
  return std::make_unique<SummaryResult>(file, simulation);
}

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
  const std::unique_ptr<SimulationResult> result = ResultOf(simulation, folder);
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
