#include "reading/reading.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <limits>
#include <map>
#include <span>
#include <utility>

#include "core/random.h"
#include "dynamics/coverage.h"
#include "dynamics/draw.h"
#include "dynamics/fit.h"
#include "dynamics/quantities.h"
#include "dynamics/study.h"
#include "numerics/normal.h"
#include "reading/quantiles.h"
#include "reading/response_cards.h"
#include "reading/stands.h"
#include "reading/together.h"
#include "reading/words.h"

namespace selvedge::reading {
namespace {

using core::BySide;
using core::Json;
using core::Side;
using dynamics::System;

// How many days each reading needs (design: science 4.1, product). Precision by days of diary is in docs/method.md.
constexpr int kLevelDays = 14;
constexpr int kHalfLifeDays = 28;
constexpr int kTogetherDays = 28;
constexpr int kWeatherDays = 56;
constexpr int kPullDays = 84;
constexpr int kForecastDays = 28;

constexpr std::size_t kDraws = 2000;
constexpr std::size_t kForecastDraws = 200;
constexpr core::StreamKey kReadingStream{.seed = 20261122, .subject = 0, .purpose = 1};
constexpr core::StreamKey kTrackRecordStream{.seed = 20261122, .subject = 0, .purpose = 2};

/// Evidence against "no pull" that opens the card: the odds by which the diary favours some pull over none at all.
/// By Ville's inequality odds of 40 are reached by chance in at most 1 of 40 couples without any pull, however often
/// one looks; over both directions, 1 of 20.
constexpr double kOddsThatSettle = 40;

/// The mean of answers that may be none.
class Mean {
 public:
  void Add(std::optional<double> answer) {
    if (!answer) return;
    sum_ += *answer;
    ++count_;
  }
  [[nodiscard]] std::optional<double> Get() const {
    if (count_ == 0) return std::nullopt;
    return sum_ / count_;
  }

 private:
  double sum_ = 0;
  int count_ = 0;
};

/// What one person logged on one day, from however many check-ins.
struct DayOfOne {
  Mean own;
  Mean close;
  std::optional<diary::Contact> contact;
  std::optional<diary::Moments> moments;

  void Add(std::optional<double> answer, const diary::Noted& noted) {
    own.Add(answer);
    close.Add(noted.close);
    if (noted.contact) contact = noted.contact;
    if (noted.moments) moments = Joined(moments.value_or(diary::Moments{}), *noted.moments);
  }
  [[nodiscard]] diary::Noted Noted() const { return {.close = close.Get(), .contact = contact, .moments = moments}; }
};

/// Every day from the first to the last, with the mean of its answers.
std::vector<Day> DaysOf(const diary::Couple& couple) {
  if (couple.check_ins.empty()) return {};
  std::map<int, BySide<DayOfOne>> sums;
  for (const diary::CheckIn& check_in : couple.check_ins) {
    BySide<DayOfOne>& day = sums[check_in.day];
    for (const Side side : core::kSides) day[side].Add(check_in.own[side], check_in.noted[side]);
  }
  constexpr int kMostDays = 40'000;  // a century; a longer span is a slip in a date, and only answered days are listed
  const int first = sums.begin()->first;
  const int last = sums.rbegin()->first;
  std::vector<Day> days;
  const auto add = [&](int number, const BySide<DayOfOne>& of_day) {
    Day day{.day = number, .own = {}};
    for (const Side side : core::kSides) {
      day.own[side] = of_day[side].own.Get();
      day.noted[side] = of_day[side].Noted();
    }
    days.push_back(day);
  };
  if (static_cast<long long>(last) - first > kMostDays) {
    for (const auto& [number, of_day] : sums) add(number, of_day);
    return days;
  }
  for (int number = first; number <= last; ++number) {
    const auto found = sums.find(number);
    add(number, found == sums.end() ? BySide<DayOfOne>{} : found->second);
  }
  return days;
}

/// Builds the cards of one couple from one fit and one set of draws.
class Reader {
 public:
  Reader(const diary::Couple& couple, const dynamics::Prior& prior, core::Heartbeat beat, Reading& reading)
      : prior_(prior), beat_(beat), reading_(reading), observations_(dynamics::ObservationsOf(couple)) {
    dynamics::Occasions occasions;
    occasions.AddDyad(observations_);
    fit_ = dynamics::FitMaximumAPosteriori(occasions, {.beat = beat_}, prior);
    if (fit_.status == dynamics::FitStatus::kConverged && fit_.laplace) {
      core::RandomStream stream(kReadingStream);
      systems_ = dynamics::DrawSystems(*fit_.laplace, kDraws, stream);
    }
  }

