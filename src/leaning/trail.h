#pragma once

#include "leaning/mass.h"

namespace selvedge::leaning {

/// What is known of a move between two seasons as a swing of the pendulum, from one pole to the other along the falling
/// diagonal: the same fear, other direction. The direction along it is f = (autonomy − connection)/√2, up toward
/// standing alone; the way out is r = (autonomy + connection)/√2.
struct Swing {
  bool to_standing_alone = true;  ///< otherwise to holding on
  double along = 0;               ///< P(the move is ≥ ½ along the diagonal and less across it than along it)
  double before = 0;              ///< P(the earlier place lies on the pole's side that was left: f < 0, or > 0)
  double after = 0;               ///< P(the later place lies on the other side)

  /// Whether that may be said: each of the three at least kLikely.
  [[nodiscard]] bool IsSettled() const;
};

/// The two seasons' posteriors are taken as independent. Both are drawn toward the middle of people, so a move looks
/// smaller than it was: the rule errs toward saying nothing.
[[nodiscard]] Swing SwingBetween(const Normal2& earlier, const Normal2& now);

}  // namespace selvedge::leaning
