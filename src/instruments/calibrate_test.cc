#include "instruments/calibrate.h"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "instruments/curve.h"
#include "instruments/expectation.h"
#include "instruments/parameters.h"
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

struct Case {
  ItemBank bank;
  Answers answers;
};

Case Drawn(std::size_t items, std::size_t dimensions, std::size_t people, double missing, std::uint64_t seed) {
  core::RandomStream stream({.seed = seed});
  ItemBank bank = oracle::RandomBank(items, dimensions, 0.5, stream);
  Answers answers = oracle::DrawAnswers(bank, people, missing, stream);
  return {.bank = std::move(bank), .answers = std::move(answers)};
}

Calibration Calibrated(const ItemBank& skeleton, const Answers& answers) {
  core::SerialExecutor executor;
  return Calibrate(skeleton, answers, executor);
}

struct Size {
  std::size_t dimensions;
  std::size_t people;
};
class DerivativesOf : public ::testing::TestWithParam<Size> {};

TEST_P(DerivativesOf, AgreeWithCentralDifferences) {
  const auto [bank, answers] = Drawn(3 * GetParam().dimensions, GetParam().dimensions, GetParam().people, 0.15, 21);
  core::SerialExecutor executor;
  Tables tables(bank, Grid::For(bank));
  const ParameterMap map(bank);
  const Eigen::VectorXd values = map.Values(bank);
  const auto at = [&](Eigen::Index p, double step) {
    ItemBank moved = bank;
    Eigen::VectorXd there = values;
    there[p] += step;
    map.SetValues(there, moved);
    tables.Set(moved);
    const Expectation expectation = Expect(tables, answers, executor);
    return std::pair(expectation.loglik, map.Gradient(moved, tables, expectation));
  };
  const Eigen::VectorXd gradient = at(0, 0).second;
  tables.Set(bank);
  const Eigen::MatrixXd information =
      ObservedInformation(map, bank, tables, answers, Expect(tables, answers, executor), executor);
  const double scale = information.cwiseAbs().maxCoeff();
  EXPECT_LT((information - information.transpose()).cwiseAbs().maxCoeff(), 1e-14 * scale);

  constexpr double kStep = 1e-4;
  for (Eigen::Index p = 0; p < map.size(); ++p) {
    const auto [up, gradient_up] = at(p, kStep);
    const auto [down, gradient_down] = at(p, -kStep);
    EXPECT_NEAR(gradient[p], (up - down) / (2 * kStep), 1e-5 * (1 + std::fabs(gradient[p]))) << p;
    const Eigen::VectorXd column = (gradient_down - gradient_up) / (2 * kStep);
    EXPECT_LT((information.col(p) - column).cwiseAbs().maxCoeff(), 1e-6 * scale) << p;
  }
}

INSTANTIATE_TEST_SUITE_P(Dimensions, DerivativesOf,
                         ::testing::Values(Size{1, 60}, Size{2, 60}, Size{3, 30}, Size{4, 4}));

TEST(Expect, AddsUpWhatPlainSumsGive) {
  const auto [bank, answers] = Drawn(6, 2, 30, 0.3, 22);
  core::SerialExecutor executor;
  const Expectation expectation = Expect(Tables(bank, Grid::For(bank)), answers, executor);
  double loglik = 0;
  Eigen::MatrixXd second = Eigen::MatrixXd::Zero(2, 2);
  for (std::size_t person = 0; person < answers.people(); ++person) {
    const auto plain = oracle::IntegratePlainly(bank, answers.Of(person), 0.1, 7);
    loglik += plain.loglik;
    second += plain.covariance + plain.mean * plain.mean.transpose();
  }
  EXPECT_NEAR(expectation.loglik, loglik, 1e-6);
  EXPECT_LT((expectation.second_moment - second / expectation.people).cwiseAbs().maxCoeff(), 1e-6);
  const double counted = std::accumulate(expectation.counts.begin(), expectation.counts.end(), 0.0);
  EXPECT_NEAR(counted,
              static_cast<double>(std::ranges::count_if(answers.codes, [](auto c) { return c != kUnanswered; })), 1e-9);
}

