#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "leaning/map.h"
#include "leaning/position.h"
#include "leaning/shading.h"
#include "leaning/trail.h"

namespace selvedge::leaning {

/// One season's evidence about one person with one person.
struct Season {
  std::string when;  ///< "In March", as a sentence would begin; may be empty
  std::vector<Evidence> evidence;
};

/// What somebody finds in the other: being met, the other's ease, A.R.E., attunement, projection, days that move
/// together. Stands beside the map, and nothing that places a point can take it.
struct Finding {
  std::string id;
  std::string sentence;
};

/// Whether answers that name fear of what the other might do have recurred. A clear check does not undo it.
enum class Fear { kNotSaid, kRecurs };

/// Acts answered with fear, or not said, from which on nothing is drawn.
inline constexpr std::size_t kRecurs = 2;

/// What somebody told with a questionnaire, at one time.
struct Told {
  std::optional<Evidence> evidence;  ///< nothing where no answer counts
  std::vector<WouldFollow> acts;
  std::vector<Finding> findings;
  std::size_t held_back = 0;  ///< acts answered with fear, or not said
};

struct Question {
  Season now;
  std::vector<Season> earlier;  ///< from the first to the last
  std::vector<WouldFollow> acts;
  std::vector<Finding> findings;
  Fear fear = Fear::kNotSaid;
};

/// A place on the trail.
struct Stop {
  std::string when;
  Position position;
};

/// A swing between an earlier season and now that may be said.
struct SaidSwing {
  std::string when;
  bool to_standing_alone = true;
};

/// Where somebody stands, as far as it can be told.
struct Stand {
  Position now;
  std::array<double, kRegionCount> mass{};  ///< of the posterior in each region
  double between = 0;                       ///< in none of them; all six add up to 1
  std::optional<Region> region;             ///< the one with at least .8 of the mass, if there is one
  std::optional<Shading> shading;
  std::vector<Stop> trail;  ///< earlier seasons about which anything is known
  std::optional<SaidSwing> swing;
  std::vector<Finding> findings;
};

/// Nothing is shown: no place, no region, no shading, no trail. It holds nothing, so nothing can slip out, and it looks
/// the same for every reason: fear that recurs, or no answers yet.
struct NotShown {};

using Leaning = std::variant<NotShown, Stand>;

/// @returns  where the evidence puts somebody, or NotShown where fear recurs or the season has no evidence.
/// @error    as Locate.
[[nodiscard]] core::Result<Leaning> WhereOneStands(const Map& map, const Question& question);

/// The `leaning` of a reading (content/reading.schema.json), with its sentences; `web/charts/map.ts` draws it.
[[nodiscard]] core::Json LeaningJson(const Map& map, const Leaning& leaning);

}  // namespace selvedge::leaning
