// Nothing that was acknowledged is lost and nothing is half there when the power is cut, at any write to the disk; and
// the same tests notice a store that acknowledges too early and one that does not sync.

#include "store/power.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/random.h"
#include "store/blobs.h"
#include "store/open.h"

namespace selvedge::store::testing {
namespace {

constexpr std::uint32_t kStreams = 3;
constexpr int kGroups = 14;

/// How far a stream is. Its records follow from that (AdditionOf).
struct Reached {
  std::uint32_t epoch = 0;
  std::uint32_t count = 0;

  bool operator==(const Reached&) const = default;
};
using AllReached = std::array<Reached, kStreams>;

struct Life {
  std::string pragmas{};                ///< what is changed of the store's settings
  bool acknowledges_too_early = false;  ///< the negative control: says "stored" before it is
};

SqliteOptions On(const Disk& disk, const Life& life) {
  // A log this short is carried over into the database every few groups, so that cuts meet that too.
  return {.file = "store.db", .vfs = disk.vfs(), .afterwards = "PRAGMA wal_autocheckpoint = 40;" + life.pragmas};
}

/// One group: records for every stream, now and then a new epoch that shreds the one before.
std::vector<Change> NextGroup(AllReached& reached, core::RandomStream& random) {
  std::vector<Change> group;
  for (std::uint32_t stream = 0; stream < kStreams; ++stream) {
    Reached& at = reached[stream];
    const auto count = static_cast<std::uint32_t>(random.Uniform() * 4);
    if (at.epoch == 0 || random.Uniform() < 0.1) at = {.epoch = at.epoch + 1, .count = 0};
    group.push_back({.account = IdOf<AccountId>(1), .streams = {AdditionOf(stream, at.epoch, at.count, count)}});
    at.count += count;
  }
  return group;
}

/// What is stored, or nothing when something of it is damaged.
std::optional<AllReached> Stored(Store& store) {
  AllReached reached;
  for (std::uint32_t stream = 0; stream < kStreams; ++stream) {
    const auto page = store.Read(IdOf<StreamId>(stream), IdOf<AccountId>(1), 0, 100'000);
    if (!page) return std::nullopt;
    if (!*page) continue;
    const auto count = static_cast<std::uint32_t>((*page)->count);
    if (!Holds(**page, stream, (*page)->epoch, 0, count)) return std::nullopt;
    // An addition of no records leaves the head as it is.
    if (count > 0 && (*page)->head != AdditionOf(stream, (*page)->epoch, 0, count).head) return std::nullopt;
    reached[stream] = {.epoch = (*page)->epoch, .count = count};
  }
  return reached;
}

/// Works until the power is cut, starts again and looks. Returns what is wrong then; empty when nothing is.
std::string Cut(Disk& disk, const Life& life, core::RandomStream& random, AllReached& acknowledged) {
  AllReached sent = acknowledged;
  {
    auto store = OpenSqlite(On(disk, life));
    bool acknowledges = store && (*store)->CreateAccount(AccountOf(1), {}).has_value();
    for (int i = 0; i < kGroups && acknowledges; ++i) {
      const std::vector<Change> group = NextGroup(sent, random);
      if (life.acknowledges_too_early) acknowledged = sent;
      acknowledges = (*store)->Commit(group).has_value();
      if (acknowledges) acknowledged = sent;
    }
  }
  disk.Restart(random);

  {
    auto database = OpenSqliteDatabase(On(disk, life));
    if (!database) return "does not open: " + database.error().message;
    const auto check = (*database)->Run("PRAGMA integrity_check");
    const std::vector<std::uint8_t> good{'o', 'k'};
    if (!check || check->rows != std::vector<Row>{{good}}) return "is damaged";
  }
  auto store = OpenSqlite(On(disk, life));
  if (!store) return "does not open: " + store.error().message;
  const std::optional<AllReached> stored = Stored(**store);
  if (!stored) return "holds what nobody wrote";
  if (*stored != acknowledged && *stored != sent) return "lost what was acknowledged, or holds half of a group";
  acknowledged = *stored;
  return {};
}

struct Tally {
  int cuts = 0;
  int wrong = 0;
  std::string first{};
};

/// Cuts the power during every change of the disk in turn, over and over with other dice, `cuts` times in all. Each
/// disk has three lives: the second and third cut come at a random moment, often while the first is being repaired.
Tally CutEverywhere(const Life& life, int cuts) {
  Tally tally;
  for (std::uint32_t round = 0; tally.cuts < cuts; ++round) {
    bool reached_the_end = false;
    for (std::uint32_t at = 0; !reached_the_end && tally.cuts < cuts; ++at) {
      core::RandomStream random({.seed = 17, .subject = round, .purpose = at});
      Disk disk;
      AllReached acknowledged;
      std::int64_t changes = at;
      for (int lives = 0; lives < 3; ++lives) {
        disk.CutAfter(changes);
        const std::string wrong = Cut(disk, life, random, acknowledged);
        if (lives == 0) reached_the_end = disk.changes() < changes;
        ++tally.cuts;
        if (!wrong.empty()) {
          ++tally.wrong;
          if (tally.first.empty()) {
            tally.first = "round " + std::to_string(round) + ", change " + std::to_string(at) + ": " + wrong;
          }
          break;
        }
        changes = static_cast<std::int64_t>(random.Uniform() * (random.Uniform() < 0.5 ? 20 : 200));
      }
    }
  }
  return tally;
}

int Cuts() { return std::getenv("SELVEDGE_NIGHTLY") != nullptr ? 100'000 : 1'500; }

TEST(PowerCuts, LoseNothingThatWasAcknowledged) {
  const Tally tally = CutEverywhere({}, Cuts());
  EXPECT_GE(tally.cuts, 1'000);
  EXPECT_EQ(tally.wrong, 0) << tally.first;
  std::printf("%d cuts, %d of them lost or broke something\n", tally.cuts, tally.wrong);
}

TEST(PowerCuts, AreNoticedToTakeWhatWasAcknowledgedTooEarly) {
  const Tally tally = CutEverywhere({.acknowledges_too_early = true}, 600);
  EXPECT_GT(tally.wrong, 10);
  std::printf("%d cuts, %d of them lost or broke something\n", tally.cuts, tally.wrong);
}

TEST(PowerCuts, AreNoticedToTakeWhatWasNotSynced) {
  const Tally tally = CutEverywhere({.pragmas = "PRAGMA synchronous = OFF;"}, 600);
  EXPECT_GT(tally.wrong, 10);
  std::printf("%d cuts, %d of them lost or broke something\n", tally.cuts, tally.wrong);
}

TEST(PowerCuts, AreNoticedToTakeWhatIsSyncedOnlyNowAndThen) {
  // synchronous = NORMAL syncs the log when it is carried over, and so loses the last groups but breaks nothing.
  const Tally tally = CutEverywhere({.pragmas = "PRAGMA synchronous = NORMAL;"}, 600);
  EXPECT_GT(tally.wrong, 10);
  EXPECT_NE(tally.first.find("lost what was acknowledged"), std::string::npos) << tally.first;
}

// ---- a disk that fails
// -----------------------------------------------------------------------------------------------

/// Sends every group until it is acknowledged, while the disk fails at some point; at the end the power is cut.
std::string Fail(Disk::Fault fault, int times, std::int64_t at, core::RandomStream& random, int& failures) {
  Disk disk;
  AllReached acknowledged;
  {
    auto store = OpenSqlite(On(disk, {}));
    if (!store || !(*store)->CreateAccount(AccountOf(1), {})) return "does not open";
    disk.FailAfter(at, fault, times, random);
    for (int i = 0; i < kGroups; ++i) {
      AllReached sent = acknowledged;
      const std::vector<Change> group = NextGroup(sent, random);
      auto outcomes = (*store)->Commit(group);
      for (int again = 0; !outcomes && again < times; ++again) {
        ++failures;
        if (outcomes.error().code != core::ErrorCode::kUnavailable) return "says: " + outcomes.error().message;
        const std::optional<AllReached> stored = Stored(**store);
        if (!stored) return "can't be read after a failure, or holds what nobody wrote";
        if (*stored != acknowledged && *stored != sent) return "holds half of a group after a failure";
        outcomes = (*store)->Commit(group);
      }
      if (!outcomes) return "did not recover: " + outcomes.error().message;
      for (const Outcome outcome : *outcomes) {
        if (outcome != Outcome::kStored && outcome != Outcome::kAlreadyThere) return "refuses what follows";
      }
      acknowledged = sent;
    }
    disk.CutAfter(0);
  }
  disk.Restart(random);
  auto store = OpenSqlite(On(disk, {}));
  if (!store) return "does not open again: " + store.error().message;
  if (Stored(**store) != acknowledged) return "lost what was acknowledged after a failure";
  return {};
}

class FailingDisk : public ::testing::TestWithParam<Disk::Fault> {};

TEST_P(FailingDisk, AcknowledgesNothingThatIsNotThereAndWorksAgain) {
  const int rounds = std::getenv("SELVEDGE_NIGHTLY") != nullptr ? 5'000 : 200;
  int failures = 0;
  for (int round = 0; round < rounds; ++round) {
    core::RandomStream random({.seed = 18, .subject = static_cast<std::uint32_t>(round)});
    const int times = 1 + round % 3;
    const std::string wrong = Fail(GetParam(), times, round % 250, random, failures);
    ASSERT_EQ(wrong, "") << "round " << round;
  }
  EXPECT_GT(failures, rounds / 10);
}

std::string NameOf(const ::testing::TestParamInfo<Disk::Fault>& each) {
  constexpr std::array kNames{"Full", "Write", "Sync"};
  return kNames[static_cast<std::size_t>(each.param)];
}

INSTANTIATE_TEST_SUITE_P(Each, FailingDisk,
                         ::testing::Values(Disk::Fault::kFull, Disk::Fault::kWrite, Disk::Fault::kSync), NameOf);

}  // namespace
}  // namespace selvedge::store::testing
