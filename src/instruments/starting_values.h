#pragma once

#include "instruments/item_bank.h"

namespace selvedge::instruments {

/// Curves to begin a search with: slopes from the first principal component of each dimension's items, thresholds from
/// the shares of the answers, dimensions uncorrelated.
[[nodiscard]] ItemBank StartingValues(ItemBank skeleton, const Answers& answers);

}  // namespace selvedge::instruments
