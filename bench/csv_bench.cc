// Reading a diary file of 100 000 and of a million rows: couples of 100 check-ins, or one couple with all of them, one
// row a person. `same` is 1 when what was read is what was written.

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "core/random.h"
#include "diary/csv.h"
#include "dynamics/draw.h"
#include "dynamics/system.h"

namespace selvedge::bench {
namespace {

diary::Diary LargeDiary(int couples, int check_ins) {
  const auto system = dynamics::System::Create({-0.75, 0.30, 0.05, -0.55}, {120, 30, 85}, {40, 50}, {66, 61});
  std::vector<core::Days> times;
  for (int i = 0; i < check_ins; ++i) times.push_back({static_cast<double>(i)});
  diary::Diary diary;
  for (int number = 1; number <= couples; ++number) {
    core::RandomStream stream({.seed = 20261122, .subject = static_cast<std::uint32_t>(number), .purpose = 0});
    diary::Couple couple{.id = std::to_string(number), .labels = {.a = "a", .b = "b"}, .check_ins = {}};
    for (const dynamics::Observation& answer : DrawAnswers(*system, dynamics::Start::kStationary, times, stream)) {
      diary::CheckIn check_in{.time = answer.time, .day = static_cast<int>(answer.time.count), .own = {}};
      for (const core::Side side : core::kSides) check_in.own[side] = std::round(10 * *answer.own[side]) / 10;
      couple.check_ins.push_back(check_in);
    }
    diary.couples.push_back(std::move(couple));
  }
  return diary;
}

void ReadDiary(benchmark::State& state) {
  const auto couples = static_cast<int>(state.range(0));
  const auto check_ins = static_cast<int>(state.range(1));
  const diary::Diary written = LargeDiary(couples, check_ins);
  const std::string text = WriteCsv(written);
  const diary::ReadOptions options{.scale = diary::Scale{.low = -1000, .high = 1000}};
  bool same = false;
  for (auto _ : state) {
    const auto read = ReadCsv(text, options);
    state.PauseTiming();
    same = read.has_value() && *read == written;
    state.ResumeTiming();
  }
  const double rows = 2.0 * couples * check_ins;
  state.counters["per_row"] =
      benchmark::Counter(rows, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
  state.counters["same"] = same ? 1 : 0;
}
BENCHMARK(ReadDiary)
    ->ArgNames({"couples", "check_ins"})
    ->Args({500, 100})
    ->Args({5000, 100})
    ->Args({1, 500'000})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace selvedge::bench
