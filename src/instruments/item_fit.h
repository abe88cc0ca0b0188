#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/executor.h"
#include "instruments/item_bank.h"

namespace selvedge::instruments {

/// How well an item's curve fits: answers observed at each sum score against those the model expects there.
struct ItemFit {
  double statistic = 0;  ///< S-X²
  int degrees = 0;
  double p = 1;      ///< of a statistic this large or larger, were the model true
  double rmsea = 0;  ///< √max(0, (S-X² − df) / (df (n − 1))): misfit whatever the number of people
  std::size_t people = 0;
};

/// S-X² of every item, among the items of its own dimension, over the people who answered all of those. Cells in which
/// fewer than one answer is expected are joined with their neighbours. Nothing where that leaves no degree of freedom,
/// and in a mixed bank, whose sum scores are about no one dimension.
///
/// Sources: Orlando & Thissen (2000), Applied Psychological Measurement 24(1), 50–64, doi:10.1177/01466216000241003;
/// Kang & Chen (2008), J. Educational Measurement 45(4), 391–406, doi:10.1111/j.1745-3984.2008.00071.x (several
/// categories).
[[nodiscard]] std::vector<std::optional<ItemFit>> FitOfItems(const ItemBank& bank, const Answers& answers,
                                                             core::Executor& executor);

}  // namespace selvedge::instruments
