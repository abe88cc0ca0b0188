#include "leaning/trail.h"

#include <Eigen/Core>
#include <numbers>

#include "leaning/map.h"

namespace selvedge::leaning {

bool Swing::IsSettled() const { return along >= kLikely && before >= kLikely && after >= kLikely; }

Swing SwingBetween(const Normal2& earlier, const Normal2& now) {
  constexpr double kLeast = 0.5;  // standard deviations among people: half of what parts a pole from the middle
  const double unit = 1 / std::numbers::sqrt2;
  const Eigen::Vector2d falling(unit, -unit);
  const Eigen::Vector2d rising(unit, unit);
  const bool to_standing_alone = falling.dot(now.mean - earlier.mean) >= 0;
  const Eigen::Vector2d way = to_standing_alone ? falling : Eigen::Vector2d(-falling);
  const Normal2 move{.mean = now.mean - earlier.mean, .covariance = now.covariance + earlier.covariance};
  return {.to_standing_alone = to_standing_alone,
          .along = MassInside(move, {{.towards = way, .at_least = kLeast},
                                     {.towards = way + rising, .at_least = 0},
                                     {.towards = way - rising, .at_least = 0}}),
          .before = MassInside(earlier, {{.towards = -way, .at_least = 0}}),
          .after = MassInside(now, {{.towards = way, .at_least = 0}})};
}

}  // namespace selvedge::leaning
