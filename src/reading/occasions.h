#pragma once

#include <span>
#include <vector>

#include "core/side.h"
#include "reading/reading.h"
#include "responses/occasions.h"

namespace selvedge::reading {

/// Whole days as occasions: whatever was logged on one of them counts once.
[[nodiscard]] std::vector<responses::Occasion> WholeDays(std::span<const Day> days);

/// Marks what is left out, on every occasion of its day.
void LeaveOut(const core::BySide<Beside>& beside, std::vector<responses::Occasion>& occasions);

}  // namespace selvedge::reading
