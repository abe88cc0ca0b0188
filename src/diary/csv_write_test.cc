#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "diary/csv.h"

namespace selvedge::diary {
namespace {

constexpr Scale kAnyNumber{.low = std::numeric_limits<double>::lowest(), .high = std::numeric_limits<double>::max()};

constexpr std::string_view kHeader =
    "dyad,id,role,obsno,daycum,scheduled,sent,start,end,tz,local_date,valid,backfill,missing_reason,duration_ms,own\n";

core::Result<Diary> ReadMapped(std::string_view text, const ColumnMap& map) { return ReadCsv(text, {.columns = map}); }

core::Result<Diary> ReadBack(const Diary& diary) { return ReadCsv(WriteCsv(diary), {.scale = kAnyNumber}); }

std::string WrittenFrom(std::string_view text, const ColumnMap& map) {
  const auto diary = ReadMapped(text, map);
  EXPECT_TRUE(diary.has_value()) << diary.error().message;
  if (!diary) return {};
  EXPECT_EQ(ReadBack(*diary), *diary) << WriteCsv(*diary);
  return WriteCsv(*diary).substr(kHeader.size());
}

const ColumnMap kLong{.dyad = "dyad", .person = "person", .time = "t", .own = "mood"};
const ColumnMap kLongDates{.dyad = "dyad", .person = "person", .date = "t", .own = "mood"};

TEST(WriteCsv, BeginsWithTheCanonicalHeader) { EXPECT_EQ(WriteCsv({}), kHeader); }

TEST(WriteCsv, PutsDayNumbersIntoDaycum) {
  EXPECT_EQ(WrittenFrom("dyad,person,t,mood\n1,f,0.1,3.5\n1,m,0.1,4\n1,f,-2,1e-3\n", kLong),
            "1,f,f,1,-2,,,,,,,1,,,,0.001\n"
            "1,f,f,2,0.1,,,,,,,1,,,,3.5\n"
            "1,m,m,1,0.1,,,,,,,1,,,,4\n");
}

TEST(WriteCsv, PutsDatesIntoLocalDate) {
  EXPECT_EQ(WrittenFrom("dyad,person,t,mood\n1,f,2022-09-23,3\n1,f,2022-09-25,4\n", kLongDates),
            "1,f,f,1,1,,,,,,2022-09-23,1,,,,3\n"
            "1,f,f,2,3,,,,,,2022-09-25,1,,,,4\n");
}

TEST(WriteCsv, PutsTimesIntoStartAndTheDayTheyBelongToIntoLocalDate) {
  EXPECT_EQ(WrittenFrom("dyad,person,t,mood\n1,f,2022-09-23 16:41,3\n1,f,2022-09-24 03:59:59.999,4\n", kLong),
            "1,f,f,1,1,,,2022-09-23 16:41:00,,,2022-09-23,1,,,,3\n"
            "1,f,f,2,1,,,2022-09-24 03:59:59.999,,,2022-09-23,1,,,,4\n");
}

TEST(WriteCsv, WritesTheLocalClockAndItsZone) {
  EXPECT_EQ(WrittenFrom("dyad,person,t,mood\n1,f,2022-09-23 22:30-04:00,3\n1,f,2022-09-24T12:00Z,4\n", kLong),
            "1,f,f,1,1,,,2022-09-23 22:30:00,,-04:00,2022-09-23,1,,,,3\n"
            "1,f,f,2,2,,,2022-09-24 12:00:00,,+00:00,2022-09-24,1,,,,4\n");
}

TEST(WriteCsv, GivesEveryPersonAnIdOfTheirOwn) {
  EXPECT_EQ(WrittenFrom("dyad,person,t,mood\n1,f,0,3\n2,f,0,4\n", kLong),
            "1,1-f,f,1,0,,,,,,,1,,,,3\n"
            "2,2-f,f,1,0,,,,,,,1,,,,4\n");
}

TEST(AppendCsv, WritesCouplesOneAfterAnotherAsOneDiary) {
  const auto diary = ReadMapped(
      "dyad,person,t,mood\n1,f,2022-09-23,3\n1,m,2022-09-25,4\n2,f,2022-09-23,5\n2,m,2022-09-23,6\n", kLongDates);
  ASSERT_TRUE(diary.has_value()) << diary.error().message;
  std::string csv = CsvHeader();
  for (const Couple& couple : diary->couples) AppendCsv(couple, csv);
  EXPECT_EQ(ReadCsv(csv, {.scale = kAnyNumber}), *diary) << csv;
}

TEST(AppendCsv, GivesPeopleIdsOfTheirOwnThoughItKnowsNoOtherCouple) {
  const auto diary = ReadMapped("dyad,person,t,mood\n7,f,2022-09-23,3\n7,m,2022-09-23,4\n", kLongDates);
  ASSERT_TRUE(diary.has_value()) << diary.error().message;
  std::string csv;
  AppendCsv(diary->couples.front(), csv);
  EXPECT_EQ(csv, "7,7-f,f,1,1,,,,,,2022-09-23,1,,,,3,,,\n7,7-m,m,1,1,,,,,,2022-09-23,1,,,,4,,,\n");
}

TEST(WriteCsv, KeepsAPartnerWhoNeverAnsweredByAPromptNotAnswered) {
  EXPECT_EQ(WrittenFrom("dyad,person,t,mood\n1,f,0,3\n1,m,0,\n", kLong),
            "1,f,f,1,0,,,,,,,1,,,,3\n"
            "1,m,m,1,,,,,,,,0,,,,\n");
}

TEST(WriteCsv, QuotesLabelsThatNeedIt) {
  EXPECT_EQ(WrittenFrom("dyad,person,t,mood\n\"a,b\",\"say \"\"x\"\"\ny\",0,3\n", kLong),
            "\"a,b\",\"say \"\"x\"\"\ny\",\"say \"\"x\"\"\ny\",1,0,,,,,,,1,,,,3\n");
}

TEST(WriteCsv, KeepsLabelsThatLookLikeNothing) {
  WrittenFrom("dyad,person,t,mood\nNA,.,0,3\nNA,NaN,0,3\n.,NA,0,4\n", kLong);
}

TEST(WriteCsv, KeepsTheExtremesOfNumbers) {
  WrittenFrom("dyad,person,t,mood\n1,f,1e6,1.7976931348623157e308\n1,f,-1e6,5e-324\n1,f,1e-300,-0\n1,m,-0,0.1\n",
              kLong);
}

// Whatever the reader gives out, writing and reading it again gives the same.

enum class TimeKind : std::uint8_t { kNumbers, kDates, kLocalTimes, kZonedTimes };

std::string Digits(int value, std::size_t width) {
  std::string digits = std::to_string(value);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

std::string AnyDate() {
  return Digits(*rc::gen::inRange(1900, 2200), 4) + "-" + Digits(*rc::gen::inRange(1, 13), 2) + "-" +
         Digits(*rc::gen::inRange(1, 29), 2);
}

std::string AnyTime(TimeKind kind) {
  if (kind == TimeKind::kNumbers)
    return std::to_string(*rc::gen::inRange(-100, 100)) + *rc::gen::element<std::string>("", ".1", ".333");
  if (kind == TimeKind::kDates) return AnyDate();
  std::string text = AnyDate() + " " + Digits(*rc::gen::inRange(0, 24), 2) + ":" + Digits(*rc::gen::inRange(0, 60), 2) +
                     ":" + Digits(*rc::gen::inRange(0, 60), 2) + "." + Digits(*rc::gen::inRange(0, 1000), 3);
  if (kind == TimeKind::kZonedTimes) {
    text += *rc::gen::element<std::string>("Z", "+02:00", "-11:30", "+14:00", "-14:00", "+05:45", "+00:01");
  }
  return text;
}

std::string Doubled(std::string_view label) {
  std::string text;
  for (const char c : label) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text;
}

std::string AnyFile(TimeKind kind) {
  std::string text = "dyad,person,t,mood,close,contact,moments\n";
  const int rows = *rc::gen::inRange(1, 40);
  for (int i = 0; i < rows; ++i) {
    const std::string dyad = *rc::gen::element<std::string>("1", "2", "10", "a b", "x,\"y\"", "NA", "👩", "-", "1-f");
    const std::string person = *rc::gen::element<std::string>("f", "m");
    const std::string own = *rc::gen::element<std::string>("", "NA", "0", "3.5", "-7e-3", "0.1", "100");
    const std::string close = *rc::gen::element<std::string>("", "", "0", "33.3", "100");
    const std::string contact = *rc::gen::element<std::string>("", "", "apart", "some", "most");
    const std::string moments = *rc::gen::element<std::string>("", "", "nothing", "boundary", "own_time guilt=none",
                                                               "withdrew | reached later=yes outcome=not_fair");
    text += "\"" + Doubled(dyad) + "\"," + person + "," + AnyTime(kind) + "," + own + "," + close + "," + contact +
            "," + moments + "\n";
  }
  return text;
}

RC_GTEST_PROP(WriteCsvAndReadCsv, AreInverse, ()) {
  const auto kind =
      *rc::gen::element(TimeKind::kNumbers, TimeKind::kDates, TimeKind::kLocalTimes, TimeKind::kZonedTimes);
  ColumnMap map = kind == TimeKind::kDates ? kLongDates : kLong;
  map.close = "close";
  map.contact = "contact";
  map.moments = "moments";
  const auto diary = ReadMapped(AnyFile(kind), map);
  RC_PRE(diary.has_value());
  const auto again = ReadBack(*diary);
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == *diary);
  RC_ASSERT(WriteCsv(*again) == WriteCsv(*diary));
}

}  // namespace
}  // namespace selvedge::diary
