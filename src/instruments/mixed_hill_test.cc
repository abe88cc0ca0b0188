#include "instruments/mixed_hill.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "instruments/rotation.h"
#include "instruments/score.h"
#include "oracle/plain_graded.h"

namespace selvedge::instruments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

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

/// Dimensions uncorrelated.
Case Drawn(std::size_t items, std::size_t dimensions, std::size_t people, double missing, std::uint64_t seed) {
  core::RandomStream stream({.seed = seed});
  ItemBank bank = oracle::Mixed(oracle::RandomBank(items, dimensions, 0, stream), 0.6, stream);
  Answers answers = oracle::DrawAnswers(bank, people, missing, stream);
  return {.bank = std::move(bank), .answers = std::move(answers)};
}

Calibration Calibrated(const ItemBank& skeleton, const Answers& answers) {
  core::SerialExecutor executor;
  return Calibrate(skeleton, answers, executor);
}

class MixedDerivativesOf : public ::testing::TestWithParam<std::size_t> {};

TEST_P(MixedDerivativesOf, AgreeWithCentralDifferences) {
  const std::size_t dimensions = GetParam();
  const auto [bank, answers] = Drawn(3 * dimensions, dimensions, dimensions < 3 ? 60 : 12, 0.15, 91);
  core::SerialExecutor executor;
  MixedHill hill(bank, answers, executor);
  double loglik = 0;
  for (std::size_t person = 0; person < answers.people(); ++person) {
    loglik += oracle::IntegrateMixedPlainly(bank, answers.Of(person), 0.25, 6.5).loglik;
  }
  EXPECT_NEAR(hill.loglik(), loglik, 1e-4);

  const VectorXd place = hill.Place();
  const VectorXd gradient = hill.Gradient();
  const MatrixXd information = hill.Information();
  EXPECT_LT((information - information.transpose()).cwiseAbs().maxCoeff(), 1e-12 * information.norm());
  core::RandomStream stream({.seed = 92});
  constexpr double kStep = 1e-4;
  for (int trial = 0; trial < 6; ++trial) {
    VectorXd direction(place.size());
    for (double& value : direction) value = numerics::DrawNormal(stream);
    // The information is stiff where dimensions only turn into each other; other directions it leaves alone.
    std::vector<VectorXd> turns;
    Index at = 0;
    for (std::size_t d = 1; d < dimensions; ++d) {
      for (std::size_t e = 0; e < d; ++e) {
        VectorXd turn = VectorXd::Zero(place.size());
        at = 0;
        for (const Item& item : bank.items) {
          turn[at + static_cast<Index>(d)] = place[at + static_cast<Index>(e)];
          turn[at + static_cast<Index>(e)] = -place[at + static_cast<Index>(d)];
          at += static_cast<Index>(dimensions + item.curve.thresholds.size());
        }
        EXPECT_NEAR(gradient.dot(turn), 0, 1e-5 * gradient.norm() * turn.norm());
        turns.push_back(turn);
      }
    }
    for (int sweep = 0; sweep < 60; ++sweep) {  // they are not quite at right angles to each other
      for (const VectorXd& turn : turns) direction -= direction.dot(turn) / turn.squaredNorm() * turn;
    }
    direction.normalize();
    ASSERT_TRUE(hill.MoveTo(place + kStep * direction));
    const double up = hill.loglik();
    const VectorXd gradient_up = hill.Gradient();
    ASSERT_TRUE(hill.MoveTo(place - kStep * direction));
    EXPECT_NEAR(gradient.dot(direction), (up - hill.loglik()) / (2 * kStep), 1e-4 * (1 + gradient.norm()));
    const VectorXd expected = (hill.Gradient() - gradient_up) / (2 * kStep);
    EXPECT_LT((information * direction - expected).cwiseAbs().maxCoeff(), 1e-5 * information.cwiseAbs().maxCoeff());
  }
}

INSTANTIATE_TEST_SUITE_P(Dimensions, MixedDerivativesOf, ::testing::Values(1, 2, 3));

TEST(CalibrateMixed, IsTheUsualOneInOneDimension) {
  core::RandomStream stream({.seed = 93});
  const ItemBank bank = oracle::RandomBank(7, 1, 0, stream);
  const Answers answers = oracle::DrawAnswers(bank, 600, 0.1, stream);
  ItemBank mixed = bank;
  for (Item& item : mixed.items) item.mixture = VectorXd::Zero(1);
  const Calibration one = Calibrated(bank, answers);
  const Calibration two = Calibrated(mixed, answers);
  EXPECT_TRUE(two.converged);
  EXPECT_NEAR(one.loglik, two.loglik, 1e-4);
  EXPECT_EQ(one.free_parameters, two.free_parameters);
  for (std::size_t i = 0; i < 7; ++i) {
    EXPECT_NEAR(one.bank.items[i].curve.slope, two.bank.items[i].curve.slope, 1e-4);
    EXPECT_NEAR(*one.item_errors[i].slope, *two.item_errors[i].slope, 1e-4);
    EXPECT_NEAR(*one.item_errors[i].slope, *two.item_errors[i].slopes[0], 1e-4);
    for (std::size_t k = 1; k <= 4; ++k) {
      EXPECT_NEAR(one.bank.items[i].curve.Difficulty(k), two.bank.items[i].curve.Difficulty(k), 1e-3);
      EXPECT_NEAR(*one.item_errors[i].difficulties[k - 1], *two.item_errors[i].difficulties[k - 1], 1e-3);
      EXPECT_NEAR(*one.item_errors[i].thresholds[k - 1], *two.item_errors[i].thresholds[k - 1], 1e-4);
    }
  }
}

