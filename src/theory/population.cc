#include "theory/population.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "core/contract.h"
#include "core/json.h"
#include "populations_content.h"
#include "theory/draws.h"

namespace selvedge::theory {
namespace {

using core::Json;
using core::Result;

constexpr std::array kShipped = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"default", content::kDefault},
    {"distressed", content::kDistressed},
    {"holding_on_both", content::kHoldingOnBoth},
    {"holding_on_standing_alone", content::kHoldingOnStandingAlone},
    {"standing_alone_both", content::kStandingAloneBoth},
    {"steady_both", content::kSteadyBoth},
    {"one_changing", content::kOneChanging},
    {"coercion", content::kCoercion},
});

std::unexpected<core::Error> Refuse(std::string message, std::string remedy) {
  return std::unexpected(core::Error{
      .code = core::ErrorCode::kRefused, .message = std::move(message), .remedy = std::move(remedy), .place = {}});
}

/// The scale a trait is spread on.
enum class Shape : std::uint8_t { kShare, kAmount, kPoints };

Shape ShapeOf(std::string_view trait) {
  if (trait == "return_rate" || trait == "scale" || trait == "noise") return Shape::kAmount;
  return trait == "level" ? Shape::kPoints : Shape::kShare;
}

Result<Spread> ParseSpread(const Json& people, std::string_view name) {
  const Json json = SELVEDGE_TRY(people.Field(name));
  Spread spread{.centre = static_cast<float>(SELVEDGE_TRY(json.Number("centre"))),
                .spread = static_cast<float>(SELVEDGE_TRY(json.Number("spread")))};
  if (json.Has("insecurity")) spread.insecurity = static_cast<float>(SELVEDGE_TRY(json.Number("insecurity")));
  if (json.Has("alike")) spread.alike = static_cast<float>(SELVEDGE_TRY(json.Number("alike")));
  struct Bounds {
    float low;
    float high;
    float widest;
    std::string_view remedy;
  };
  constexpr std::array<Bounds, 3> kBounds{{
      {0, 1, 3, "Give a centre of 0 to 1, a spread of 0 to 3, and correlations of -1 to 1."},
      {0.01F, 50, 3, "Give a centre of 0.01 to 50, a spread of 0 to 3, and correlations of -1 to 1."},
      {0, 100, 50, "Give a centre of 0 to 100, a spread of 0 to 50, and correlations of -1 to 1."},
  }};
  const Bounds& bounds = kBounds[static_cast<std::size_t>(ShapeOf(name))];
  if (!(spread.centre >= bounds.low && spread.centre <= bounds.high) ||
      !(spread.spread >= 0 && spread.spread <= bounds.widest) || !(std::abs(spread.insecurity) <= 1) ||
      !(std::abs(spread.alike) <= 1)) {
    return Refuse("The numbers of \"" + std::string(name) + "\" are out of range.", std::string(bounds.remedy));
  }
  return spread;
}

template <typename Struct, std::size_t kCount>
Result<std::array<Spread, kCount>> ParseSpreads(const Json& json,
                                                const std::array<Field<Struct, float>, kCount>& fields) {
  std::array<Spread, kCount> spreads{};
  for (std::size_t i = 0; i < kCount; ++i) spreads[i] = SELVEDGE_TRY(ParseSpread(json, fields[i].name));
  return spreads;
}

Result<Practice> ParsePractice(const Json& json) {
  const double path = SELVEDGE_TRY(json.Number("path"));
  const double dose_a = SELVEDGE_TRY(json.Number("a"));
  const double dose_b = SELVEDGE_TRY(json.Number("b"));
  const double from_day = SELVEDGE_TRY(json.Number("from_day"));
  const double days = SELVEDGE_TRY(json.Number("days"));
  constexpr double kMostDays = 1e6;
  const auto is_whole = [](double number, double low, double high) {
    return number >= low && number <= high && number == std::floor(number);
  };
  const auto is_dose = [](double dose) { return dose >= 0 && dose <= 1; };
  if (!is_whole(path, 1, kPathCount) || !is_dose(dose_a) || !is_dose(dose_b) || !is_whole(from_day, 0, kMostDays) ||
      !is_whole(days, 0, kMostDays)) {
    return Refuse("The numbers of a practice are out of range.",
                  "Give a path of 1 to 11, how far a and b practise it from 0 to 1, a day and a number of days.");
  }
  return Practice{.path = static_cast<std::size_t>(path) - 1,
                  .dose = {.a = static_cast<float>(dose_a), .b = static_cast<float>(dose_b)},
                  .from_day = static_cast<int>(from_day),
                  .days = static_cast<int>(days)};
}

float Draw(const Spread& spread, Shape shape, float insecurity, float own) {
  const bool is_share = shape == Shape::kShare;
  if (is_share && (spread.centre <= 0 || spread.centre >= 1)) return spread.centre;
  const float z = spread.insecurity * insecurity + std::sqrt(1 - spread.insecurity * spread.insecurity) * own;
  switch (shape) {
    case Shape::kShare:
      return Logistic(Log(spread.centre / (1 - spread.centre)) + spread.spread * z);
    case Shape::kAmount:
      return Between(0.02F, spread.centre * Exp(spread.spread * z), 50.0F);
    case Shape::kPoints:
      return Between(0.0F, spread.centre + spread.spread * z, 100.0F);
  }
  SELVEDGE_EXPECT(false);
}

