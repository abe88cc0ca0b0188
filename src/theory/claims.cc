#include "theory/claims.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "claims_content.h"
#include "core/contract.h"
#include "core/json.h"

namespace selvedge::theory {
namespace {

using core::Json;
using core::Result;
using core::Side;

std::unexpected<core::Error> Refuse(std::string message, std::string remedy) {
  return std::unexpected(core::Error{
      .code = core::ErrorCode::kRefused, .message = std::move(message), .remedy = std::move(remedy), .place = {}});
}

std::unexpected<core::Error> Unknown(std::string_view what, std::string_view name) {
  return Refuse("There is no " + std::string(what) + " \"" + std::string(name) + "\".",
                "Claims use the names of the theory; docs/theory.md lists them.");
}

/// Where a name stands among fields.
template <typename Fields>
Result<std::size_t> PlaceOf(const Fields& fields, std::string_view name, std::string_view what) {
  const auto found = std::ranges::find(fields, name, [](const auto& field) { return field.name; });
  if (found == fields.end()) return Unknown(what, name);
  return static_cast<std::size_t>(found - fields.begin());
}

Result<std::size_t> RuleOf(std::string_view event) {
  for (std::size_t rule = 0; rule < kRuleCount; ++rule) {
    if (kEvents[rule] == event) return rule;
  }
  return Unknown("moment", event);
}

Result<std::vector<Side>> SidesOf(const Json& json) {
  const std::string person = SELVEDGE_TRY(json.Text("person"));
  if (person == "a") return std::vector{Side::kA};
  if (person == "b") return std::vector{Side::kB};
  if (person == "both") return std::vector{Side::kA, Side::kB};
  return Refuse("\"" + person + "\" is nobody.", "Say a, b or both.");
}

Result<Days> DaysOf(const Json& json, std::string_view name) {
  const std::vector<double> days = SELVEDGE_TRY(json.Numbers(name));
  constexpr double kLongest = 3650;
  if (days.size() != 2 || !(days[0] >= 0 && days[1] > days[0] && days[1] <= kLongest)) {
    return Refuse("\"" + std::string(name) + "\" is no stretch of days.",
                  "Give a first day and a later one before which it ends, within ten years.");
  }
  return Days{.from = static_cast<int>(days[0]), .to = static_cast<int>(days[1])};
}

/// A whole number of days, `otherwise` where there is none.
Result<int> DayCount(const Json& json, std::string_view name, int otherwise) {
  if (!json.Has(name)) return otherwise;
  const double number = SELVEDGE_TRY(json.Number(name));
  constexpr double kLongest = 3650;
  if (!(number >= 0 && number <= kLongest)) {
    return Refuse("\"" + std::string(name) + "\" is out of range.", "Give a number of days from 0 to 3650.");
  }
  return static_cast<int>(number);
}

/// Whether a state is of the two together, not of one of them.
bool IsOfCouple(std::string_view state) { return state == "closeness" || state == "parted"; }

/// What reading needs to know of the theory, and shares between parts.
class Reader {
 public:
  explicit Reader(const Theory& theory) : mechanisms_(theory.Mechanisms()) {}

  [[nodiscard]] Result<std::vector<std::string>> Mechanisms(const Json& json, std::string_view name) const {
    std::vector<std::string> mechanisms = SELVEDGE_TRY(json.Texts(name));
    for (const std::string& mechanism : mechanisms) {
      if (std::ranges::find(mechanisms_, mechanism) == mechanisms_.end()) return Unknown("mechanism", mechanism);
    }
    return mechanisms;
  }

