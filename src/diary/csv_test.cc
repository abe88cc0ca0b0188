#include "diary/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "diary/timestamp.h"

namespace selvedge::diary {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::nullopt_t kNothing = std::nullopt;

const ColumnMap kLong{.dyad = "dyad", .person = "person", .time = "t", .own = "mood"};
const ColumnMap kLongDates{.dyad = "dyad", .person = "person", .date = "date", .own = "mood"};
const ColumnMap kWide{.dyad = "dyad", .time = "t", .own_a = "hers", .own_b = "his"};

core::Result<Diary> Mapped(std::string_view text, const ColumnMap& map, std::optional<Scale> scale = kNothing) {
  return ReadCsv(text, {.columns = map, .scale = scale});
}

core::Result<Diary> Canonical(std::string_view text) { return ReadCsv(text, {}); }

Diary Taken(const core::Result<Diary>& read) {
  EXPECT_TRUE(read.has_value()) << read.error().place.line << ": " << read.error().message;
  return read.value_or(Diary{});
}

struct Refusal {
  core::Place place;
  std::string_view message;
  std::string_view remedy;
};

void ExpectRefused(const core::Result<Diary>& read, const Refusal& expected) {
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, core::ErrorCode::kRefused);
  EXPECT_EQ(read.error().place.line, expected.place.line) << read.error().message;
  EXPECT_EQ(read.error().place.column, expected.place.column) << read.error().message;
  EXPECT_EQ(read.error().place.field, expected.place.field) << read.error().message;
  EXPECT_THAT(read.error().message, HasSubstr(std::string(expected.message)));
  EXPECT_THAT(read.error().remedy, HasSubstr(std::string(expected.remedy)));
}

CheckIn At(double time, int day, std::optional<double> a, std::optional<double> b, int offset = 0) {
  return {.time = {time}, .day = day, .own = {.a = a, .b = b}, .utc_offset_minutes = offset};
}

int Day(int year, int month, int day) { return DaysFromDate({.year = year, .month = month, .day = day}); }

std::vector<std::string> IdsOf(const Diary& diary) {
  std::vector<std::string> ids;
  for (const Couple& couple : diary.couples) ids.push_back(couple.id);
  return ids;
}

// Forms ---------------------------------------------------------------------------------------------------------------

TEST(LongForm, JoinsThePartnersRowsAtTheSameTime) {
  const Diary diary = Taken(Mapped("dyad,person,t,mood\n7,f,0,3.5\n7,m,0,4\n7,f,1,2\n", kLong));
  EXPECT_EQ(diary, (Diary{.clock = Clock::kDayNumbers,
                          .couples = {{.id = "7",
                                       .labels = {.a = "f", .b = "m"},
                                       .check_ins = {At(0, 0, 3.5, 4), At(1, 1, 2, kNothing)}}}}));
}

TEST(LongForm, TakesRowsInAnyOrderAndSortsCouplesAndPartnersNaturally) {
  const Diary diary = Taken(Mapped("mood,t,person,dyad\n1,2,p10,10\n2,2,p9,10\n3,0,p10,10\n4,0,x,9\n", kLong));
  EXPECT_THAT(IdsOf(diary), ElementsAre("9", "10"));
  EXPECT_EQ(diary.couples[1].labels, (core::BySide<std::string>{.a = "p9", .b = "p10"}));
  EXPECT_THAT(diary.couples[1].check_ins, ElementsAre(At(0, 0, kNothing, 3), At(2, 2, 2, 1)));
}

TEST(LongForm, WithoutACoupleColumnIsOneCouple) {
  const Diary diary = Taken(Mapped("person,t,mood\nf,0,1\nm,0,2\n", {.person = "person", .time = "t", .own = "mood"}));
  EXPECT_THAT(IdsOf(diary), ElementsAre("1"));
}

TEST(LongForm, AllowsAPartnerWhoNeverAppears) {
  const Diary diary = Taken(Mapped("dyad,person,t,mood\n1,m,0,2\n", kLong));
  EXPECT_EQ(diary.couples[0].labels, (core::BySide<std::string>{.a = "m", .b = ""}));
  EXPECT_THAT(diary.couples[0].check_ins, ElementsAre(At(0, 0, 2, kNothing)));
}

