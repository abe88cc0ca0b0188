// Nothing that was acknowledged is lost, and nothing is half there, when the process that writes is killed; compiled
// once with each kind of database.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/random.h"
#include "store/blobs.h"
#include "store/place.h"

namespace selvedge::store::testing {
namespace {

/// A process that writes, and what it has said so far.
class Writer {
 public:
  Writer(const std::string& where, std::uint32_t stream, bool early) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) std::abort();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    std::vector<std::string> words{SELVEDGE_WRITER, where, std::to_string(stream), early ? "early" : "late"};
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    if (::posix_spawn(&process_, SELVEDGE_WRITER, &actions, nullptr, pointers.data(), environ) != 0) std::abort();
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    said_ = ::fdopen(ends[0], "r");
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() { std::fclose(said_); }

  /// The first acknowledgement, so that it is known to be at work.
  void AwaitFirst() { Next(); }

  /// Kills it and returns the last acknowledgement.
  std::uint64_t Kill() {
    ::kill(process_, SIGKILL);
    int status = 0;
    ::waitpid(process_, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "it ended by itself";
    while (Next()) {
    }
    return last_;
  }

 private:
  bool Next() {
    unsigned long long count = 0;
    // A line that was cut off in the middle acknowledges nothing.
    char end = 0;
    if (std::fscanf(said_, "%llu%c", &count, &end) != 2 || end != '\n') return false;
    last_ = count;
    return true;
  }

  pid_t process_ = 0;
  std::FILE* said_ = nullptr;
  std::uint64_t last_ = 0;
};

constexpr int kKillsAPlace = 50;  // everything is read after every kill, so a place must not grow for ever

struct Tally {
  int lost = 0;
  int damaged = 0;
};

/// Kills writers, `kills` times, each at a random moment of its work. Where several may work at the same time, two do.
Tally KillWriters(int kills, bool early) {
  Tally tally;
  std::unique_ptr<Place> place;
  core::RandomStream random({.seed = 19, .subject = early ? 1U : 0U});
  for (int i = 0; i < kills;) {
    if (i % kKillsAPlace == 0) place = NewPlace();
    std::vector<std::unique_ptr<Writer>> writers;
    for (std::uint32_t stream = 1; stream <= (kSeveralAtOnce ? 2 : 1); ++stream) {
      writers.push_back(std::make_unique<Writer>(place->Where(), stream, early));
    }
    std::vector<std::uint64_t> acknowledged;
    for (const auto& writer : writers) writer->AwaitFirst();
    std::this_thread::sleep_for(std::chrono::microseconds(static_cast<int>(random.Uniform() * 30'000)));
    for (const auto& writer : writers) acknowledged.push_back(writer->Kill());

    const auto store = place->Open();
    if (!store) {
      ADD_FAILURE() << store.error().message;
      return tally;
    }
    for (std::uint32_t stream = 1; stream <= writers.size(); ++stream, ++i) {
      const Page page = (*store)
                            ->Read(IdOf<StreamId>(stream), IdOf<AccountId>(stream), 0, 1'000'000)
                            .value()
                            .value_or(Page{.epoch = 1});  // not even its first group
      const auto count = static_cast<std::uint32_t>(page.count);
      if (count < acknowledged[stream - 1]) ++tally.lost;
      const bool whole =
          Holds(page, stream, 1, 0, count) && (count == 0 || page.head == AdditionOf(stream, 1, 0, count).head);
      // The records are written in groups of 1, 2, 3, 4, 1, … and no group may be there in part.
      std::uint32_t groups = 0;
      while (groups < count) groups += 1 + groups % 4;
      if (!whole || groups != count) ++tally.damaged;
    }
  }
  return tally;
}

int Kills() {
  const bool nightly = std::getenv("SELVEDGE_NIGHTLY") != nullptr;
  if (kSeveralAtOnce) return nightly ? 1'000 : 40;
  return nightly ? 10'000 : 100;
}

TEST(Kills, LoseNothingThatWasAcknowledged) {
  const Tally tally = KillWriters(Kills(), false);
  EXPECT_EQ(tally.lost, 0);
  EXPECT_EQ(tally.damaged, 0);
}

TEST(Kills, AreNoticedToTakeWhatWasAcknowledgedTooEarly) {
  const Tally tally = KillWriters(80, true);
  EXPECT_GT(tally.lost, 0);
  EXPECT_EQ(tally.damaged, 0);
}

}  // namespace
}  // namespace selvedge::store::testing
