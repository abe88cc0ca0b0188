#include "theory/manifest.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <utility>

namespace selvedge::theory {
namespace {

using core::Json;
using core::Result;

constexpr int kVersion = 1;

/// The shortest decimal that reads back as this float.
Json AsWritten(float value) {
  std::array<char, 32> buffer{};
  const auto [end, status] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return Json::Parse(std::string_view(buffer.data(), end)).value_or(Json());
}

Json SpreadJson(const Spread& spread) {
  Json json = Json::Object().Set("centre", AsWritten(spread.centre)).Set("spread", AsWritten(spread.spread));
  if (spread.insecurity != 0) json.Set("insecurity", AsWritten(spread.insecurity));
  if (spread.alike != 0) json.Set("alike", AsWritten(spread.alike));
  return json;
}

template <typename Fields, typename Spreads>
Json SpreadsJson(const Fields& fields, const Spreads& spreads) {
  Json json = Json::Object();
  for (std::size_t i = 0; i < fields.size(); ++i) json.Set(fields[i].name, SpreadJson(spreads[i]));
  return json;
}

/// In the format of content/populations.
Json PopulationJson(const Population& population) {
  Json practices = Json::Array();
  for (const Practice& practice : population.practices) {
    practices.Push(Json::Object()
                       .Set("path", practice.path + 1)
                       .Set("a", AsWritten(practice.dose.a))
                       .Set("b", AsWritten(practice.dose.b))
                       .Set("from_day", practice.from_day)
                       .Set("days", practice.days));
  }
  return Json::Object()
      .Set("format", "selvedge-population")
      .Set("version", kVersion)
      .Set("id", population.id)
      .Set("about", population.about)
      .Set("a", SpreadsJson(kTraitFields<float>, population.people.a))
      .Set("b", SpreadsJson(kTraitFields<float>, population.people.b))
      .Set("partners_alike", AsWritten(population.partners_alike))
      .Set("closeness_at_start", SpreadJson(population.closeness_at_start))
      .Set("note_taking", SpreadsJson(kNoteTakingFields, population.note_taking))
      .Set("practices", std::move(practices));
}

std::string WrittenPractice(const Practice& practice) {
  const bool a = practice.dose.a > 0;
  const std::string who = a && practice.dose.b > 0 ? "both" : a ? "a" : "b";
  return "PATH-" + std::to_string(practice.path + 1) + ":" + who + ":" + std::to_string(practice.from_day) + "-" +
         std::to_string(practice.from_day + practice.days);
}

template <typename Texts>
Json TextsJson(const Texts& texts) {
  Json json = Json::Array();
  for (const std::string& text : texts) json.Push(text);
  return json;
}

std::optional<int> WholeNumber(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

/// What stands before a mark; the text keeps what stands after it.
std::string_view TakeUntil(std::string_view& text, char mark) {
  const std::string_view before = text.substr(0, text.find(mark));
  text.remove_prefix(std::min(text.size(), before.size() + 1));
  return before;
}

}  // namespace

Json ManifestOf(const Simulation& simulation) {
  std::vector<std::string> practices;
  for (const Practice& practice : simulation.plan.practices) practices.push_back(WrittenPractice(practice));
  Json constants = Json::Object();
  for (const auto& [name, member] : kConstantFields<float>)
    constants.Set(name, AsWritten(simulation.plan.constants.*member));
  return Json::Object()
      .Set("format", "selvedge-simulation")
      .Set("version", kVersion)
      .Set("simulated", true)
      .Set("about", "Everything in this folder is simulated: nobody in it is real, and nothing in it is people's data.")
      .Set("program", simulation.program)
      .Set("writes", simulation.writes)
      .Set("couples", simulation.couples)
      .Set("days", simulation.plan.days)
      .Set("steps_a_day", simulation.plan.steps_a_day)
      .Set("seed", simulation.plan.seed)
      .Set("without", TextsJson(simulation.without))
      .Set("practices", TextsJson(practices))
      .Set("population", PopulationJson(simulation.plan.population))
      .Set("constants", std::move(constants));
}

Result<void> ExpectSame(const Json& manifest, const Simulation& simulation) {
  const Json ours = ManifestOf(simulation);
  for (const char* key : {"format", "version", "program", "writes", "couples", "days", "steps_a_day", "seed", "without",
                          "practices", "population", "constants"}) {
    const Result<Json> theirs = manifest.Field(key);
    if (theirs && theirs->Dump() == SELVEDGE_TRY(ours.Field(key)).Dump()) continue;
    return std::unexpected(core::Error{
        .code = core::ErrorCode::kRefused,
        .message = "The folder holds another simulation: its \"" + std::string(key) + "\" is not that of this one.",
        .remedy = "Choose another folder with --out, or give the words it was begun with.",
        .place = {}});
  }
  return {};
}

Result<Practice> ParsePractice(std::string_view text) {
  constexpr std::string_view kPath = "PATH-";
  std::string_view rest = text;
  const std::string_view path = TakeUntil(rest, ':');
  const std::string_view who = TakeUntil(rest, ':');
  const std::optional<int> from = WholeNumber(TakeUntil(rest, '-'));
  const std::optional<int> to = WholeNumber(rest);
  const std::optional<int> number =
      path.starts_with(kPath) ? WholeNumber(path.substr(kPath.size())) : std::optional<int>();
  const bool is_path = number && *number >= 1 && *number <= static_cast<int>(kPathCount);
  const bool is_who = who == "a" || who == "b" || who == "both";
  if (!is_path || !is_who || !from || !to || *from >= *to) {
    return std::unexpected(
        core::Error{.code = core::ErrorCode::kRefused,
                    .message = "\"" + std::string(text) + "\" is not a practice, who takes it up and when.",
                    .remedy = "Write it as PATH-2:a:0-56: PATH-1 to PATH-11; a, b or both; from which "
                              "day, and until which.",
                    .place = {}});
  }
  return Practice{.path = static_cast<std::size_t>(*number - 1),
                  .dose = {.a = who == "b" ? 0.0F : 1.0F, .b = who == "a" ? 0.0F : 1.0F},
                  .from_day = *from,
                  .days = *to - *from};
}

}  // namespace selvedge::theory
