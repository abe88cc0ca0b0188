#pragma once

#include <optional>
#include <span>
#include <vector>

#include "reading/reading.h"

namespace selvedge::reading {

/// How far two people's days went up and down together, and what that would look like if they had nothing to do with
/// each other.
struct Together {
  double correlation = 0;     ///< of the days on which both answered
  double effective_days = 0;  ///< how many independent days these are worth, given how slowly each changes
  Estimate estimate;          ///< intervals by Fisher's z with that many days
  double probability_positive = 0.5;
  std::vector<double> null;  ///< the correlation after shifts of b by whole weeks, 14 days or more, around the circle:
                             ///< every one in diaries of up to ten years, evenly spread ones in longer diaries
};

/// Nothing when fewer than 5 days are paired or one of the two never varies on them.
///
/// Sources: Bartlett (1935), JRSS 98, 536–543 (effective number, first-order); Fisher (1921), Metron 1, 3–32.
[[nodiscard]] std::optional<Together> MovedTogether(std::span<const Day> days);

}  // namespace selvedge::reading