  [[nodiscard]] Result<Difference> ReadDifference(const Json& json) const {
    Difference difference{.text = json.Dump(), .population = {}};
    if (json.Has("population")) {
      difference.population = SELVEDGE_TRY(json.Text("population"));
      SELVEDGE_TRY(ShippedPopulation(difference.population));
    }
    for (const Json& trait : SELVEDGE_TRY(json.List("traits"))) {
      const std::string name = SELVEDGE_TRY(trait.Text("trait"));
      const std::size_t place = SELVEDGE_TRY(PlaceOf(kTraitFields<float>, name, "trait"));
      const auto centre = static_cast<float>(SELVEDGE_TRY(trait.Number("centre")));
      for (const Side side : SELVEDGE_TRY(SidesOf(trait))) {
        difference.traits.push_back({.side = side, .trait = place, .centre = centre});
      }
    }
    if (json.Has("constants")) {
      const Json constants = SELVEDGE_TRY(json.Field("constants"));
      difference.constants = SELVEDGE_TRY(ReadConstants(constants));
    }
    if (json.Has("off")) difference.off = SELVEDGE_TRY(Mechanisms(json, "off"));
    for (const Json& practice : SELVEDGE_TRY(json.List("practices"))) {
      difference.practices.push_back(SELVEDGE_TRY(ReadPractice(practice)));
    }
    for (const Json& moment : SELVEDGE_TRY(json.List("moments"))) {
      SELVEDGE_TRY_VOID(ReadMoments(moment, difference.extra_moments));
    }
    return difference;
  }

  [[nodiscard]] Result<Difference> ReadDifference(const Json& json, std::string_view name) const {
    const Json difference = SELVEDGE_TRY(json.Field(name));
    return ReadDifference(difference);
  }

  /// The constants an object names: with their values where these are numbers.
  [[nodiscard]] static Result<std::vector<ConstantValue>> ReadConstants(const Json& json) {
    std::vector<ConstantValue> constants;
    for (std::size_t i = 0; i < kConstantFields<float>.size(); ++i) {
      const std::string_view name = kConstantFields<float>[i].name;
      if (!json.Has(name)) continue;
      constants.push_back({.constant = i, .value = static_cast<float>(SELVEDGE_TRY(json.Number(name)))});
    }
    if (constants.size() != json.Size()) {
      return Refuse("One of the constants of a claim is not one of the theory.",
                    "Use the names of content/theory.json.");
    }
    return constants;
  }

  [[nodiscard]] static Result<Measure> ReadMeasure(const Json& json) {
    std::vector<Side> sides;
    if (json.Has("person")) sides = SELVEDGE_TRY(SidesOf(json));
    Measure measure{.of = Measure::Of::kMoments, .sides = sides};
    if (json.Has("moments")) {
      for (const std::string& moment : SELVEDGE_TRY(json.Texts("moments"))) {
        measure.rules.push_back(SELVEDGE_TRY(RuleOf(moment)));
      }
    } else {
      const std::string state = SELVEDGE_TRY(json.Text("state"));
      measure = SELVEDGE_TRY(NamedMeasure(state, std::move(sides)));
    }
    measure.days = SELVEDGE_TRY(DaysOf(json, "days"));
    return measure;
  }

  [[nodiscard]] Result<Part> ReadPart(const Json& json, const Claims& claims, const Difference& while_together) const {
    const Json outcome = SELVEDGE_TRY(json.Field("outcome"));
    Part part{.words = SELVEDGE_TRY(json.Text("words")),
              .population = SELVEDGE_TRY(json.Text("population")),
              .without = SELVEDGE_TRY(ReadDifference(json, "without")),
              .with = SELVEDGE_TRY(ReadDifference(json, "with")),
              .outcome = SELVEDGE_TRY(ReadMeasure(outcome)),
              .smallest = SELVEDGE_TRY(SmallestOf(json, claims)),
              .carried_by = SELVEDGE_TRY(Mechanisms(json, "carried_by"))};
    SELVEDGE_TRY(ShippedPopulation(part.population));
    if (!json.Has("partings")) part.given.push_back(while_together);
    if (json.Has("given")) part.given.push_back(SELVEDGE_TRY(ReadDifference(json, "given")));
    if (json.Has("at")) {
      const Json at = SELVEDGE_TRY(json.Field("at"));
      part.at =
          Part::At{.low = SELVEDGE_TRY(ReadDifference(at, "low")), .high = SELVEDGE_TRY(ReadDifference(at, "high"))};
    }
    const std::string sign = SELVEDGE_TRY(json.Text("sign"));
    if (sign != "+" && sign != "-") return Refuse("\"" + sign + "\" is no sign.", "Say + or -.");
    part.sign = sign == "+" ? 1 : -1;
    return part;
  }

