#include "responses/transition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace selvedge::responses {
namespace {

using testing::HasSubstr;

const SequenceColumns kColumns{.dyad = "pair", .time = "t", .request = "asks", .response = "helps"};

core::Result<std::vector<Sequence>> Read(const std::string& rows) {
  return ReadSequences("pair,t,asks,helps\n" + rows, kColumns);
}

const Transitions::Cell& Cell(const Transitions& fit, bool response, bool request) {
  return *std::ranges::find_if(fit.cells, [&](const Transitions::Cell& cell) {
    return cell.response_before == response && cell.request_before == request;
  });
}

TEST(FitTransitions, CountsIntervalsThatFollowEachOther) {
  // Rows in any order; 10 s apart; a gap after 30, and a code missing at 70.
  const auto sequences =
      Read("2,10,0,0\n1,20,1,0\n1,10,1,1\n1,30,0,1\n1,50,1,1\n1,60,1,1\n1,70,,1\n1,80,1,1\n2,20,1,0\n");
  ASSERT_TRUE(sequences);
  ASSERT_EQ(sequences->size(), 2U);
  EXPECT_EQ(sequences->front().couple, "1");
  const auto fit = FitTransitions(*sequences);
  ASSERT_TRUE(fit);
  EXPECT_EQ(fit->couples, 2);
  EXPECT_EQ(Cell(*fit, true, true).count, 2);         // 10 → 20, 50 → 60
  EXPECT_EQ(Cell(*fit, true, true).response_now, 1);  // 60
  EXPECT_EQ(Cell(*fit, true, true).request_now, 2);
  EXPECT_EQ(Cell(*fit, false, true).count, 1);  // 20 → 30
  EXPECT_EQ(Cell(*fit, false, true).response_now, 1);
  EXPECT_EQ(Cell(*fit, false, false).count, 1);  // couple 2
  EXPECT_EQ(Cell(*fit, true, false).count, 0);
}

TEST(FitTransitions, SaysNothingOfSeparatedCodes) {
  std::string rows;
  for (int t = 0; t < 40; ++t) rows += "1," + std::to_string(t) + "," + std::to_string(t % 2) + ",1\n";
  const auto fit = FitTransitions(*Read(rows));
  ASSERT_TRUE(fit);
  EXPECT_FALSE(fit->response.pooled) << "there was support in every interval";
  EXPECT_FALSE(fit->request.random);
  EXPECT_THAT(TransitionsJson(*fit).Dump(), HasSubstr(R"("response":{"pooled":null,"own_levels":null})"));
}

TEST(ReadSequences, RefusesWhatIsNoSequence) {
  EXPECT_THAT(Read("1,1,0,2\n").error().message, HasSubstr("2 is not a code"));
  EXPECT_EQ(Read("1,1,0,2\n").error().place.line, 2);
  EXPECT_EQ(Read("1,1,0,2\n").error().place.field, "helps");
  EXPECT_THAT(Read("1,1,0,0\n1,1,0,1\n").error().message, HasSubstr("has this interval twice."));
  EXPECT_EQ(Read("1,1,0,0\n1,1,0,1\n").error().place.line, 3);
  EXPECT_THAT(Read("1,,0,0\n").error().message, HasSubstr("which interval"));
  EXPECT_THAT(Read(",1,0,0\n").error().message, HasSubstr("does not say what it belongs to"));
  EXPECT_THAT(Read("1,1,0,x\n").error().message, HasSubstr("\"x\" is not a number"));
  EXPECT_FALSE(ReadSequences("pair,t,asks\n1,1,0\n", kColumns));
  EXPECT_THAT(FitTransitions(*Read("1,1,0,0\n2,1,0,1\n")).error().message,
              HasSubstr("No two coded intervals follow each other."));
  EXPECT_FALSE(FitTransitions({}));
}

}  // namespace
}  // namespace selvedge::responses
