#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "core/side.h"
#include "responses/dyadic_regression.h"

/// Truth and bias among couples asked once: how a person's rating of the partner goes with what the partner says of
/// themselves (truth) and with what the person says of themselves (assumed similarity).
///
///     J − c = m + t (T − c) + b (B − c) + e
///
/// J: the rating of the partner; T: the partner's rating of themselves; B: the person's rating of themselves; c: the
/// mean of all ratings of oneself. m is the directional bias, t the truth force, b the assumed similarity.
///
/// Source: West & Kenny (2011), Psychological Review 118, 357–378, doi:10.1037/a0022936.
namespace selvedge::responses {

/// What two partners said of themselves and of each other.
struct Ratings {
  std::string couple;
  core::BySide<std::string> labels;           ///< a = first in natural sort order
  core::BySide<std::optional<double>> self;   ///< of oneself
  core::BySide<std::optional<double>> other;  ///< of the partner
};

struct RatingColumns {
  std::string dyad;
  std::string person;
  std::string self;
  std::string other;
};

/// Reads a table with one row a person, in natural order of couples. Refused: what is no such table, a third person in
/// a couple, a person who appears twice.
[[nodiscard]] core::Result<std::vector<Ratings>> ReadRatings(std::string_view csv, const RatingColumns& columns);

struct TruthAndBias {
  double centre = 0;  ///< c
  Regression pooled;  ///< m, t, b, with the same variance for both
  /// m_a, m_b, t_a, b_a, t_b, b_b, with a variance for each side; only where the same two labels recur in every couple.
  std::optional<Regression> by_side;
  core::BySide<std::string> labels;  ///< with `by_side`
};

/// Fits all couples together. A rating without the partner's own or one's own is left out. Refused: too few couples, or
/// ratings that do not differ.
[[nodiscard]] core::Result<TruthAndBias> FitTruthAndBias(const std::vector<Ratings>& couples);

/// docs/formats.md, "What fit writes with another model".
[[nodiscard]] core::Json TruthAndBiasJson(const TruthAndBias& fit);

}  // namespace selvedge::responses
