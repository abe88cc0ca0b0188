#include "reading/response_cards.h"

#include <optional>
#include <string>
#include <utility>

#include "numerics/estimate.h"
#include "reading/occasions.h"
#include "responses/responses.h"

namespace selvedge::reading {
namespace {

using core::Json;
using core::Side;
using responses::Grain;
using responses::Kind;
using responses::Occasion;
using responses::Response;

/// Days where nobody looked at the moments twice on one of them: partners who write at different hours then still meet.
Grain GrainOf(const diary::Couple& couple) {
  core::BySide<std::optional<int>> last;
  for (const diary::CheckIn& check_in : couple.check_ins) {
    for (const Side side : core::kSides) {
      if (!check_in.noted[side].moments) continue;
      if (last[side] == check_in.day) return Grain::kCheckIns;
      last[side] = check_in.day;
    }
  }
  return Grain::kDays;
}

bool IsDifference(Kind kind) {
  return kind == Kind::kSteppingIn || kind == Kind::kWithdrawing || kind == Kind::kUnsaidWhenLow;
}

CardStatus StatusOf(responses::Status status) {
  switch (status) {
    case responses::Status::kShown:
      return CardStatus::kShown;
    case responses::Status::kNotSettled:
      return CardStatus::kNotSettled;
    case responses::Status::kNotEnoughYet:
      break;
  }
  return CardStatus::kNotEnoughYet;
}

Json DetailsOf(const Response& response, const std::string& prior_id) {
  Json details = Json::Object();
  if (!response.counts.empty()) {
    Json counts = Json::Object();
    for (const responses::Count& count : response.counts)
      counts.Set(count.id, Json::Object().Set("count", count.count).Set("of", count.of));
    details.Set("counts", std::move(counts));
  }
  if (!response.estimate) return details;
  Json rates = Json::Object();
  for (const responses::NamedEstimate& rate : response.rates) rates.Set(rate.id, EstimateJson(rate.estimate));
  if (!response.rates.empty()) details.Set("rates", std::move(rates));
  if (response.odds_against_none) {
    details.Set("odds_against_none", *response.odds_against_none).Set("odds_needed", responses::kOddsThatSettle);
  }
  details.Set("prior", prior_id);
  return details;
}

Card CardOf(Response response, const std::string& prior_id) {
  Card card{.id = std::string(NameOf(response.kind)),
            .side = response.side,
            .status = StatusOf(response.status),
            .requirement = {.days = response.requirement.days,
                            .have = response.requirement.days_have,
                            .both = response.kind == Kind::kSteppingIn,
                            .looked = true,
                            .occasions = response.requirement.occasions,
                            .occasions_have = response.requirement.occasions_have},
            .estimate = response.estimate,
            .unit = IsDifference(response.kind) ? "difference" : "share",
            .counts = std::move(response.counts_sentence),
            .sentence = std::move(response.sentence),
            .details = DetailsOf(response, prior_id)};
  return card;
}

}  // namespace

std::vector<Card> ResponseCards(const diary::Couple& couple, const Reading& reading,
                                const core::BySide<Beside>& beside) {
  if (reading.looked.a == 0 && reading.looked.b == 0) return {};
  const Grain grain = GrainOf(couple);
  std::vector<Occasion> occasions = grain == Grain::kDays ? WholeDays(reading.days) : responses::OccasionsOf(couple);
  LeaveOut(beside, occasions);
  const responses::Prior prior = responses::Prior::Provisional();
  std::vector<Card> cards;
  for (Response& response : ReadResponses(occasions, couple.labels, grain, prior))
    cards.push_back(CardOf(std::move(response), prior.id));
  return cards;
}

}  // namespace selvedge::reading
