#pragma once

namespace selvedge::numerics {

/// P(X ≤ x) for X ~ Beta(a, b), a, b > 0, 0 ≤ x ≤ 1; to about 1e-14.
///
/// By the continued fraction of the incomplete beta function (DLMF 8.17.22), evaluated by Lentz's method.
[[nodiscard]] double BetaProbability(double a, double b, double x);

/// x with BetaProbability(a, b, x) = p, for 0 < p < 1; by bisection, to the last digits of x.
[[nodiscard]] double BetaQuantile(double a, double b, double p);

}  // namespace selvedge::numerics