TEST(Calibrate, EndsAtAPointWhereNothingIsLeftToGain) {
  const auto [bank, answers] = Drawn(8, 2, 700, 0.1, 23);
  const Calibration result = Calibrated(bank, answers);
  EXPECT_TRUE(result.converged);
  EXPECT_EQ(result.people, 700U);
  EXPECT_EQ(result.free_parameters, 41);
  core::SerialExecutor executor;
  const Tables tables(result.bank, Grid::For(result.bank));
  const Expectation there = Expect(tables, answers, executor);
  EXPECT_NEAR(there.loglik, result.loglik, 1e-5);
  EXPECT_LT(ParameterMap(bank).Gradient(result.bank, tables, there).cwiseAbs().maxCoeff(), 0.01);
  EXPECT_GT(result.loglik, Expect(Tables(bank, Grid::For(bank)), answers, executor).loglik);
}

/// The errors of a and b by inverting a Hessian made of differences of log-likelihoods that plain sums give.
TEST(Calibrate, GivesTheErrorsOfANumericalHessian) {
  core::RandomStream stream({.seed = 24});
  ItemBank skeleton = oracle::RandomBank(3, 1, 0, stream);
  for (Item& item : skeleton.items) {
    item.answers = {0, 1, 2};
    item.curve.thresholds = {-item.curve.slope, 0.7 * item.curve.slope};
  }
  const Answers answers = oracle::DrawAnswers(skeleton, 400, 0, stream);
  const Calibration result = Calibrated(skeleton, answers);
  ASSERT_TRUE(result.converged);
  // In the coordinates people read, (a, b_1, b_2) of each item.
  const auto loglik = [&](const Eigen::VectorXd& point) {
    ItemBank bank = result.bank;
    for (std::size_t i = 0; i < 3; ++i) {
      const auto at = static_cast<Eigen::Index>(3 * i);
      bank.items[i].curve = {.slope = point[at], .thresholds = {point[at] * point[at + 1], point[at] * point[at + 2]}};
    }
    double sum = 0;
    std::array<std::array<std::array<double, 3>, 3>, 3> known{};  // 27 patterns of answers
    for (std::size_t person = 0; person < answers.people(); ++person) {
      const auto given = answers.Of(person);
      double& value = known[given[0]][given[1]][given[2]];
      if (value == 0) value = oracle::IntegratePlainly(bank, given, 0.2, 7).loglik;
      sum += value;
    }
    return sum;
  };
  Eigen::VectorXd best(9);
  for (std::size_t i = 0; i < 3; ++i) {
    const Curve& curve = result.bank.items[i].curve;
    best.segment<3>(static_cast<Eigen::Index>(3 * i)) << curve.slope, curve.Difficulty(1), curve.Difficulty(2);
  }
  EXPECT_NEAR(loglik(best), result.loglik, 1e-5);
  constexpr double kStep = 2e-3;
  Eigen::MatrixXd hessian(9, 9);
  for (Eigen::Index i = 0; i < 9; ++i) {
    for (Eigen::Index j = 0; j <= i; ++j) {
      const auto moved = [&](double one, double two) {
        Eigen::VectorXd point = best;
        point[i] += one * kStep;
        point[j] += two * kStep;
        return loglik(point);
      };
      hessian(i, j) = hessian(j, i) = (moved(1, 1) - moved(1, -1) - moved(-1, 1) + moved(-1, -1)) / (4 * kStep * kStep);
    }
  }
  const Eigen::MatrixXd covariance = (-hessian).inverse();
  for (std::size_t i = 0; i < 3; ++i) {
    const auto at = static_cast<Eigen::Index>(3 * i);
    const Calibration::ItemErrors& errors = result.item_errors[i];
    EXPECT_NEAR(errors.slope.value() / std::sqrt(covariance(at, at)), 1, 1e-3);
    EXPECT_NEAR(errors.difficulties[0].value() / std::sqrt(covariance(at + 1, at + 1)), 1, 1e-3);
    EXPECT_NEAR(errors.difficulties[1].value() / std::sqrt(covariance(at + 2, at + 2)), 1, 1e-3);
  }
}