  [[nodiscard]] static Result<std::size_t> SmallestOf(const Json& json, const Claims& claims) {
    const std::string id = SELVEDGE_TRY(json.Text("smallest"));
    const auto found = std::ranges::find(claims.smallest_effects, id, &SmallestEffect::id);
    if (found == claims.smallest_effects.end()) return Unknown("smallest effect", id);
    return static_cast<std::size_t>(found - claims.smallest_effects.begin());
  }

 private:
  [[nodiscard]] static Result<Practice> ReadPractice(const Json& json) {
    const std::string path = SELVEDGE_TRY(json.Text("path"));
    Practice practice{.from_day = SELVEDGE_TRY(DayCount(json, "day", 0)),
                      .days = SELVEDGE_TRY(DayCount(json, "days", 1))};
    while (practice.path < kPathCount && path != "PATH-" + std::to_string(practice.path + 1)) ++practice.path;
    if (practice.path == kPathCount) return Unknown("path", path);
    for (const Side side : SELVEDGE_TRY(SidesOf(json))) practice.dose[side] = 1;
    return practice;
  }

  static Result<void> ReadMoments(const Json& json, std::vector<ExtraMoment>& moments) {
    const std::string moment = SELVEDGE_TRY(json.Text("moment"));
    ExtraMoment extra{.rule = SELVEDGE_TRY(RuleOf(moment)),
                      .from_day = SELVEDGE_TRY(DayCount(json, "day", 0)),
                      .days = SELVEDGE_TRY(DayCount(json, "days", 1)),
                      .every = std::max(1, SELVEDGE_TRY(DayCount(json, "every", 1)))};
    for (const Side side : SELVEDGE_TRY(SidesOf(json))) {
      extra.side = side;
      moments.push_back(extra);
    }
    return {};
  }

