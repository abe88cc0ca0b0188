#pragma once

#include <cstdint>

#include "leaning/map.h"

/// People with a known place on the map, the diary such a person keeps, and whether the map finds them again.
namespace selvedge::recovery {

struct DiaryCoverage {
  double half = 0;  ///< share of people inside their 50 % ellipse
  double ninety = 0;
  double area = 0;      ///< of an ellipse, over that of the prior: mean over people
  double feelings = 0;  ///< share of people in whom feelings told something
};

/// Draws people from the map's prior, and for each the rates of their acts and how long their upsets stay from the
/// map's own indicators. Both of a couple keep a diary for so many days: feelings by the dyadic model, moments by the
/// rates, 85 % of days with a look at them. One of the two is then placed by everything the diary says.
[[nodiscard]] DiaryCoverage MeasureDiary(const leaning::Map& map, int days, int people, std::uint64_t seed);

}  // namespace selvedge::recovery
