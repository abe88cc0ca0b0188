#include "responses/responses.h"

#include <array>
#include <string_view>
#include <utility>

#include "responses/tally.h"
#include "responses/words.h"

namespace selvedge::responses {
namespace {

using numerics::Estimate;

// How many days each reading needs (design: science 4.1). What they buy is in docs/method.md.
constexpr int kRateDays = 14;
constexpr int kDifferenceDays = 56;
constexpr int kDifferenceOccasions = 10;
constexpr int kReachOccasions = 10;

Estimate RateOf(const Trials& trials, const NormalPrior& prior) {
  return Posterior::Of(std::array{trials}, prior).EstimateOf([](const Coefficients& c) { return Logistic(c(0)); });
}

/// Reads one person.
class Reader {
 public:
  Reader(std::span<const Occasion> occasions, core::Side side, const core::BySide<std::string>& labels, Grain grain,
         const Prior& prior)
      : person_{.occasions = occasions, .side = side, .resemblance = prior.resemblance},
        speech_{.label = labels[side], .partner = labels.PartnerOf(side), .grain = grain},
        prior_(prior) {}

  [[nodiscard]] Response Read(Kind kind) const {
    switch (kind) {
      case Kind::kSteppingIn:
        return ReadSteppingIn();
      case Kind::kWithdrawing:
        return ReadWithdrawing();
      case Kind::kUnsaid:
        return ReadUnsaid();
      case Kind::kUnsaidWhenLow:
        return ReadUnsaidWhenLow();
      case Kind::kReaching:
        return ReadReaching();
      case Kind::kMeeting:
        return ReadMeeting();
      case Kind::kOwnTime:
        return ReadOwnTime();
    }
    return {};
  }

 private:
  /// The response as it is with too little for it; to be filled in by the caller otherwise.
  [[nodiscard]] Response Begin(Kind kind, std::span<const std::string_view> acts, int days, int occasions = 0,
                               int occasions_have = 0) const {
    Response response{.kind = kind,
                      .side = person_.side,
                      .status = Status::kNotEnoughYet,
                      .requirement = {.days = days,
                                      .days_have = DaysLooked(person_, acts),
                                      .occasions = occasions,
                                      .occasions_have = occasions_have},
                      .estimate = std::nullopt,
                      .rates = {},
                      .odds_against_none = std::nullopt,
                      .counts = {},
                      .counts_sentence = {},
                      .sentence = {}};
    response.sentence = NotEnoughSentence(kind, response.requirement, speech_);
    return response;
  }

  static void AddCounts(Response& response, std::span<const std::pair<std::string_view, Share>> counts,
                        const std::string& sentence) {
    if (response.requirement.days_have < kCountDays) return;
    for (const auto& [id, share] : counts) {
      response.counts.push_back({.id = std::string(id), .count = share.yes, .of = share.of});
    }
    response.counts_sentence = sentence;
  }

  void FillDifference(Response& response, const Tally& tally, const NormalPrior& prior) const {
    if (!response.requirement.IsMet()) return;
    const std::vector<Trials> contrast = tally.Contrast();
    const Posterior posterior = Posterior::Of(contrast, prior);
    const auto otherwise = [](const Coefficients& c) { return Logistic(c(0)); };
    const auto under_condition = [](const Coefficients& c) { return Logistic(c(0) + c(1)); };
    response.estimate = posterior.EstimateOf([&](const Coefficients& c) { return under_condition(c) - otherwise(c); });
    response.rates = {{.id = "under_condition", .estimate = posterior.EstimateOf(under_condition)},
                      {.id = "otherwise", .estimate = posterior.EstimateOf(otherwise)}};
    response.odds_against_none = OddsOfLast(contrast, prior);
    Difference difference = Difference::kOpen;
    if (*response.odds_against_none >= kOddsThatSettle) {
      if (response.estimate->ninety[0] > 0) difference = Difference::kMore;
      if (response.estimate->ninety[1] < 0) difference = Difference::kLess;
    }
    response.status = difference == Difference::kOpen ? Status::kNotSettled : Status::kShown;
    response.sentence = DifferenceSentence(response.kind, difference, speech_);
  }

  void FillRate(Response& response, const Tally& tally, const NormalPrior& prior) const {
    if (!response.requirement.IsMet()) return;
    response.estimate = RateOf(tally.Rate(), prior);
    response.status = Status::kShown;
    response.sentence = RateSentence(response.kind, *response.estimate, speech_);
  }

  [[nodiscard]] Response ReadSteppingIn() const {
    const Tally tally = SteppingIn(person_);
    const Share tense = TenseBefore(person_).otherwise;
    const Share easier = EasierAfter(person_).otherwise;
    Response response =
        Begin(Kind::kSteppingIn, kActsSteppingIn, kDifferenceDays, kDifferenceOccasions, tally.under_condition.days);
    AddCounts(response,
              std::array<std::pair<std::string_view, Share>, 4>{{{"unasked_when_partner_low", tally.under_condition},
                                                                 {"unasked_otherwise", tally.otherwise},
                                                                 {"tense_before", tense},
                                                                 {"easier_after", easier}}},
              SteppingInCounts(tense, easier, speech_));
    FillDifference(response, tally, prior_.stepping_in);
    return response;
  }

  [[nodiscard]] Response ReadWithdrawing() const {
    const Tally tally = Withdrawing(person_);
    Response response =
        Begin(Kind::kWithdrawing, kActsWithdrawing, kDifferenceDays, kDifferenceOccasions, tally.under_condition.days);
    AddCounts(response,
              std::array<std::pair<std::string_view, Share>, 2>{
                  {{"stepped_back_from_warmth", tally.under_condition}, {"stepped_back_otherwise", tally.otherwise}}},
              WithdrawingCounts(tally.under_condition, speech_));
    FillDifference(response, tally, prior_.withdrawing);
    return response;
  }

