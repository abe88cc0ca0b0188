#include "simulation_results.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text.h"
#include "diary/csv.h"
#include "files.h"
#include "theory/diaries.h"
#include "theory/summary.h"
#include "theory/trajectories.h"

namespace selvedge::app {
namespace {

using core::Json;
using core::Result;
using theory::Simulation;

std::size_t WeeksOf(const theory::Plan& plan) {
  return static_cast<std::size_t>((plan.days + plan.days_a_week - 1) / plan.days_a_week);
}

/// A result made of couples' weeks.
class WeeksResult : public SimulationResult {
 public:
  Result<void> Simulate(std::uint32_t from, core::Executor& executor, Taken taken, Cancelled cancelled) final {
    Result<void> outcome;
    const auto take = [&](const theory::Block& block) {
      if (outcome) outcome = Take(block);
      if (outcome) outcome = taken(block.couples);
    };
    theory::ForEachBlock(
        simulation_.plan, {.from = from, .to = simulation_.couples}, executor, take,
        {.progress = [](std::size_t, std::size_t) {}, .cancelled = [&] { return !outcome || cancelled(); }});
    return outcome;
  }

 protected:
  explicit WeeksResult(const Simulation& simulation) : simulation_(simulation) {}
  [[nodiscard]] const std::string& population() const { return simulation_.plan.population.id; }

 private:
  [[nodiscard]] virtual Result<void> Take(const theory::Block& block) = 0;

  const Simulation& simulation_;
};

/// summary.csv
class SummaryResult final : public WeeksResult {
 public:
  SummaryResult(std::string file, const Simulation& simulation)
      : WeeksResult(simulation), file_(std::move(file)), summary_(WeeksOf(simulation.plan)) {}

  Result<void> Begin(const Json* kept) override {
    if (kept != nullptr) summary_ = SELVEDGE_TRY(theory::Summary::FromJson(*kept, summary_.weeks()));
    return {};
  }
  Result<Json> Keep() override { return summary_.ToJson(); }
  Result<void> Finish() override { return WriteFile(file_, summary_.Csv(population())); }

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
  Result<void> Take(const theory::Block& block) override {
    summary_.Take(block);
    return {};
  }

  std::string file_;
  theory::Summary summary_;
};

/// A table that grows line by line.
class Table {
 public:
  Table(std::string file, std::string header) : file_(std::move(file)), header_(std::move(header)) {}

  [[nodiscard]] Result<void> Begin(const Json* kept) {
    constexpr double kMostBytes = 1e15;
    const double bytes = kept == nullptr ? 0 : SELVEDGE_TRY(kept->Number("bytes"));
    out_ = SELVEDGE_TRY(GrowingFile::Open(file_, static_cast<std::uint64_t>(std::clamp(bytes, 0.0, kMostBytes))));
    return out_->bytes() == 0 ? out_->Append(header_) : Result<void>();
  }
  [[nodiscard]] Result<void> Append(std::string_view lines) { return out_->Append(lines); }
  [[nodiscard]] Result<Json> Keep() {
    SELVEDGE_TRY_VOID(out_->Sync());
    return Json::Object().Set("bytes", out_->bytes());
  }
  [[nodiscard]] Result<void> Finish() { return out_->Finish(); }

 private:
  std::string file_;
  std::string header_;
  std::optional<GrowingFile> out_;
};

/// trajectories.csv
class TrajectoriesResult final : public WeeksResult {
 public:
  TrajectoriesResult(std::string file, const Simulation& simulation)
      : WeeksResult(simulation), table_(std::move(file), theory::TrajectoriesHeader()) {}

  Result<void> Begin(const Json* kept) override { return table_.Begin(kept); }
  Result<Json> Keep() override { return table_.Keep(); }
  Result<void> Finish() override { return table_.Finish(); }

 private:
  Result<void> Take(const theory::Block& block) override {
    std::string lines;
    theory::AppendTrajectories(block, population(), lines);
    return table_.Append(lines);
  }

  Table table_;
};

/// diaries.csv
class DiariesResult final : public SimulationResult {
 public:
  DiariesResult(std::string file, const Simulation& simulation)
      : simulation_(simulation), table_(std::move(file), diary::CsvHeader()) {}

  Result<void> Begin(const Json* kept) override { return table_.Begin(kept); }
  Result<Json> Keep() override { return table_.Keep(); }
  Result<void> Finish() override { return table_.Finish(); }

  Result<void> Simulate(std::uint32_t from, core::Executor& executor, Taken taken, Cancelled cancelled) override {
    constexpr std::uint32_t kAtOnce = 256;  // enough that threads seldom wait for the slowest
    for (std::uint32_t begin = from; begin < simulation_.couples && !cancelled(); begin += kAtOnce) {
      std::vector<std::string> lines(std::min(kAtOnce, simulation_.couples - begin));
      executor.ForEach(lines.size(), [&](std::size_t i) {
        if (!cancelled()) lines[i] = LinesOf(begin + static_cast<std::uint32_t>(i));
      });
      if (cancelled()) break;
      for (const std::string& one : lines) SELVEDGE_TRY_VOID(table_.Append(one));
      SELVEDGE_TRY_VOID(taken(lines.size()));
    }
    return {};
  }

 private:
  /// Whoever opens the table sees in every row that these are nobody's days.
  [[nodiscard]] std::string LinesOf(std::uint32_t number) const {
    diary::Couple couple = theory::KeepDiary(simulation_.plan, {}, number).couple;
    couple.id = fmt::format("simulated-{}", number + 1);
    std::string lines;
    diary::AppendCsv(couple, lines);
    return lines;
  }

  const Simulation& simulation_;
  Table table_;
};

}  // namespace

std::unique_ptr<SimulationResult> ResultOf(const Simulation& simulation, std::string file) {
  if (simulation.writes == "trajectories") return std::make_unique<TrajectoriesResult>(std::move(file), simulation);
  if (simulation.writes == "diaries") return std::make_unique<DiariesResult>(std::move(file), simulation);
  return std::make_unique<SummaryResult>(std::move(file), simulation);
}

}  // namespace selvedge::app
