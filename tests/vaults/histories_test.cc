// Random histories of three people and a store that may be hostile, held to a model of plain sets; and every key
// anybody ever held against every ciphertext there ever was. SELVEDGE_NIGHTLY=1 takes a million steps.

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "vaults/history.h"

namespace selvedge::vault {
namespace {

constexpr std::size_t kStepsInOne = 250;

bool IsNightly() { return std::getenv("SELVEDGE_NIGHTLY") != nullptr; }

TEST(Histories, AreAsTheModelSays) {
  const std::size_t histories = IsNightly() ? 4000 : 24;
  History::Counts counts;
  for (std::size_t seed = 1; seed <= histories; ++seed) {
    History history(seed);
    const auto trouble = history.Run(kStepsInOne);
    ASSERT_FALSE(trouble.has_value()) << "history " << seed << ", " << *trouble;
    counts.copies_read += history.counts().copies_read;
    counts.reads_refused += history.counts().reads_refused;
    counts.attacks += history.counts().attacks;
  }
  // They were about something.
  EXPECT_GT(counts.copies_read, 20 * histories);
  EXPECT_GT(counts.reads_refused, 2 * histories);
  EXPECT_GT(counts.attacks, 10 * histories);
  std::cout << counts.copies_read << " copies read, " << counts.reads_refused << " reads refused, " << counts.attacks
            << " attacks noticed in " << histories * kStepsInOne << " steps\n";
}

TEST(Histories, LeaveNoKeyThatOpensMoreThanItShould) {
  const std::size_t histories = IsNightly() ? 100 : 2;
  History::Matrix all;
  for (std::size_t seed = 1; seed <= histories; ++seed) {
    History history(seed);
    ASSERT_FALSE(history.Run(4 * kStepsInOne).has_value());
    const History::Matrix matrix = history.TryEveryKey();
    EXPECT_TRUE(matrix.wrong.empty()) << matrix.wrong.size() << " wrong, the first: " << matrix.wrong.front();
    all.tried += matrix.tried;
    all.own += matrix.own;
    all.shared += matrix.shared;
  }
  EXPECT_GT(all.own, 1000 * histories);
  EXPECT_GT(all.shared, 10 * histories);
  std::cout << all.tried << " tried, " << all.own << " opened by their owner, " << all.shared
            << " by whom they were shared with\n";
}

/// Is something noticed within a few histories?
bool IsNoticed(Flaw flaw) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    History history(seed, flaw);
    if (history.Run(kStepsInOne) || !history.TryEveryKey().wrong.empty()) return true;
  }
  return false;
}

TEST(Histories, NoticeADeviceThatForgets) { EXPECT_TRUE(IsNoticed(Flaw::kForgetsWhatItSaw)); }
TEST(Histories, NoticeSignaturesThatAreNotChecked) { EXPECT_TRUE(IsNoticed(Flaw::kBelievesAnySignature)); }
TEST(Histories, NoticeKeysThatRepeat) { EXPECT_TRUE(IsNoticed(Flaw::kRepeatsKeys)); }

}  // namespace
}  // namespace selvedge::vault
