#include "instruments/score.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "instruments/posterior.h"
#include "oracle/plain_graded.h"

namespace selvedge::instruments {
namespace {

/// Runs pieces of work from last to first: another order than the serial executor.
class BackwardsExecutor final : public core::Executor {
 public:
  void ForEach(std::size_t count, core::FunctionRef<void(std::size_t)> work) override {
    for (std::size_t i = count; i-- > 0;) work(i);
  }
};

std::vector<Score> Scored(const ItemBank& bank, const Answers& answers) {
  core::SerialExecutor executor;
  return ScoreAll(bank, answers, executor);
}

struct Lattice {
  std::size_t items = 0;
  std::size_t dimensions = 1;
  double correlation = 0;
  double step = 0.01;       ///< of the sum it is compared with
  double tolerance = 1e-7;  ///< what that sum is good for
};

class ScoresOf : public ::testing::TestWithParam<Lattice> {};

TEST_P(ScoresOf, AgreeWithASumOverAFineLattice) {
  const Lattice& lattice = GetParam();
  core::RandomStream stream({.seed = 5, .subject = static_cast<std::uint32_t>(lattice.dimensions)});
  const ItemBank bank = oracle::RandomBank(lattice.items, lattice.dimensions, lattice.correlation, stream);
  const Answers answers = oracle::DrawAnswers(bank, 6, 0.2, stream);
  const std::vector<Score> scores = Scored(bank, answers);
  const Tables tables(bank, Grid::For(bank));
  Posterior posterior(tables);
  for (std::size_t person = 0; person < answers.people(); ++person) {
    const auto plain = oracle::IntegratePlainly(bank, answers.Of(person), lattice.step, 8);
    posterior.Set(answers.Of(person));
    EXPECT_NEAR(posterior.loglik(), plain.loglik, lattice.tolerance) << person;
    EXPECT_LT((scores[person].mean - plain.mean).cwiseAbs().maxCoeff(), 5 * lattice.tolerance) << person;
    EXPECT_LT((scores[person].covariance - plain.covariance).cwiseAbs().maxCoeff(), 5 * lattice.tolerance) << person;
    double everything = 0;
    posterior.ForEachNode([&](const std::vector<std::size_t>&, double weight) { everything += weight; });
    EXPECT_NEAR(everything, 1, 1e-12);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Banks, ScoresOf,
    ::testing::Values(Lattice{.items = 3}, Lattice{.items = 18}, Lattice{.items = 60},
                      Lattice{.items = 12, .dimensions = 2, .correlation = 0.6, .step = 0.05},
                      Lattice{.items = 8, .dimensions = 2, .correlation = -0.95, .step = 0.05},
                      Lattice{.items = 9, .dimensions = 3, .correlation = 0.4, .step = 0.16},
                      Lattice{.items = 8, .dimensions = 4, .correlation = 0.5, .step = 0.4, .tolerance = 1e-6}));

TEST(ScoreAll, GivesThePriorToWhoAnsweredNothing) {
  core::RandomStream stream({.seed = 6});
  const ItemBank bank = oracle::RandomBank(6, 2, 0.5, stream);
  const std::vector<Score> scores = Scored(bank, {.items = 6, .codes = std::vector<std::uint8_t>(6, kUnanswered)});
  EXPECT_EQ(scores[0].answered, 0U);
  EXPECT_LT(scores[0].mean.cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_LT((scores[0].covariance - bank.correlations).cwiseAbs().maxCoeff(), 1e-7);
}

TEST(ScoreAll, DoesNotDependOnTheOrderOfWork) {
  core::RandomStream stream({.seed = 7});
  const ItemBank bank = oracle::RandomBank(10, 1, 0, stream);
  const Answers answers = oracle::DrawAnswers(bank, 1500, 0.1, stream);
  BackwardsExecutor backwards;
  const std::vector<Score> one = Scored(bank, answers);
  const std::vector<Score> two = ScoreAll(bank, answers, backwards);
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].mean[0], two[i].mean[0]);
    EXPECT_EQ(one[i].covariance(0, 0), two[i].covariance(0, 0));
  }
}

TEST(ScoreAll, KeepsItsDigitsWithHundredsOfItems) {
  core::RandomStream stream({.seed = 8});
  const ItemBank bank = oracle::RandomBank(400, 1, 0, stream);
  const Answers answers = oracle::DrawAnswers(bank, 3, 0, stream);
  for (const Score& score : Scored(bank, answers)) {
    const double precision = 1 + TestInformation(bank, 0, score.mean[0]);
    EXPECT_NEAR(score.covariance(0, 0) * precision, 1, 0.1);  // asymptotically the inverse information
  }
}

TEST(FindMode, IsWhereThePosteriorIsHighest) {
  core::RandomStream stream({.seed = 9});
  const ItemBank bank = oracle::RandomBank(8, 1, 0, stream);
  const Answers answers = oracle::DrawAnswers(bank, 5, 0.1, stream);
  for (std::size_t person = 0; person < answers.people(); ++person) {
    const Mode mode = FindMode(bank, answers.Of(person));
    const auto log_posterior = [&](double theta) {
      double sum = -0.5 * theta * theta;
      for (std::size_t i = 0; i < bank.items.size(); ++i) {
        const std::uint8_t answer = answers.Of(person)[i];
        if (answer != kUnanswered) sum += std::log(oracle::PlainProbability(bank.items[i].curve, answer, theta));
      }
      return sum;
    };
    constexpr double kStep = 1e-4;
    const double at = mode.at[0];
    EXPECT_NEAR((log_posterior(at + kStep) - log_posterior(at - kStep)) / (2 * kStep), 0, 1e-6);
    const double curvature =
        (2 * log_posterior(at) - log_posterior(at + kStep) - log_posterior(at - kStep)) / (kStep * kStep);
    EXPECT_NEAR(mode.covariance(0, 0) * curvature, 1, 1e-5);
  }
}

TEST(FindMode, OfSeveralDimensionsApproachesTheMeanWithManyItems) {
  core::RandomStream stream({.seed = 10});
  const ItemBank bank = oracle::RandomBank(160, 2, 0.7, stream);
  const Answers answers = oracle::DrawAnswers(bank, 4, 0, stream);
  const std::vector<Score> scores = Scored(bank, answers);
  for (std::size_t person = 0; person < scores.size(); ++person) {
    const Mode mode = FindMode(bank, answers.Of(person));
    EXPECT_LT((mode.at - scores[person].mean).norm(), 0.02);
    EXPECT_LT((mode.covariance - scores[person].covariance).norm(), 0.05 * mode.covariance.norm());
  }
}

TEST(FindMode, StaysFiniteWhenEveryAnswerIsTheLast) {
  core::RandomStream stream({.seed = 11});
  const ItemBank bank = oracle::RandomBank(30, 1, 0, stream);
  const Mode mode = FindMode(bank, std::vector<std::uint8_t>(30, 4));
  EXPECT_GT(mode.at[0], 1.5);
  EXPECT_LT(mode.at[0], 6);
}

RC_GTEST_PROP(Scores, DoNotDependOnTheOrderOfItems, ()) {
  core::RandomStream stream({.seed = *rc::gen::arbitrary<std::uint32_t>()});
  const ItemBank bank = oracle::RandomBank(9, 2, 0.3, stream);
  const Answers answers = oracle::DrawAnswers(bank, 1, 0.2, stream);
  std::vector<std::size_t> order(9);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::rotate(order, order.begin() + 4);
  ItemBank other{.dimensions = bank.dimensions, .items = {}, .correlations = bank.correlations};
  Answers moved{.items = 9, .codes = {}};
  for (const std::size_t i : order) {
    other.items.push_back(bank.items[i]);
    moved.codes.push_back(answers.codes[i]);
  }
  const Score one = Scored(bank, answers)[0];
  const Score two = Scored(other, moved)[0];
  RC_ASSERT((one.mean - two.mean).norm() < 1e-12);
  RC_ASSERT((one.covariance - two.covariance).norm() < 1e-12);
}

RC_GTEST_PROP(Scores, DoNotChangeWhenAnItemIsAskedTheOtherWayRound, ()) {
  core::RandomStream stream({.seed = *rc::gen::arbitrary<std::uint32_t>()});
  ItemBank bank = oracle::RandomBank(7, 1, 0, stream);
  Answers answers = oracle::DrawAnswers(bank, 1, 0.2, stream);
  const Score one = Scored(bank, answers)[0];
  const std::size_t which = *rc::gen::inRange<std::size_t>(0, 7);
  // P(X ≥ k) of the reversed item is P(X ≤ m − k) of the item.
  Curve& curve = bank.items[which].curve;
  curve.slope = -curve.slope;
  std::ranges::reverse(curve.thresholds);
  for (double& threshold : curve.thresholds) threshold = -threshold;
  std::uint8_t& code = answers.codes[which];
  if (code != kUnanswered) code = static_cast<std::uint8_t>(4 - code);
  const Score two = Scored(bank, answers)[0];
  RC_ASSERT(std::fabs(one.mean[0] - two.mean[0]) < 1e-12);
  RC_ASSERT(std::fabs(one.Sd(0) - two.Sd(0)) < 1e-12);
}

TEST(MarginalReliability, OfEquallySharpEverywhereIsItsReliability) {
  // A thousand two-answer items spread evenly: information is the same, 20 Σ ∫ σ'(…) = constant, for everyone near 0.
  ItemBank bank{.dimensions = {"d"}, .items = {}, .correlations = Eigen::MatrixXd::Identity(1, 1)};
  for (int i = 0; i < 2000; ++i) {
    const double difficulty = -20 + 0.02 * i;
    bank.items.push_back(
        {.name = "q", .dimension = 0, .answers = {0, 1}, .curve = {.slope = 0.5, .thresholds = {0.5 * difficulty}}});
  }
  // Σ a² σ (1 − σ) over difficulties 0.02 apart is a / 0.02.
  EXPECT_NEAR(TestInformation(bank, 0, 0.3), 25, 0.01);
  EXPECT_NEAR(MarginalReliability(bank, 0), 25.0 / 26, 1e-4);
}

TEST(EmpiricalReliability, IsTheShareOfVarianceScoresCatch) {
  core::RandomStream stream({.seed = 13});
  const ItemBank bank = oracle::RandomBank(12, 1, 0, stream);
  Answers answers = oracle::DrawAnswers(bank, 4000, 0, stream);
  const double marginal = MarginalReliability(bank, 0);
  EXPECT_NEAR(*EmpiricalReliability(Scored(bank, answers), 0), marginal, 0.01);
  answers.codes.resize(12);
  EXPECT_FALSE(EmpiricalReliability(Scored(bank, answers), 0).has_value());
}

}  // namespace
}  // namespace selvedge::instruments
