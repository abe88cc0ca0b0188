#pragma once

#include <cstdint>

#include "theory/simulate.h"

namespace selvedge::theory {

/// The weeks of one couple with every moment at its own instant, instead of counted by steps.
///
/// The same rules, by thinning (Lewis & Shedler 1979): instants are drawn at the highest rate moments can have in any
/// state, which the rules say themselves when run with intervals, and an instant becomes a moment with the share the
/// true rates have in it. Between instants the couple drifts in pieces of an hour at most. Exact but for those pieces,
/// and slow: it is what steps are held to. Plan::steps_a_day is how often states are looked at.
///
/// Lewis & Shedler (1979), Simulation of nonhomogeneous Poisson processes by thinning, Naval Research Logistics 26(3),
/// 403–413, doi:10.1002/nav.3800260304.
[[nodiscard]] Block SimulateEventByEvent(const Plan& plan, std::uint32_t couple);

}  // namespace selvedge::theory
