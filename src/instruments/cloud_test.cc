#include "instruments/cloud.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "instruments/posterior.h"
#include "instruments/score.h"
#include "oracle/plain_graded.h"

namespace selvedge::instruments {
namespace {

struct Size {
  std::size_t dimensions;
  std::size_t items;
  double step;  ///< of the sum it is compared with
};

class CloudOf : public ::testing::TestWithParam<Size> {};

TEST_P(CloudOf, AgreesWithASumOverAFineLattice) {
  const Size& size = GetParam();
  core::RandomStream stream({.seed = 71, .subject = static_cast<std::uint32_t>(size.dimensions)});
  const ItemBank bank = oracle::Mixed(oracle::RandomBank(size.items, size.dimensions, 0.4, stream), 0.8, stream);
  Answers answers = oracle::DrawAnswers(bank, 6, 0.2, stream);
  // And who is at one end, and who says nothing.
  answers.codes.insert(answers.codes.end(), size.items, 4);
  answers.codes.insert(answers.codes.end(), size.items, kUnanswered);
  Cloud cloud(bank);
  for (std::size_t person = 0; person < answers.people(); ++person) {
    const auto plain = oracle::IntegrateMixedPlainly(bank, answers.Of(person), size.step, 7);
    cloud.Set(answers.Of(person));
    EXPECT_NEAR(cloud.loglik(), plain.loglik, 1e-6) << person;
    EXPECT_LT((cloud.mean() - plain.mean).cwiseAbs().maxCoeff(), 2e-6) << person;
    EXPECT_LT((cloud.Covariance() - plain.covariance).cwiseAbs().maxCoeff(), 1e-5) << person;
    EXPECT_NEAR(cloud.weights().sum(), 1, 1e-12);
  }
}

INSTANTIATE_TEST_SUITE_P(Banks, CloudOf,
                         ::testing::Values(Size{1, 5, 0.01}, Size{2, 4, 0.1}, Size{2, 20, 0.05}, Size{3, 9, 0.25}));

TEST(Cloud, IsThePosteriorWhereItemsAreAboutOneDimensionEach) {
  core::RandomStream stream({.seed = 72});
  const ItemBank bank = oracle::RandomBank(14, 2, 0.6, stream);
  const Answers answers = oracle::DrawAnswers(bank, 10, 0.2, stream);
  const Tables tables(bank, Grid::For(bank));
  Posterior posterior(tables);
  Cloud cloud(bank);
  for (std::size_t person = 0; person < answers.people(); ++person) {
    posterior.Set(answers.Of(person));
    cloud.Set(answers.Of(person));
    EXPECT_NEAR(cloud.loglik(), posterior.loglik(), 1e-6);
    EXPECT_LT((cloud.mean() - posterior.mean()).cwiseAbs().maxCoeff(), 3e-6);
    EXPECT_LT((cloud.second_moment() - posterior.second_moment()).cwiseAbs().maxCoeff(), 1e-5);
  }
}

TEST(Cloud, FollowsCurvesAsSteepAsThereMayBe) {
  core::RandomStream stream({.seed = 73});
  ItemBank bank = oracle::Mixed(oracle::RandomBank(8, 2, 0.3, stream), 0.5, stream);
  Eigen::MatrixXd slopes = bank.Slopes();
  slopes.row(0) *= 9.5 / bank.items[0].curve.slope;
  for (double& threshold : bank.items[0].curve.thresholds) threshold *= 9.5 / bank.items[0].curve.slope;
  bank.SetSlopes(slopes);
  const Answers answers = oracle::DrawAnswers(bank, 6, 0, stream);
  Cloud cloud(bank);
  for (std::size_t person = 0; person < answers.people(); ++person) {
    cloud.Set(answers.Of(person));
    EXPECT_NEAR(cloud.loglik(), oracle::IntegrateMixedPlainly(bank, answers.Of(person), 0.03, 6.5).loglik, 1e-4);
  }
}

TEST(Cloud, KeepsItsDigitsWithHundredsOfItems) {
  core::RandomStream stream({.seed = 74});
  const ItemBank bank = oracle::Mixed(oracle::RandomBank(600, 2, 0.3, stream), 0.5, stream);
  const Answers answers = oracle::DrawAnswers(bank, 2, 0, stream);
  Cloud cloud(bank);
  for (std::size_t person = 0; person < answers.people(); ++person) {
    cloud.Set(answers.Of(person));
    const Mode mode = FindMode(bank, answers.Of(person));
    EXPECT_LT((cloud.mean() - mode.at).norm(), 0.01);
    EXPECT_LT((cloud.Covariance() - mode.covariance).norm(), 0.05 * mode.covariance.norm());
  }
}

TEST(ScoreAll, TakesMixedBanks) {
  core::RandomStream stream({.seed = 75});
  const ItemBank bank = oracle::Mixed(oracle::RandomBank(10, 2, 0.4, stream), 0.8, stream);
  const Answers answers = oracle::DrawAnswers(bank, 5, 0.3, stream);
  core::SerialExecutor executor;
  const std::vector<Score> scores = ScoreAll(bank, answers, executor);
  for (std::size_t person = 0; person < answers.people(); ++person) {
    const auto plain = oracle::IntegrateMixedPlainly(bank, answers.Of(person), 0.1, 7);
    EXPECT_LT((scores[person].mean - plain.mean).norm(), 1e-5);
    EXPECT_LT((scores[person].covariance - plain.covariance).norm(), 1e-5);
  }
}

}  // namespace
}  // namespace selvedge::instruments
