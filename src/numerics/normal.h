#pragma once

#include "core/random.h"

namespace selvedge::numerics {

inline constexpr double kLogTwoPi = 1.8378770664093454836;

[[nodiscard]] double NormalDensity(double z);
[[nodiscard]] double NormalProbability(double z);

/// z with NormalProbability(z) = p, for 0 < p < 1, to about 16 digits.
///
/// Source: Wichura (1988), Algorithm AS 241, Applied Statistics 37(3), 477–484, doi:10.2307/2347330.
[[nodiscard]] double NormalQuantile(double p);

/// One standard normal draw, by inversion: one uniform a draw, so streams stay aligned.
[[nodiscard]] double DrawNormal(core::RandomStream& stream);

/// The continuous ranked probability score of a forecast N(mean, sd²) for what then happened; smaller is better, in
/// the units of the forecast.
///
/// Source: Gneiting & Raftery (2007), JASA 102, 359–378, eq. 21 (sign reversed), doi:10.1198/016214506000001437.
[[nodiscard]] double NormalCrps(double mean, double sd, double observed);

}  // namespace selvedge::numerics
