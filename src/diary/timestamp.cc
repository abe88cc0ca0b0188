#include "diary/timestamp.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <utility>

#include "core/contract.h"
#include "diary/refusal.h"

namespace selvedge::diary {
namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;
constexpr int kMaxOffsetMinutes = 14 * 60;
constexpr std::int64_t kDayTurnsAt = 240 * kMillisecondsPerMinute;

constexpr std::string_view kAcceptedForms =
    "Write dates as 2022-09-23 (year-month-day) and times as 2022-09-23 16:41, with seconds or a zone such as +02:00 "
    "after it if you have them.";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsLeapYear(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

/// Days of a common year before each month begins; the thirteenth is the year's end.
constexpr std::array kDaysBeforeMonth{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

int DaysBeforeMonth(int year, int month) {
  const int leap_day = month > 2 && IsLeapYear(year) ? 1 : 0;
  return kDaysBeforeMonth[static_cast<std::size_t>(month - 1)] + leap_day;
}

int DaysInMonth(int year, int month) { return DaysBeforeMonth(year, month + 1) - DaysBeforeMonth(year, month); }

/// Days from 0001-01-01 to the first of January of `year`.
int DaysBeforeYear(int year) {
  const int past = year - 1;
  return (365 * past) + (past / 4) - (past / 100) + (past / 400);
}

constexpr int kDaysBefore1970 = 719'162;

std::int64_t FloorDivide(std::int64_t value, std::int64_t divisor) {
  const std::int64_t quotient = value / divisor;
  return value % divisor < 0 ? quotient - 1 : quotient;
}

/// Takes pieces off the front of a text. Each says whether it was there.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool Take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// Exactly `count` digits.
  [[nodiscard]] bool TakeDigits(std::size_t count, int& value) {
    if (rest_.size() < count) return false;
    int sum = 0;
    for (const char c : rest_.substr(0, count)) {
      if (!IsDigit(c)) return false;
      sum = (sum * 10) + (c - '0');
    }
    value = sum;
    rest_.remove_prefix(count);
    return true;
  }

  /// One or more digits after a decimal point, as milliseconds.
  [[nodiscard]] bool TakeMilliseconds(int& value) {
    int worth = 100;
    std::size_t count = 0;
    value = 0;
    for (; count < rest_.size() && IsDigit(rest_[count]); ++count, worth /= 10) value += worth * (rest_[count] - '0');
    rest_.remove_prefix(count);
    return count > 0;
  }

  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

struct TimeOfDay {
  int hour = 0;
  int minute = 0;
  int second = 0;
  int millisecond = 0;
};

bool TakeDate(Scanner& scanner, CivilDate& date) {
  return scanner.TakeDigits(4, date.year) && scanner.Take('-') && scanner.TakeDigits(2, date.month) &&
         scanner.Take('-') && scanner.TakeDigits(2, date.day);
}

bool TakeTimeOfDay(Scanner& scanner, TimeOfDay& time) {
  if (!scanner.TakeDigits(2, time.hour) || !scanner.Take(':') || !scanner.TakeDigits(2, time.minute)) return false;
  if (!scanner.Take(':')) return true;
  if (!scanner.TakeDigits(2, time.second)) return false;
  return !scanner.Take('.') || scanner.TakeMilliseconds(time.millisecond);
}

bool Exists(CivilDate date) {
  return date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= DaysInMonth(date.year, date.month);
}

bool Exists(TimeOfDay time) { return time.hour < 24 && time.minute < 60 && time.second < 60; }

std::int64_t MillisecondsOf(TimeOfDay time) {
  return ((((time.hour * 60) + time.minute) * 60 + time.second) * std::int64_t{1000}) + time.millisecond;
}

std::unexpected<core::Error> NotAMoment(std::string_view text) {
  return Refuse(Quoted(text) + " is not a date or time in a form that can be read without guessing.",
                std::string(kAcceptedForms));
}

/// The number with leading zeros, at least `width` digits.
std::string Padded(std::int64_t value, std::size_t width) {
  const std::string digits = std::to_string(value);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

}  // namespace

int DaysFromDate(CivilDate date) {
  return DaysBeforeYear(date.year) + DaysBeforeMonth(date.year, date.month) + (date.day - 1) - kDaysBefore1970;
}

CivilDate DateFromDays(int days) {
  const int since_year_1 = days + kDaysBefore1970;
  SELVEDGE_EXPECT(since_year_1 >= 0);
  int year = 1 + (since_year_1 / 366);  // Never too late, and at most one step early for every 480 years.
  while (DaysBeforeYear(year + 1) <= since_year_1) ++year;
  const int in_year = since_year_1 - DaysBeforeYear(year);
  int month = 12;
  while (DaysBeforeMonth(year, month) > in_year) --month;
  return {.year = year, .month = month, .day = in_year - DaysBeforeMonth(year, month) + 1};
}

core::Result<Timestamp> ParseTimestamp(std::string_view text) {
  Scanner scanner(text);
  CivilDate date;
  if (!TakeDate(scanner, date)) return NotAMoment(text);
  const bool date_only = scanner.rest().empty();

  TimeOfDay time;
  std::optional<int> offset;
  if (!date_only) {
    if (!scanner.Take('T') && !scanner.Take(' ')) return NotAMoment(text);
    if (!TakeTimeOfDay(scanner, time)) return NotAMoment(text);
    std::string_view zone = scanner.rest();
    if (zone.size() > 1 && zone.starts_with(' ')) zone.remove_prefix(1);
    offset = ParseUtcOffset(zone);
    if (!zone.empty() && !offset) {
      return Refuse(Quoted(text) + " ends in " + Quoted(zone) + ", which is not a zone that can be read.",
                    "Write zones as the offset from UTC, such as +02:00, or Z for UTC.");
    }
  }

  if (!Exists(date)) {
    return Refuse(Quoted(text) + " is a day the calendar does not have.",
                  "Correct the date; it is read as year-month-day.");
  }
  if (date.year < kFirstYear || date.year > kLastYear) {
    return Refuse(Quoted(text) + " lies in the year " + std::to_string(date.year) + ", outside 1900 to 2199.",
                  "Correct the year.");
  }
  if (!Exists(time)) {
    return Refuse(Quoted(text) + " has a time of day no clock shows.", "Write times from 00:00:00 to 23:59:59.");
  }

  const std::int64_t on_its_clock = (DaysFromDate(date) * kMillisecondsPerDay) + MillisecondsOf(time);
  if (date_only) return Timestamp{.form = TimestampForm::kDate, .milliseconds = on_its_clock, .utc_offset_minutes = 0};
  return Timestamp{.form = offset ? TimestampForm::kZonedTime : TimestampForm::kLocalTime,
                   .milliseconds = on_its_clock - (offset.value_or(0) * kMillisecondsPerMinute),
                   .utc_offset_minutes = offset.value_or(0)};
}

std::optional<int> ParseUtcOffset(std::string_view text) {
  if (text == "Z" || text == "UTC") return 0;
  Scanner scanner(text);
  const bool west = scanner.Take('-');
  if (!west && !scanner.Take('+')) return std::nullopt;
  int hours = 0;
  int minutes = 0;
  if (!scanner.TakeDigits(2, hours)) return std::nullopt;
  if (!scanner.rest().empty()) {
    static_cast<void>(scanner.Take(':'));
    if (!scanner.TakeDigits(2, minutes)) return std::nullopt;
  }
  const int offset = (hours * 60) + minutes;
  if (!scanner.rest().empty() || minutes >= 60 || offset > kMaxOffsetMinutes) return std::nullopt;
  return west ? -offset : offset;
}

int DayOfLocalTime(std::int64_t local_milliseconds) {
  return static_cast<int>(FloorDivide(local_milliseconds - kDayTurnsAt, kMillisecondsPerDay));
}

std::string DateText(int days) {
  const CivilDate date = DateFromDays(days);
  return Padded(date.year, 4) + "-" + Padded(date.month, 2) + "-" + Padded(date.day, 2);
}

std::string TimestampText(std::int64_t milliseconds) {
  const std::int64_t day = FloorDivide(milliseconds, kMillisecondsPerDay);
  const std::int64_t in_day = milliseconds - (day * kMillisecondsPerDay);
  const std::int64_t seconds = in_day / 1000;
  std::string text = DateText(static_cast<int>(day)) + " " + Padded(seconds / 3600, 2) + ":" +
                     Padded(seconds / 60 % 60, 2) + ":" + Padded(seconds % 60, 2);
  if (in_day % 1000 != 0) text += "." + Padded(in_day % 1000, 3);
  return text;
}

std::string UtcOffsetText(int minutes) {
  const int size = std::abs(minutes);
  return (minutes < 0 ? "-" : "+") + Padded(size / 60, 2) + ":" + Padded(size % 60, 2);
}

}  // namespace selvedge::diary