TEST(Calibrate, DoesNotDependOnTheOrderOfWork) {
  const auto [bank, answers] = Drawn(6, 2, 4300, 0.05, 25);  // enough people to begin with a part of them
  BackwardsExecutor backwards;
  const Calibration one = Calibrated(bank, answers);
  const Calibration two = Calibrate(bank, answers, backwards);
  const ParameterMap map(bank);
  EXPECT_TRUE(one.converged);
  EXPECT_EQ(one.loglik, two.loglik);
  EXPECT_EQ((map.Values(one.bank) - map.Values(two.bank)).cwiseAbs().maxCoeff(), 0);
  for (std::size_t i = 0; i < bank.items.size(); ++i) EXPECT_EQ(one.item_errors[i].slope, two.item_errors[i].slope);
  EXPECT_EQ(one.correlation_errors[1][0], two.correlation_errors[1][0]);
}

TEST(Calibrate, DoesNotDependOnTheOrderOfItems) {
  const auto [bank, answers] = Drawn(7, 1, 500, 0.1, 26);
  ItemBank moved = bank;
  std::ranges::rotate(moved.items, moved.items.begin() + 3);
  Answers codes = answers;
  for (std::size_t person = 0; person < codes.people(); ++person) {
    const auto begin = codes.codes.begin() + static_cast<std::ptrdiff_t>(7 * person);
    std::rotate(begin, begin + 3, begin + 7);
  }
  const Calibration one = Calibrated(bank, answers);
  const Calibration two = Calibrated(moved, codes);
  EXPECT_NEAR(one.loglik, two.loglik, 1e-6);
  for (std::size_t i = 0; i < 7; ++i) {
    EXPECT_NEAR(one.bank.items[(i + 3) % 7].curve.slope, two.bank.items[i].curve.slope, 1e-4);
  }
}

TEST(Calibrate, TurnsAnItemRoundWhenItsAnswersAre) {
  const auto [bank, answers] = Drawn(7, 1, 500, 0.1, 27);
  Answers turned = answers;
  for (std::size_t c = 2; c < turned.codes.size(); c += 7) {
    if (turned.codes[c] != kUnanswered) turned.codes[c] = static_cast<std::uint8_t>(4 - turned.codes[c]);
  }
  const Calibration one = Calibrated(bank, answers);
  const Calibration two = Calibrated(bank, turned);
  EXPECT_NEAR(one.loglik, two.loglik, 1e-6);
  EXPECT_NEAR(one.bank.items[2].curve.slope, -two.bank.items[2].curve.slope, 1e-4);
  EXPECT_NEAR(one.bank.items[2].curve.Difficulty(1), two.bank.items[2].curve.Difficulty(4), 1e-4);
  EXPECT_NEAR(one.item_errors[2].slope.value(), two.item_errors[2].slope.value(), 1e-4);
}

TEST(Calibrate, StopsAtTheSteepestSlopeWhenTwoItemsAreOne) {
  auto [bank, answers] = Drawn(5, 1, 400, 0, 28);
  for (std::size_t c = 0; c < answers.codes.size(); c += 5) answers.codes[c + 1] = answers.codes[c];
  const Calibration result = Calibrated(bank, answers);
  EXPECT_TRUE(std::isfinite(result.loglik));
  EXPECT_EQ(result.bank.items[0].curve.slope, kSteepest);
  EXPECT_FALSE(result.item_errors[0].slope.has_value());
  EXPECT_TRUE(result.item_errors[3].slope.has_value());
}

TEST(Calibrate, StopsAtTheClosestCorrelationWhenTwoDimensionsAreOne) {
  core::RandomStream stream({.seed = 29});
  const ItemBank one = oracle::RandomBank(6, 1, 0, stream);
  const Answers answers = oracle::DrawAnswers(one, 600, 0, stream);
  ItemBank split = one;
  split.dimensions = {"a", "b"};
  for (std::size_t i = 3; i < 6; ++i) split.items[i].dimension = 1;
  const Calibration result = Calibrated(split, answers);
  EXPECT_TRUE(std::isfinite(result.loglik));
  EXPECT_GT(result.bank.correlations(0, 1), 0.9);
}

TEST(AnswerCorrelations, AreThoseOfTheAnswers) {
  const Answers answers{.items = 3, .codes = {0, 0, 2, 1, 2, 1, 2, 4, 0, 3, 6, kUnanswered}};
  const Eigen::MatrixXd correlations = AnswerCorrelations(answers);
  EXPECT_NEAR(correlations(0, 1), 1, 1e-12);
  EXPECT_NEAR(correlations(0, 2), -1, 1e-12);
}

}  // namespace
}  // namespace selvedge::instruments
