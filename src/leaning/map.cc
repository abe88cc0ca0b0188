#include "leaning/map.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include "core/contract.h"
#include "map_content.h"

namespace selvedge::leaning {
namespace {

using core::Json;
using core::Result;

std::unexpected<core::Error> Refuse(std::string message, std::string remedy) {
  return std::unexpected(core::Error{
      .code = core::ErrorCode::kRefused, .message = std::move(message), .remedy = std::move(remedy), .place = {}});
}

template <std::size_t N>
std::optional<std::size_t> IndexOf(const std::array<std::string_view, N>& ids, std::string_view id) {
  for (std::size_t i = 0; i < N; ++i) {
    if (ids[i] == id) return i;
  }
  return std::nullopt;
}

Result<Eigen::Vector2d> ParsePoint(const Json& json) {
  const double autonomy = SELVEDGE_TRY(json.Number("autonomy"));
  const double connection = SELVEDGE_TRY(json.Number("connection"));
  return Eigen::Vector2d(autonomy, connection);
}

Result<Component> ParseComponent(const Json& json, std::set<std::string>& known) {
  Component component{.id = SELVEDGE_TRY(json.Text("id")),
                      .words = SELVEDGE_TRY(json.Text("words")),
                      .strength = SELVEDGE_TRY(json.Text("strength")),
                      .unit = SELVEDGE_TRY(json.Text("unit")),
                      .centre = SELVEDGE_TRY(json.Number("centre")),
                      .loading = SELVEDGE_TRY(ParsePoint(json)),
                      .residual_variance = SELVEDGE_TRY(json.Number("residual_variance")),
                      .reason = SELVEDGE_TRY(json.Text("reason"))};
  if (!known.insert(component.id).second) {
    return Refuse("The map names \"" + component.id + "\" twice.", "Give every component its own id.");
  }
  if (!(component.residual_variance >= 0)) {
    return Refuse("\"" + component.id + "\" has a residual variance below 0.", "Give a variance of 0 or more.");
  }
  return component;
}

Result<Indicator> ParseIndicator(const Json& json, std::set<std::string>& known) {
  Indicator indicator{.id = SELVEDGE_TRY(json.Text("id")), .components = {}};
  const Json components = SELVEDGE_TRY(json.Field("components"));
  for (std::size_t i = 0; i < components.Size(); ++i) {
    const Json component = SELVEDGE_TRY(components.At(i));
    indicator.components.push_back(SELVEDGE_TRY(ParseComponent(component, known)));
  }
  if (indicator.components.empty()) {
    return Refuse("\"" + indicator.id + "\" has no components.", "Give it at least one, or leave it out.");
  }
  return indicator;
}

Result<RegionForm> ParseRegion(const Json& json, const std::string& id) {
  const Json centre = SELVEDGE_TRY(json.Field("centre"));
  RegionForm region{.word = SELVEDGE_TRY(json.Text("word")), .centre = SELVEDGE_TRY(ParsePoint(centre)), .borders = {}};
  const Json borders = SELVEDGE_TRY(json.Field("borders"));
  for (std::size_t i = 0; i < borders.Size(); ++i) {
    const Json border = SELVEDGE_TRY(borders.At(i));
    region.borders.push_back(
        {.towards = SELVEDGE_TRY(ParsePoint(border)), .at_least = SELVEDGE_TRY(border.Number("at_least"))});
  }
  const auto excludes = [&](const HalfPlane& border) {
    return !(border.towards.norm() > 0) || !border.Holds(region.centre);
  };
  if (region.borders.empty() || std::ranges::any_of(region.borders, excludes)) {
    return Refuse("The region \"" + id + "\" does not hold its own centre.",
                  "Give it borders with the centre on their inner side.");
  }
  return region;
}

Result<std::array<RegionForm, kRegionCount>> ParseRegions(const Json& list) {
  std::array<RegionForm, kRegionCount> regions;
  std::array<bool, kRegionCount> found{};
  for (std::size_t i = 0; i < list.Size(); ++i) {
    const Json json = SELVEDGE_TRY(list.At(i));
    const std::string id = SELVEDGE_TRY(json.Text("id"));
    const std::optional<std::size_t> at = IndexOf(kRegionIds, id);
    if (!at) {
      return Refuse("The map has a region \"" + id + "\", for which there are no words.",
                    "Use holding_on, standing_alone, steady, own_feet and running_low.");
    }
    if (std::exchange(found[*at], true)) {
      return Refuse("The map has the region \"" + id + "\" twice.", "Give it once.");
    }
    regions[*at] = SELVEDGE_TRY(ParseRegion(json, id));
  }
  for (std::size_t r = 0; r < kRegionCount; ++r) {
    if (found[r]) continue;
    return Refuse("The map has no region \"" + std::string(kRegionIds[r]) + "\".",
                  "Give each of holding_on, standing_alone, steady, own_feet and running_low.");
  }
  return regions;
}

Result<ShadingForm> ParseShading(const Json& json) {
  ShadingForm form{.needs = static_cast<int>(std::clamp(SELVEDGE_TRY(json.Number("needs")), 0.0, 1e6)),
                   .prior_choice = SELVEDGE_TRY(json.Number("prior_choice")),
                   .prior_losing = SELVEDGE_TRY(json.Number("prior_losing"))};
  if (!(form.prior_choice > 0) || !(form.prior_losing > 0)) {
    return Refuse("The prior of the shading is not above 0.", "Give positive numbers, 1 and 1 for none in particular.");
  }
  const Json answers = SELVEDGE_TRY(json.Field("answers"));
  std::set<std::string> found;
  for (std::size_t i = 0; i < answers.Size(); ++i) {
    const Json answer = SELVEDGE_TRY(answers.At(i));
    const std::string id = SELVEDGE_TRY(answer.Text("id"));
    const std::string counts_as = SELVEDGE_TRY(answer.Text("counts_as"));
    const std::optional<std::size_t> at = IndexOf(kCountedAnswers, id);
    if (!at || (counts_as != "choice" && counts_as != "losing") || !found.insert(id).second) {
      return Refuse("The shading counts \"" + id + "\" as \"" + counts_as + "\", or counts it twice.",
                    "Count nothing_much, let_down, quarrel and guilty once each, as choice or losing; fear counts "
                    "nowhere.");
    }
    form.is_choice[*at] = counts_as == "choice";
  }
  if (found.size() != kCountedAnswers.size()) {
    return Refuse("The shading leaves an answer out.", "Count each of nothing_much, let_down, quarrel and guilty.");
  }
  return form;
}

}  // namespace

Result<Map> Map::Parse(std::string_view json) {
  const Json file = SELVEDGE_TRY(Json::Parse(json));
  const std::string format = SELVEDGE_TRY(file.Text("format"));
  const double version = SELVEDGE_TRY(file.Number("version"));
  if (format != "selvedge-map" || version != 1) {
    return Refuse("This is not a map of a version known here.",
                  "Give a file with \"format\": \"selvedge-map\" and \"version\": 1.");
  }
  const Json regions = SELVEDGE_TRY(file.Field("regions"));
  const Json shading = SELVEDGE_TRY(file.Field("shading"));
  Map map{.id = SELVEDGE_TRY(file.Text("id")),
          .status = SELVEDGE_TRY(file.Text("status")),
          .source = SELVEDGE_TRY(file.Text("source")),
          .correlation = SELVEDGE_TRY(file.Number("correlation")),
          .indicators = {},
          .regions = SELVEDGE_TRY(ParseRegions(regions)),
          .shading = SELVEDGE_TRY(ParseShading(shading))};
  if (!(std::fabs(map.correlation) < 1)) {
    return Refuse("The axes' correlation is not between -1 and 1.", "Give a correlation, such as 0.4.");
  }
  const Json indicators = SELVEDGE_TRY(file.Field("indicators"));
  std::set<std::string> known;
  for (std::size_t i = 0; i < indicators.Size(); ++i) {
    const Json entry = SELVEDGE_TRY(indicators.At(i));
    Indicator indicator = SELVEDGE_TRY(ParseIndicator(entry, known));
    if (map.Find(indicator.id) != nullptr) {
      return Refuse("The map has the indicator \"" + indicator.id + "\" twice.", "Give every indicator its own id.");
    }
    map.indicators.push_back(std::move(indicator));
  }
  return map;
}

Map Map::Theory() {
  Result<Map> map = Parse(content::kMap);
  SELVEDGE_EXPECT(map.has_value());
  return *std::move(map);
}

Eigen::Matrix2d Map::Spread() const { return Eigen::Matrix2d{{1, correlation}, {correlation, 1}}; }

const Indicator* Map::Find(std::string_view indicator) const {
  const auto found = std::ranges::find(indicators, indicator, &Indicator::id);
  return found == indicators.end() ? nullptr : &*found;
}

Json PointJson(const Eigen::Vector2d& point) {
  return Json::Object().Set("autonomy", point[kAutonomy]).Set("connection", point[kConnection]);
}

Json MapJson(const Map& map) {
  Json indicators = Json::Array();
  for (const Indicator& indicator : map.indicators) {
    Json components = Json::Array();
    for (const Component& component : indicator.components) {
      components.Push(Json::Object()
                          .Set("id", component.id)
                          .Set("words", component.words)
                          .Set("strength", component.strength)
                          .Set("unit", component.unit)
                          .Set("centre", component.centre)
                          .Set("autonomy", component.loading[kAutonomy])
                          .Set("connection", component.loading[kConnection])
                          .Set("residual_variance", component.residual_variance)
                          .Set("reason", component.reason));
    }
    indicators.Push(Json::Object().Set("id", indicator.id).Set("components", std::move(components)));
  }
  Json regions = Json::Array();
  for (std::size_t r = 0; r < kRegionCount; ++r) {
    const RegionForm& region = map.regions[r];
    regions.Push(Json::Object()
                     .Set("id", kRegionIds[r])
                     .Set("word", region.word)
                     .Set("centre", PointJson(region.centre))
                     .Set("borders", BordersJson(region)));
  }
  Json answers = Json::Array();
  for (std::size_t i = 0; i < kCountedAnswers.size(); ++i) {
    answers.Push(
        Json::Object().Set("id", kCountedAnswers[i]).Set("counts_as", map.shading.is_choice[i] ? "choice" : "losing"));
  }
  return Json::Object()
      .Set("format", "selvedge-map")
      .Set("version", 1)
      .Set("id", map.id)
      .Set("status", map.status)
      .Set("source", map.source)
      .Set("correlation", map.correlation)
      .Set("indicators", std::move(indicators))
      .Set("regions", std::move(regions))
      .Set("shading", Json::Object()
                          .Set("needs", map.shading.needs)
                          .Set("prior_choice", map.shading.prior_choice)
                          .Set("prior_losing", map.shading.prior_losing)
                          .Set("answers", std::move(answers)));
}

Json BordersJson(const RegionForm& region) {
  Json borders = Json::Array();
  for (const HalfPlane& border : region.borders) {
    borders.Push(PointJson(border.towards).Set("at_least", border.at_least));
  }
  return borders;
}

}  // namespace selvedge::leaning
