#include "theory/population.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

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

Result<Spread> ParseSpread(const Json& people, std::string_view name) {
  const Json json = SELVEDGE_TRY(people.Field(name));
  Spread spread{.centre = static_cast<float>(SELVEDGE_TRY(json.Number("centre"))),
                .spread = static_cast<float>(SELVEDGE_TRY(json.Number("spread")))};
  if (json.Has("insecurity")) spread.insecurity = static_cast<float>(SELVEDGE_TRY(json.Number("insecurity")));
  const bool is_rate = name == "return_rate";
  const float high = is_rate ? 10 : 1;
  const float low = is_rate ? 0.01F : 0;
  if (!(spread.centre >= low && spread.centre <= high) || !(spread.spread >= 0 && spread.spread <= 3) ||
      !(std::abs(spread.insecurity) <= 1)) {
    return Refuse("The numbers of \"" + std::string(name) + "\" are out of range.",
                  is_rate ? "Give a centre of 0.01 to 10 a day, a spread of 0 to 3 and an insecurity of -1 to 1."
                          : "Give a centre of 0 to 1, a spread of 0 to 3 and an insecurity of -1 to 1.");
  }
  return spread;
}

Result<std::array<Spread, kTraitFields<float>.size()>> ParsePeople(const Json& json) {
  std::array<Spread, kTraitFields<float>.size()> people{};
  for (std::size_t i = 0; i < people.size(); ++i) {
    people[i] = SELVEDGE_TRY(ParseSpread(json, kTraitFields<float>[i].name));
  }
  return people;
}

float Draw(const Spread& spread, bool is_rate, float insecurity, float own) {
  if (spread.centre <= 0 || (!is_rate && spread.centre >= 1)) return spread.centre;
  const float z = spread.insecurity * insecurity + std::sqrt(1 - spread.insecurity * spread.insecurity) * own;
  if (is_rate) return Between(0.02F, spread.centre * Exp(spread.spread * z), 10.0F);
  return Logistic(Log(spread.centre / (1 - spread.centre)) + spread.spread * z);
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
  const Json a = SELVEDGE_TRY(json.Field("a"));
  Population population{.id = SELVEDGE_TRY(json.Text("id")),
                        .about = SELVEDGE_TRY(json.Text("about")),
                        .people = {.a = SELVEDGE_TRY(ParsePeople(a)), .b = {}},
                        .partners_alike = static_cast<float>(SELVEDGE_TRY(json.Number("partners_alike"))),
                        .closeness_at_start = SELVEDGE_TRY(ParseSpread(json, "closeness_at_start"))};
  population.people.b = population.people.a;
  if (json.Has("b")) {
    const Json b = SELVEDGE_TRY(json.Field("b"));
    population.people.b = SELVEDGE_TRY(ParsePeople(b));
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
    const Pair<float> own = draws.Normals();
    const auto& [name, member] = kTraitFields<float>[i];
    const bool is_rate = name == "return_rate";
    cast.traits.a.*member = Draw(population.people.a[i], is_rate, insecurity.a, own.first);
    cast.traits.b.*member = Draw(population.people.b[i], is_rate, insecurity.b, own.second);
  }
  cast.start.closeness = Draw(population.closeness_at_start, false, 0, draws.Normals().first);
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
