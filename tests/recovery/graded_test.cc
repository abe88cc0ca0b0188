// Parameters and scores of the graded response model, found again in answers drawn from it.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "instruments/calibrate.h"
#include "instruments/rotation.h"
#include "instruments/score.h"
#include "oracle/plain_graded.h"

namespace selvedge {
namespace {

using instruments::Calibration;

constexpr double kNinety = 1.6448536269514722;

std::size_t Replicates() { return std::getenv("SELVEDGE_NIGHTLY") != nullptr ? 4000 : 60; }

/// What many estimates of one parameter have in common.
struct Found {
  double sum = 0;
  double squares = 0;
  double variance = 0;  ///< sum of squared standard errors
  double covered = 0;
  double count = 0;

  void Add(double estimate, double error, double truth) {
    const double miss = estimate - truth;
    sum += miss;
    squares += miss * miss;
    variance += error * error;
    covered += std::fabs(miss) < kNinety * error ? 1 : 0;
    count += 1;
  }
  void Add(const Found& other) {
    sum += other.sum;
    squares += other.squares;
    variance += other.variance;
    covered += other.covered;
    count += other.count;
  }
  /// In units of the standard error.
  [[nodiscard]] double Bias() const { return sum / std::sqrt(count * variance); }
  [[nodiscard]] double RmseOverBound() const { return std::sqrt(squares / variance); }
  [[nodiscard]] double Coverage() const { return covered / count; }
};

void Print(const char* what, const Found& found) {
  std::printf("%-22s bias %+.3f standard errors, RMSE %.3f of the Cramér–Rao bound, 90 %% intervals held %.1f %%\n",
              what, found.Bias(), found.RmseOverBound(), 100 * found.Coverage());
}

TEST(GradedRecovery, FindsParametersAgainWithinTheirErrors) {
  constexpr std::size_t kPeople = 1000;
  core::RandomStream fixed({.seed = 31});
  const instruments::ItemBank truth = oracle::RandomBank(10, 2, 0.4, fixed);
  core::SerialExecutor executor;
  Found slopes;
  Found difficulties;
  Found correlation;
  for (std::size_t replicate = 0; replicate < Replicates(); ++replicate) {
    core::RandomStream stream({.seed = 32, .subject = static_cast<std::uint32_t>(replicate)});
    const instruments::Answers answers = oracle::DrawAnswers(truth, kPeople, 0.1, stream);
    const Calibration found = Calibrate(truth, answers, executor);
    ASSERT_TRUE(found.converged) << replicate;
    for (std::size_t i = 0; i < truth.items.size(); ++i) {
      const instruments::Curve& curve = found.bank.items[i].curve;
      slopes.Add(curve.slope, found.item_errors[i].slope.value(), truth.items[i].curve.slope);
      for (std::size_t k = 1; k <= curve.thresholds.size(); ++k) {
        difficulties.Add(curve.Difficulty(k), found.item_errors[i].difficulties[k - 1].value(),
                         truth.items[i].curve.Difficulty(k));
      }
    }
    correlation.Add(found.bank.correlations(0, 1), found.correlation_errors[1][0].value(), truth.correlations(0, 1));
  }
  Print("slopes", slopes);
  Print("difficulties", difficulties);
  Print("correlation", correlation);
  // Parameters of one replicate hang together, so only the replicates count as independent.
  const auto room = 4 * std::sqrt(0.9 * 0.1 / static_cast<double>(Replicates()));
  for (const Found& found : {slopes, difficulties, correlation}) {
    EXPECT_NEAR(found.Coverage(), 0.9, 0.01 + room);
    EXPECT_NEAR(found.RmseOverBound(), 1, 0.05 + 2.0 / std::sqrt(static_cast<double>(Replicates())));
    EXPECT_LT(std::fabs(found.Bias()), 0.12 + 2.0 / std::sqrt(static_cast<double>(Replicates())));
  }
}

/// A bank as TurnToSimple tells it: what a search for its dimensions should find.
instruments::ItemBank TurnedToSimple(instruments::ItemBank bank) {
  // a · θ with θ = C η, C Cᵀ = R, is (Cᵀ a) · η.
  const Eigen::MatrixXd slopes = bank.Slopes() * bank.correlations.llt().matrixL().toDenseMatrix();
  const Eigen::MatrixXd turn = instruments::TurnToSimple(slopes);
  bank.correlations = turn.transpose() * turn;
  bank.SetSlopes(instruments::Turned(slopes, turn));
  return bank;
}

TEST(GradedRecovery, FindsDimensionsAgainWithinTheirErrors) {
  constexpr std::size_t kPeople = 1000;
  const std::size_t replicates = std::getenv("SELVEDGE_NIGHTLY") != nullptr ? 400 : 40;
  core::RandomStream fixed({.seed = 35});
  instruments::ItemBank named = oracle::RandomBank(12, 2, 0.3, fixed);
  // Eight items and four: one dimension plainly explains more, so that no replicate tells them in the other order.
  for (std::size_t i = 0; i < 12; ++i) named.items[i].dimension = i < 8 ? 0 : 1;
  const instruments::ItemBank truth = TurnedToSimple(oracle::Mixed(named, 0.4, fixed));
  const Eigen::MatrixXd true_slopes = truth.Slopes();
  core::SerialExecutor executor;
  Found turned;
  Found slopes;
  Found difficulties;
  Found correlation;
  for (std::size_t replicate = 0; replicate < replicates; ++replicate) {
    core::RandomStream stream({.seed = 36, .subject = static_cast<std::uint32_t>(replicate)});
    const instruments::Answers answers = oracle::DrawAnswers(truth, kPeople, 0.1, stream);
    const Calibration found = Calibrate(truth, answers, executor);
    ASSERT_TRUE(found.converged) << replicate;
    const Eigen::MatrixXd found_slopes = found.bank.Slopes();
    for (std::size_t i = 0; i < truth.items.size(); ++i) {
      const Calibration::ItemErrors& errors = found.item_errors[i];
      for (Eigen::Index d = 0; d < 2; ++d) {
        const auto row = static_cast<Eigen::Index>(i);
        turned.Add(found_slopes(row, d), errors.slopes[static_cast<std::size_t>(d)].value(), true_slopes(row, d));
      }
      const instruments::Curve& curve = found.bank.items[i].curve;
      slopes.Add(curve.slope, errors.slope.value(), truth.items[i].curve.slope);
      for (std::size_t k = 1; k <= curve.thresholds.size(); ++k) {
        difficulties.Add(curve.Difficulty(k), errors.difficulties[k - 1].value(), truth.items[i].curve.Difficulty(k));
      }
    }
    correlation.Add(found.bank.correlations(0, 1), found.correlation_errors[1][0].value(), truth.correlations(0, 1));
  }
  Print("slopes on dimensions", turned);
  Print("slopes of mixtures", slopes);
  Print("difficulties", difficulties);
  Print("correlation", correlation);
  const auto room = 4 * std::sqrt(0.9 * 0.1 / static_cast<double>(replicates));
  for (const Found& found : {turned, slopes, difficulties, correlation}) {
    EXPECT_NEAR(found.Coverage(), 0.9, 0.01 + room);
    EXPECT_NEAR(found.RmseOverBound(), 1, 0.05 + 2.0 / std::sqrt(static_cast<double>(replicates)));
    EXPECT_LT(std::fabs(found.Bias()), 0.12 + 2.0 / std::sqrt(static_cast<double>(replicates)));
  }
}

TEST(GradedRecovery, ScoresHoldThePersonNineTimesInTen) {
  const std::size_t people = 100 * Replicates();
  core::RandomStream stream({.seed = 33});
  const instruments::ItemBank bank = oracle::RandomBank(12, 1, 0, stream);
  std::vector<double> positions;
  instruments::Answers answers{.items = 12, .codes = {}};
  for (std::size_t person = 0; person < people; ++person) {
    // One person at a time from a stream that also tells where they are.
    core::RandomStream own({.seed = 34, .subject = static_cast<std::uint32_t>(person)});
    core::RandomStream same = own;
    positions.push_back(numerics::DrawNormal(same));
    const instruments::Answers one = oracle::DrawAnswers(bank, 1, 0.2, own);
    answers.codes.insert(answers.codes.end(), one.codes.begin(), one.codes.end());
  }
  core::SerialExecutor executor;
  const auto scores = ScoreAll(bank, answers, executor);
  Found found;
  for (std::size_t person = 0; person < people; ++person) {
    found.Add(scores[person].mean[0], scores[person].Sd(0), positions[person]);
  }
  Print("scores", found);
  EXPECT_NEAR(found.Coverage(), 0.9, 0.005 + 4 * std::sqrt(0.09 / static_cast<double>(people)));
  EXPECT_NEAR(found.RmseOverBound(), 1, 0.02);
  EXPECT_NEAR(found.Bias(), 0, 0.03);
}

}  // namespace
}  // namespace selvedge
