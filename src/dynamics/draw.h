#pragma once

#include <span>
#include <vector>

#include "core/days.h"
#include "core/random.h"
#include "dynamics/fit.h"
#include "dynamics/occasions.h"
#include "dynamics/system.h"

namespace selvedge::dynamics {

/// Two people's answers at the given ascending times, drawn exactly from the model: no steps in between, so no step
/// error. Both answer every time; leave out what a study wants missing.
[[nodiscard]] std::vector<Observation> DrawAnswers(const System& system, Start start, std::span<const core::Days> times,
                                                   core::RandomStream& stream);

/// Systems drawn from a Laplace approximation. Points outside the prior's support (not stable) are drawn again.
/// Fewer than `count` come back only if nearly all of it lies outside.
[[nodiscard]] std::vector<System> DrawSystems(const Laplace& laplace, std::size_t count, core::RandomStream& stream);

/// A system drawn from a prior: for simulation studies.
[[nodiscard]] System DrawSystem(const Prior& prior, core::RandomStream& stream);

}  // namespace selvedge::dynamics
