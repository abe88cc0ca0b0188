#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/days.h"
#include "core/side.h"
#include "diary/moments.h"

namespace selvedge::diary {

/// How much of the day two people spent together.
enum class Contact : std::uint8_t { kApart, kSome, kMost };

/// What files call each contact, in its order.
inline constexpr std::array<std::string_view, 3> kContactNames{"apart", "some", "most"};

/// What a person noted beside how they felt. All of it may be missing; silence is an answer too.
struct Noted {
  std::optional<double> close{};     ///< how close the day felt, 0–100
  std::optional<Contact> contact{};  ///< of the day with the other
  std::optional<Moments> moments{};  ///< absent: did not look; empty: nothing of this today

  [[nodiscard]] bool IsEmpty() const { return !close && !contact && !moments; }
  bool operator==(const Noted&) const = default;
};

/// One moment at which one partner, or both, said how they were, or were asked and did not answer.
struct CheckIn {
  core::Days time;                          ///< since the diary's origin: exact, fractions of a day count
  int day = 0;                              ///< the day it belongs to; with clock times a day turns at 04:00 local time
  core::BySide<std::optional<double>> own;  ///< how each felt, in the file's own units; absent = not answered
  core::BySide<Noted> noted{};              ///< what each noted beside it
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