  void AddCards() {
    for (const Side side : core::kSides) AddUsualLevel(side);
    for (const Side side : core::kSides) AddSpread(side);
    for (const Side side : core::kSides) AddHalfLife(side);
    AddMoveTogether();
    for (const Side side : core::kSides) AddPull(side);
    for (const Side side : core::kSides) AddWeather(side);
    for (const Side side : core::kSides) AddForecast(side);
  }

 private:
  [[nodiscard]] const std::string& Label(Side side) const { return reading_.labels[side]; }

  [[nodiscard]] Requirement Own(int days, Side side) const {
    return {.days = days, .have = reading_.answered[side], .both = false};
  }
  [[nodiscard]] Requirement Both(int days) const {
    return {.days = days, .have = reading_.answered_both, .both = true};
  }

  /// The card, if there is too little for it; to be filled in by the caller otherwise.
  Card& Begin(std::string id, std::optional<Side> side, const Requirement& requirement, std::string unit) {
    Card card{.id = std::move(id),
              .side = side,
              .status = CardStatus::kNotEnoughYet,
              .requirement = requirement,
              .estimate = std::nullopt,
              .unit = std::move(unit),
              .counts = {},
              .sentence = {},
              .details = Json::Object()};
    card.sentence = NotEnoughSentence(requirement, side ? Owner(Label(*side)) : std::string("an"));
    reading_.cards.push_back(std::move(card));
    return reading_.cards.back();
  }
  [[nodiscard]] bool CanShow(const Card& card) const { return card.requirement.IsMet() && !systems_.empty(); }

  /// Whether a person's days differ at all: where they never do, nothing came back, carried over or had a cause.
  [[nodiscard]] bool Varied(Side side) const {
    std::optional<double> first;
    return std::ranges::any_of(reading_.days, [&](const Day& day) {
      if (!day.own[side]) return false;
      if (!first) first = day.own[side];
      return *day.own[side] != *first;
    });
  }

  template <typename Quantity>
  [[nodiscard]] std::vector<double> Draws(Quantity quantity) const {
    std::vector<double> draws;
    draws.reserve(systems_.size());
    for (const System& system : systems_) draws.push_back(quantity(system));
    std::ranges::sort(draws);
    return draws;
  }

  void AddUsualLevel(Side side) {
    Card& card = Begin("usual_level", side, Own(kLevelDays, side), "points");
    if (!CanShow(card)) return;
    card.estimate = EstimateOf(Draws([&](const System& s) { return side == Side::kA ? s.mean.a : s.mean.b; }));
    card.status = CardStatus::kShown;
    card.sentence = UsualLevelSentence(Label(side), *card.estimate);
  }

  void AddSpread(Side side) {
    Card& card = Begin("spread", side, Own(kLevelDays, side), "points");
    if (!CanShow(card)) return;
    const std::vector<double> draws = Draws([&](const System& s) { return dynamics::Spread(s, side); });
    const double usual = std::exp(prior_.log_own_spread.centre);
    card.estimate = EstimateOf(draws);
    card.status = CardStatus::kShown;
    card.details.Set("usual_among_couples", usual);
    card.sentence = SpreadSentence(Label(side), *card.estimate, ShareAbove(draws, usual));
  }

  void AddHalfLife(Side side) {
    Card& card = Begin("half_life", side, Own(kHalfLifeDays, side), "days");
    if (!CanShow(card) || !Varied(side)) return;
    card.estimate = EstimateOf(Draws([&](const System& s) { return dynamics::HalfLife(s, side).count; }));
    card.status = CardStatus::kShown;
    card.sentence = HalfLifeSentence(Label(side), *card.estimate);
    AddWayBack(side, card);
  }