TEST(CalibrateMixed, FitsAtLeastAsWellAsWithItemsOnOneDimensionEach) {
  for (const std::size_t dimensions : {2U, 3U}) {
    core::RandomStream stream({.seed = 94});
    const ItemBank bank = oracle::RandomBank(4 * dimensions, dimensions, 0.4, stream);
    const Answers answers = oracle::DrawAnswers(bank, 250, 0.1, stream);
    ItemBank mixed = bank;
    for (Item& item : mixed.items) item.mixture = VectorXd::Zero(static_cast<Index>(dimensions));
    const Calibration nested = Calibrated(bank, answers);
    const Calibration free = Calibrated(mixed, answers);
    EXPECT_TRUE(free.converged);
    // All slopes but one an item, less what turning takes away: twice the gain is a χ² with so many degrees of freedom.
    const int more = free.free_parameters - nested.free_parameters;
    EXPECT_EQ(more, static_cast<int>(4 * dimensions * (dimensions - 1) - dimensions * (dimensions - 1)));
    EXPECT_GT(free.loglik, nested.loglik);
    EXPECT_LT(2 * (free.loglik - nested.loglik), more + 4 * std::sqrt(2.0 * more));
  }
}

TEST(CalibrateMixed, GivesTheSameWhicheverWayTheWorkIsDone) {
  const auto [bank, answers] = Drawn(6, 2, 4300, 0.05, 95);  // enough people to begin with a part of them
  BackwardsExecutor backwards;
  const Calibration one = Calibrated(bank, answers);
  const Calibration two = Calibrate(bank, answers, backwards);
  EXPECT_TRUE(one.converged);
  EXPECT_EQ(one.loglik, two.loglik);
  EXPECT_EQ((one.bank.Slopes() - two.bank.Slopes()).cwiseAbs().maxCoeff(), 0);
  EXPECT_EQ(one.bank.correlations(0, 1), two.bank.correlations(0, 1));
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(one.item_errors[i].slopes, two.item_errors[i].slopes);
  EXPECT_EQ(one.correlation_errors, two.correlation_errors);
}

TEST(CalibrateMixed, DoesNotDependOnTheOrderOfItems) {
  const auto [bank, answers] = Drawn(8, 2, 700, 0.1, 96);
  ItemBank moved = bank;
  std::ranges::rotate(moved.items, moved.items.begin() + 3);
  Answers codes = answers;
  for (std::size_t person = 0; person < codes.people(); ++person) {
    const auto begin = codes.codes.begin() + static_cast<std::ptrdiff_t>(8 * person);
    std::rotate(begin, begin + 3, begin + 8);
  }
  const Calibration one = Calibrated(bank, answers);
  const Calibration two = Calibrated(moved, codes);
  EXPECT_NEAR(one.loglik, two.loglik, 1e-6);
  const MatrixXd slopes = one.bank.Slopes();
  const MatrixXd other = two.bank.Slopes();
  for (Index i = 0; i < 8; ++i) {
    EXPECT_LT((slopes.row((i + 3) % 8) - other.row(i)).cwiseAbs().maxCoeff(), 1e-4);
    EXPECT_NEAR(*one.item_errors[static_cast<std::size_t>((i + 3) % 8)].slopes[1],
                *two.item_errors[static_cast<std::size_t>(i)].slopes[1], 1e-4);
  }
}

/// Slopes of the log-likelihood vanish in every turned parameter, which is what "nothing is left to gain" means
/// wherever the dimensions lie; and its value is that of the turned bank.
TEST(CalibrateMixed, TellsTheBankAtTheTop) {
  const auto [bank, answers] = Drawn(7, 2, 120, 0.1, 97);
  const Calibration result = Calibrated(bank, answers);
  ASSERT_TRUE(result.converged);
  const auto loglik = [&](const ItemBank& at) {
    double sum = 0;
    for (std::size_t person = 0; person < answers.people(); ++person) {
      sum += oracle::IntegrateMixedPlainly(at, answers.Of(person), 0.25, 6.5).loglik;
    }
    return sum;
  };
  EXPECT_NEAR(loglik(result.bank), result.loglik, 2e-4);
  EXPECT_NEAR(result.bank.correlations(0, 0), 1, 1e-12);
  EXPECT_NE(result.bank.correlations(0, 1), 0);
  constexpr double kStep = 1e-2;
  for (const Index item : {0, 4}) {
    for (const Index d : {0, 1}) {
      const auto moved = [&](double by) {
        ItemBank at = result.bank;
        MatrixXd slopes = at.Slopes();
        slopes(item, d) += by;
        at.SetSlopes(slopes);
        return loglik(at);
      };
      EXPECT_NEAR((moved(kStep) - moved(-kStep)) / (2 * kStep), 0, 0.05);
    }
  }
}

TEST(CalibrateMixed, StopsAtTheSteepestSlopeWhenTwoItemsAreOne) {
  auto [bank, answers] = Drawn(7, 2, 400, 0, 98);
  for (std::size_t c = 0; c < answers.codes.size(); c += 7) answers.codes[c + 1] = answers.codes[c];
  const Calibration result = Calibrated(bank, answers);
  EXPECT_TRUE(result.converged);
  EXPECT_NEAR(result.bank.items[0].curve.slope, kSteepest, 1e-9);
  EXPECT_FALSE(result.item_errors[0].slope.has_value());
  EXPECT_FALSE(result.item_errors[0].slopes[0].has_value());
  EXPECT_TRUE(result.item_errors[4].slopes[0].has_value());
}

}  // namespace
}  // namespace selvedge::instruments
