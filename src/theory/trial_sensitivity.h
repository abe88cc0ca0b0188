#pragma once

#include <cstdint>

#include "core/executor.h"
#include "theory/claims.h"
#include "theory/trial.h"

namespace selvedge::theory {

/// Measures how far the effects of a trial's emergent claims depend on the constants: first, over sets in which all of
/// them are drawn, whether they stay on the predicted side; then, by Morris, which constants matter; then, by Sobol',
/// how much each of those does.
/// @returns  whether it came to its end: false when it was cancelled.
[[nodiscard]] bool AddSensitivity(const Theory& theory, const Claims& claims, std::uint64_t seed,
                                  const SensitivitySize& size, core::Executor& executor, SimulationHooks hooks,
                                  Trial& trial);

}  // namespace selvedge::theory
