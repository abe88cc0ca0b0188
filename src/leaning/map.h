#pragma once

#include <Eigen/Core>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "leaning/mass.h"

/// The map: where somebody stands with one person in one season, on two axes. Vectors are (autonomy, connection), in
/// standard deviations among people; 0 is the middle of people.
namespace selvedge::leaning {

inline constexpr Eigen::Index kAutonomy = 0;
inline constexpr Eigen::Index kConnection = 1;

/// What is at least this probable may be said; less is "between".
inline constexpr double kLikely = 0.8;

/// One number that tells something about the axes, in its own unit:
/// z = centre + loading · (autonomy, connection) + N(0, residual_variance).
struct Component {
  std::string id;
  std::string words;     ///< a quantity, before "… moved this toward more …"
  std::string strength;  ///< a clause for when it speaks for the person
  std::string unit;
  double centre = 0;
  Eigen::Vector2d loading = Eigen::Vector2d::Zero();
  double residual_variance = 1;
  std::string reason;
};

/// Components that are estimated together, so that their errors may go together.
struct Indicator {
  std::string id;
  std::vector<Component> components;
};

enum class Region { kHoldingOn, kStandingAlone, kSteady, kOwnFeet, kRunningLow };
inline constexpr std::size_t kRegionCount = 5;
inline constexpr std::array<std::string_view, kRegionCount> kRegionIds{"holding_on", "standing_alone", "steady",
                                                                       "own_feet", "running_low"};

/// A named part of the map. No two overlap; what belongs to none of them has no name.
struct RegionForm {
  std::string word;
  Eigen::Vector2d centre = Eigen::Vector2d::Zero();  ///< inside the borders
  std::vector<HalfPlane> borders;
};

/// What would most likely have followed, had somebody done otherwise (question Q of content/moments.json).
enum class WouldFollow { kNothingMuch, kLetDown, kQuarrel, kGuilty, kAfraid, kRatherNotSay };
/// The answers that count: afraid and rather not say count nowhere, so a map can't say as what.
inline constexpr std::array<std::string_view, 4> kCountedAnswers{"nothing_much", "let_down", "quarrel", "guilty"};

/// How answers to question Q are counted (shading.h).
struct ShadingForm {
  std::array<bool, kCountedAnswers.size()> is_choice{};  ///< from choice; otherwise from fear of losing someone
  int needs = 0;                                         ///< acts before anything is said
  double prior_choice = 1;
  double prior_losing = 1;
};

/// `content/map.json`: the loadings, what is usual among people, and the regions. Replaceable by a calibrated one.
struct Map {
  std::string id;
  std::string status;  ///< "provisional" until calibrated
  std::string source;
  double correlation = 0;  ///< of the axes among people, both with variance 1
  std::vector<Indicator> indicators;
  std::array<RegionForm, kRegionCount> regions;
  ShadingForm shading;

  /// Refuses a file with a missing or wrongly typed field, a number that is impossible, an id given twice, a region
  /// that is absent, without borders or away from its own centre.
  [[nodiscard]] static core::Result<Map> Parse(std::string_view json);

  /// The map Selvedge comes with.
  [[nodiscard]] static Map Theory();

  /// S: the axes' covariance among people.
  [[nodiscard]] Eigen::Matrix2d Spread() const;

  [[nodiscard]] const Indicator* Find(std::string_view indicator) const;

  [[nodiscard]] const RegionForm& Of(Region region) const { return regions[static_cast<std::size_t>(region)]; }
};

/// The map as a file that Map::Parse reads.
[[nodiscard]] core::Json MapJson(const Map& map);

/// A region's borders as the file has them.
[[nodiscard]] core::Json BordersJson(const RegionForm& region);

/// A point as the file has it.
[[nodiscard]] core::Json PointJson(const Eigen::Vector2d& point);

}  // namespace selvedge::leaning
