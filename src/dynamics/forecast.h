#pragma once

#include <span>
#include <vector>

#include "core/days.h"
#include "core/side.h"
#include "dynamics/occasions.h"
#include "dynamics/system.h"

namespace selvedge::dynamics {

/// What an answer is expected to be: N(mean, sd²), noise of reporting included.
struct Expected {
  double mean = 0;
  double sd = 0;
};

/// What both are expected to answer on each of the next days, 1 to `days` after the last of the check-ins so far.
[[nodiscard]] std::vector<core::BySide<Expected>> ForecastNextDays(const System& system, Start start,
                                                                   std::span<const Observation> so_far, int days);

/// The same for each check-in from the check-ins before it: what one would have expected every day.
[[nodiscard]] std::vector<core::BySide<Expected>> OneStepForecasts(const System& system, Start start,
                                                                   std::span<const Observation> diary);

/// One forecast from many possible systems: the normal with the mean and variance of an equal mixture of those added so
/// far. At least one.
class Mixture {
 public:
  void Add(const Expected& forecast);
  [[nodiscard]] Expected Get() const;

 private:
  double count_ = 0;
  double mean_ = 0;
  double within_ = 0;   // the sum of variances
  double between_ = 0;  // the sum of squared deviations of the means (Welford)
};

}  // namespace selvedge::dynamics
