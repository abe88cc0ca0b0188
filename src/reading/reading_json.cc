#include <string>
#include <string_view>

#include "leaning/leaning.h"
#include "numerics/estimate.h"
#include "reading/reading.h"

namespace selvedge::reading {
namespace {

using core::Json;

std::string_view NameOf(CardStatus status) {
  switch (status) {
    case CardStatus::kShown:
      return "shown";
    case CardStatus::kNotSettled:
      return "not_settled";
    case CardStatus::kNotEnoughYet:
      return "not_enough_yet";
  }
  return "";
}

Json SideJson(std::optional<core::Side> side) {
  if (!side) return {};
  return *side == core::Side::kA ? "a" : "b";
}

Json OrNull(const std::optional<double>& value) { return value ? Json(*value) : Json(); }
Json LabelOrNull(const std::string& label) { return label.empty() ? Json() : Json(label); }

Json MomentsJson(const diary::Moments& moments) {
  Json list = Json::Array();
  for (std::size_t kind = 0; kind < diary::kMomentForms.size(); ++kind) {
    if (!moments.Has(kind)) continue;
    const diary::MomentForm& form = diary::kMomentForms[kind];
    Json moment = Json::Object().Set("name", form.name);
    for (std::size_t i = 0; i < form.size(); ++i) {
      if (const auto answer = moments.Answer(kind, i))
        moment.Set(form.follow_ups[i].key, form.follow_ups[i].answers[*answer]);
    }
    list.Push(std::move(moment));
  }
  return list;
}

/// A day; what was not noted has no field, so that long diaries stay small.
Json DayJson(const Day& day) {
  Json json = Json::Object().Set("day", day.day).Set("own_a", OrNull(day.own.a)).Set("own_b", OrNull(day.own.b));
  for (const core::Side side : core::kSides) {
    const diary::Noted& noted = day.noted[side];
    const std::string of = side == core::Side::kA ? "_a" : "_b";
    if (noted.close) json.Set("close" + of, *noted.close);
    if (noted.contact) json.Set("contact" + of, diary::kContactNames[static_cast<std::size_t>(*noted.contact)]);
    if (noted.moments) json.Set("moments" + of, MomentsJson(*noted.moments));
  }
  return json;
}

Json RequirementJson(const Requirement& requirement) {
  const char* const of = requirement.looked ? "looked" : requirement.both ? "both" : "own";
  Json json = Json::Object().Set("days", requirement.days).Set("of", of).Set("have", requirement.have);
  if (requirement.occasions > 0)
    json.Set("occasions", requirement.occasions).Set("occasions_have", requirement.occasions_have);
  return json;
}

Json CardJson(const Card& card) {
  Json json = Json::Object()
                  .Set("id", card.id)
                  .Set("side", SideJson(card.side))
                  .Set("status", NameOf(card.status))
                  .Set("sentence", card.sentence)
                  .Set("requires", RequirementJson(card.requirement))
                  .Set("unit", card.unit)
                  .Set("estimate", card.estimate ? EstimateJson(*card.estimate) : Json());
  if (!card.counts.empty()) json.Set("counts", card.counts);
  if (card.details.Size() > 0) json.Set("details", card.details);
  return json;
}

Json StandJson(const Reading& reading, core::Side side) {
  const std::optional<leaning::Leaning>& stand = reading.stands[side];
  return stand ? LeaningJson(*reading.map, *stand) : Json();
}

}  // namespace

Json ReadingJson(const Reading& reading) {
  Json days = Json::Array();
  for (const Day& day : reading.days) days.Push(DayJson(day));
  Json cards = Json::Array();
  for (const Card& card : reading.cards) cards.Push(CardJson(card));
  return Json::Object()
      .Set("format", "selvedge-reading")
      .Set("version", 1)
      .Set("couple", reading.couple)
      .Set("sides", Json::Object().Set("a", LabelOrNull(reading.labels.a)).Set("b", LabelOrNull(reading.labels.b)))
      .Set("clock", reading.clock == diary::Clock::kCalendar ? "days_since_1970_01_01" : "day_numbers")
      .Set("answered", Json::Object()
                           .Set("days", reading.days.size())
                           .Set("a", reading.answered.a)
                           .Set("b", reading.answered.b)
                           .Set("both", reading.answered_both)
                           .Set("moments_a", reading.looked.a)
                           .Set("moments_b", reading.looked.b))
      .Set("prior", Json::Object().Set("id", reading.prior_id).Set("status", reading.prior_status))
      .Set("intervals", Json::Object()
                            .Set("method", "laplace")
                            .Set("measured_coverage_90", reading.measured_coverage)
                            .Set("measured_at_days", reading.coverage_days))
      .Set("readings", std::move(cards))
      .Set("leaning",
           Json::Object().Set("a", StandJson(reading, core::Side::kA)).Set("b", StandJson(reading, core::Side::kB)))
      .Set("days", std::move(days));
}

}  // namespace selvedge::reading