  /// How much of an upset is left after each of the next days, and equally probable drifts from which a page can ask
  /// "what if".
  void AddWayBack(Side side, Card& card) {
    constexpr int kDaysAhead = 14;
    constexpr std::size_t kDriftDraws = 200;
    Json ahead = Json::Array();
    for (int day = 1; day <= kDaysAhead; ++day) {
      const std::vector<double> left =
          Draws([&](const System& s) { return dynamics::LeftAfter(s, side, {static_cast<double>(day)}); });
      ahead.Push(Json::Object().Set("days_ahead", day).Set("left", EstimateJson(EstimateOf(left))));
    }
    Json drifts = Json::Array();
    for (const System& system : std::span(systems_).first(std::min(systems_.size(), kDriftDraws))) {
      const numerics::Mat2 drift = dynamics::DriftSeenFrom(system, side);
      drifts.Push(
          Json::Array().Push(Short(drift.aa)).Push(Short(drift.ab)).Push(Short(drift.ba)).Push(Short(drift.bb)));
    }
    card.details.Set("ahead", std::move(ahead)).Set("drift_draws", std::move(drifts));
  }

  /// Enough digits for a drawing.
  static double Short(double value) { return std::round(value * 1e4) / 1e4; }

  void AddMoveTogether() {
    Card& card = Begin("move_together", std::nullopt, Both(kTogetherDays), "correlation");
    if (!card.requirement.IsMet()) return;
    const std::optional<Together> together = MovedTogether(reading_.days);
    if (!together) return;
    const auto farther = std::ranges::count_if(
        together->null, [&](double shifted) { return std::fabs(shifted) >= std::fabs(together->correlation); });
    const bool beyond_chance = together->null.size() >= kFewestShifts && farther == 0;
    Json null = Json::Array();
    for (const double shifted : together->null) null.Push(shifted);
    card.estimate = together->estimate;
    card.status = beyond_chance ? CardStatus::kShown : CardStatus::kNotSettled;
    card.details.Set("effective_days", together->effective_days)
        .Set("probability_positive", together->probability_positive)
        .Set("null",
             Json::Object()
                 .Set("what", "the same correlation after shifting one of the two by whole weeks, at least 14 days")
                 .Set("correlations", std::move(null))
                 .Set("as_far_from_zero", farther));
    card.sentence =
        MoveTogetherSentence(together->probability_positive, beyond_chance, static_cast<int>(together->null.size()));
  }

  void AddPull(Side side) {
    Card& card = Begin("pull_after_a_day", side, Both(kPullDays), "share");
    if (!CanShow(card) || !Varied(Side::kA) || !Varied(Side::kB)) return;
    card.estimate = EstimateOf(Draws([&](const System& s) { return dynamics::PullAfterADay(s, side); }));

    const Eigen::Index index =
        side == Side::kA ? dynamics::PersonCoordinates::kPullA : dynamics::PersonCoordinates::kPullB;
    const double mode = fit_.laplace->mode(index);
    const double sd = std::sqrt(fit_.laplace->covariance(index, index));
    const dynamics::Prior::Normal& usual = prior_.pull;
    // Savage–Dickey: the odds for some pull against none are prior over posterior density at zero.
    const double odds =
        (numerics::NormalDensity(usual.centre / usual.sd) / usual.sd) / (numerics::NormalDensity(mode / sd) / sd);
    const double from_diary = 1 - (sd * sd) / (usual.sd * usual.sd);
    const bool settled = odds >= kOddsThatSettle && (card.estimate->ninety[0] > 0 || card.estimate->ninety[1] < 0);
    card.status = settled ? CardStatus::kShown : CardStatus::kNotSettled;
    card.details.Set("odds_against_none", odds)
        .Set("odds_needed", kOddsThatSettle)
        .Set("known_from_this_diary", from_diary);
    card.sentence = PullSentence(Label(side), Label(PartnerOf(side)), settled, *card.estimate, from_diary);
  }

  void AddWeather(Side side) {
    Card& card = Begin("whose_weather", side, Both(kWeatherDays), "share");
    if (!CanShow(card) || !Varied(side)) return;
    const auto draws_of = [&](double dynamics::Weather::* share) {
      return Draws([&](const System& s) { return WeatherOf(s, side).*share; });
    };
    const std::vector<double> own = draws_of(&dynamics::Weather::own);
    const std::vector<double> shared = draws_of(&dynamics::Weather::shared);
    card.estimate = EstimateOf(own);
    const double mostly_own = ShareAbove(own, 0.5);
    const double mostly_shared = ShareAbove(shared, 0.5);
    card.status = std::max(mostly_own, mostly_shared) >= 0.8 ? CardStatus::kShown : CardStatus::kNotSettled;
    const dynamics::WeatherRange range = WeatherRangeOf(*fit_.system, side);
    card.details.Set("own", EstimateJson(*card.estimate))
        .Set("partner", EstimateJson(EstimateOf(draws_of(&dynamics::Weather::partner))))
        .Set("shared", EstimateJson(EstimateOf(shared)))
        .Set("convention",
             "jolts that hit both are split equally; the range of each share over all admissible splits, at the mode:")
        .Set("admissible", Json::Object()
                               .Set("own", RangeJson(range.lowest.own, range.highest.own))
                               .Set("partner", RangeJson(range.lowest.partner, range.highest.partner))
                               .Set("shared", RangeJson(range.lowest.shared, range.highest.shared)));
    card.sentence = WeatherSentence(Label(side), mostly_own, mostly_shared);
  }

