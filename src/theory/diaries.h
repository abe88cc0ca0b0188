#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/side.h"
#include "diary/diary.h"
#include "theory/life.h"

/// What two simulated people would have written down: the end of the theory that meets the diaries of real people. A
/// day here is a day of diaries, from 04:00 to 04:00. The diary ends when the two part. What is done to somebody by one
/// who punishes has no word in it, as it has none in real diaries.
namespace selvedge::theory {

inline constexpr int kMostPromptsADay = 6;

/// How often two people are asked.
struct Asking {
  /// 1 to 6. Once: at the end of the day, dated only. More often: at clock times from 10 to 22.
  int prompts_a_day = 1;
  int first_day = 20514;  ///< days since 1970-01-01: 2 March 2026, a Monday
};

/// A diary, and what it has no columns for.
struct KeptDiary {
  diary::Couple couple;  ///< times are diary::Clock::kCalendar
  /// Beside each check-in: how each took the other to feel, 0 to 100. Asked on three days of any seven.
  std::vector<core::BySide<std::optional<double>>> guesses;
  std::optional<int> parted;  ///< the last day, if the two parted within the plan's days
};

/// The diary that the couple with this number keeps while it lives the plan's days. The same couple gives the same
/// diary, whoever else is simulated. How many steps a day has is the asking's matter, not the plan's.
[[nodiscard]] KeptDiary KeepDiary(const Plan& plan, const Asking& asking, std::uint32_t couple);

}  // namespace selvedge::theory
