#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "dynamics/coordinates.h"
#include "numerics/minimise.h"

namespace selvedge::dynamics {

/// What is usual among couples: independent normals in PersonCoordinates, the same for both partners, cut off where a
/// system is not stable or swings back and forth faster than the check-ins can show (|Im λ| ≥ π / median gap, λ the
/// eigenvalues of the drift). Read from `content/priors/*.json`; a fitted cohort's may stand in its place.
struct Prior {
  struct Normal {
    double centre = 0;
    double sd = 1;
  };

  std::string id;
  std::string status;  ///< "provisional" until calibrated on a cohort of our own
  std::string source;
  Normal log_return_rate;
  Normal pull;
  Normal log_own_spread;
  Normal shared_jolts;  ///< Fisher z of a correlation
  Normal log_noise;
  Normal usual_level;

  /// Refuses a file with a missing or wrongly typed field, a centre that is impossible or a width that is not positive.
  [[nodiscard]] static core::Result<Prior> Parse(std::string_view json);

  /// What is usual for daily mood: `content/priors/daily_mood.json`, which the engine carries with it.
  [[nodiscard]] static Prior DailyMood();

  /// The centre of the prior, as a point in PersonCoordinates.
  [[nodiscard]] numerics::Point Centre() const;
  /// The widths, in the same order.
  [[nodiscard]] numerics::Point Widths() const;
};

}  // namespace selvedge::dynamics
