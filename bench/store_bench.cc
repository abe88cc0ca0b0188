// What durable storage costs, alone and in groups, in the folder the program is started in and, when the environment
// names a PostgreSQL server, there. Accuracy is `kept`: 1 when everything acknowledged is there when opened again.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "store/blobs.h"
#include "store/open.h"

namespace selvedge::store {
namespace {

using testing::AccountOf;
using testing::AdditionOf;
using testing::IdOf;

constexpr std::uint32_t kPeople = 64;
constexpr std::uint32_t kReaders = 8;
constexpr std::uint32_t kStreams = 7;  // an account's private ones

enum class Kind { kSqlite, kPostgres };

/// A new database.
class Place {
 public:
  explicit Place(Kind kind) : kind_(kind), file_(std::filesystem::current_path() / "store_bench.db") { Clear(); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() { Clear(); }

  [[nodiscard]] std::unique_ptr<Store> Open() const {
    return (kind_ == Kind::kSqlite ? OpenStore(file_.string()) : OpenStore("postgresql:///")).value();
  }

 private:
  void Clear() const {
    if (kind_ == Kind::kPostgres) {
      const auto store = Open();
      for (std::uint32_t person = 0; person < kPeople; ++person) (void)store->ShredAccount(IdOf<AccountId>(person));
    }
    for (const char* end : {"", "-wal"}) std::filesystem::remove(file_.string() + end);
  }

  Kind kind_;
  std::filesystem::path file_;
};

std::uint32_t StreamOf(std::uint32_t person, std::uint32_t i) { return person * kStreams + i; }

void AddPeople(Store& store, std::uint32_t people, std::uint32_t records) {
  for (std::uint32_t person = 0; person < people; ++person) {
    std::vector<StreamChange> streams;
    for (std::uint32_t i = 0; i < kStreams; ++i) streams.push_back(AdditionOf(StreamOf(person, i), 1, 0, records));
    (void)store.CreateAccount(AccountOf(person), streams);
  }
}

/// Times each step, for the slowest of a hundred.
class Latencies {
 public:
  template <typename Step>
  void Time(Step step) {
    const auto start = std::chrono::steady_clock::now();
    step();
    taken_.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }

  void Report(benchmark::State& state) {
    std::ranges::sort(taken_);
    state.counters["p50_ms"] = taken_[taken_.size() / 2];
    state.counters["p99_ms"] = taken_[taken_.size() * 99 / 100];
  }

 private:
  std::vector<double> taken_;
};

/// Groups of `range` changes of different people, a record of 344 bytes each.
void Append(benchmark::State& state, Kind kind) {
  const auto size = static_cast<std::uint32_t>(state.range(0));
  const Place place(kind);
  auto store = place.Open();
  AddPeople(*store, kPeople, 0);
  std::uint32_t round = 0;
  bool kept = true;
  Latencies latencies;
  for ([[maybe_unused]] const auto& step : state) {
    state.PauseTiming();
    std::vector<Change> group;
    for (std::uint32_t person = 0; person < size; ++person) {
      group.push_back({.account = IdOf<AccountId>(person), .streams = {AdditionOf(StreamOf(person, 0), 1, round, 1)}});
    }
    state.ResumeTiming();
    latencies.Time([&] { kept = store->Commit(group).has_value() && kept; });
    ++round;
  }
  store.reset();
  store = place.Open();
  for (std::uint32_t person = 0; person < size; ++person) {
    const auto page = store->Read(IdOf<StreamId>(StreamOf(person, 0)), IdOf<AccountId>(person), 0, round + 1);
    kept = kept && testing::Holds(*page.value(), StreamOf(person, 0), 1, 0, round);
  }
  state.counters["kept"] = kept ? 1 : 0;
  state.counters["appends"] = benchmark::Counter(static_cast<double>(round) * size, benchmark::Counter::kIsRate);
  latencies.Report(state);
}

/// What a check-in is: a record for each of a person's streams, in one change.
void CheckIn(benchmark::State& state, Kind kind) {
  const Place place(kind);
  const auto store = place.Open();
  AddPeople(*store, kPeople, 0);
  std::uint32_t round = 0;
  Latencies latencies;
  for ([[maybe_unused]] const auto& step : state) {
    state.PauseTiming();
    const std::uint32_t person = round % kPeople;
    Change change{.account = IdOf<AccountId>(person)};
    for (std::uint32_t i = 0; i < kStreams; ++i) {
      change.streams.push_back(AdditionOf(StreamOf(person, i), 1, round / kPeople, 1));
    }
    state.ResumeTiming();
    latencies.Time([&] { benchmark::DoNotOptimize(store->Commit({&change, 1})); });
    ++round;
  }
  latencies.Report(state);
}

/// The last 20 of 200 records of streams in turn.
void ReadPage(benchmark::State& state, Kind kind) {
  const Place place(kind);
  const auto store = place.Open();
  AddPeople(*store, kReaders, 200);
  std::uint32_t round = 0;
  bool kept = true;
  Latencies latencies;
  for ([[maybe_unused]] const auto& step : state) {
    const std::uint32_t person = round++ % kReaders;
    const auto stream = IdOf<StreamId>(StreamOf(person, 3));
    const auto reader = IdOf<AccountId>(person);
    latencies.Time([&] { kept = store->Read(stream, reader, 180, 20).value()->records.size() == 20 && kept; });
  }
  state.counters["kept"] = kept ? 1 : 0;
  latencies.Report(state);
}

/// The daily deletion at its dearest: every record of a person written anew in a new epoch, the old ones shredded.
void NewEpochs(benchmark::State& state, Kind kind) {
  const Place place(kind);
  const auto store = place.Open();
  AddPeople(*store, 1, 365);
  std::uint32_t round = 0;
  Latencies latencies;
  for ([[maybe_unused]] const auto& step : state) {
    state.PauseTiming();
    Change change{.account = IdOf<AccountId>(0)};
    for (std::uint32_t i = 0; i < kStreams; ++i) {
      change.streams.push_back(AdditionOf(StreamOf(0, i), 2 + round, 0, 365));
    }
    state.ResumeTiming();
    latencies.Time([&] { benchmark::DoNotOptimize(store->Commit({&change, 1})); });
    ++round;
  }
  latencies.Report(state);
}

void Register(const std::string& name, Kind kind) {
  benchmark::RegisterBenchmark((name + "/append/group").c_str(), Append, kind)
      ->Arg(1)
      ->Arg(8)
      ->Arg(64)
      ->UseRealTime()
      ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark((name + "/check_in").c_str(), CheckIn, kind)
      ->UseRealTime()
      ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark((name + "/read").c_str(), ReadPage, kind)->UseRealTime()->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark((name + "/new_epochs").c_str(), NewEpochs, kind)
      ->UseRealTime()
      ->Unit(benchmark::kMillisecond);
}

[[maybe_unused]] const bool kRegistered = [] {
  Register("sqlite", Kind::kSqlite);
  if (std::getenv("PGHOST") != nullptr) Register("postgres", Kind::kPostgres);
  return true;
}();

}  // namespace
}  // namespace selvedge::store