  [[nodiscard]] Response ReadUnsaid() const {
    const Tally any = AnyOf(person_, kUnsaid);
    Response response = Begin(Kind::kUnsaid, kUnsaid, kRateDays);
    std::vector<std::pair<std::string_view, Share>> counts{{"unsaid", any.otherwise}};
    FillRate(response, any, prior_.unsaid_any);
    for (const std::string_view& kind : kUnsaid) {
      const Tally of_kind = AnyOf(person_, std::span(&kind, 1));
      counts.emplace_back(kind, of_kind.otherwise);
      if (response.requirement.IsMet()) {
        response.rates.push_back({.id = std::string(kind), .estimate = RateOf(of_kind.Rate(), prior_.unsaid_kind)});
      }
    }
    AddCounts(response, counts, UnsaidCounts(any.otherwise, speech_));
    return response;
  }

  [[nodiscard]] Response ReadUnsaidWhenLow() const {
    const Tally tally = UnsaidWhenLow(person_);
    Response response =
        Begin(Kind::kUnsaidWhenLow, kUnsaid, kDifferenceDays, kDifferenceOccasions, tally.under_condition.days);
    AddCounts(response,
              std::array<std::pair<std::string_view, Share>, 2>{
                  {{"unsaid_when_low", tally.under_condition}, {"unsaid_otherwise", tally.otherwise}}},
              UnsaidWhenLowCounts(tally.under_condition, speech_));
    FillDifference(response, tally, prior_.unsaid);
    return response;
  }

  /// The links are three rates with a prior each; how often the whole chain holds is their product.
  [[nodiscard]] Response ReadReaching() const {
    constexpr std::array<std::string_view, 3> kNames{"got_through", "answered", "with_me"};
    std::vector<Trials> trials;
    std::vector<std::pair<std::string_view, Share>> counts;
    for (const Link link : kLinks) {
      const Tally tally = Reaching(person_, link);
      trials.push_back(tally.Rate(static_cast<Eigen::Index>(trials.size()), 3));
      counts.emplace_back(kNames[counts.size()], tally.otherwise);
    }
    const Share& reached = counts.front().second;
    Share with_me = counts.back().second;
    with_me.of = reached.of;
    Response response = Begin(Kind::kReaching, kActsReaching, kRateDays, kReachOccasions, reached.days);
    AddCounts(response, counts, ReachingCounts(with_me, speech_));
    if (!response.requirement.IsMet()) return response;
    const Posterior posterior = Posterior::Of(trials, prior_.reach);
    response.estimate =
        posterior.EstimateOf([](const Coefficients& c) { return Logistic(c(0)) * Logistic(c(1)) * Logistic(c(2)); });
    for (Eigen::Index j = 0; j < 3; ++j) {
      response.rates.push_back(
          {.id = std::string(kNames[static_cast<std::size_t>(j)]),
           .estimate = posterior.EstimateOf([&](const Coefficients& c) { return Logistic(c(j)); })});
    }
    response.status = Status::kShown;
    response.sentence = ReachingSentence(response.rates[0].estimate.median, response.rates[1].estimate.median,
                                         response.rates[2].estimate.median, speech_);
    return response;
  }

  [[nodiscard]] Response ReadMeeting() const {
    const Tally met = Met(person_);
    const Tally fully = MetFully(person_);
    Response response = Begin(Kind::kMeeting, kActsMet, kRateDays, kReachOccasions, met.otherwise.days);
    AddCounts(response,
              std::array<std::pair<std::string_view, Share>, 2>{
                  {{"met_at_least_in_part", met.otherwise}, {"met_fully", fully.otherwise}}},
              MeetingCounts(met.otherwise, fully.otherwise, speech_));
    FillRate(response, met, prior_.met);
    return response;
  }

  [[nodiscard]] Response ReadOwnTime() const {
    const Tally own_time = OwnTime(person_);
    const Tally guilt = Guilt(person_);
    Response response = Begin(Kind::kOwnTime, kActsOwnTime, kRateDays);
    AddCounts(response,
              std::array<std::pair<std::string_view, Share>, 2>{
                  {{"own_time", own_time.otherwise}, {"guilt", guilt.otherwise}}},
              OwnTimeCounts(own_time.otherwise, guilt.otherwise, speech_));
    FillRate(response, own_time, prior_.own_time);
    if (response.requirement.IsMet()) {
      response.rates.push_back({.id = "guilt", .estimate = RateOf(guilt.Rate(), prior_.guilt)});
    }
    return response;
  }

  Person person_;
  Speech speech_;
  const Prior& prior_;
};

constexpr std::array kKinds{Kind::kSteppingIn, Kind::kWithdrawing, Kind::kUnsaid, Kind::kUnsaidWhenLow,
                            Kind::kReaching,   Kind::kMeeting,     Kind::kOwnTime};

}  // namespace

std::string_view NameOf(Kind kind) {
  constexpr std::array<std::string_view, kKinds.size()> kNames{
      "stepping_in", "withdrawing", "unsaid", "unsaid_when_low", "reaching", "meeting", "own_time"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::vector<Response> ReadResponses(std::span<const Occasion> occasions, const core::BySide<std::string>& labels,
                                    Grain grain, const Prior& prior) {
  std::vector<Response> responses;
  for (const Kind kind : kKinds) {
    for (const core::Side side : core::kSides) {
      responses.push_back(Reader(occasions, side, labels, grain, prior).Read(kind));
    }
  }
  return responses;
}

}  // namespace selvedge::responses