/// One trait of both: insecurity is given, the rest is drawn.
core::BySide<float> DrawBoth(const core::BySide<Spread>& spread, Shape shape, const core::BySide<float>& insecurity,
                             Draws<float>& draws) {
  const Pair<float> own = draws.Normals();
  const float alike = spread.a.alike;
  return {.a = Draw(spread.a, shape, insecurity.a, own.first),
          .b = Draw(spread.b, shape, insecurity.b, alike * own.first + std::sqrt(1 - alike * alike) * own.second)};
}

/// Where somebody with these traits begins: their parts as strong as what arms them, the rest at rest.
Person<float> AtFirst(const Traits<float>& traits, float closeness, const Constants<float>& k) {
  const float trust = k.trust_at_rest * (1 - k.hurt_lowers_trust * traits.hurt_history);
  return {.feeling = 0,
          .need = k.usual,
          .self_connection = traits.ground,
          .trust = trust,
          .agency = traits.ground,
          .worth = traits.esteem,
          .felt_closeness = closeness,
          .vigilance = (1 - trust) * std::max(traits.fear_of_abandonment, traits.hurt_history),
          .loneliness = 1 - closeness,
          .guilt = 0,
          .awareness = traits.awareness_at_rest,
          .caretaker = traits.fear_of_abandonment,
          .wall = traits.hurt_history};
}

}  // namespace

Result<Population> ParsePopulation(std::string_view text) {
  const Json json = SELVEDGE_TRY(Json::Parse(text));
  const std::string format = SELVEDGE_TRY(json.Text("format"));
  if (format != "selvedge-population" || SELVEDGE_TRY(json.Number("version")) != 1) {
    return Refuse("This is not a population of version 1.",
                  "Give a file with \"format\": \"selvedge-population\" and \"version\": 1.");
  }
  const Json a = SELVEDGE_TRY(json.Field("a"));
  Population population{.id = SELVEDGE_TRY(json.Text("id")),
                        .about = SELVEDGE_TRY(json.Text("about")),
                        .people = {.a = SELVEDGE_TRY(ParseSpreads(a, kTraitFields<float>)), .b = {}},
                        .partners_alike = static_cast<float>(SELVEDGE_TRY(json.Number("partners_alike"))),
                        .closeness_at_start = SELVEDGE_TRY(ParseSpread(json, "closeness_at_start"))};
  population.people.b = population.people.a;
  if (json.Has("b")) {
    const Json b = SELVEDGE_TRY(json.Field("b"));
    population.people.b = SELVEDGE_TRY(ParseSpreads(b, kTraitFields<float>));
  }
  const bool has_notes = json.Has("note_taking");
  const Json keeper = has_notes ? json : SELVEDGE_TRY(Json::Parse(content::kDefault));
  const Json note_taking = SELVEDGE_TRY(keeper.Field("note_taking"));
  population.note_taking = SELVEDGE_TRY(ParseSpreads(note_taking, kNoteTakingFields));
  if (json.Has("practices")) {
    const std::vector<Json> practices = SELVEDGE_TRY(json.List("practices"));
    for (const Json& practice : practices) population.practices.push_back(SELVEDGE_TRY(ParsePractice(practice)));
  }
  if (!(std::abs(population.partners_alike) <= 1)) {
    return Refuse("\"partners_alike\" is not a correlation.", "Give a number of -1 to 1.");
  }
  return population;
}

Cast CastOf(const Population& population, const Constants<float>& constants, std::uint64_t seed, std::uint32_t couple,
            std::uint32_t beginning) {
  Draws<float> draws(couple, {.seed = seed, .step = beginning, .purpose = Purpose::kPeople});
  const Pair<float> common = draws.Normals();
  const float alike = population.partners_alike;
  const core::BySide<float> insecurity{.a = common.first,
                                       .b = alike * common.first + std::sqrt(1 - alike * alike) * common.second};
  Cast cast;
  for (std::size_t i = 0; i < kTraitFields<float>.size(); ++i) {
    const auto& [name, member] = kTraitFields<float>[i];
    const auto [a, b] =
        DrawBoth({.a = population.people.a[i], .b = population.people.b[i]}, ShapeOf(name), insecurity, draws);
    cast.traits.a.*member = a;
    cast.traits.b.*member = b;
  }
  cast.start.closeness = Draw(population.closeness_at_start, Shape::kShare, 0, draws.Normals().first);
  for (std::size_t i = 0; i < kNoteTakingFields.size(); ++i) {
    const auto& [name, member] = kNoteTakingFields[i];
    const Spread& spread = population.note_taking[i];
    const auto [a, b] = DrawBoth({.a = spread, .b = spread}, ShapeOf(name), insecurity, draws);
    cast.note_taking.a.*member = a;
    cast.note_taking.b.*member = b;
  }
  cast.start.together = 1;
  for (const core::Side side : core::kSides) {
    cast.start.people[side] = AtFirst(cast.traits[side], cast.start.closeness, constants);
  }
  return cast;
}

std::vector<std::string> ShippedPopulations() {
  std::vector<std::string> ids;
  for (const auto& [id, text] : kShipped) ids.emplace_back(id);
  return ids;
}

Result<Population> ShippedPopulation(std::string_view id) {
  std::string known;
  for (const auto& [name, text] : kShipped) {
    if (name == id) return ParsePopulation(text);
    known += (known.empty() ? "" : ", ") + std::string(name);
  }
  return Refuse("There is no population \"" + std::string(id) + "\".", "Choose one of " + known + ".");
}

}  // namespace selvedge::theory
