#pragma once

#include "core/days.h"
#include "core/side.h"
#include "dynamics/system.h"

/// What a system means for people: each a function of the parameters alone.
namespace selvedge::dynamics {

/// How long until half of an upset of `side` is gone while the partner is at their usual: ln 2 / κ. Infinite for κ ≤ 0.
[[nodiscard]] core::Days HalfLife(const System& system, core::Side side);

/// The SD of how far `side` is from their usual, from day to day, noise of reporting left out. Units of the diary.
[[nodiscard]] double Spread(const System& system, core::Side side);

/// How much of a point by which the partner is away from their usual today is found in `side` a day later: exp(A·1)[i,
/// j].
[[nodiscard]] double PullAfterADay(const System& system, core::Side side);

/// How much of an upset of `side` is left in them after a time: exp(A t)[i, i]. What went to the partner and came back
/// is in it.
[[nodiscard]] double LeftAfter(const System& system, core::Side side, core::Days time);

/// The drift with `side` in the place of a.
[[nodiscard]] numerics::Mat2 DriftSeenFrom(const System& system, core::Side side);

/// The correlation of the two answers of one day.
[[nodiscard]] double SameDayCorrelation(const System& system);

/// Where the variance of `side`'s feelings comes from, as shares that add up to one: their own jolts, their partner's,
/// and jolts that hit both.
///
/// Q is split as diag(own) + s sᵀ with s_a s_b = q_ab. How much of each person's jolts is shared is not identified;
/// `shared_split` says which of the admissible splits is meant: 0 = as little of a's as can be, 1 = all of a's, on a
/// logarithmic scale; ½ is the equal split s_i = σ_i √|ρ|.
struct Weather {
  double own = 0;
  double partner = 0;
  double shared = 0;
};
[[nodiscard]] Weather WeatherOf(const System& system, core::Side side, double shared_split = 0.5);

/// The smallest and largest share of each source over all admissible splits.
struct WeatherRange {
  Weather lowest;
  Weather highest;
};
[[nodiscard]] WeatherRange WeatherRangeOf(const System& system, core::Side side);

}  // namespace selvedge::dynamics
