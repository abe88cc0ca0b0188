#include "dynamics/quantities.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "numerics/exponential.h"
#include "numerics/lyapunov.h"

namespace selvedge::dynamics {
namespace {

using core::Side;

double Entry(numerics::Sym2 p, Side side) { return side == Side::kA ? p.aa : p.bb; }

}  // namespace

core::Days HalfLife(const System& system, Side side) {
  const double kappa = side == Side::kA ? -system.drift.aa : -system.drift.bb;
  return {kappa > 0 ? std::numbers::ln2 / kappa : std::numeric_limits<double>::infinity()};
}

double Spread(const System& system, Side side) { return std::sqrt(Entry(system.stationary, side)); }

double PullAfterADay(const System& system, Side side) {
  const numerics::MatrixExponential exponential(system.drift);
  const numerics::Mat2 over_a_day = exponential.MinusIdentity(exponential(1.0));
  return side == Side::kA ? over_a_day.ab : over_a_day.ba;
}

double LeftAfter(const System& system, Side side, core::Days time) {
  const numerics::MatrixExponential exponential(system.drift);
  const numerics::Mat2 change = exponential.MinusIdentity(exponential(time.count));
  return 1 + (side == Side::kA ? change.aa : change.bb);
}

numerics::Mat2 DriftSeenFrom(const System& system, Side side) {
  const numerics::Mat2 A = system.drift;
  return side == Side::kA ? A : numerics::Mat2{.aa = A.bb, .ab = A.ba, .ba = A.ab, .bb = A.aa};
}

double SameDayCorrelation(const System& system) {
  const numerics::Sym2 P = system.stationary;
  return P.ab / std::sqrt((P.aa + system.noise.a) * (P.bb + system.noise.b));
}

Weather WeatherOf(const System& system, Side side, double shared_split) {
  const numerics::Sym2 Q = system.diffusion;
  const double total = Entry(system.stationary, side);
  if (!(Q.aa > 0) || !(Q.bb > 0) || !(total > 0)) return {};
  // s_a² runs from ρ² σ_a² (then s_b = σ_b) to σ_a² (then s_b² = ρ² σ_b²).
  const double rho_squared = std::min(1.0, Q.ab * Q.ab / (Q.aa * Q.bb));
  const double shared_a = Q.aa * std::pow(rho_squared, 1 - shared_split);
  const double shared_b = Q.bb * std::pow(rho_squared, shared_split);
  const double from_a = Entry(numerics::SolveLyapunov(system.drift, {Q.aa - shared_a, 0, 0}), side) / total;
  const double from_b = Entry(numerics::SolveLyapunov(system.drift, {0, 0, Q.bb - shared_b}), side) / total;
  const double from_both = Entry(numerics::SolveLyapunov(system.drift, {shared_a, Q.ab, shared_b}), side) / total;
  return side == Side::kA ? Weather{.own = from_a, .partner = from_b, .shared = from_both}
                          : Weather{.own = from_b, .partner = from_a, .shared = from_both};
}

WeatherRange WeatherRangeOf(const System& system, Side side) {
  constexpr int kSplits = 33;
  WeatherRange range{.lowest = WeatherOf(system, side, 0), .highest = WeatherOf(system, side, 0)};
  for (int i = 1; i < kSplits; ++i) {
    const Weather weather = WeatherOf(system, side, static_cast<double>(i) / (kSplits - 1));
    for (double Weather::* share : {&Weather::own, &Weather::partner, &Weather::shared}) {
      range.lowest.*share = std::min(range.lowest.*share, weather.*share);
      range.highest.*share = std::max(range.highest.*share, weather.*share);
    }
  }
  return range;
}

}  // namespace selvedge::dynamics
