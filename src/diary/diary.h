#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/days.h"
#include "core/side.h"

namespace selvedge::diary {

/// One moment at which one partner, or both, said how they were, or were asked and did not answer.
struct CheckIn {
  core::Days time;                          ///< since the diary's origin: exact, fractions of a day count
  int day = 0;                              ///< the day it belongs to; with clock times a day turns at 04:00 local time
  core::BySide<std::optional<double>> own;  ///< how each felt, in the file's own units; absent = not answered
  int utc_offset_minutes = 0;               ///< local clock minus UTC, where the file names zones; else 0

  bool operator==(const CheckIn&) const = default;
};

/// Two people and everything they logged, in order of time, no two check-ins at the same time.
struct Couple {
  std::string id;
  core::BySide<std::string> labels;  ///< a = first in natural sort order; empty for a partner who never appears
  std::vector<CheckIn> check_ins;

  bool operator==(const Couple&) const = default;
};

/// What `CheckIn::time` counts from.
enum class Clock {
  kDayNumbers,  ///< the file's own numbering
  kCalendar,    ///< days since 1970-01-01, in UTC where the file names a zone, else on the file's own local clock
};

struct Diary {
  Clock clock = Clock::kDayNumbers;
  std::vector<Couple> couples;  ///< in natural sort order of their ids

  bool operator==(const Diary&) const = default;
};

/// The range a person could answer in.
struct Scale {
  double low = 0;
  double high = 100;

  bool operator==(const Scale&) const = default;
};

}  // namespace selvedge::diary