  std::vector<std::string> mechanisms_;
};

Result<Claim> ReadClaim(const Json& json, const Reader& reader, const Claims& claims,
                        const Difference& while_together) {
  Claim claim{.id = SELVEDGE_TRY(json.Text("id")),
              .words = SELVEDGE_TRY(json.Text("words")),
              .scale = SELVEDGE_TRY(json.Text("scale")),
              .evidence = SELVEDGE_TRY(json.Text("evidence")),
              .has_rivals = json.Has("rivals"),
              .note = {}};
  const std::string kind = SELVEDGE_TRY(json.Text("kind"));
  if (kind != "rule" && kind != "emergent") return Refuse("\"" + kind + "\" is no kind.", "Say rule or emergent.");
  claim.kind = kind == "rule" ? ClaimKind::kRule : ClaimKind::kEmergent;
  if (json.Has("note")) claim.note = SELVEDGE_TRY(json.Text("note"));
  for (const Json& part : SELVEDGE_TRY(json.List("parts"))) {
    claim.parts.push_back(SELVEDGE_TRY(reader.ReadPart(part, claims, while_together)));
  }
  if (claim.parts.empty()) return Refuse(claim.id + " has no part.", "Give it an outcome.");
  return claim;
}

Result<CentralContrast> ReadCentral(const Json& json, const Reader& reader, const Claims& claims,
                                    const Difference& while_together) {
  CentralContrast central{.words = SELVEDGE_TRY(json.Text("words")),
                          .without = SELVEDGE_TRY(reader.ReadDifference(json, "without")),
                          .with = SELVEDGE_TRY(reader.ReadDifference(json, "with")),
                          .while_together = while_together,
                          .short_term = SELVEDGE_TRY(DaysOf(json, "short")),
                          .long_term = SELVEDGE_TRY(DaysOf(json, "long")),
                          .smallest = SELVEDGE_TRY(Reader::SmallestOf(json, claims)),
                          .carried_by = SELVEDGE_TRY(reader.Mechanisms(json, "carried_by"))};
  central.series = SELVEDGE_TRY(json.Texts("series"));
  for (const std::string& name : central.series) {
    const std::vector<Side> both{Side::kA, Side::kB};
    central.measures.push_back(SELVEDGE_TRY(NamedMeasure(name, IsOfCouple(name) ? std::vector<Side>{} : both)));
  }
  return central;
}

Result<SensitivityRange> ReadRange(const Json& json) {
  SensitivityRange range{.low = SELVEDGE_TRY(json.Number("low")), .high = SELVEDGE_TRY(json.Number("high"))};
  if (!(range.low >= 0 && range.low < range.high)) {
    return Refuse("The range of the constants is empty.", "Give \"low\" and a larger \"high\".");
  }
  const Json fixed = SELVEDGE_TRY(json.Field("fixed"));
  for (std::size_t i = 0; i < kConstantFields<float>.size(); ++i) {
    if (fixed.Has(kConstantFields<float>[i].name)) range.fixed.push_back(i);
  }
  return range;
}

Result<Interventions> ReadInterventions(const Json& json) {
  Interventions interventions{.populations = SELVEDGE_TRY(json.Texts("populations")),
                              .where_it_does_harm = SELVEDGE_TRY(json.Text("where_it_does_harm")),
                              .from_day = SELVEDGE_TRY(DayCount(json, "day", 0)),
                              .days = SELVEDGE_TRY(DayCount(json, "days", 1)),
                              .during = SELVEDGE_TRY(DaysOf(json, "during")),
                              .after = SELVEDGE_TRY(DaysOf(json, "after")),
                              .outcomes = SELVEDGE_TRY(json.Texts("outcomes")),
                              .couple = SELVEDGE_TRY(json.Texts("couple"))};
  for (const std::string& population : interventions.populations) SELVEDGE_TRY(ShippedPopulation(population));
  SELVEDGE_TRY(ShippedPopulation(interventions.where_it_does_harm));
  for (const std::string& outcome : interventions.outcomes) SELVEDGE_TRY(NamedMeasure(outcome, {Side::kA}));
  for (const std::string& outcome : interventions.couple) SELVEDGE_TRY(NamedMeasure(outcome, {}));
  return interventions;
}

void Apply(const Difference& difference, const Theory& theory, Plan& plan) {
  if (!difference.population.empty()) {
    const Result<Population> population = ShippedPopulation(difference.population);
    SELVEDGE_EXPECT(population.has_value());
    plan.population = *population;
  }
  for (const TraitCentre& trait : difference.traits) {
    plan.population.people[trait.side][trait.trait].centre = trait.centre;
  }
  for (const ConstantValue& constant : difference.constants) {
    plan.constants.*kConstantFields<float>[constant.constant].member = constant.value;
  }
  SwitchOff(difference.off, theory, plan.constants);
  plan.practices.insert(plan.practices.end(), difference.practices.begin(), difference.practices.end());
  plan.extra_moments.insert(plan.extra_moments.end(), difference.extra_moments.begin(), difference.extra_moments.end());
}

}  // namespace

Result<Measure> NamedMeasure(std::string_view state, std::vector<Side> sides) {
  Measure measure{.sides = std::move(sides)};
  if (state == "closeness") {
    measure.of = Measure::Of::kCloseness;
  } else if (state == "parted") {
    measure.of = Measure::Of::kParted;
  } else if (state == "feeling_swing") {
    measure.of = Measure::Of::kFeelingSwing;
  } else {
    measure.state = SELVEDGE_TRY(PlaceOf(kPersonFields<float>, state, "state"));
  }
  if (IsOfCouple(state) != measure.sides.empty()) {
    return Refuse("It is not clear whose \"" + std::string(state) + "\" is meant.",
                  "Name a person for what is of a person, and none for what is between the two.");
  }
  return measure;
}

Result<Claims> ParseClaims(std::string_view text, const Theory& theory) {
  const Json json = SELVEDGE_TRY(Json::Parse(text));
  const Reader reader(theory);
  Claims claims;
  for (const Json& smallest : SELVEDGE_TRY(json.List("smallest_effects"))) {
    claims.smallest_effects.push_back({.id = SELVEDGE_TRY(smallest.Text("id")),
                                       .value = SELVEDGE_TRY(smallest.Number("value")),
                                       .reason = SELVEDGE_TRY(smallest.Text("reason"))});
  }
  const Json verdicts = SELVEDGE_TRY(json.Field("verdicts"));
  const Json gone = SELVEDGE_TRY(verdicts.Field("gone"));
  claims.gone_share = SELVEDGE_TRY(gone.Number("share"));
  const Json together = SELVEDGE_TRY(json.Field("while_together"));
  const Json held = SELVEDGE_TRY(together.Field("constants"));
  const Difference while_together = SELVEDGE_TRY(reader.ReadDifference(Json::Object().Set("constants", held)));
  const Json central = SELVEDGE_TRY(json.Field("central"));
  claims.central = SELVEDGE_TRY(ReadCentral(central, reader, claims, while_together));
  const Json rivals = SELVEDGE_TRY(json.Field("rivals"));
  for (const Json& model : SELVEDGE_TRY(rivals.List("models"))) {
    const Json constants = SELVEDGE_TRY(model.Field("constants"));
    claims.rivals.push_back(
        {.id = SELVEDGE_TRY(model.Text("id")),
         .words = SELVEDGE_TRY(model.Text("words")),
         .difference = SELVEDGE_TRY(reader.ReadDifference(Json::Object().Set("constants", constants)))});
  }
  const Json range = SELVEDGE_TRY(json.Field("sensitivity"));
  claims.sensitivity = SELVEDGE_TRY(ReadRange(range));
  const Json interventions = SELVEDGE_TRY(json.Field("interventions"));
  claims.interventions = SELVEDGE_TRY(ReadInterventions(interventions));
  for (const Json& claim : SELVEDGE_TRY(json.List("claims"))) {
    claims.claims.push_back(SELVEDGE_TRY(ReadClaim(claim, reader, claims, while_together)));
  }
  return claims;
}

Result<Claims> ShippedClaims(const Theory& theory) { return ParseClaims(content::kClaims, theory); }

void SwitchOff(const std::vector<std::string>& mechanisms, const Theory& theory, Constants<float>& constants) {
  for (std::size_t i = 0; i < theory.notes.size(); ++i) {
    if (std::ranges::find(mechanisms, theory.notes[i].mechanism) == mechanisms.end()) continue;
    constants.*kConstantFields<float>[i].member = 0;
  }
}

Plan PlanOf(const Theory& theory, std::string_view population, const std::vector<const Difference*>& differences) {
  const Result<Population> people = ShippedPopulation(population);
  SELVEDGE_EXPECT(people.has_value());
  Plan plan{.population = *people, .constants = theory.constants};
  for (const Difference* difference : differences) Apply(*difference, theory, plan);
  return plan;
}

double ValueOf(const Measure& measure, const Block& block, std::size_t couple, int days_a_week) {
  const auto first = static_cast<std::size_t>(measure.days.from / days_a_week);
  const auto last = static_cast<std::size_t>(measure.days.to / days_a_week);
  const auto mean = [&](auto&& of_week) {
    double sum = 0;
    for (std::size_t week = first; week < last; ++week) sum += of_week(block.At(couple, week));
    return sum / static_cast<double>(last - first);
  };
  switch (measure.of) {
    case Measure::Of::kCloseness:
      return mean([](const Week& week) { return week.closeness; });
    case Measure::Of::kParted:
      return 1 - mean([](const Week& week) { return week.together; });
    default:
      break;
  }
  double sum = 0;
  for (const Side side : measure.sides) {
    if (measure.of == Measure::Of::kPerson) {
      sum += mean([&](const Week& week) { return week.people[side].*kPersonFields<float>[measure.state].member; });
    } else if (measure.of == Measure::Of::kFeelingSwing) {
      const double level = mean([&](const Week& week) { return week.people[side].feeling; });
      const double square = mean([&](const Week& week) { return week.feeling_square[side]; });
      sum += std::sqrt(std::max(0.0, square - level * level));
    } else {
      sum += 7.0 / days_a_week * mean([&](const Week& week) {
               float times = 0;
               for (const std::size_t rule : measure.rules) times += week.counts[side][rule];
               return times;
             });
    }
  }
  return sum / static_cast<double>(measure.sides.size());
}

}  // namespace selvedge::theory
