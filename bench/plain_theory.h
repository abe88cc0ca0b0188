#pragma once

#include <cstdint>
#include <vector>

#include "theory/simulate.h"

namespace selvedge::bench {

/// The weeks of one couple as somebody would write it who has one couple in mind: states in a plain struct, the same
/// step of the same rules, the library's `exp`, `sqrt`, `log` and `cos`, a generator with a state, and nothing computed
/// of a moment that did not happen. The same distribution, not the same bytes.
[[nodiscard]] std::vector<theory::Week> PlainWeeks(const theory::Plan& plan, std::uint32_t couple);

}  // namespace selvedge::bench
