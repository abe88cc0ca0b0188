#include "instruments/adaptive.h"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <array>
#include <cmath>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "core/executor.h"
#include "core/random.h"
#include "instruments/curve.h"
#include "instruments/score.h"

namespace selvedge::instruments {
namespace {

const Instrument& Signs() {
  static const Instrument kSigns = [] {
    std::ifstream file(std::string(SELVEDGE_SOURCE_DIR) + "/content/instruments/selvedge_signs.json");
    std::ostringstream text;
    text << file.rdbuf();
    return ReadInstrument(text.str()).value();
  }();
  return kSigns;
}

/// Loadings that are all different, with variances of 1 for the scales.
TwoAxes Axes() {
  TwoAxes axes;
  axes.spread << 1, 0.4, 0.4, 1;
  for (const Eigen::Vector2d& loading :
       {Eigen::Vector2d(-0.8, 0.3), Eigen::Vector2d(-0.3, -0.7), Eigen::Vector2d(0.8, 0), Eigen::Vector2d(0, 0.75)}) {
    axes.scales.push_back(
        {.centre = 0, .loading = loading, .residual_variance = 1 - loading.dot(axes.spread * loading)});
  }
  return axes;
}

std::vector<std::size_t> Scored() {
  std::vector<std::size_t> scored;
  for (std::size_t i = 0; i < Signs().questions.size(); ++i) {
    if (Signs().questions[i].scale) scored.push_back(i);
  }
  return scored;
}

/// Random answers to some questions.
Sheet SomeAnswers(std::uint32_t subject, double share) {
  core::RandomStream random({.seed = 11, .subject = subject, .purpose = 0});
  Sheet counted(Signs().questions.size());
  for (const std::size_t i : Scored()) {
    if (random.Uniform() < share) counted[i] = static_cast<std::size_t>(5 * random.Uniform());
  }
  return counted;
}

/// p(x | answers) by plain sums on a much finer lattice, one question's answer after the other.
Eigen::Matrix2d PlainCovariance(const TwoAxes& axes, const Sheet& counted, double& likelihood) {
  constexpr double kFine = 0.12;
  const Eigen::Matrix2d precision = axes.spread.inverse();
  const auto integral = [&](std::size_t s, double middle) {
    const double sd = std::sqrt(axes.scales[s].residual_variance);
    double sum = 0;
    for (double u = -7; u <= 7; u += kFine) {
      const double z = middle + sd * u;
      double product = std::exp(-u * u / 2);
      for (std::size_t i = 0; i < counted.size(); ++i) {
        const Question& question = Signs().questions[i];
        if (!counted[i] || question.scale != s) continue;
        const auto at_least = [&](std::size_t k) {
          if (k == 0) return 1.0;
          if (k > question.curve->difficulties.size()) return 0.0;
          return 1 / (1 + std::exp(-question.curve->slope * (z - question.curve->difficulties[k - 1])));
        };
        product *= at_least(*counted[i]) - at_least(*counted[i] + 1);
      }
      sum += product;
    }
    return sum;
  };
  double total = 0;
  Eigen::Vector2d first = Eigen::Vector2d::Zero();
  Eigen::Matrix2d second = Eigen::Matrix2d::Zero();
  for (double a = -6; a <= 6; a += 2 * kFine) {
    for (double c = -6; c <= 6; c += 2 * kFine) {
      const Eigen::Vector2d x(a, c);
      double weight = std::exp(-0.5 * x.dot(precision * x));
      for (std::size_t s = 0; s < 4; ++s) weight *= integral(s, axes.scales[s].loading.dot(x));
      total += weight;
      first += weight * x;
      second += weight * x * x.transpose();
    }
  }
  likelihood = total;
  return second / total - (first / total) * (first / total).transpose();
}

TEST(Adaptive, ScoresAsTheLatticeOfFourDimensionsDoes) {
  const TwoAxes axes = Axes();
  const AxesScorer scorer(Signs(), axes);
  ItemBank bank{.dimensions = {"a", "b", "c", "d"}, .items = {}, .correlations = axes.ScaleCovariance()};
  for (const std::size_t i : Scored()) {
    const Question& question = Signs().questions[i];
    Curve curve{.slope = question.curve->slope, .thresholds = question.curve->difficulties};
    for (double& threshold : curve.thresholds) threshold *= curve.slope;
    bank.items.push_back(
        {.name = question.link_id, .dimension = *question.scale, .answers = {0, 1, 2, 3, 4}, .curve = curve});
  }
  const Sheet counted = SomeAnswers(1, 0.5);
  Answers answers{.items = bank.items.size(), .codes = {}};
  for (const std::size_t i : Scored()) {
    answers.codes.push_back(counted[i] ? static_cast<std::uint8_t>(*counted[i]) : kUnanswered);
  }
  core::SerialExecutor executor;
  const Score other = ScoreAll(bank, answers, executor).front();
  const AxesScore score = scorer.Score(counted);
  EXPECT_LT((score.scale_mean - other.mean).cwiseAbs().maxCoeff(), 1e-5);
  EXPECT_LT((score.scale_covariance - other.covariance).cwiseAbs().maxCoeff(), 1e-5);
}

TEST(Adaptive, WithoutAnswersThereIsWhatIsUsualAmongPeople) {
  const AxesScorer scorer(Signs(), Axes());
  const AxesScore score = scorer.Score(Sheet(Signs().questions.size()));
  EXPECT_LT(score.mean.norm(), 1e-9);
  EXPECT_LT((score.covariance - Axes().spread).cwiseAbs().maxCoeff(), 1e-4);  // the lattice ends at 5 SD
  EXPECT_LT((score.scale_covariance - Axes().ScaleCovariance()).cwiseAbs().maxCoeff(), 1e-4);
}

TEST(Adaptive, ExpectedVarianceIsThatOfEveryAnswerTriedOut) {
  const TwoAxes axes = Axes();
  const AxesScorer scorer(Signs(), axes);
  const Sheet counted = SomeAnswers(2, 0.2);
  for (const std::size_t scale : {std::size_t{0}, std::size_t{3}}) {
    std::size_t question = 0;
    while (Signs().questions[question].scale != scale || counted[question]) ++question;
    double total = 0;
    double expected = 0;
    for (std::size_t k = 0; k < 5; ++k) {
      Sheet with = counted;
      with[question] = k;
      double likelihood = 0;
      const Eigen::Matrix2d covariance = PlainCovariance(axes, with, likelihood);
      total += likelihood;
      expected += likelihood * covariance.trace();
    }
    const std::vector<std::size_t> one{question};
    EXPECT_NEAR(scorer.ExpectedVariance(counted, one).front(), expected / total, 2e-5);
  }
}

TEST(Adaptive, ExpectedVarianceIsThatOfTheScoresAfterEveryAnswer) {
  const AxesScorer scorer(Signs(), Axes());
  for (std::uint32_t subject = 10; subject < 20; ++subject) {
    const Sheet counted = SomeAnswers(subject, 0.4);
    const double now = scorer.Score(counted).loglik;
    for (const std::size_t question : Scored()) {
      if (counted[question]) continue;
      double total = 0;
      double expected = 0;
      for (std::size_t k = 0; k < 5; ++k) {
        Sheet with = counted;
        with[question] = k;
        const AxesScore score = scorer.Score(with);
        total += std::exp(score.loglik - now);
        expected += std::exp(score.loglik - now) * score.covariance.trace();
      }
      EXPECT_NEAR(total, 1, 1e-12);
      EXPECT_NEAR(scorer.ExpectedVariance(counted, std::vector{question}).front(), expected, 1e-12);
    }
  }
}

TEST(Adaptive, EveryQuestionIsExpectedToLeaveLessUnknown) {
  const AxesScorer scorer(Signs(), Axes());
  for (std::uint32_t subject = 10; subject < 20; ++subject) {
    const Sheet counted = SomeAnswers(subject, 0.4);
    std::vector<std::size_t> open;
    for (const std::size_t i : Scored()) {
      if (!counted[i]) open.push_back(i);
    }
    const double now = scorer.Score(counted).covariance.trace();
    for (const double expected : scorer.ExpectedVariance(counted, open)) EXPECT_LT(expected, now);
  }
}

TEST(NextQuestion, AsksAllScalesEquallyOftenAndNothingTwice) {
  const AxesScorer scorer(Signs(), Axes());
  core::RandomStream random({.seed = 5, .subject = 0, .purpose = 1});
  Sheet counted(Signs().questions.size());
  std::vector<std::size_t> asked;
  std::array<std::size_t, 4> times{};
  std::set<std::vector<std::size_t>> orders;
  std::vector<std::size_t> round;
  while (const std::optional<std::size_t> next = NextQuestion(Signs(), scorer, counted, asked)) {
    EXPECT_EQ(std::ranges::find(asked, *next), asked.end());
    const std::size_t scale = *Signs().questions[*next].scale;
    for (std::size_t other = 0; other < 4; ++other) {
      if (times[other] < 10) EXPECT_LE(times[scale], times[other]);
    }
    ++times[scale];
    asked.push_back(*next);
    round.push_back(scale);
    if (round.size() == 4) {
      orders.insert(round);
      round.clear();
    }
    // Two of five come as "didn't come up" or "rather not say": nothing counts, and they are not asked again.
    if (random.Uniform() < 0.6) counted[*next] = static_cast<std::size_t>(5 * random.Uniform());
  }
  EXPECT_EQ(asked.size(), Scored().size());
  EXPECT_GT(orders.size(), 1U);  // no fixed order that gives the scales away
}

TEST(NextQuestion, IsTheOneWithTheSmallestExpectedVarianceOfThoseWhoseTurnItIs) {
  const AxesScorer scorer(Signs(), Axes());
  const Sheet nothing(Signs().questions.size());
  const std::vector<std::size_t> scored = Scored();
  const std::vector<double> expected = scorer.ExpectedVariance(nothing, scored);
  const auto next = NextQuestion(Signs(), scorer, nothing, {});
  ASSERT_TRUE(next.has_value());
  const auto place = static_cast<std::size_t>(std::ranges::find(scored, *next) - scored.begin());
  EXPECT_LE(expected[place], *std::ranges::min_element(expected) * (1 + 1e-6));
  // The curves of theory are all alike, so the questions of a scale tie: the first in the file is asked.
  for (const std::size_t i : scored) {
    if (Signs().questions[i].scale == Signs().questions[*next].scale) {
      EXPECT_EQ(i, *next);
      break;
    }
  }
}

TEST(IsLongEnough, ByLengthOrByTheLessCertainAxis) {
  AxesScore score;
  score.covariance << 0.16, 0, 0, 0.25;
  EXPECT_FALSE(IsLongEnough({.most = 10, .precision = {}}, 9, score));
  EXPECT_TRUE(IsLongEnough({.most = 10, .precision = {}}, 10, score));
  EXPECT_FALSE(IsLongEnough({.most = 40, .precision = 0.49}, 9, score));
  EXPECT_TRUE(IsLongEnough({.most = 40, .precision = 0.5}, 9, score));
}

}  // namespace
}  // namespace selvedge::instruments
