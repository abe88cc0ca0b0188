#include "leaning/leaning.h"

#include <cstddef>
#include <ranges>
#include <utility>

namespace selvedge::leaning {
namespace {

/// The latest earlier season from which the way to now is a swing.
std::optional<SaidSwing> FindSwing(const std::vector<Stop>& trail, const Position& now) {
  for (const Stop& stop : std::views::reverse(trail)) {
    const Swing swing = SwingBetween(stop.position.posterior, now.posterior);
    if (swing.IsSettled()) return SaidSwing{.when = stop.when, .to_standing_alone = swing.to_standing_alone};
  }
  return std::nullopt;
}

}  // namespace

core::Result<Leaning> WhereOneStands(const Map& map, const Question& question) {
  if (question.fear == Fear::kRecurs) return NotShown{};
  Stand stand;
  stand.now = SELVEDGE_TRY(Locate(map, question.now.evidence));
  if (!stand.now.IsKnown()) return NotShown{};
  stand.shading = Shade(map.shading, question.acts);
  stand.findings = question.findings;
  stand.between = 1;
  for (std::size_t r = 0; r < kRegionCount; ++r) {
    stand.mass[r] = MassInside(stand.now.posterior, map.regions[r].borders);
    stand.between -= stand.mass[r];
    if (stand.mass[r] >= kLikely) stand.region = static_cast<Region>(r);
  }
  for (const Season& season : question.earlier) {
    Position position = SELVEDGE_TRY(Locate(map, season.evidence));
    if (position.IsKnown()) stand.trail.push_back({.when = season.when, .position = std::move(position)});
  }
  stand.swing = FindSwing(stand.trail, stand.now);
  return stand;
}

}  // namespace selvedge::leaning
