#include "numerics/beta.h"

#include <cmath>

namespace selvedge::numerics {
namespace {

/// The continued fraction 1/(1 + d₁/(1 + d₂/(1 + …))); converges fast for x < (a + 1)/(a + b + 2).
double ContinuedFraction(double a, double b, double x) {
  constexpr double kTiny = 1e-300;  // stands for a denominator that happens to vanish
  constexpr double kTolerance = 1e-16;
  constexpr int kMostTerms = 10'000;  // √max(a, b) terms are typical
  const auto away_from_zero = [](double value) { return std::fabs(value) < kTiny ? kTiny : value; };
  double C = 1;
  double D = 1 / away_from_zero(1 - (a + b) / (a + 1) * x);
  double value = D;
  for (int m = 1; m < kMostTerms; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    D = 1 / away_from_zero(1 + even * D);
    C = away_from_zero(1 + even / C);
    value *= D * C;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    D = 1 / away_from_zero(1 + odd * D);
    C = away_from_zero(1 + odd / C);
    value *= D * C;
    if (std::fabs(D * C - 1) < kTolerance) break;
  }
  return value;
}

}  // namespace

double BetaProbability(double a, double b, double x) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double log_front = std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x);
  // P(X ≤ x) = 1 − P(1 − X < 1 − x): whichever side converges.
  if (x < (a + 1) / (a + b + 2)) return std::exp(log_front) * ContinuedFraction(a, b, x) / a;
  return 1 - std::exp(log_front) * ContinuedFraction(b, a, 1 - x) / b;
}

double BetaQuantile(double a, double b, double p) {
  double low = 0;
  double high = 1;
  constexpr int kHalvings = 60;  // beyond the digits of a number below 1
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = 0.5 * (low + high);
    (BetaProbability(a, b, middle) < p ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace selvedge::numerics
