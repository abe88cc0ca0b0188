#pragma once

#include <vector>

#include "core/side.h"
#include "diary/diary.h"
#include "reading/reading.h"

namespace selvedge::reading {

/// What each does when the other is low or comes near, as cards (responses/responses.h): each question for a, then for
/// b. None where nobody looked at the moments: then these questions are not asked at all.
///
/// @param reading  of this couple, with its days.
[[nodiscard]] std::vector<Card> ResponseCards(const diary::Couple& couple, const Reading& reading,
                                              const core::BySide<Beside>& beside);

}  // namespace selvedge::reading
