#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace selvedge::diary {

struct CivilDate {
  int year = 1970;
  int month = 1;
  int day = 1;

  bool operator==(const CivilDate&) const = default;
};

/// Days since 1970-01-01 in the Gregorian calendar, and back. The date must exist; years from 1 on.
[[nodiscard]] int DaysFromDate(CivilDate date);
[[nodiscard]] CivilDate DateFromDays(int days);

enum class TimestampForm { kDate, kLocalTime, kZonedTime };

/// A date or a time of day on a date, as somebody wrote it.
struct Timestamp {
  TimestampForm form = TimestampForm::kDate;
  std::int64_t milliseconds = 0;  ///< since 1970-01-01 00:00: in UTC if zoned, else on the clock it was read from
  int utc_offset_minutes = 0;     ///< local clock minus UTC; 0 unless zoned

  bool operator==(const Timestamp&) const = default;
};

/// Reads YYYY-MM-DD, alone or followed (after a space or T) by HH:MM[:SS[.fff]] and perhaps a zone: Z, UTC, +02:00,
/// +0200 or +02. Digits beyond milliseconds are cut off. Years 1900 to 2199, so that a mistyped one does not pass.
///
/// @returns kRefused without a place.
[[nodiscard]] core::Result<Timestamp> ParseTimestamp(std::string_view text);

/// Minutes from a zone written as in ParseTimestamp; nothing if it is none, or farther than 14 hours from UTC.
[[nodiscard]] std::optional<int> ParseUtcOffset(std::string_view text);

/// The day a local time belongs to. It turns at 04:00: what is logged after midnight belongs to the evening before.
[[nodiscard]] int DayOfLocalTime(std::int64_t local_milliseconds);

inline constexpr std::int64_t kMillisecondsPerMinute = 60'000;
inline constexpr std::int64_t kMillisecondsPerDay = 86'400'000;

[[nodiscard]] std::string DateText(int days);                        ///< 2022-09-23
[[nodiscard]] std::string TimestampText(std::int64_t milliseconds);  ///< 2022-09-23 16:41:35, and .250 if not whole
[[nodiscard]] std::string UtcOffsetText(int minutes);                ///< +02:00

}  // namespace selvedge::diary
