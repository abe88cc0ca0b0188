#include "dynamics/occasions.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace selvedge::dynamics {
namespace {

using Seen = Occasions::Seen;

TEST(Occasions, ListsEveryLengthOfGapOnceForAllDyads) {
  Occasions occasions;
  occasions.AddDyad(std::vector<Observation>{{{0}, {1.0, 2.0}}, {{1}, {1.0, {}}}, {{3}, {{}, 2.0}}, {{4}, {5.0, 6.0}}});
  occasions.AddDyad(std::vector<Observation>{{{10}, {1.0, 2.0}}, {{12}, {1.0, 2.0}}});
  EXPECT_EQ(occasions.dyads(), 2U);
  ASSERT_EQ(occasions.gaps().size(), 2U);
  const auto rows = occasions.rows(0);
  EXPECT_EQ(occasions.gaps()[rows[1].gap], 1);
  EXPECT_EQ(occasions.gaps()[rows[2].gap], 2);
  EXPECT_EQ(rows[3].gap, rows[1].gap);
  EXPECT_EQ(occasions.rows(1)[1].gap, rows[2].gap);
  EXPECT_EQ(rows[0].seen, Seen::kBoth);
  EXPECT_EQ(rows[1].seen, Seen::kA);
  EXPECT_EQ(rows[2].seen, Seen::kB);
}

TEST(Occasions, PassesOverWhatNobodyAnsweredExceptAtTheStart) {
  Occasions occasions;
  occasions.AddDyad(std::vector<Observation>{{{0}, {}}, {{1}, {1.0, 2.0}}, {{2}, {}}, {{4}, {1.0, 2.0}}});
  ASSERT_EQ(occasions.rows(0).size(), 3U);
  EXPECT_EQ(occasions.rows(0)[0].seen, Seen::kNone);
  EXPECT_EQ(occasions.gaps()[occasions.rows(0)[2].gap], 3);
}

TEST(Occasions, SummariseEachPersonsAnswers) {
  Occasions occasions;
  occasions.AddDyad(std::vector<Observation>{{{0}, {1e9 + 1, 2.0}}, {{1}, {1e9 + 3, {}}}, {{2}, {{}, {}}}});
  const auto summary = occasions.Summarise();
  EXPECT_EQ(summary.a.answers, 2U);
  EXPECT_DOUBLE_EQ(summary.a.mean, 1e9 + 2);
  EXPECT_NEAR(summary.a.sd, std::sqrt(2.0), 1e-6);
  EXPECT_EQ(summary.b.answers, 1U);
  EXPECT_EQ(summary.b.sd, 0);
  EXPECT_EQ(occasions.MedianGap().count, 1);
  EXPECT_EQ(Occasions().MedianGap().count, 1);
}

}  // namespace
}  // namespace selvedge::dynamics
