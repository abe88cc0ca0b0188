#include "dynamics/system.h"

#include <algorithm>
#include <cmath>

#include "numerics/lyapunov.h"

namespace selvedge::dynamics {

core::Result<System> System::Create(numerics::Mat2 drift, numerics::Sym2 diffusion, numerics::Vec2 noise,
                                    numerics::Vec2 mean) {
  System system{.drift = drift, .diffusion = diffusion, .noise = noise, .mean = mean, .stationary = {}};
  const Parameters parameters = ParametersOf(system);
  if (!std::ranges::all_of(parameters, [](double p) { return std::isfinite(p); })) {
    return std::unexpected(core::Error{.code = core::ErrorCode::kNotFinite,
                                       .message = "a parameter is not a finite number",
                                       .remedy = "",
                                       .place = {}});
  }
  if (!numerics::IsStable(drift)) {
    return std::unexpected(core::Error{.code = core::ErrorCode::kNotStable,
                                       .message = "with this drift an upset would never ease",
                                       .remedy = "keep the trace of the drift below 0 and its determinant above 0",
                                       .place = {}});
  }
  const bool is_covariance = diffusion.aa >= 0 && diffusion.bb >= 0 &&
                             diffusion.ab * diffusion.ab <= diffusion.aa * diffusion.bb * (1 + 1e-12);
  if (!is_covariance || noise.a < 0 || noise.b < 0) {
    return std::unexpected(core::Error{.code = core::ErrorCode::kNotPositiveDefinite,
                                       .message = "the jolts or the noise are not a covariance",
                                       .remedy = "keep variances at or above 0 and q_ab² at or below q_aa q_bb",
                                       .place = {}});
  }
  system.stationary = numerics::SolveLyapunov(drift, diffusion);
  return system;
}

Parameters ParametersOf(const System& system) {
  return {system.drift.aa,     system.drift.ab,     system.drift.ba,     system.drift.bb,
          system.diffusion.aa, system.diffusion.ab, system.diffusion.bb, system.noise.a,
          system.noise.b,      system.mean.a,       system.mean.b};
}

}  // namespace selvedge::dynamics
