#pragma once

namespace selvedge::numerics {

/// P(χ² > x) with `degrees` ≥ 1 degrees of freedom, x ≥ 0. As a finite sum of positive terms, so nothing cancels: about
/// 13 digits, and 0 below the smallest number.
///
/// Source: Abramowitz & Stegun (1964), Handbook of Mathematical Functions, 26.4.4 and 26.4.5.
[[nodiscard]] double ChiSquareTail(double x, int degrees);

}  // namespace selvedge::numerics
