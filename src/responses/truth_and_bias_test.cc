#include "responses/truth_and_bias.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/random.h"
#include "core/text.h"
#include "numerics/normal.h"

namespace selvedge::responses {
namespace {

using testing::HasSubstr;

const RatingColumns kColumns{.dyad = "pair", .person = "who", .self = "me", .other = "you"};

core::Result<std::vector<Ratings>> Read(const std::string& rows) {
  return ReadRatings("pair,who,me,you\n" + rows, kColumns);
}

/// Couples who see each other with truth .4, assumed similarity .3 and a directional bias of .5.
std::string DrawRatings(int couples, const char* first, const char* second) {
  std::string rows;
  for (int i = 0; i < couples; ++i) {
    core::RandomStream stream({.seed = 21, .subject = static_cast<std::uint32_t>(i), .purpose = 3});
    const double a = 4 + numerics::DrawNormal(stream);
    const double b = 4 + numerics::DrawNormal(stream);
    const double shared = numerics::DrawNormal(stream);
    const auto rating = [&](double partner, double own) {
      return 4.5 + 0.4 * (partner - 4) + 0.3 * (own - 4) + 0.3 * (shared + numerics::DrawNormal(stream));
    };
    const std::string of_a = core::FixedNumber(rating(b, a), 6);
    const std::string of_b = core::FixedNumber(rating(a, b), 6);
    const std::string couple = std::to_string(i);
    rows += couple + "," + first + "," + core::FixedNumber(a, 6) + "," + of_a + "\n";
    rows += couple + "," + second + "," + core::FixedNumber(b, 6) + "," + of_b + "\n";
  }
  return rows;
}

TEST(FitTruthAndBias, FindsWhatTheRatingsWereMadeOf) {
  const auto fit = FitTruthAndBias(*Read(DrawRatings(300, "f", "m")));
  ASSERT_TRUE(fit);
  EXPECT_TRUE(fit->pooled.converged);
  const double expected[]{0.5, 0.4, 0.3};
  for (std::size_t j = 0; j < 3; ++j) {
    EXPECT_NEAR(fit->pooled.estimates[j], expected[j], 3 * fit->pooled.standard_errors[j]) << j;
    EXPECT_LT(fit->pooled.standard_errors[j], 0.05);
  }
  EXPECT_NEAR(fit->pooled.residual_correlation, 0.5, 0.15);
  ASSERT_TRUE(fit->by_side);
  for (std::size_t j = 0; j < 6; ++j) {
    EXPECT_NEAR(fit->by_side->estimates[j], j < 2 ? 0.5 : j % 2 == 0 ? 0.4 : 0.3, 3 * fit->by_side->standard_errors[j]);
  }
}

TEST(FitTruthAndBias, IsTheSameWhicheverPartnerComesFirst) {
  const auto one = FitTruthAndBias(*Read(DrawRatings(60, "f", "m")));
  const auto other = FitTruthAndBias(*Read(DrawRatings(60, "z", "m")));  // the first is b now
  ASSERT_TRUE(one && other && one->by_side && other->by_side);
  EXPECT_EQ(other->labels.a, "m");
  for (std::size_t j = 0; j < 3; ++j) EXPECT_NEAR(one->pooled.estimates[j], other->pooled.estimates[j], 1e-9);
  constexpr std::size_t kSwapped[]{1, 0, 4, 5, 2, 3};
  for (std::size_t j = 0; j < 6; ++j) {
    EXPECT_NEAR(one->by_side->estimates[j], other->by_side->estimates[kSwapped[j]], 1e-6);
  }
}

TEST(FitTruthAndBias, TellsSidesApartOnlyWhereLabelsRecur) {
  const auto couples = Read("1,f,4,5\n1,m,3,4\n2,f,2,3\n2,m,5,4\n3,x,4,4\n3,m,1,4\n4,f,3,5\n4,m,3,2\n");
  ASSERT_TRUE(couples);
  const auto fit = FitTruthAndBias(*couples);
  ASSERT_TRUE(fit);
  EXPECT_FALSE(fit->by_side);
}

TEST(FitTruthAndBias, LeavesOutWhatHasNoOther) {
  const auto couples = Read("1,f,4,5\n1,m,3,4\n2,f,2,3\n2,m,5,4\n3,f,4,4\n3,m,1,\n4,f,3,5\n4,m,,2\n5,f,3,4\n");
  ASSERT_TRUE(couples);
  const auto fit = FitTruthAndBias(*couples);
  ASSERT_TRUE(fit);
  EXPECT_EQ(fit->pooled.rows, 5);
  EXPECT_EQ(fit->pooled.couples, 2);
  EXPECT_NEAR(fit->centre, (4 + 3 + 2 + 5 + 4 + 1 + 3 + 3) / 8.0, 1e-12);
}

TEST(ReadRatings, RefusesWhatIsNoTableOfCouples) {
  EXPECT_THAT(Read("1,f,4,5\n1,f,3,4\n").error().message, HasSubstr("appears twice, first on line 2"));
  EXPECT_EQ(Read("1,f,4,5\n1,f,3,4\n").error().place.line, 3);
  EXPECT_THAT(Read("1,a,4,5\n1,b,3,4\n1,c,3,4\n").error().message, HasSubstr("more than two people"));
  EXPECT_THAT(Read("1,a,four,5\n").error().message, HasSubstr("\"four\" is not a number"));
  EXPECT_THAT(Read("1,,4,5\n").error().place.field, "who");
  EXPECT_FALSE(ReadRatings("pair,who,me\n1,a,4\n", kColumns));
  EXPECT_FALSE(FitTruthAndBias({}));
  EXPECT_FALSE(FitTruthAndBias(*Read("1,a,4,5\n1,b,3,4\n")));
  EXPECT_FALSE(FitTruthAndBias(*Read("1,a,3,5\n1,b,3,4\n2,a,3,4\n2,b,3,4\n3,a,3,1\n3,b,3,4\n")));
}

}  // namespace
}  // namespace selvedge::responses
