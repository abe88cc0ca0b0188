#include "reading/diary_evidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/random.h"
#include "dynamics/coordinates.h"
#include "leaning/map.h"

namespace selvedge::reading {
namespace {

using core::Side;
using dynamics::Laplace;
using dynamics::PersonCoordinates;
using dynamics::Prior;
using leaning::Evidence;
using responses::Occasion;
using testing::IsEmpty;

/// Estimate and variance of what a piece of evidence says of its one quantity.
std::pair<double, double> Read(const Evidence& evidence) {
  const double variance = 1 / evidence.likelihood.precision(0, 0);
  return {variance * evidence.likelihood.information(0), variance};
}

const Evidence* Find(const std::vector<Evidence>& evidence, std::string_view indicator) {
  const auto found = std::ranges::find(evidence, indicator, &Evidence::indicator);
  return found == evidence.end() ? nullptr : &*found;
}

bool SameEvidence(const std::vector<Evidence>& one, const std::vector<Evidence>& other) {
  return std::ranges::equal(one, other, [](const Evidence& x, const Evidence& y) {
    return x.indicator == y.indicator && x.days == y.days && x.likelihood.information == y.likelihood.information &&
           x.likelihood.precision == y.likelihood.precision;
  });
}

std::size_t Below(core::RandomStream& stream, std::size_t count) {
  return std::min(count - 1, static_cast<std::size_t>(stream.Uniform() * static_cast<double>(count)));
}

/// Any moments, with any answers to what may be asked about them.
diary::Moments AnyMoments(core::RandomStream& stream) {
  diary::Moments moments;
  for (std::size_t kind = 0; kind < diary::kMomentForms.size(); ++kind) {
    if (stream.Uniform() > 0.3) continue;
    moments.Add(kind);
    for (std::size_t i = 0; i < diary::kMomentForms[kind].size(); ++i) {
      if (stream.Uniform() < 0.8)
        moments.SetAnswer(kind, i, Below(stream, diary::kMomentForms[kind].follow_ups[i].size()));
    }
  }
  return moments;
}

std::vector<Occasion> AnyDays(int days, core::RandomStream& stream) {
  std::vector<Occasion> occasions;
  for (int day = 0; day < days; ++day) {
    Occasion occasion{.day = day};
    for (const Side side : core::kSides) {
      if (stream.Uniform() < 0.85) occasion.own[side] = std::round(100 * stream.Uniform());
      if (stream.Uniform() < 0.8) occasion.moments[side] = AnyMoments(stream);
      if (stream.Uniform() < 0.1) occasion.left_out[side] = AnyMoments(stream);
    }
    occasions.push_back(occasion);
  }
  return occasions;
}

// ---- counts by hand ------------------------------------------------------------------------------------------------

/// A day's log as text, " name key=answer … |" with a bar after each: what the plain count below looks into.
std::string LogOf(const diary::Moments& moments) { return " " + WriteMoments(moments) + " |"; }

/// The part of a log about one moment; empty if it is not there.
std::string Part(const std::string& log, const std::string& name) {
  const std::size_t start = log.find(" " + name + " ");
  return start == std::string::npos ? "" : log.substr(start, log.find('|', start) - start);
}

bool In(const std::string& part, const char* answer) { return part.find(answer) != std::string::npos; }

std::optional<bool> IsLow(const std::vector<Occasion>& days, std::size_t i, Side side) {
  std::vector<double> answers;
  for (const Occasion& day : days) {
    if (day.own[side]) answers.push_back(*day.own[side]);
  }
  if (!days[i].own[side] || answers.size() < 2) return std::nullopt;
  double mean = 0;
  for (const double answer : answers) mean += answer / static_cast<double>(answers.size());
  double variance = 0;
  for (const double answer : answers) variance += std::pow(answer - mean, 2) / static_cast<double>(answers.size() - 1);
  if (variance == 0) return std::nullopt;
  return *days[i].own[side] <= mean - std::sqrt(variance);
}

/// What one day says to an indicator: yes, no, or nothing.
std::optional<bool> OneDay(const std::vector<Occasion>& days, std::size_t i, Side side, std::string_view indicator) {
  const std::string log = LogOf(*days[i].moments[side]);
  const auto did = [&](const char* name) { return !Part(log, name).empty(); };
  if (indicator == "stepping_in") {
    const std::string part = Part(log, "stepped_in");
    if (IsLow(days, i, PartnerOf(side)) != true) return std::nullopt;
    if (!part.empty() && !In(part, "asked=")) return std::nullopt;
    if (In(part, "asked=no") && (In(part, "after=same") || In(part, "after=tenser"))) return std::nullopt;
    return In(part, "asked=no");
  }
  if (indicator == "said_yes_empty") return did("said_yes_empty");
  if (indicator == "unsaid") return did("held_back") || did("smoothed_over");
  if (indicator == "own_time") {
    const std::string part = Part(log, "own_time");
    if (!part.empty() && !In(part, "guilt=")) return std::nullopt;
    return In(part, "guilt=none");
  }
  if (indicator == "noticed_first") return did("noticed_first");
  if (indicator == "withdrew") {
    const std::string came = Part(log, "was_reached");
    const std::string stepped_back = Part(log, "withdrew");
    if (!In(came, "came=warm") && !In(stepped_back, "came=warm")) return std::nullopt;
    return !stepped_back.empty() && (!In(stepped_back, "came=") || In(stepped_back, "came=warm"));
  }
  if (indicator == "waved_off") {
    const std::string part = Part(log, "was_offered");
    if (!In(part, "took=")) return std::nullopt;
    return In(part, "took=no");
  }
  if (indicator == "reached") {
    if (IsLow(days, i, side) != true) return std::nullopt;
    return did("reached");
  }
  return did("opened_up");
}

const std::map<std::string, std::vector<std::string>>& ActsOf() {
  static const std::map<std::string, std::vector<std::string>> kActs{{"stepping_in", {"stepped_in"}},
                                                                     {"said_yes_empty", {"said_yes_empty"}},
                                                                     {"unsaid", {"held_back", "smoothed_over"}},
                                                                     {"own_time", {"own_time"}},
                                                                     {"noticed_first", {"noticed_first"}},
                                                                     {"withdrew", {"withdrew", "was_reached"}},
                                                                     {"waved_off", {"was_offered"}},
                                                                     {"reached", {"reached"}},
                                                                     {"opened_up", {"opened_up"}}};
  return kActs;
}

TEST(EvidenceFromActs, CountsAsCountingByHandDoes) {
  int told = 0;
  for (std::uint32_t run = 0; run < 60; ++run) {
    core::RandomStream stream({.seed = 20261125, .subject = run, .purpose = 301});
    const std::vector<Occasion> days = AnyDays(static_cast<int>(4 + Below(stream, 60)), stream);
    for (const Side side : core::kSides) {
      const std::vector<Evidence> evidence = EvidenceFromActs(days, side);
      for (const auto& [indicator, acts] : ActsOf()) {
        int looked = 0;
        int yes = 0;
        int of = 0;
        for (std::size_t i = 0; i < days.size(); ++i) {
          const bool left_out = std::ranges::any_of(
              acts, [&](const std::string& act) { return days[i].left_out[side].Has(*diary::MomentNamed(act)); });
          if (!days[i].moments[side] || left_out) continue;
          ++looked;
          const std::optional<bool> answer = OneDay(days, i, side, indicator);
          of += answer ? 1 : 0;
          yes += answer == true ? 1 : 0;
        }
        const Evidence* found = Find(evidence, indicator);
        ASSERT_EQ(found != nullptr, looked >= 7 && of > 0) << indicator;
        if (found == nullptr) continue;
        const auto [estimate, variance] = Read(*found);
        EXPECT_NEAR(estimate, std::log((yes + 0.5) / (of - yes + 0.5)), 1e-12) << indicator;
        EXPECT_NEAR(variance, 1 / (yes + 0.5) + 1 / (of - yes + 0.5), 1e-12) << indicator;
        EXPECT_EQ(found->days, of);
        ++told;
      }
    }
  }
  EXPECT_GT(told, 500) << "most of it has to be there to be compared";
}

TEST(EvidenceFromActs, BeginsWithTheSeventhDayLookedAt) {
  std::vector<Occasion> days;
  for (int day = 0; day < 7; ++day) {
    EXPECT_THAT(EvidenceFromActs(days, Side::kA), IsEmpty()) << day;
    days.push_back({.day = day});
    days.back().moments.a = diary::Moments{};
    days.push_back({.day = 100 + day});  // a day without a look is none
  }
  const std::vector<Evidence> evidence = EvidenceFromActs(days, Side::kA);
  ASSERT_NE(Find(evidence, "opened_up"), nullptr);
  EXPECT_EQ(Find(evidence, "withdrew"), nullptr) << "nothing warm came";
  EXPECT_THAT(EvidenceFromActs(days, Side::kB), IsEmpty());
}

TEST(EvidenceFromActs, KnowsNoDayOfAnActLeftOutFromOneThatWasNotLookedAt) {
  core::RandomStream stream({.seed = 20261125, .subject = 1, .purpose = 302});
  std::vector<Occasion> left_out = AnyDays(40, stream);
  for (Occasion& day : left_out) day.left_out = {};
  std::vector<Occasion> skipped = left_out;
  for (std::size_t i = 0; i < left_out.size(); i += 3) {
    for (const diary::MomentForm& form : diary::kMomentForms)
      left_out[i].left_out.a.Add(*diary::MomentNamed(form.name));
    skipped[i].moments.a.reset();
  }
  EXPECT_TRUE(SameEvidence(EvidenceFromActs(left_out, Side::kA), EvidenceFromActs(skipped, Side::kA)));
}

TEST(EvidenceFromActs, IsOnesOwnAndTheOthersDayButNothingTheOtherDid) {
  for (std::uint32_t run = 0; run < 20; ++run) {
    core::RandomStream stream({.seed = 20261125, .subject = run, .purpose = 303});
    const std::vector<Occasion> days = AnyDays(40, stream);
    std::vector<Occasion> changed = days;
    for (Occasion& day : changed) {
      day.moments.b = AnyMoments(stream);
      day.left_out.b = AnyMoments(stream);
    }
    EXPECT_TRUE(SameEvidence(EvidenceFromActs(days, Side::kA), EvidenceFromActs(changed, Side::kA)));
    EXPECT_FALSE(SameEvidence(EvidenceFromActs(days, Side::kB), EvidenceFromActs(changed, Side::kB)));
  }
}

TEST(EvidenceFromActs, SwapsWithThePartners) {
  core::RandomStream stream({.seed = 20261125, .subject = 0, .purpose = 304});
  const std::vector<Occasion> days = AnyDays(50, stream);
  std::vector<Occasion> swapped = days;
  for (Occasion& day : swapped) {
    std::swap(day.own.a, day.own.b);
    std::swap(day.moments.a, day.moments.b);
    std::swap(day.left_out.a, day.left_out.b);
  }
  EXPECT_TRUE(SameEvidence(EvidenceFromActs(days, Side::kA), EvidenceFromActs(swapped, Side::kB)));
}

// ---- feelings ------------------------------------------------------------------------------------------------------

/// The posterior that a normal likelihood of log κ and γ of one side leads to, in closed form.
Laplace PosteriorOf(const Prior& prior, Side side, const Eigen::Vector2d& estimate, const Eigen::Matrix2d& error) {
  const std::array<int, 2> place = side == Side::kA
                                       ? std::array<int, 2>{PersonCoordinates::kLogReturnA, PersonCoordinates::kPullA}
                                       : std::array<int, 2>{PersonCoordinates::kLogReturnB, PersonCoordinates::kPullB};
  Laplace known;
  known.mode = prior.Centre();
  known.covariance.setZero(known.mode.size(), known.mode.size());
  known.covariance.diagonal() = prior.Widths().cwiseAbs2();
  const Eigen::Vector2d centre(known.mode[place[0]], known.mode[place[1]]);
  const Eigen::Matrix2d spread = known.covariance(place, place);
  const Eigen::Matrix2d covariance = (spread.inverse() + error.inverse()).inverse();
  known.mode(place) = covariance * (spread.inverse() * centre + error.inverse() * estimate);
  known.covariance(place, place) = covariance;
  return known;
}

TEST(EvidenceFromFeelings, TakesThePriorOffExactly) {
  const Prior prior = Prior::DailyMood();
  const Eigen::Vector2d estimate(std::log(0.5), 0.2);
  Eigen::Matrix2d error;
  error << 0.04, 0.002, 0.002, 0.006;
  for (const Side side : core::kSides) {
    const auto evidence = EvidenceFromFeelings(PosteriorOf(prior, side, estimate, error), prior, side, 50);
    ASSERT_EQ(evidence.size(), 2U);
    // Alone, log κ has the prior of γ beside it: its likelihood is that of the pair with γ integrated over its prior.
    const double pull_variance = error(1, 1) + prior.pull.sd * prior.pull.sd;
    const double expected = estimate[0] + error(0, 1) / pull_variance * (prior.pull.centre - estimate[1]);
    const double variance = error(0, 0) - error(0, 1) * error(0, 1) / pull_variance;
    const auto [half_life, half_life_variance] = Read(*Find(evidence, "half_life"));
    EXPECT_NEAR(half_life, std::log(std::log(2.0)) - expected, 1e-9);
    EXPECT_NEAR(half_life_variance, variance, 1e-9);
    // γ / κ = 0.2 / 0.5, and its gradient (−0.4, 2).
    const auto [share, share_variance] = Read(*Find(evidence, "fusion_share"));
    EXPECT_NEAR(share, 0.4, 1e-9);
    EXPECT_NEAR(share_variance, 0.16 * 0.04 - 2 * 0.4 * 2 * 0.002 + 4 * 0.006, 1e-9);
    EXPECT_EQ(evidence.front().days, 50);
    EXPECT_THAT(EvidenceFromFeelings(PosteriorOf(prior, side, estimate, error), prior, PartnerOf(side), 50), IsEmpty())
        << "of the other nothing was learned";
  }
}

TEST(EvidenceFromFeelings, SaysNothingUntilTheDaysSayAsMuchAsThePrior) {
  const Prior prior = Prior::DailyMood();
  const auto evidence = [&](double of_return, double of_pull) {
    const Eigen::Matrix2d error =
        Eigen::Vector2d(of_return * std::pow(prior.log_return_rate.sd, 2), of_pull * std::pow(prior.pull.sd, 2))
            .asDiagonal();
    return EvidenceFromFeelings(PosteriorOf(prior, Side::kA, {0, 0.1}, error), prior, Side::kA, 50);
  };
  EXPECT_THAT(evidence(1.01, 0.5), IsEmpty());
  EXPECT_EQ(evidence(0.99, 1.01).size(), 1U) << "how long an upset stayed alone";
  EXPECT_EQ(evidence(0.99, 0.99).size(), 2U);
}

TEST(EvidenceFromFeelings, SaysNothingOfAPosteriorThatDoesNotBelongToThePrior) {
  const Prior prior = Prior::DailyMood();
  Laplace known = PosteriorOf(prior, Side::kA, {0, 0.1}, Eigen::Vector2d(0.01, 0.001).asDiagonal());
  known.covariance.row(PersonCoordinates::kPullA).setZero();
  known.covariance.col(PersonCoordinates::kPullA).setZero();
  EXPECT_EQ(EvidenceFromFeelings(known, prior, Side::kA, 50).size(), 1U) << "a pull without any variance is none";
  known.covariance(PersonCoordinates::kLogReturnA, PersonCoordinates::kLogReturnA) =
      std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(EvidenceFromFeelings(known, prior, Side::kA, 50), IsEmpty());
}

TEST(DiaryEvidence, IsWhatTheMapHasAPlaceFor) {
  const leaning::Map map = leaning::Map::Theory();
  core::RandomStream stream({.seed = 20261125, .subject = 0, .purpose = 305});
  std::vector<Evidence> all = EvidenceFromActs(AnyDays(60, stream), Side::kA);
  const Prior prior = Prior::DailyMood();
  std::ranges::move(
      EvidenceFromFeelings(PosteriorOf(prior, Side::kA, {0, 0.1}, Eigen::Vector2d(0.01, 0.001).asDiagonal()), prior,
                           Side::kA, 60),
      std::back_inserter(all));
  EXPECT_TRUE(Locate(map, all).has_value());
  // Scores that are entered, and what the daily file has no column for, are not from a diary.
  std::vector<std::string> missing;
  for (const leaning::Indicator& indicator : map.indicators) {
    if (Find(all, indicator.id) == nullptr) missing.push_back(indicator.id);
  }
  EXPECT_THAT(missing, testing::ElementsAre("signs", "attachment_scores", "in_touch"));
}

}  // namespace
}  // namespace selvedge::reading
