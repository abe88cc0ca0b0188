#pragma once

#include <cstdint>

#include "theory/life.h"

namespace selvedge::recovery {

/// The number of an ordinary couple of a population: of the first 64, those whose first union lasts within four weeks
/// of the median one's; of these, the one whose felt and real closeness stay nearest to what is usual among them.
[[nodiscard]] std::uint32_t OrdinaryCouple(const theory::Plan& plan);

}  // namespace selvedge::recovery
