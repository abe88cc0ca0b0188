#pragma once

#include <bit>
#include <cstdint>

namespace selvedge::numerics {

/// e^x in two parts, e^x = power · (1 + grown), for x ≤ 700; x below −700 counts as −700.
struct SplitExponential {
  double power = 1;  ///< 2^k
  double grown = 0;  ///< e^r − 1 with |r| ≤ ½ ln 2
};

/// x = k ln 2 + r with |r| ≤ ½ ln 2; e^r − 1 by its Taylor series to r¹³ (first term left out: 4e-18 relative).
///
/// Our own because the transition of every gap and every answer of a questionnaire need them: inlined and without
/// branches it costs a third of the library's (docs/benchmarks.md), and it gives the same bits natively and in the
/// browser.
[[nodiscard]] inline SplitExponential SplitExp(double x) {
  constexpr double kLowest = -700;
  constexpr double kLogTwoHigh = 0x1.62e42fefa0000p-1;  // 40 bits of ln 2, so that k · high is exact
  constexpr double kLogTwoLow = 0x1.cf79abc9e3b3ap-40;
  constexpr double kInverseLogTwo = 0x1.71547652b82fep+0;
  constexpr double kRounder = 0x1.8p52;  // adding it leaves the nearest integer in the low bits

  const double bounded = x < kLowest ? kLowest : x;
  const double rounded = bounded * kInverseLogTwo + kRounder;
  const double k = rounded - kRounder;
  const double r = (bounded - k * kLogTwoHigh) - k * kLogTwoLow;
  const double r2 = r * r;
  const double r4 = r2 * r2;
  const double low = 1.0 / 2 + r * (1.0 / 6) + r2 * (1.0 / 24 + r * (1.0 / 120));
  const double middle = 1.0 / 720 + r * (1.0 / 5040) + r2 * (1.0 / 40320 + r * (1.0 / 362880));
  const double high = 1.0 / 3628800 + r * (1.0 / 39916800) + r2 * (1.0 / 479001600 + r * (1.0 / 6227020800));
  const std::uint64_t exponent = std::bit_cast<std::uint64_t>(rounded) - std::bit_cast<std::uint64_t>(kRounder) + 1023;
  return {.power = std::bit_cast<double>(exponent << 52U), .grown = r + r2 * (low + r4 * (middle + r4 * high))};
}

/// e^x − 1 to full relative accuracy (2 units in the last place), for x ≤ 700; −1 for very negative x.
[[nodiscard]] inline double ExpMinusOne(double x) {
  const SplitExponential e = SplitExp(x);
  return e.power * e.grown + (e.power - 1);
}

/// e^x to full relative accuracy (2 units in the last place), for −700 ≤ x ≤ 700.
[[nodiscard]] inline double Exp(double x) {
  const SplitExponential e = SplitExp(x);
  return e.power * e.grown + e.power;
}

}  // namespace selvedge::numerics
