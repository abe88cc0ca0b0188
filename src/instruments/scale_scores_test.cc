#include "instruments/scale_scores.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "instruments/files.h"

namespace selvedge::instruments {
namespace {

/// The same choice for every item of a scale, as far as `take` wants it.
template <typename Take>
Response Everywhere(const Instrument& instrument, std::size_t plain_choice, Take take) {
  Sheet all(instrument.questions.size());
  for (std::size_t q = 0; q < all.size(); ++q) {
    const Question& question = instrument.questions[q];
    if (question.scale && take(question)) all[q] = question.reversed ? 4 - plain_choice : plain_choice;
  }
  return Separate(instrument, all);
}

constexpr auto kAll = [](const Question&) { return true; };

/// E[θ | answers] and SD on a plain fine lattice, with P(X ≥ k) = σ(a (θ − b_k)) written out.
ScaleScore ByHand(const std::vector<std::pair<GradedCurve, std::size_t>>& answers) {
  double mass = 0;
  double first = 0;
  double second = 0;
  for (int step = -8000; step <= 8000; ++step) {
    const double theta = step / 1000.0;
    double weight = std::exp(-0.5 * theta * theta);
    for (const auto& [curve, category] : answers) {
      const auto at_least = [&](std::size_t k) {
        if (k == 0) return 1.0;
        if (k > curve.difficulties.size()) return 0.0;
        return 1 / (1 + std::exp(-curve.slope * (theta - curve.difficulties[k - 1])));
      };
      weight *= at_least(category) - at_least(category + 1);
    }
    mass += weight;
    first += weight * theta;
    second += weight * theta * theta;
  }
  const double mean = first / mass;
  return {.scale = 0, .estimate = mean, .sd = std::sqrt(second / mass - mean * mean), .answers = answers.size()};
}

/// What the engine's lattice is good for here: it ends at ±6, and of somebody whose answers are all at one end up to a
/// millionth lies beyond.
constexpr double kLattice = 2e-6;

TEST(ScoreScales, AreTheIntegralsTheyStandFor) {
  const Instrument signs = Signs();
  for (const std::size_t choice : {0U, 1U, 2U, 3U, 4U}) {
    const std::vector<ScaleScore> scores = ScoreScales(signs, Everywhere(signs, choice, kAll), Audience::kOwner);
    ASSERT_EQ(scores.size(), 4U);
    for (const ScaleScore& score : scores) {
      std::vector<std::pair<GradedCurve, std::size_t>> answers;
      for (const Question& question : signs.questions) {
        if (question.scale == score.scale) answers.emplace_back(*question.curve, choice);
      }
      const ScaleScore expected = ByHand(answers);
      EXPECT_EQ(score.answers, expected.answers);
      EXPECT_NEAR(score.estimate, expected.estimate, kLattice);
      EXPECT_NEAR(score.sd, expected.sd, kLattice);
    }
  }
}

TEST(ScoreScales, LieInTheMiddleForSometimesAndOnEitherSideForMoreAndLess) {
  const Instrument signs = Signs();
  for (const ScaleScore& score : ScoreScales(signs, Everywhere(signs, 2, kAll), Audience::kOwner)) {
    EXPECT_NEAR(score.estimate, 0, 1e-9) << "the curves of theory are symmetrical";
  }
  for (const ScaleScore& score : ScoreScales(signs, Everywhere(signs, 3, kAll), Audience::kOwner)) {
    EXPECT_GT(score.Lower(), 0);
  }
  for (const ScaleScore& score : ScoreScales(signs, Everywhere(signs, 1, kAll), Audience::kOwner)) {
    EXPECT_LT(score.Upper(), 0);
  }
}

TEST(ScoreScales, ArePriorWithoutAnAnswerAndSaySo) {
  const Instrument signs = Signs();
  for (const ScaleScore& score : ScoreScales(signs, Separate(signs, Sheet(signs.questions.size())), Audience::kOwner)) {
    EXPECT_EQ(score.answers, 0U);
    EXPECT_EQ(score.estimate, 0);
    EXPECT_EQ(score.sd, 1);
  }
}

TEST(ScoreScales, RestForOthersOnFewerAnswersAndAreLessSure) {
  const Instrument signs = Signs();
  const Response response = Everywhere(signs, 3, kAll);
  const auto own = ScoreScales(signs, response, Audience::kOwner);
  const auto others = ScoreScales(signs, response, Audience::kOthers);
  for (std::size_t s = 0; s < own.size(); ++s) {
    EXPECT_LT(others[s].answers, own[s].answers);
    EXPECT_GE(others[s].answers, 4U);
    EXPECT_GT(others[s].sd, own[s].sd);
  }
}

RC_GTEST_PROP(ScoreScales, RiseWithEveryAnswer, ()) {
  static const Instrument kSigns = Signs();
  Sheet lower(kSigns.questions.size());
  for (std::size_t q = 0; q < lower.size(); ++q) {
    if (kSigns.questions[q].scale) lower[q] = *rc::gen::inRange<std::size_t>(0, 5);
  }
  const std::size_t q = *rc::gen::suchThat(rc::gen::inRange<std::size_t>(0, lower.size()), [&](std::size_t at) {
    return lower[at] && kSigns.questions[at].Category(*lower[at]) != 4U;
  });
  Sheet higher = lower;
  *higher[q] += kSigns.questions[q].reversed ? std::size_t{0} - 1 : 1;
  const auto before = ScoreScales(kSigns, Separate(kSigns, lower), Audience::kOwner);
  const auto after = ScoreScales(kSigns, Separate(kSigns, higher), Audience::kOwner);
  for (std::size_t s = 0; s < before.size(); ++s) {
    const bool is_its_scale = kSigns.questions[q].scale == s;
    const bool as_expected =
        is_its_scale ? after[s].estimate > before[s].estimate : after[s].estimate == before[s].estimate;
    RC_ASSERT(as_expected);
  }
}

}  // namespace
}  // namespace selvedge::instruments
