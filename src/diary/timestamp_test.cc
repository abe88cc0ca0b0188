#include "diary/timestamp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>

namespace selvedge::diary {
namespace {

using ::testing::HasSubstr;

constexpr std::int64_t kNoonMinute = (12 * 60) * kMillisecondsPerMinute;

Timestamp Read(std::string_view text) {
  const auto moment = ParseTimestamp(text);
  EXPECT_TRUE(moment.has_value()) << text << ": " << (moment ? "" : moment.error().message);
  return moment.value_or(Timestamp{});
}

std::int64_t At(CivilDate date, std::int64_t milliseconds) {
  return (DaysFromDate(date) * kMillisecondsPerDay) + milliseconds;
}

TEST(Calendar, AgreesWithTheStandardLibraryOnEveryDayOfFourCenturies) {
  using std::chrono::sys_days;
  constexpr int kFirst = -25'567;  // 1900-01-01
  for (int day = kFirst; day < kFirst + 146'097; ++day) {
    const std::chrono::year_month_day expected{sys_days{std::chrono::days{day}}};
    const CivilDate date = DateFromDays(day);
    ASSERT_EQ(date.year, static_cast<int>(expected.year()));
    ASSERT_EQ(date.month, static_cast<int>(static_cast<unsigned>(expected.month())));
    ASSERT_EQ(date.day, static_cast<int>(static_cast<unsigned>(expected.day())));
    ASSERT_EQ(DaysFromDate(date), day);
  }
}

TEST(Calendar, ReachesTheFirstYear) {
  EXPECT_EQ(DaysFromDate({.year = 1, .month = 1, .day = 1}), -719'162);
  EXPECT_EQ(DateFromDays(-719'162), (CivilDate{.year = 1, .month = 1, .day = 1}));
  EXPECT_EQ(DateFromDays(DaysFromDate({.year = 9999, .month = 12, .day = 31})),
            (CivilDate{.year = 9999, .month = 12, .day = 31}));
}

TEST(Moments, AreDates) {
  EXPECT_EQ(Read("2022-09-23"), (Timestamp{.form = TimestampForm::kDate, .milliseconds = At({2022, 9, 23}, 0)}));
  EXPECT_EQ(Read("1970-01-01").milliseconds, 0);
  EXPECT_EQ(Read("1969-12-31").milliseconds, -kMillisecondsPerDay);
}

TEST(Moments, AreTimesWithASpaceOrT) {
  const Timestamp noon{.form = TimestampForm::kLocalTime, .milliseconds = At({2022, 9, 23}, kNoonMinute)};
  EXPECT_EQ(Read("2022-09-23 12:00"), noon);
  EXPECT_EQ(Read("2022-09-23T12:00"), noon);
  EXPECT_EQ(Read("2022-09-23T12:00:00.000"), noon);
  EXPECT_EQ(Read("2022-09-23 12:00:41").milliseconds, noon.milliseconds + 41'000);
}

TEST(Moments, AreKeptToTheMillisecond) {
  const std::int64_t second = At({2022, 9, 23}, kNoonMinute);
  EXPECT_EQ(Read("2022-09-23 12:00:00.5").milliseconds, second + 500);
  EXPECT_EQ(Read("2022-09-23 12:00:00.25").milliseconds, second + 250);
  EXPECT_EQ(Read("2022-09-23 12:00:00.001999999").milliseconds, second + 1);
}

TEST(Moments, WithAZoneCountInUtc) {
  const std::int64_t utc = At({2022, 9, 23}, kNoonMinute);
  for (const std::string_view text :
       {"2022-09-23 14:00+02:00", "2022-09-23T14:00:00+0200", "2022-09-23 14:00:00.0+02", "2022-09-23 14:00 +02:00"}) {
    EXPECT_EQ(Read(text),
              (Timestamp{.form = TimestampForm::kZonedTime, .milliseconds = utc, .utc_offset_minutes = 120}));
  }
  for (const std::string_view text : {"2022-09-23T12:00Z", "2022-09-23 12:00:00 UTC", "2022-09-23 12:00-00:00"}) {
    EXPECT_EQ(Read(text), (Timestamp{.form = TimestampForm::kZonedTime, .milliseconds = utc, .utc_offset_minutes = 0}));
  }
  EXPECT_EQ(Read("2022-09-23 08:30-03:30"),
            (Timestamp{.form = TimestampForm::kZonedTime, .milliseconds = utc, .utc_offset_minutes = -210}));
}

class NotAMomentTest : public ::testing::TestWithParam<std::string_view> {};

TEST_P(NotAMomentTest, IsRefusedNamingTheAcceptedForm) {
  const auto moment = ParseTimestamp(GetParam());
  ASSERT_FALSE(moment.has_value()) << GetParam();
  EXPECT_THAT(moment.error().message, HasSubstr("not a date or time"));
  EXPECT_THAT(moment.error().remedy, HasSubstr("2022-09-23"));
}

INSTANTIATE_TEST_SUITE_P(OtherForms, NotAMomentTest,
                         ::testing::Values("23.09.2022", "09/23/2022", "2022/09/23", "20220923", "2022-9-23",
                                           "23 Sep 2022", "2022-09", "2022-09-23 ", "2022-09-23 1:00", "2022-09-23 12",
                                           "2022-09-23x12:00", "2022-09-23 12:00:", "2022-09-23 12:00:0",
                                           "2022-09-23 12:00:00.", "12:00", "yesterday", "2022−09−23", "-022-09-23"));

struct Wrong {
  std::string_view text;
  std::string_view message;
  std::string_view remedy;
};

class WrongMomentTest : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongMomentTest, IsRefusedSayingWhy) {
  const auto moment = ParseTimestamp(GetParam().text);
  ASSERT_FALSE(moment.has_value()) << GetParam().text;
  EXPECT_THAT(moment.error().message, HasSubstr(std::string(GetParam().message)));
  EXPECT_THAT(moment.error().remedy, HasSubstr(std::string(GetParam().remedy)));
}

INSTANTIATE_TEST_SUITE_P(
    Calendar, WrongMomentTest,
    ::testing::Values(Wrong{"2023-02-29", "a day the calendar does not have", "year-month-day"},
                      Wrong{"1900-02-29", "a day the calendar does not have", "year-month-day"},
                      Wrong{"2022-04-31 10:00", "a day the calendar does not have", "year-month-day"},
                      Wrong{"2022-23-09", "a day the calendar does not have", "year-month-day"},
                      Wrong{"2022-00-10", "a day the calendar does not have", "year-month-day"},
                      Wrong{"2022-01-00", "a day the calendar does not have", "year-month-day"},
                      Wrong{"0202-09-23", "in the year 202,", "Correct the year"},
                      Wrong{"2922-09-23", "in the year 2922,", "Correct the year"},
                      Wrong{"2022-09-23 24:00", "no clock shows", "00:00:00 to 23:59:59"},
                      Wrong{"2022-09-23 12:60", "no clock shows", "00:00:00 to 23:59:59"},
                      Wrong{"2022-09-23 12:00:60", "no clock shows", "00:00:00 to 23:59:59"},
                      Wrong{"2022-09-23 12:00 Europe/Berlin", "ends in \"Europe/Berlin\"", "+02:00"},
                      Wrong{"2022-09-23 12:00+15:00", "ends in \"+15:00\"", "+02:00"},
                      Wrong{"2022-09-23 12:00+01:60", "ends in \"+01:60\"", "+02:00"},
                      Wrong{"2022-09-23 12:00 PM", "ends in \"PM\"", "+02:00"}));

TEST(Moments, AcceptLeapDays) {
  EXPECT_EQ(Read("2024-02-29").milliseconds, At({2024, 2, 29}, 0));
  EXPECT_EQ(Read("2000-02-29").milliseconds, At({2000, 2, 29}, 0));
}

TEST(DayOfLocalTime, TurnsAtFourInTheMorning) {
  EXPECT_EQ(DayOfLocalTime(At({2022, 9, 24}, 0)), DaysFromDate({2022, 9, 23}));
  EXPECT_EQ(DayOfLocalTime(At({2022, 9, 24}, (4 * 3'600'000) - 1)), DaysFromDate({2022, 9, 23}));
  EXPECT_EQ(DayOfLocalTime(At({2022, 9, 24}, 4 * 3'600'000)), DaysFromDate({2022, 9, 24}));
  EXPECT_EQ(DayOfLocalTime(0), -1);
  EXPECT_EQ(DayOfLocalTime(At({1969, 12, 31}, kNoonMinute)), -1);
}

TEST(Texts, ReadBackAsTheSameMoment) {
  for (const std::int64_t milliseconds :
       {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1'663'951'295'250}, At({1900, 1, 1}, 7)}) {
    EXPECT_EQ(Read(TimestampText(milliseconds)).milliseconds, milliseconds);
  }
  EXPECT_EQ(TimestampText(At({2022, 9, 23}, kNoonMinute + 41'250)), "2022-09-23 12:00:41.250");
  EXPECT_EQ(TimestampText(At({2022, 9, 23}, kNoonMinute)), "2022-09-23 12:00:00");
  EXPECT_EQ(DateText(DaysFromDate({2022, 9, 3})), "2022-09-03");
}

TEST(Texts, WriteEveryOffsetThatIsRead) {
  EXPECT_EQ(UtcOffsetText(0), "+00:00");
  EXPECT_EQ(UtcOffsetText(-210), "-03:30");
  for (int minutes = -14 * 60; minutes <= 14 * 60; ++minutes) {
    EXPECT_EQ(ParseUtcOffset(UtcOffsetText(minutes)), minutes);
  }
  EXPECT_EQ(ParseUtcOffset(""), std::nullopt);
  EXPECT_EQ(ParseUtcOffset("+"), std::nullopt);
  EXPECT_EQ(ParseUtcOffset("+2"), std::nullopt);
  EXPECT_EQ(ParseUtcOffset("+02:0"), std::nullopt);
  EXPECT_EQ(ParseUtcOffset("+14:01"), std::nullopt);
}

}  // namespace
}  // namespace selvedge::diary
