#include "diary/time_column.h"

#include <cmath>
#include <string>
#include <utility>

#include "diary/number.h"
#include "diary/refusal.h"
#include "diary/timestamp.h"

namespace selvedge::diary {
namespace {

/// Farther than any diary reaches; a time beyond is counted in another unit.
constexpr double kFarthestDays = 1e6;

Instant AtDate(std::int64_t milliseconds) {
  const auto day = static_cast<int>(milliseconds / kMillisecondsPerDay);  // Exact: a date is midnight.
  return {.time = {static_cast<double>(day)}, .day = day};
}

Instant AtClockTime(std::int64_t milliseconds, int utc_offset_minutes) {
  return {.time = {static_cast<double>(milliseconds) / static_cast<double>(kMillisecondsPerDay)},
          .day = DayOfLocalTime(milliseconds + (utc_offset_minutes * kMillisecondsPerMinute)),
          .utc_offset_minutes = utc_offset_minutes};
}

}  // namespace

core::Result<std::optional<Instant>> TimeColumn::Read(const Row& row) {
  std::string scratch;
  const std::string_view text = row.cells[layout_.time].Text(scratch);
  if (IsMissing(text)) return std::nullopt;
  const std::optional<double> number = ParseNumber(text, table_.separator());
  if (number) return SELVEDGE_TRY(ReadNumber(*number, row, text));
  return SELVEDGE_TRY(ReadMoment(row, text));
}

Clock TimeColumn::clock() const {
  return kind_.value_or(Kind::kNumber) == Kind::kNumber ? Clock::kDayNumbers : Clock::kCalendar;
}

core::Result<Instant> TimeColumn::ReadNumber(double number, const Row& row, std::string_view text) {
  SELVEDGE_TRY_VOID(Agree(Kind::kNumber, row, text));
  if (!layout_.time_forms.numbers) {
    return Refuse(Quoted(text) + " is a number, not a date.",
                  "Write dates as 2022-09-23 (year-month-day), or name a column of day numbers with --time.",
                  PlaceOf(row));
  }
  const double days = (number * layout_.time_unit.count) + 0.0;  // Adding zero makes −0 a plain 0.
  if (!(std::abs(days) <= kFarthestDays)) {
    return Refuse("The time " + Quoted(text) + " is more than a million days away.",
                  "Say with --time-unit what the numbers count, or correct this one.", PlaceOf(row));
  }
  return Instant{.time = {days}, .day = static_cast<int>(std::floor(days))};
}

core::Result<Instant> TimeColumn::ReadMoment(const Row& row, std::string_view text) {
  core::Result<Timestamp> parsed = ParseTimestamp(text);
  if (!parsed) {
    parsed.error().place = PlaceOf(row);
    return std::unexpected(std::move(parsed).error());
  }
  Timestamp moment = *parsed;
  if (moment.form == TimestampForm::kDate) {
    SELVEDGE_TRY_VOID(Agree(Kind::kDate, row, text));
    if (!layout_.time_forms.dates) {
      return Refuse(Quoted(text) + " is a date without a time of day.",
                    "Name a column of dates with --date, or add the time of day, such as 2022-09-23 16:41.",
                    PlaceOf(row));
    }
    return AtDate(moment.milliseconds);
  }

  if (const std::optional<int> zone = SELVEDGE_TRY(ReadZone(row))) {
    // A time that names a zone itself keeps its instant; the column then says which clock hung on the wall.
    if (moment.form == TimestampForm::kLocalTime) moment.milliseconds -= *zone * kMillisecondsPerMinute;
    moment.form = TimestampForm::kZonedTime;
    moment.utc_offset_minutes = *zone;
  }
  SELVEDGE_TRY_VOID(Agree(moment.form == TimestampForm::kZonedTime ? Kind::kZonedTime : Kind::kLocalTime, row, text));
  if (!layout_.time_forms.timestamps) {
    return Refuse(Quoted(text) + " has a time of day where only a date is read.",
                  "Write the date alone, or put the time into the column \"start\".", PlaceOf(row));
  }
  return AtClockTime(moment.milliseconds, moment.utc_offset_minutes);
}

core::Result<std::optional<int>> TimeColumn::ReadZone(const Row& row) const {
  if (!layout_.zone) return std::nullopt;
  const std::string_view text = row.cells[*layout_.zone].raw;
  if (IsMissing(text)) return std::nullopt;
  const std::optional<int> offset = ParseUtcOffset(text);
  if (offset) return offset;
  return Refuse(Quoted(text) + " is not a zone that can be read.",
                "Write zones as the offset from UTC on that day, such as +02:00, or Z for UTC.",
                table_.PlaceOf(row.line, *layout_.zone));
}

core::Result<void> TimeColumn::Agree(Kind kind, const Row& row, std::string_view text) {
  if (!kind_) {
    kind_ = kind;
    kind_line_ = row.line;
  }
  if (*kind_ == kind) return {};
  return Refuse(Quoted(text) + " is " + std::string(NameOf(kind)) + "; line " + std::to_string(kind_line_) + " has " +
                    std::string(NameOf(*kind_)) + ".",
                "Write all times of one file in the same way.", PlaceOf(row));
}

std::string_view TimeColumn::NameOf(Kind kind) {
  switch (kind) {
    case Kind::kNumber:
      return "a number";
    case Kind::kDate:
      return "a date";
    case Kind::kLocalTime:
      return "a time without a zone";
    case Kind::kZonedTime:
      return "a time with a zone";
  }
  return {};
}

}  // namespace selvedge::diary
