#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/side.h"
#include "diary/diary.h"
#include "diary/moments.h"

namespace selvedge::responses {

/// A day, or one check-in of several in a day: how each was, and what each says happened.
struct Occasion {
  int day = 0;
  core::BySide<std::optional<double>> own{};
  core::BySide<std::optional<diary::Moments>> moments{};  ///< absent: did not look; empty: nothing of this happened
  /// Acts that must not count, since the person was afraid of what the other might have done otherwise (design: care,
  /// question Q). For every reading about such an act the person did not look on this occasion.
  core::BySide<diary::Moments> left_out{};
};

/// What an occasion is, for requirements and for words.
enum class Grain { kDays, kCheckIns };

/// A couple's check-ins as occasions. A partner who did not answer at the same time is as they last said on that day.
[[nodiscard]] std::vector<Occasion> OccasionsOf(const diary::Couple& couple);

/// For each occasion, whether this person was lower than usual for them: at or below their mean by one standard
/// deviation, both over all their answers. Nothing where they did not answer, or where their answers never differ.
[[nodiscard]] std::vector<std::optional<bool>> LowerThanUsual(std::span<const Occasion> occasions, core::Side side);

}  // namespace selvedge::responses