TEST(LongForm, TrimsLabels) {
  const Diary diary = Taken(Mapped("dyad,person,t,mood\n 1 ,f,0,1\n1,\" f \",1,2\n1,f\t,2,3\n", kLong));
  EXPECT_THAT(IdsOf(diary), ElementsAre("1"));
  EXPECT_EQ(diary.couples[0].labels.b, "");
}

TEST(LongForm, TakesAnyTextAsALabel) {
  const Diary diary = Taken(Mapped("dyad,person,t,mood\n</script>,👩,0,1\n</script>,שלום,0,2\n", kLong));
  EXPECT_THAT(IdsOf(diary), ElementsAre("</script>"));
  EXPECT_EQ(diary.couples[0].labels, (core::BySide<std::string>{.a = "שלום", .b = "👩"}));
}

TEST(WideForm, CallsThePartnersAAndB) {
  const Diary diary = Taken(Mapped("dyad,t,hers,his\n1,0,3,4\n1,1,,5\n1,2,,\n", kWide));
  EXPECT_EQ(diary.couples[0].labels, (core::BySide<std::string>{.a = "a", .b = "b"}));
  EXPECT_THAT(diary.couples[0].check_ins,
              ElementsAre(At(0, 0, 3, 4), At(1, 1, kNothing, 5), At(2, 2, kNothing, kNothing)));
}

TEST(WideForm, JoinsTwoRowsOfWhichEachHoldsOnePartner) {
  const Diary diary = Taken(Mapped("dyad,t,hers,his\n1,0,3,\n1,0,,4\n", kWide));
  EXPECT_THAT(diary.couples[0].check_ins, ElementsAre(At(0, 0, 3, 4)));
}

// Answers -------------------------------------------------------------------------------------------------------------

TEST(Answers, EmptyNaNanAndPointAreNotAnswered) {
  const Diary diary =
      Taken(Mapped("dyad,person,t,mood\n1,f,0,\n1,f,1,NA\n1,f,2,nan\n1,f,3,.\n1,f,4, 5 \n1,m,0,na\n", kLong));
  EXPECT_EQ(diary.couples[0].labels.b, "m") << "a partner who was there but never answered is still known";
  EXPECT_THAT(diary.couples[0].check_ins,
              ElementsAre(At(0, 0, kNothing, kNothing), At(1, 1, kNothing, kNothing), At(2, 2, kNothing, kNothing),
                          At(3, 3, kNothing, kNothing), At(4, 4, 5, kNothing)));
}

TEST(Answers, WinOverAPromptAtTheSameTimeLeftUnanswered) {
  const Diary diary = Taken(Mapped("dyad,person,t,mood\n1,f,0,\n1,f,0,5\n1,f,0,\n", kLong));
  EXPECT_THAT(diary.couples[0].check_ins, ElementsAre(At(0, 0, 5, kNothing)));
}

TEST(Answers, MayHaveADecimalCommaInASemicolonOrTabFile) {
  EXPECT_THAT(Taken(Mapped("dyad;person;t;mood\n1;f;0,5;3,25\n", kLong)).couples[0].check_ins,
              ElementsAre(At(0.5, 0, 3.25, kNothing)));
  EXPECT_THAT(Taken(Mapped("dyad\tperson\tt\tmood\n1\tf\t0\t3,25\n", kLong)).couples[0].check_ins,
              ElementsAre(At(0, 0, 3.25, kNothing)));
}

TEST(Answers, WithADecimalCommaInACommaFileAreRefused) {
  ExpectRefused(Mapped("dyad,person,t,mood\n1,f,0,\"3,5\"\n", kLong),
                {{2, 4, "mood"}, "\"3,5\" is not a number.", "semicolons"});
}

TEST(Answers, ThatAreNoFiniteNumberAreRefused) {
  ExpectRefused(Mapped("dyad,person,t,mood\n1,f,0,3\n1,f,1,good\n", kLong),
                {{3, 4, "mood"}, "\"good\" is not a number.", "leave the cell empty"});
  ExpectRefused(Mapped("dyad,person,t,mood\n1,f,0,inf\n", kLong),
                {{2, 4, "mood"}, "\"inf\" is not a number.", "Write a number"});
}