  void AddForecast(Side side) {
    Card& card = Begin("forecast", side, Own(kForecastDays, side), "points");
    if (!CanShow(card)) return;
    if (next_days_.empty()) MakeNextDays();
    Json ahead = Json::Array();
    for (std::size_t day = 0; day < next_days_.size(); ++day) {
      ahead.Push(
          Json::Object().Set("days_ahead", day + 1).Set("own", EstimateJson(EstimateOf(next_days_[day][side].Get()))));
    }
    const dynamics::Expected tomorrow = next_days_.front()[side].Get();
    card.estimate = EstimateOf(tomorrow);
    card.sentence = ForecastSentence(Label(side), tomorrow);
    card.status = CardStatus::kShown;
    card.details.Set("ahead", std::move(ahead));
    AddTrackRecord(side, card);
  }

  void MakeNextDays() {
    constexpr std::size_t kDaysAhead = 7;
    next_days_.resize(kDaysAhead);
    for (const System& system : std::span(systems_).first(std::min(systems_.size(), kForecastDraws))) {
      beat_();
      Mix(ForecastNextDays(system, dynamics::Start::kStationary, observations_, kDaysAhead), next_days_);
    }
  }

  static void Mix(std::span<const BySide<dynamics::Expected>> forecasts, std::span<BySide<dynamics::Mixture>> mixed) {
    for (std::size_t i = 0; i < mixed.size(); ++i) {
      for (const Side side : core::kSides) mixed[i][side].Add(forecasts[i][side]);
    }
  }

  /// Fits the first two thirds of the check-ins, forecasts each later answer from the check-ins before it, and scores
  /// the forecasts beside two simple rules.
  void AddTrackRecord(Side side, Card& card) {
    constexpr std::size_t kFewestHeldBack = 8;
    if (!track_record_) MakeTrackRecord();
    const std::size_t kept = observations_.size() * 2 / 3;
    double sum = 0;
    double squares = 0;
    double steps = 0;
    int answers = 0;
    int pairs = 0;
    std::optional<double> before;
    for (const dynamics::Observation& observation : std::span(observations_).first(kept)) {
      const std::optional<double> own = observation.own[side];
      if (!own) continue;
      sum += *own;
      squares += *own * *own;
      ++answers;
      if (before) {
        steps += (*own - *before) * (*own - *before);
        ++pairs;
      }
      before = own;
    }
    if (answers < kLevelDays || pairs < 2 || track_record_->empty()) return;
    const double mean = sum / answers;
    const double sd = std::sqrt(std::max(1e-12, (squares - sum * mean) / (answers - 1)));
    const double step_sd = std::sqrt(std::max(1e-12, steps / pairs));

    double model = 0;
    double usual = 0;
    double yesterday = 0;
    std::size_t held_back = 0;
    for (std::size_t i = kept; i < observations_.size(); ++i) {
      const std::optional<double> own = observations_[i].own[side];
      if (!own) continue;
      const dynamics::Expected expected = (*track_record_)[i - kept][side].Get();
      model += numerics::NormalCrps(expected.mean, expected.sd, *own);
      usual += numerics::NormalCrps(mean, sd, *own);
      yesterday += numerics::NormalCrps(*before, step_sd, *own);
      before = own;
      ++held_back;
    }
    if (held_back < kFewestHeldBack) return;
    const auto count = static_cast<double>(held_back);
    card.details.Set("held_back", Json::Object()
                                      .Set("answers", held_back)
                                      .Set("crps", model / count)
                                      .Set("crps_as_usual", usual / count)
                                      .Set("crps_as_the_day_before", yesterday / count));
    card.sentence += ForecastTrackRecord(1 - model / std::min(usual, yesterday), static_cast<int>(held_back));
  }

