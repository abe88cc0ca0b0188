#include "theory/trial_json.h"

#include <cstddef>
#include <string>
#include <utility>

namespace selvedge::theory {
namespace {

using core::Json;
using core::Side;

std::string_view IdOf(Because because) {
  switch (because) {
    case Because::kHolds:
      return "holds";
    case Because::kTooSmall:
      return "too_small";
    case Because::kOtherWay:
      return "other_way";
    case Because::kTooUncertain:
      return "too_uncertain";
    case Because::kCarriedOtherwise:
      return "carried_otherwise";
    case Because::kPerhapsCarriedOtherwise:
      return "perhaps_carried_otherwise";
  }
  return "";
}

Json IntervalJson(const Estimate& estimate) { return Json::Array().Push(estimate.low).Push(estimate.high); }

Json EstimateJson(const Estimate& estimate) {
  return Json::Object().Set("effect", estimate.effect).Set("interval", IntervalJson(estimate));
}

Json NumbersJson(const std::vector<double>& numbers) {
  Json json = Json::Array();
  for (const double number : numbers) json.Push(number);
  return json;
}

template <typename Texts>
Json TextsJson(const Texts& texts) {
  Json json = Json::Array();
  for (const std::string& text : texts) json.Push(text);
  return json;
}

Json SensitivityJson(const PartSensitivity& sensitivity) {
  Json influences = Json::Array();
  for (const Influence& influence : sensitivity.influences) {
    Json json = Json::Object();
    json.Set("constant", kConstantFields<float>[influence.constant].name)
        .Set("mean", influence.effects.mean)
        .Set("mean_size", influence.effects.mean_size)
        .Set("spread", influence.effects.spread);
    if (influence.shares) json.Set("first", influence.shares->first).Set("total", influence.shares->total);
    influences.Push(std::move(json));
  }
  return Json::Object()
      .Set("sign_share", sensitivity.sign_share)
      .Set("counts_share", sensitivity.counts_share)
      .Set("influences", std::move(influences));
}

/// Puts what was found of a part into an object.
void SetPart(const PartTrial& trial, const Part& part, const Claims& claims, Json& json) {
  json.Set("outcome", part.words)
      .Set("predicted", part.sign > 0 ? "+" : "-")
      .Set("smallest", claims.smallest_effects[part.smallest].value)
      .Set("effect", trial.effect.effect)
      .Set("interval", IntervalJson(trial.effect))
      .Set("carried_by", TextsJson(part.carried_by))
      .Set("ablated", EstimateJson(trial.ablated))
      .Set("because", IdOf(trial.because))
      .Set("sensitivity", trial.sensitivity ? SensitivityJson(*trial.sensitivity) : Json());
  if (trial.rivals.empty()) return;
  Json rivals = Json::Object();
  for (std::size_t i = 0; i < trial.rivals.size(); ++i) rivals.Set(claims.rivals[i].id, EstimateJson(trial.rivals[i]));
  json.Set("rivals", std::move(rivals));
}

Json ClaimJson(const ClaimTrial& trial, const Claims& claims) {
  const Claim& claim = claims.claims[trial.claim];
  Json json = Json::Object();
  json.Set("id", claim.id)
      .Set("words", claim.words)
      .Set("kind", claim.kind == ClaimKind::kRule ? "rule" : "emergent")
      .Set("evidence", claim.evidence)
      .Set("verdict", InWords(trial.verdict));
  SetPart(trial.parts[0], claim.parts[0], claims, json);
  if (trial.parts.size() == 1) return json;
  Json also = Json::Array();
  for (std::size_t i = 1; i < trial.parts.size(); ++i) {
    Json part = Json::Object();
    SetPart(trial.parts[i], claim.parts[i], claims, part);
    also.Push(std::move(part));
  }
  return json.Set("also", std::move(also));
}

Json SeriesJson(const SeriesTrial& series) {
  Json interval;
  if (series.crossing.share > 0) interval = Json::Array().Push(series.crossing.low).Push(series.crossing.high);
  Json crossing = Json::Object();
  crossing.Set("week", series.crossing.week ? Json(*series.crossing.week) : Json())
      .Set("interval", std::move(interval))
      .Set("share", series.crossing.share);
  return Json::Object()
      .Set("state", series.state)
      .Set("without", NumbersJson(series.without))
      .Set("with", NumbersJson(series.with))
      .Set("ablated_without", NumbersJson(series.ablated_without))
      .Set("ablated_with", NumbersJson(series.ablated_with))
      .Set("short", EstimateJson(series.short_term))
      .Set("long", EstimateJson(series.long_term))
      .Set("ablated_long", EstimateJson(series.ablated_long_term))
      .Set("crossing", std::move(crossing));
}

Json InterventionJson(const InterventionTrial& trial) {
  Json doers = Json::Array();
  for (const Side side : trial.doers) doers.Push(side == Side::kA ? "a" : "b");
  Json outcomes = Json::Array();
  for (const InterventionTrial::Outcome& outcome : trial.outcomes) {
    Json json = Json::Object().Set("state", outcome.state);
    if (outcome.side) json.Set("person", *outcome.side == Side::kA ? "a" : "b");
    outcomes.Push(json.Set("during", EstimateJson(outcome.during)).Set("after", EstimateJson(outcome.after)));
  }
  return Json::Object()
      .Set("population", trial.population)
      .Set("path", "PATH-" + std::to_string(trial.path + 1))
      .Set("doers", std::move(doers))
      .Set("outcomes", std::move(outcomes));
}

}  // namespace

std::string_view InWords(Verdict verdict) {
  switch (verdict) {
    case Verdict::kHolds:
      return "holds in this model";
    case Verdict::kFails:
      return "fails";
    case Verdict::kCantTell:
      return "can't tell";
  }
  return "";
}

std::string_view InWords(Because because) {
  switch (because) {
    case Because::kHolds:
      return "";
    case Because::kTooSmall:
      return "it is smaller than what counts";
    case Because::kOtherWay:
      return "it goes the other way";
    case Because::kTooUncertain:
      return "its interval spans what counts";
    case Because::kCarriedOtherwise:
      return "it is still there without what was to carry it";
    case Because::kPerhapsCarriedOtherwise:
      return "it may still be there without what was to carry it";
  }
  return "";
}

Json TrialJson(const Trial& trial, const Claims& claims, const TrialOptions& options) {
  Json of_claims = Json::Array();
  for (const ClaimTrial& claim : trial.claims) of_claims.Push(ClaimJson(claim, claims));
  Json json = Json::Object();
  json.Set("format", "selvedge-claim-results")
      .Set("version", 1)
      .Set("couples", options.couples)
      .Set("seed", std::to_string(options.seed))
      .Set("claims", std::move(of_claims));
  if (trial.central.empty()) return json;
  Json series = Json::Array();
  for (const SeriesTrial& one : trial.central) series.Push(SeriesJson(one));
  Json interventions = Json::Array();
  for (const InterventionTrial& one : trial.interventions) interventions.Push(InterventionJson(one));
  return json
      .Set("central", Json::Object()
                          .Set("words", claims.central.words)
                          .Set("carried_by", TextsJson(claims.central.carried_by))
                          .Set("series", std::move(series)))
      .Set("interventions", std::move(interventions));
}

}  // namespace selvedge::theory