TEST(Answers, OutsideTheScaleAreRefused) {
  constexpr std::string_view kText = "dyad,t,hers,his\n1,0,1,7\n1,1,7,7.5\n";
  EXPECT_TRUE(Mapped(kText, kWide).has_value());
  EXPECT_TRUE(Mapped(kText, kWide, Scale{1, 7.5}).has_value());
  ExpectRefused(Mapped(kText, kWide, Scale{1, 7}),
                {{3, 4, "his"}, "\"7.5\" lies outside the scale, 1 to 7.", "Correct the answer"});
  ExpectRefused(Mapped(kText, kWide, Scale{1.5, 9}),
                {{2, 3, "hers"}, "outside the scale, 1.5 to 9", "Correct the answer"});
}

TEST(Answers, WithoutATimeAreRefused) {
  ExpectRefused(Mapped("dyad,person,t,mood\n1,f,0,3\n1,f,,3\n", kLong),
                {{3, 3, "t"}, "an answer, but no time", "Fill in \"t\""});
  EXPECT_TRUE(Mapped("dyad,person,t,mood\n1,f,0,3\n1,f,,\n", kLong).has_value());
}

TEST(Answers, TwiceFromOnePersonAtOneTimeAreRefusedNamingBothLines) {
  ExpectRefused(
      Mapped("dyad,person,t,mood\n1,f,0,3\n1,m,0,3\n1,f,1,3\n1,f,0.0,4\n1,f,1,5\n", kLong),
      {{5, 3, "t"}, "\"f\" in the couple \"1\" answered twice at the same time, on lines 2 and 5.", "Keep one"});
  ExpectRefused(Mapped("dyad,t,hers,his\n1,0,3,\n1,0,4,4\n", kWide), {{3, 2, "t"}, "on lines 2 and 3.", "Keep one"});
}

TEST(Answers, WinOverAnUnansweredRowAtTheSameTime) {
  for (const std::string_view text :
       {"dyad,person,t,mood\n1,f,0,3\n1,f,0,\n", "dyad,person,t,mood\n1,f,0,\n1,f,0,3\n"}) {
    EXPECT_THAT(Taken(Mapped(text, kLong)).couples[0].check_ins, ElementsAre(At(0, 0, 3, kNothing)));
  }
}

TEST(Answers, MissingAltogetherAreRefused) {
  ExpectRefused(Mapped("dyad,person,t,mood\n", kLong),
                {{0, 4, "mood"}, "No answers found in column \"mood\"", "Choose the column"});
  ExpectRefused(Mapped("dyad,person,t,mood\n1,f,0,NA\n", kLong),
                {{0, 4, "mood"}, "No answers found", "Choose the column"});
  ExpectRefused(Mapped("dyad,t,hers,his\n1,0,,\n", kWide),
                {{0, 3, "hers"}, "columns \"hers\" and \"his\"", "Choose the column"});
}

TEST(Answers, OfACoupleWhoNeverAnsweredLeaveItKnown) {
  const Diary diary = Taken(Mapped("dyad,person,t,mood\n1,f,0,3\n2,f,0,\n2,m,0,\n", kLong));
  ASSERT_THAT(diary.couples, SizeIs(2));
  EXPECT_EQ(diary.couples[1].labels, (core::BySide<std::string>{.a = "f", .b = "m"}));
  EXPECT_THAT(diary.couples[1].check_ins, ElementsAre(At(0, 0, kNothing, kNothing)));
}

// People --------------------------------------------------------------------------------------------------------------

TEST(People, AThirdInACoupleIsRefusedWhereTheyAppear) {
  ExpectRefused(
      Mapped("dyad,person,t,mood\n1,f,0,3\n1,m,0,3\n2,x,0,3\n1,child,1,\n", kLong),
      {{5, 2, "person"}, "\"child\" is a third person in the couple \"1\", beside \"f\" and \"m\".", "--dyad"});
}

TEST(People, WithoutALabelAreRefused) {
  ExpectRefused(Mapped("dyad,person,t,mood\n1, ,0,3\n", kLong),
                {{2, 2, "person"}, "does not say which person", "Fill in \"person\""});
  ExpectRefused(Mapped("dyad,person,t,mood\n,f,0,3\n", kLong),
                {{2, 1, "dyad"}, "does not say which couple", "Fill in \"dyad\""});
}

TEST(People, AreShownShortenedAndWithTheirControlCharactersSpelledOut) {
  const std::string third = "\x1b[2J\u202E" + std::string(100, 'x');
  const auto read = Mapped("dyad,person,t,mood\n1,f,0,3\n1,m,0,3\n1," + third + ",1,3\n", kLong);
  ASSERT_FALSE(read.has_value());
  EXPECT_THAT(read.error().message, HasSubstr("\"\\u{1b}[2J\\u{202e}xxx"));
  EXPECT_THAT(read.error().message, HasSubstr("x…\""));
  EXPECT_THAT(read.error().message, Not(HasSubstr(std::string(50, 'x'))));
}

