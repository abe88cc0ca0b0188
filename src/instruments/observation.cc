#include "instruments/observation.h"

#include <string>
#include <string_view>
#include <utility>

#include "instruments/words.h"

namespace selvedge::instruments {
namespace {

using core::Json;

constexpr double kNinety = 1.6448536269514722;  // Φ(1.645) = .95: nine tenths lie between −1.645 and 1.645
constexpr std::string_view kUnits = "http://unitsofmeasure.org";

Json Coded(const std::string& system, std::string_view code, std::string_view display) {
  const Json coding = Json::Object().Set("system", system).Set("code", code).Set("display", display);
  return Json::Object().Set("coding", Json::Array().Push(coding));
}

Json OurCode(std::string_view system, std::string_view code, std::string_view display) {
  return Coded(std::string(kOurs) + "CodeSystem/" + std::string(system), code, display);
}

Json Quantity(double value) {
  return Json::Object().Set("value", value).Set("unit", "standard deviations").Set("system", kUnits).Set("code", "1");
}

Json Component(std::string_view code, std::string_view display, std::string_view key, Json value) {
  return Json::Object().Set("code", OurCode("score", code, display)).Set(key, std::move(value));
}

}  // namespace

double ScaleScore::Lower() const { return estimate - kNinety * sd; }
double ScaleScore::Upper() const { return estimate + kNinety * sd; }

core::Json WriteObservation(const Instrument& instrument, const ScaleScore& score, const ScoreOrigin& origin) {
  const Scale& scale = instrument.scales[score.scale];
  Json json = Json::Object().Set("resourceType", "Observation");
  json.Set("status", instrument.IsProvisional() ? "preliminary" : "final");
  json.Set("category",
           Json::Array().Push(Coded("http://terminology.hl7.org/CodeSystem/observation-category", "survey", "Survey")));
  json.Set("code", OurCode("scale", scale.id, scale.title));
  if (!origin.person.empty()) json.Set("subject", Json::Object().Set("reference", "Patient/" + origin.person));
  if (!origin.authored.empty()) json.Set("effectiveDateTime", origin.authored);
  if (score.answers == 0) {
    json.Set("dataAbsentReason", Coded(std::string(kAbsentReason), "unknown", "Unknown"));
  } else {
    json.Set("valueQuantity", Quantity(score.estimate));
  }
  if (instrument.IsProvisional()) {
    json.Set("note", Json::Array().Push(Json::Object().Set("text", ProvisionalSentence())));
  }
  if (!origin.derived_from.empty()) {
    json.Set("derivedFrom", Json::Array().Push(Json::Object().Set("reference", origin.derived_from)));
  }
  if (score.answers > 0) {
    json.Set("component",
             Json::Array()
                 .Push(Component("lower", "lower end of the 90 % interval", "valueQuantity", Quantity(score.Lower())))
                 .Push(Component("upper", "upper end of the 90 % interval", "valueQuantity", Quantity(score.Upper())))
                 .Push(Component("answers", "answers that counted", "valueInteger", score.answers)));
  }
  return json;
}

}  // namespace selvedge::instruments