  void MakeTrackRecord() {
    track_record_.emplace();
    const std::size_t kept = observations_.size() * 2 / 3;
    dynamics::Occasions occasions;
    occasions.AddDyad(std::span(observations_).first(kept));
    const dynamics::Fit fit = dynamics::FitMaximumAPosteriori(occasions, {.beat = beat_}, prior_);
    if (!fit.laplace) return;
    core::RandomStream stream(kTrackRecordStream);
    for (const System& system : dynamics::DrawSystems(*fit.laplace, kForecastDraws, stream)) {
      beat_();
      const auto forecasts = dynamics::OneStepForecasts(system, dynamics::Start::kStationary, observations_);
      track_record_->resize(observations_.size() - kept);
      Mix(std::span(forecasts).subspan(kept), *track_record_);
    }
  }

  static Json RangeJson(double low, double high) { return Json::Array().Push(low).Push(high); }

  static constexpr std::size_t kFewestShifts = 5;

  const dynamics::Prior& prior_;
  core::Heartbeat beat_;
  Reading& reading_;
  std::vector<dynamics::Observation> observations_;
  dynamics::Fit fit_;
  std::vector<System> systems_;
  std::vector<BySide<dynamics::Mixture>> next_days_;
  std::optional<std::vector<BySide<dynamics::Mixture>>> track_record_;  ///< of the check-ins held back
};

}  // namespace

bool IsAlone(const Reading& reading) { return reading.labels.b.empty() && reading.answered.b == 0; }

std::span<const Side> SidesOf(const Reading& reading) {
  return std::span(core::kSides).first(IsAlone(reading) ? 1 : 2);
}

Reading WithoutMoments(Reading reading) {
  reading.looked = {};
  reading.stands = {};
  std::erase_if(reading.cards, [](const Card& card) { return card.requirement.looked; });
  for (Day& day : reading.days) {
    for (const Side side : core::kSides) day.noted[side].moments.reset();
  }
  return reading;
}

bool IsAsked(const Reading& reading, const Card& card) {
  if (card.requirement.looked && card.side && reading.looked[*card.side] == 0) return false;
  return !IsAlone(reading) || (card.side == Side::kA && !card.requirement.both);
}

std::vector<const Card*> CardsOf(const Reading& reading, std::string_view question) {
  std::vector<const Card*> cards;
  for (const Card& card : reading.cards) {
    if (card.id == question && IsAsked(reading, card)) cards.push_back(&card);
  }
  return cards;
}

bool IsOpen(const Card& card) { return card.status != CardStatus::kNotEnoughYet || !card.counts.empty(); }

diary::Couple OnHundred(diary::Couple couple, diary::Scale scale) {
  for (diary::CheckIn& check_in : couple.check_ins) {
    for (const Side side : core::kSides) {
      if (std::optional<double>& own = check_in.own[side]) *own = 100 * (*own - scale.low) / (scale.high - scale.low);
    }
  }
  return couple;
}

Reading ReadCouple(const diary::Couple& couple, diary::Clock clock, const dynamics::Prior& prior, core::Heartbeat beat,
                   const core::BySide<Beside>& beside) {
  Reading reading{.couple = couple.id,
                  .labels = couple.labels,
                  .clock = clock,
                  .days = DaysOf(couple),
                  .answered = {},
                  .answered_both = 0,
                  .looked = {},
                  .prior_id = prior.id,
                  .prior_status = prior.status,
                  .cards = {},
                  .map = std::make_shared<const leaning::Map>(leaning::Map::Theory()),
                  .stands = {},
                  .measured_coverage = 0,
                  .coverage_days = 0};
  for (const Day& day : reading.days) {
    for (const Side side : core::kSides) {
      reading.answered[side] += day.own[side] ? 1 : 0;
      reading.looked[side] += day.noted[side].moments ? 1 : 0;
    }
    reading.answered_both += day.own.a && day.own.b ? 1 : 0;
  }
  const dynamics::MeasuredCoverage coverage = CoverageOf(dynamics::Intervals::kReadings, reading.days.size());
  reading.measured_coverage = coverage.ninety;
  reading.coverage_days = coverage.days;
  Reader(couple, prior, beat, reading).AddCards();
  std::ranges::move(ResponseCards(couple, reading, beside), std::back_inserter(reading.cards));
  reading.stands = StandsOf(couple, reading, prior, beside, beat);
  return reading;
}

}  // namespace selvedge::reading