// Times ---------------------------------------------------------------------------------------------------------------

TEST(Times, AsNumbersCountInTheirUnitAndBelongToTheDayTheyFallIn) {
  ColumnMap map = kLong;
  map.time_unit = {0.25};
  const Diary diary = Taken(Mapped("dyad,person,t,mood\n1,f,-1,1\n1,f,5,2\n", map));
  EXPECT_EQ(diary.clock, Clock::kDayNumbers);
  EXPECT_THAT(diary.couples[0].check_ins, ElementsAre(At(-0.25, -1, 1, kNothing), At(1.25, 1, 2, kNothing)));
}

TEST(Times, AMillionDaysAwayAreRefused) {
  ExpectRefused(Mapped("dyad,person,t,mood\n1,f,1663951295,1\n", kLong),
                {{2, 3, "t"}, "\"1663951295\" is more than a million days away", "--time-unit"});
  ColumnMap map = kLong;
  map.time_unit = {1.0 / 86'400};
  EXPECT_EQ(Taken(Mapped("dyad,person,t,mood\n1,f,1663951295,1\n", map)).couples[0].check_ins[0].day, 19'258);
}

TEST(Times, AsTimestampsCountFrom1970AndTheirDayTurnsAtFour) {
  const Diary diary = Taken(Mapped(
      "dyad,person,t,mood\n1,f,2022-09-24 03:59,1\n1,f,2022-09-24 04:00,2\n1,m,2022-09-24T04:00:00.000,3\n", kLong));
  const int day = Day(2022, 9, 24);
  EXPECT_EQ(diary.clock, Clock::kCalendar);
  EXPECT_THAT(diary.couples[0].check_ins,
              ElementsAre(At(day + (239.0 / 1440), day - 1, 1, kNothing), At(day + (240.0 / 1440), day, 2, 3)));
}

TEST(Times, WithAZoneCountInUtcAndKeepTheirLocalDay) {
  const Diary diary =
      Taken(Mapped("dyad,person,t,mood\n1,f,2022-09-23 22:30-04:00,1\n1,m,2022-09-24T02:30Z,3\n", kLong));
  const int day = Day(2022, 9, 24);
  EXPECT_THAT(diary.couples[0].check_ins, ElementsAre(At(day + (150.0 / 1440), day - 1, 1, 3, -240)))
      << "partners in two zones share the earlier local clock";
}

TEST(Times, WithAZoneComeOutTheSameInAnyOrderOfRows) {
  const auto one = Mapped("dyad,person,t,mood\n1,f,2022-09-24 06:30+02:00,1\n1,m,2022-09-24 10:30+06:00,3\n", kLong);
  const auto other = Mapped("dyad,person,t,mood\n1,m,2022-09-24 10:30+06:00,3\n1,f,2022-09-24 06:30+02:00,1\n", kLong);
  EXPECT_EQ(Taken(one), Taken(other));
}

TEST(Times, AsDatesAreWholeDays) {
  const Diary diary = Taken(Mapped("dyad,person,date,mood\n1,f,2022-09-23,1\n1,m,2022-09-23,2\n", kLongDates));
  EXPECT_EQ(diary.clock, Clock::kCalendar);
  EXPECT_THAT(diary.couples[0].check_ins, ElementsAre(At(Day(2022, 9, 23), Day(2022, 9, 23), 1, 2)));
}

TEST(Times, InADateColumnMayBeTimestamps) {
  EXPECT_EQ(Taken(Mapped("dyad,person,date,mood\n1,f,2022-09-23 02:00,1\n", kLongDates)).couples[0].check_ins[0].day,
            Day(2022, 9, 22));
}

TEST(Times, OfTwoKindsInOneFileAreRefusedAtTheFirstThatDiffers) {
  ExpectRefused(Mapped("dyad,person,t,mood\n1,f,0,1\n1,f,1,\n1,f,2022-09-23 10:00,1\n", kLong),
                {{4, 3, "t"}, "is a time without a zone; line 2 has a number.", "in the same way"});
  ExpectRefused(Mapped("dyad,person,t,mood\n1,f,2022-09-23 10:00,1\n1,f,2022-09-23 10:00Z,1\n", kLong),
                {{3, 3, "t"}, "is a time with a zone; line 2 has a time without a zone.", "in the same way"});
  ExpectRefused(Mapped("dyad,person,date,mood\n1,f,2022-09-23,1\n1,f,2022-09-23 10:00,1\n", kLongDates),
                {{3, 3, "date"}, "line 2 has a date.", "in the same way"});
  ExpectRefused(Mapped("dyad,person,t,mood\n1,f,2022-09-23 10:00,1\n1,f,4,1\n", kLong),
                {{3, 3, "t"}, "\"4\" is a number; line 2 has a time", "in the same way"});
}

TEST(Times, ThatAreDatesInATimeColumnAreRefused) {
  ExpectRefused(Mapped("dyad,person,t,mood\n1,f,2022-09-23,1\n", kLong),
                {{2, 3, "t"}, "\"2022-09-23\" is a date without a time of day", "--date"});
}

TEST(Times, ThatAreNumbersInADateColumnAreRefused) {
  ExpectRefused(Mapped("dyad,person,date,mood\n1,f,44827,1\n", kLongDates),
                {{2, 3, "date"}, "\"44827\" is a number, not a date", "--time"});
}

TEST(Times, InAnotherFormAreRefusedNamingTheAcceptedOne) {
  for (const std::string_view date : {"23.09.2022", "09/23/2022"}) {
    ExpectRefused(Mapped("dyad,person,date,mood\n1,f," + std::string(date) + ",1\n", kLongDates),
                  {{2, 3, "date"}, date, "2022-09-23 (year-month-day)"});
  }
  ExpectRefused(Mapped("dyad,person,date,mood\n1,f,2022-09-31,\n1,f,2022-09-30,1\n", kLongDates),
                {{2, 3, "date"}, "a day the calendar does not have", "Correct the date"});
}

// Options -------------------------------------------------------------------------------------------------------------

constexpr std::string_view kSmall = "dyad,person,t,mood\n1,f,0,3\n";

void ExpectOptionsRefused(const ColumnMap& map, std::string_view message, std::string_view remedy) {
  ExpectRefused(Mapped(kSmall, map), {{0, 0, ""}, message, remedy});
}

TEST(Options, MustDescribeOneFormFully) {
  ExpectOptionsRefused({.person = "person", .time = "t", .own_a = "x", .own_b = "y"}, "at once", "--own-a and --own-b");
  ExpectOptionsRefused({.time = "t"}, "which column holds the answers", "--person and --own");
  ExpectOptionsRefused({.time = "t", .own = "mood"}, "tells the partners apart", "--person");
  ExpectOptionsRefused({.person = "person", .time = "t"}, "which column holds the answers", "--own");
  ExpectOptionsRefused({.time = "t", .own_a = "mood"}, "one partner only", "--own-a and --own-b");
}

TEST(Options, MustNameExactlyOneColumnOfTimes) {
  ExpectOptionsRefused({.person = "person", .own = "mood"}, "do not say when", "--time");
  ExpectOptionsRefused({.person = "person", .time = "t", .date = "t", .own = "mood"}, "both a time and a date",
                       "--date");
}

TEST(Options, MustGiveALengthOfTimeAsUnit) {
  for (const double unit :
       {0.0, -1.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    ColumnMap map = kLong;
    map.time_unit = {unit};
    ExpectOptionsRefused(map, "not a length of time", "--time-unit");
  }
}

TEST(Options, MustNotUseAColumnTwice) {
  ExpectOptionsRefused({.time = "t", .own_a = "mood", .own_b = "mood"}, "the column \"mood\" twice",
                       "--own-a and --own-b");
}

TEST(ReadCsv, TellsHowFarItIs) {
  std::string text = "t,hers,his\n";
  for (int row = 0; row < 10'000; ++row) text += std::to_string(row) + ",50,60\n";
  std::vector<std::size_t> dones;
  auto note = [&](std::size_t done, std::size_t of) {
    EXPECT_EQ(of, text.size() - std::string_view("t,hers,his\n").size());
    dones.push_back(done);
  };
  ColumnMap map = kWide;
  map.dyad.clear();
  ASSERT_TRUE(ReadCsv(text, {.columns = map, .progress = note}).has_value());
  // After 4 096 and 8 192 rows: ten rows of 8 bytes, 90 of 9, 900 of 10, and 11 for each of the others.
  EXPECT_THAT(dones, ElementsAre(80 + 810 + 9000 + (11 * 3096), 80 + 810 + 9000 + (11 * 7192)));
}

TEST(ReadCsv, RefusesWhatIsLargerThanItsLineNumbersCanCount) {
  // Room that is never touched, and so takes no memory.
  constexpr std::size_t kSize = kLargestFile + 1;
  const auto room = std::make_unique_for_overwrite<char[]>(kSize);
  ExpectRefused(Mapped({room.get(), kSize}, kLong), {{0, 0, ""}, "The file is larger than 1 GiB.", "Split it"});
}

TEST(Options, MustGiveAScaleThatRunsUpwards) {
  ExpectRefused(Mapped(kSmall, kLong, Scale{7, 1}), {{0, 0, ""}, "scale does not run", "lowest answer first"});
  ExpectRefused(Mapped(kSmall, kLong, Scale{0, std::numeric_limits<double>::quiet_NaN()}),
                {{0, 0, ""}, "scale does not run", "lowest answer first"});
}

TEST(Options, NamingAColumnThatIsNotThereAreRefusedListingTheColumns) {
  ColumnMap map = kLong;
  map.own = "happiness";
  ExpectRefused(Mapped(kSmall, map), {{1, 0, "happiness"},
                                      "no column \"happiness\"; its columns are dyad, person, t, mood.",
                                      "as the header writes it"});
}

TEST(Options, NearlyNamingAColumnAreToldTheNameMeant) {
  for (const std::string_view near : {"moood", "Mood", "mod", "modo"}) {
    ColumnMap map = kLong;
    map.own = near;
    ExpectRefused(Mapped(kSmall, map), {{1, 0, std::string(near)}, "no column", "Did you mean \"mood\"?"});
  }
}

TEST(Options, NamingAColumnOfManyAreShownTheFirstTwelve) {
  std::string text = "c1";
  for (int i = 2; i <= 40; ++i) text += ",c" + std::to_string(i);
  ExpectRefused(Mapped(text + "\n", kLong), {{1, 0, "dyad"}, "c11, c12 and 28 more.", "as the header writes it"});
}

TEST(Options, ForAFileWithAnotherSeparatorAreToldWhichOnesAreRead) {
  ExpectRefused(Mapped("dyad|person|t|mood\n1|f|0|3\n", kLong),
                {{1, 0, "dyad"}, "its one column is \"dyad|person|t|mood\"", "commas, semicolons or tabs"});
}

TEST(Options, NamingAColumnThatIsThereTwiceAreRefused) {
  ExpectRefused(Mapped("dyad,person,t,mood,mood\n1,f,0,3,4\n", kLong),
                {{1, 5, "mood"}, "two columns \"mood\"", "Rename"});
  EXPECT_TRUE(Mapped("dyad,person,t,mood,x,x\n1,f,0,3,4,5\n", kLong).has_value()) << "others may be there twice";
}

// The canonical long file ---------------------------------------------------------------------------------------------

TEST(CanonicalFile, NeedsNoOptions) {
  const Diary diary = Taken(Canonical("dyad,id,daycum,own\n1,11,1,40\n1,12,1,60\n1,11,2.5,50\n"));
  EXPECT_EQ(diary.clock, Clock::kDayNumbers);
  EXPECT_EQ(diary.couples[0].labels, (core::BySide<std::string>{.a = "11", .b = "12"}));
  EXPECT_THAT(diary.couples[0].check_ins, ElementsAre(At(1, 1, 40, 60), At(2.5, 2, 50, kNothing)));
}

TEST(CanonicalFile, LabelsThePartnersByTheirRolesIfTheseTellThemApart) {
  const Diary diary = Taken(Canonical("dyad,id,role,daycum,own\n1,1,m,1,40\n1,2,f,1,60\n2,3,m,1,50\n"));
  EXPECT_EQ(diary.couples[0].labels, (core::BySide<std::string>{.a = "f", .b = "m"}));
  EXPECT_THAT(diary.couples[0].check_ins, ElementsAre(At(1, 1, 60, 40)));
  EXPECT_EQ(diary.couples[1].labels, (core::BySide<std::string>{.a = "m", .b = ""}));
}

TEST(CanonicalFile, LabelsThePartnersByTheirIdsIfRolesDoNot) {
  const core::BySide<std::string> ids{.a = "1", .b = "2"};
  EXPECT_EQ(Taken(Canonical("dyad,id,role,daycum,own\n1,1,f,1,4\n1,2,f,1,6\n")).couples[0].labels, ids) << "same role";
  EXPECT_EQ(Taken(Canonical("dyad,id,role,daycum,own\n1,1,f,1,4\n1,2,m,1,6\n1,1,,2,5\n")).couples[0].labels, ids)
      << "a gap";
  EXPECT_EQ(Taken(Canonical("dyad,id,role,daycum,own\n1,1,f,1,4\n1,2,m,1,6\n1,1,x,2,5\n")).couples[0].labels, ids)
      << "a change";
  EXPECT_EQ(Taken(Canonical("dyad,id,role,daycum,own\n1,1,f,1,4\n1,2,m,1,6\n2,7,,2,\n")).couples[0].labels, ids)
      << "a gap in another couple";
}

TEST(CanonicalFile, TakesItsTimesFromStartThenLocalDateThenDaycum) {
  const int day = Day(2022, 9, 23);
  EXPECT_THAT(Taken(Canonical("dyad,id,daycum,start,local_date,own\n1,1,1,2022-09-23 12:00,2022-09-23,5\n"))
                  .couples[0]
                  .check_ins,
              ElementsAre(At(day + 0.5, day, 5, kNothing)));
  EXPECT_THAT(Taken(Canonical("dyad,id,daycum,start,local_date,own\n1,1,1,,2022-09-23,5\n")).couples[0].check_ins,
              ElementsAre(At(day, day, 5, kNothing)));
  EXPECT_THAT(Taken(Canonical("dyad,id,daycum,start,local_date,own\n1,1,1,NA,,5\n")).couples[0].check_ins,
              ElementsAre(At(1, 1, 5, kNothing)));
}

TEST(CanonicalFile, TakesAllItsTimesFromOneColumn) {
  ExpectRefused(Canonical("dyad,id,start,local_date,own\n1,1,,2022-09-22,5\n1,1,2022-09-23 12:00,2022-09-23,5\n"),
                {{2, 3, "start"}, "an answer, but no time", "Fill in \"start\""});
}

TEST(CanonicalFile, IgnoresTheTimesOfPromptsNotAnsweredInThatChoice) {
  const Diary diary =
      Taken(Canonical("dyad,id,start,local_date,valid,own\n1,1,2022-09-23 12:00,,0,\n1,1,,2022-09-23,1,5\n"));
  EXPECT_EQ(diary.couples[0].check_ins[0].time.count, Day(2022, 9, 23));
}

TEST(CanonicalFile, TakesTheZoneFromTz) {
  const double day = Day(2022, 9, 24);
  const Diary diary =
      Taken(Canonical("dyad,id,start,tz,own\n1,1,2022-09-24 03:30,+02:00,5\n1,2,2022-09-24 02:00,Z,6\n"));
  EXPECT_THAT(diary.couples[0].check_ins, ElementsAre(At(day + (90.0 / 1440), Day(2022, 9, 23), 5, kNothing, 120),
                                                      At(day + (120.0 / 1440), Day(2022, 9, 23), kNothing, 6, 0)));
}

TEST(CanonicalFile, ReadsAUtcTimeBesideTzAsThatInstantOnThatClock) {
  const Diary diary = Taken(Canonical("dyad,id,start,tz,own\n1,1,2022-09-23T22:00:00Z,+06:00,5\n"));
  EXPECT_THAT(diary.couples[0].check_ins,
              ElementsAre(At(Day(2022, 9, 23) + (22.0 / 24), Day(2022, 9, 24), 5, kNothing, 360)));
}

TEST(CanonicalFile, RefusesANamedZone) {
  ExpectRefused(Canonical("dyad,id,start,tz,own\n1,1,2022-09-24 03:30,Europe/Berlin,5\n"),
                {{2, 4, "tz"}, "\"Europe/Berlin\" is not a zone", "+02:00"});
}

TEST(CanonicalFile, RefusesTimesOfDayInLocalDateAndDatesInStart) {
  ExpectRefused(Canonical("dyad,id,local_date,own\n1,1,2022-09-24 03:30,5\n"),
                {{2, 3, "local_date"}, "has a time of day", "\"start\""});
  ExpectRefused(Canonical("dyad,id,start,own\n1,1,2022-09-24,5\n"),
                {{2, 3, "start"}, "without a time of day", "add the time"});
  ExpectRefused(Canonical("dyad,id,daycum,own\n1,1,2022-09-24,5\n"),
                {{2, 3, "daycum"}, "without a time of day", "--date"});
}

TEST(CanonicalFile, CountsRowsThatAreNotValidAsNotAnswered) {
  const Diary diary = Taken(Canonical(
      "dyad,id,daycum,valid,own\n1,1,1,1,5\n1,1,2,0,6\n1,1,3,FALSE,7\n1,1,,0,\n1,1,4,TRUE,8\n1,1,5,,9\n1,2,,0,\n"));
  EXPECT_THAT(diary.couples[0].check_ins,
              ElementsAre(At(1, 1, 5, kNothing), At(2, 2, kNothing, kNothing), At(3, 3, kNothing, kNothing),
                          At(4, 4, 8, kNothing), At(5, 5, 9, kNothing)));
  EXPECT_EQ(diary.couples[0].labels.b, "2");
}

TEST(CanonicalFile, RefusesAnotherWordInValid) {
  ExpectRefused(Canonical("dyad,id,daycum,valid,own\n1,1,1,maybe,5\n"),
                {{2, 4, "valid"}, "\"maybe\" does not say", "1 for answered"});
}

TEST(CanonicalFile, HasAScaleFrom0To100UnlessToldOtherwise) {
  constexpr std::string_view kText = "dyad,id,daycum,own\n1,1,1,101\n";
  ExpectRefused(Canonical(kText), {{2, 4, "own"}, "outside the scale, 0 to 100", "Correct the answer"});
  EXPECT_TRUE(ReadCsv(kText, {.scale = Scale{0, 200}}).has_value());
}

TEST(CanonicalFile, WithoutAnyColumnOfTimesIsRefused) {
  ExpectRefused(Canonical("dyad,id,own\n1,1,5\n"), {{1, 0, ""}, "does not say when", "\"start\""});
}

TEST(CanonicalFile, RefusesAColumnItReadsThatIsThereTwice) {
  ExpectRefused(Canonical("dyad,id,daycum,own,own\n1,1,1,5,5\n"), {{1, 5, "own"}, "two columns \"own\"", "Rename"});
  ExpectRefused(Canonical("dyad,id,daycum,tz,start,start,own\n1,1,1,,,,5\n"),
                {{1, 6, "start"}, "two columns", "Rename"});
}

TEST(OtherFiles, AreRefusedWithoutOptionsShowingAnExample) {
  ExpectRefused(Canonical("dyad,person,day,weekday,conflict,satisfaction\n1,f,1,1,2,7\n"),
                {{1, 0, ""},
                 "not in the standard form (with columns dyad, id and own); its columns are dyad, person, day",
                 "for example: --dyad dyad --person person --time day --own satisfaction."});
  ExpectRefused(Canonical("couple,id,date,PA1\n1,f,2022-01-01,2\n"),
                {{1, 0, ""}, "standard form", "--dyad couple --person id --date date --own PA1."});
  ExpectRefused(Canonical("x\n1\n"), {{1, 0, ""}, "its one column is \"x\"", "--person PERSON --time TIME --own x."});
}

TEST(OtherFiles, NeverPutTheirOwnCommandsIntoTheExample) {
  const auto read = Canonical("dyad,person,t,$(rm -rf ~)\n1,f,1,1\n");
  ASSERT_FALSE(read.has_value());
  EXPECT_THAT(read.error().remedy, HasSubstr("--dyad dyad --person person --time t --own OWN."));
}

TEST(BrokenFiles, AreRefusedAsAWhole) {
  ExpectRefused(Mapped("dyad,person,t,mood\n1,f,0,3\n1,m,0\n", kLong),
                {{3, 0, ""}, "3 values", "one value per column"});
  ExpectRefused(Mapped("", kLong), {{0, 0, ""}, "empty", "names its columns"});
  ExpectRefused(Mapped("dyad,person,t,mood\n1,f,0,\xFF\n", kLong), {{2, 0, ""}, "not UTF-8", "CSV UTF-8"});
}

TEST(BrokenFiles, AreRefusedAtThePhysicalLine) {
  ExpectRefused(Mapped("dyad,person,t,mood,note\n1,f,0,3,\"two\nlines\"\n\n1,f,1,x,\n", kLong),
                {{5, 4, "mood"}, "\"x\"", "number"});
}

}  // namespace
}  // namespace selvedge::diary
