#include "reading/diary_evidence.h"

#include <Eigen/Core>
#include <Eigen/LU>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/contract.h"
#include "dynamics/coordinates.h"
#include "leaning/likelihood.h"
#include "responses/responses.h"
#include "responses/tally.h"

namespace selvedge::reading {
namespace {

using dynamics::PersonCoordinates;
using leaning::Evidence;
using responses::Person;
using responses::Share;

// A yes when worn out is an indicator of its own, so what went unsaid is without it here.
constexpr std::array<std::string_view, 2> kKeptToOneself{"held_back", "smoothed_over"};
constexpr std::array<std::string_view, 1> kSaidYesEmpty{"said_yes_empty"};
constexpr std::array<std::string_view, 1> kNoticedFirst{"noticed_first"};
constexpr std::array<std::string_view, 1> kOpenedUp{"opened_up"};

/// An indicator that is counted: the acts it is about, and on how many of which days.
struct Counted {
  std::string_view indicator;
  std::span<const std::string_view> acts;
  Share (*count)(const Person&);
};

template <const auto& kActs>
Share CountAnyOf(const Person& person) {
  return AnyOf(person, kActs).otherwise;
}

constexpr std::array kCounted = std::to_array<Counted>({
    {"stepping_in", responses::kActsSteppingIn,
     [](const Person& person) { return SteppingInForRelief(person).under_condition; }},
    {"said_yes_empty", kSaidYesEmpty, CountAnyOf<kSaidYesEmpty>},
    {"unsaid", kKeptToOneself, CountAnyOf<kKeptToOneself>},
    {"own_time", responses::kActsOwnTime, [](const Person& person) { return OwnTimeWithoutGuilt(person).otherwise; }},
    {"noticed_first", kNoticedFirst, CountAnyOf<kNoticedFirst>},
    {"withdrew", responses::kActsWithdrawing, [](const Person& person) { return Withdrawing(person).under_condition; }},
    {"waved_off", responses::kActsOffered, [](const Person& person) { return WavingOff(person).otherwise; }},
    {"reached", responses::kActsReaching, [](const Person& person) { return ReachingWhenLow(person).under_condition; }},
    {"opened_up", kOpenedUp, CountAnyOf<kOpenedUp>},
});

Evidence EvidenceOf(std::string_view indicator, double estimate, double variance, int days) {
  auto likelihood = leaning::FromEstimate(estimate, std::sqrt(variance));
  SELVEDGE_EXPECT(likelihood.has_value());
  return {.indicator = std::string(indicator), .likelihood = *std::move(likelihood), .answers = 0, .days = days};
}

/// What the days say of some coordinates without the prior; nothing where they don't narrow each of them.
template <int kSize>
std::optional<std::pair<Eigen::Vector<double, kSize>, Eigen::Matrix<double, kSize, kSize>>> WithoutPrior(
    const dynamics::Laplace& known, const dynamics::Prior& prior,
    const std::array<int, static_cast<std::size_t>(kSize)>& coordinates) {
  const Eigen::VectorXd mean = known.mode(coordinates);
  const Eigen::MatrixXd covariance = known.covariance(coordinates, coordinates);
  const Eigen::VectorXd prior_mean = prior.Centre()(coordinates);
  const Eigen::VectorXd prior_variance = prior.Widths()(coordinates).cwiseAbs2();
  if (!(covariance.diagonal().array() <= kNarrowed * prior_variance.array()).all()) return std::nullopt;
  const auto likelihood = leaning::RemovePrior(mean, covariance, prior_mean, prior_variance.asDiagonal());
  if (!likelihood) return std::nullopt;  // wider than the prior in some direction: the two do not belong together
  const Eigen::Matrix<double, kSize, kSize> error = likelihood->precision.inverse();
  if (!error.allFinite() || !(error.diagonal().array() > 0).all()) return std::nullopt;
  return std::pair(Eigen::Vector<double, kSize>(error * likelihood->information), error);
}

}  // namespace

std::vector<Evidence> EvidenceFromActs(std::span<const responses::Occasion> days, core::Side side) {
  const Person person{.occasions = days, .side = side};
  std::vector<Evidence> evidence;
  for (const Counted& counted : kCounted) {
    if (DaysLooked(person, counted.acts) < responses::kCountDays) continue;
    const Share share = counted.count(person);
    if (share.of == 0) continue;
    const double yes = share.yes + 0.5;
    const double no = share.of - share.yes + 0.5;
    evidence.push_back(EvidenceOf(counted.indicator, std::log(yes / no), 1 / yes + 1 / no, share.of));
  }
  return evidence;
}

std::vector<Evidence> EvidenceFromFeelings(const dynamics::Laplace& known, const dynamics::Prior& prior,
                                           core::Side side, int days) {
  const bool is_a = side == core::Side::kA;
  const int log_return = is_a ? PersonCoordinates::kLogReturnA : PersonCoordinates::kLogReturnB;
  const int pull = is_a ? PersonCoordinates::kPullA : PersonCoordinates::kPullB;
  std::vector<Evidence> evidence;
  if (const auto told = WithoutPrior<1>(known, prior, {log_return})) {
    const auto& [estimate, error] = *told;
    evidence.push_back(EvidenceOf("half_life", std::log(std::numbers::ln2) - estimate(0), error(0, 0), days));
  }
  if (const auto told = WithoutPrior<2>(known, prior, {log_return, pull})) {
    const auto& [estimate, error] = *told;
    const double rate = std::exp(estimate(0));
    const Eigen::RowVector2d slope(-estimate(1) / rate, 1 / rate);
    evidence.push_back(
        EvidenceOf("fusion_share", estimate(1) / rate, (slope * error * slope.transpose()).value(), days));
  }
  return evidence;
}

}  // namespace selvedge::reading
