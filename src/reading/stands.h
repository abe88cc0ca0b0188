#pragma once

#include <optional>

#include "core/function_ref.h"
#include "core/side.h"
#include "diary/diary.h"
#include "dynamics/prior.h"
#include "leaning/leaning.h"
#include "reading/reading.h"

namespace selvedge::reading {

/// A season is the eight weeks up to somebody's own last day; the trail has the eight weeks before those, and so on.
///
/// Counted back, not by the calendar: "now" always has as many days as there are, where a calendar's quarter would
/// begin anew with nothing. Eight weeks carry a dozen low days and a first half-life; twice as long would no longer be
/// a season, and half as long mostly chance.
inline constexpr int kSeasonDays = 56;

/// Now, and six before it: a little more than a year.
inline constexpr int kSeasons = 7;

/// Where each of the two stands, from their own diary and what is known beside it. Nothing for somebody who is not
/// asked: who never looked at the moments, and of whom there are no answers to a questionnaire. Whoever is asked and of
/// whom there is too little, in whose questionnaires no answer counts, or whose fear recurs, is NotShown alike.
///
/// Nothing the other logs moves it, but how they felt.
///
/// @param reading  of this couple, with its days and cards
[[nodiscard]] core::BySide<std::optional<leaning::Leaning>> StandsOf(const diary::Couple& couple,
                                                                     const Reading& reading,
                                                                     const dynamics::Prior& prior,
                                                                     const core::BySide<Beside>& beside,
                                                                     core::Heartbeat beat);

}  // namespace selvedge::reading
