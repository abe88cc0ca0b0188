#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <string>
#include <utility>

#include "leaning/leaning.h"
#include "leaning/words.h"
#include "numerics/estimate.h"

namespace selvedge::leaning {
namespace {

using core::Json;

/// The ellipse of highest density that holds a share of a bivariate normal: its half-axes are √(−2 ln(1 − mass)) times
/// the standard deviations along the axes of the covariance. The angle turns its long axis counter-clockwise from
/// autonomy toward connection.
Json EllipseJson(const Normal2& normal, double mass) {
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d> axes(normal.covariance);
  const double reach = std::sqrt(-2 * std::log1p(-mass));
  const Eigen::Vector2d along = axes.eigenvectors().col(1);
  double angle = std::atan2(along[kConnection], along[kAutonomy]);
  if (angle <= -std::numbers::pi / 2) angle += std::numbers::pi;
  if (angle > std::numbers::pi / 2) angle -= std::numbers::pi;
  return Json::Object()
      .Set("mass", mass)
      .Set("long", reach * std::sqrt(axes.eigenvalues()[1]))
      .Set("short", reach * std::sqrt(axes.eigenvalues()[0]))
      .Set("angle", angle);
}

Json PlaceJson(const std::string& when, const Position& position) {
  const auto axis = [&](Eigen::Index i) { return EstimateJson(AxisOf(position, i)); };
  return Json::Object()
      .Set("when", when)
      .Set("answers", position.answers)
      .Set("days", position.days)
      .Set("autonomy", axis(kAutonomy))
      .Set("connection", axis(kConnection))
      .Set("covariance", position.posterior.covariance(kAutonomy, kConnection))
      .Set("ellipses",
           Json::Array().Push(EllipseJson(position.posterior, 0.5)).Push(EllipseJson(position.posterior, 0.9)));
}

Json RegionsJson(const Map& map, const Stand& stand) {
  Json regions = Json::Array();
  for (std::size_t r = 0; r < kRegionCount; ++r) {
    const RegionForm& form = map.regions[r];
    regions.Push(Json::Object()
                     .Set("id", kRegionIds[r])
                     .Set("word", form.word)
                     .Set("centre", PointJson(form.centre))
                     .Set("borders", BordersJson(form))
                     .Set("mass", stand.mass[r]));
  }
  return regions;
}

Json PoleJson(const Map& map, Region pole) {
  return Json::Object()
      .Set("id", kRegionIds[static_cast<std::size_t>(pole)])
      .Set("word", map.Of(pole).word)
      .Set("sentence", PoleSentence(pole));
}

Json ShadingJson(const std::optional<Shading>& shading) {
  if (!shading) return {};
  return Json::Object()
      .Set("acts", shading->acts)
      .Set("choice", EstimateJson(shading->choice))
      .Set("sentence", ShadingSentence(*shading));
}

Json StandJson(const Map& map, const Stand& stand) {
  Json moved = Json::Array();
  for (const Contribution& contribution : stand.now.contributions) {
    moved.Push(Json::Object()
                   .Set("id", contribution.component->id)
                   .Set("shift", PointJson(contribution.shift))
                   .Set("sentence", MovedSentence(contribution)));
  }
  Json trail = Json::Array();
  for (const Stop& stop : stand.trail) trail.Push(PlaceJson(stop.when, stop.position));
  Json findings = Json::Array();
  for (const Finding& finding : stand.findings) {
    findings.Push(Json::Object().Set("id", finding.id).Set("sentence", finding.sentence));
  }
  return Json::Object()
      .Set("status", "shown")
      .Set("sentence", StandSentence(stand))
      .Set("strengths", StrengthsSentence(stand.now))
      .Set("region", stand.region ? Json(kRegionIds[static_cast<std::size_t>(*stand.region)]) : Json())
      .Set("now", PlaceJson("", stand.now))
      .Set("between", stand.between)
      .Set("moved", std::move(moved))
      .Set("shading", ShadingJson(stand.shading))
      .Set("trail", std::move(trail))
      .Set("swing", stand.swing ? Json(SwingSentence(*stand.swing)) : Json())
      .Set("poles", Json::Array().Push(PoleJson(map, Region::kHoldingOn)).Push(PoleJson(map, Region::kStandingAlone)))
      .Set("what_i_find", std::move(findings))
      .Set("caption", Caption())
      .Set("about", AboutSentence())
      .Set("provisional", ProvisionalSentence(map))
      .Set("map", Json::Object().Set("id", map.id).Set("status", map.status).Set("regions", RegionsJson(map, stand)));
}

}  // namespace

Json LeaningJson(const Map& map, const Leaning& leaning) {
  const auto* const stand = std::get_if<Stand>(&leaning);
  if (stand == nullptr) return Json::Object().Set("status", "not_shown").Set("sentence", NeutralSentence());
  return StandJson(map, *stand);
}

}  // namespace selvedge::leaning
