#include "leaning/calibrate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

#include "core/random.h"
#include "numerics/normal.h"

namespace selvedge::leaning {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using testing::HasSubstr;

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

const std::vector<std::string> kColumns{"holding_on",  "standing_alone", "own_ground", "open_door",
                                        "stepping_in", "in_touch",       "reached",    "withdrew"};

/// Not the theory's numbers, so that finding them means something.
Weights Truth() {
  Weights truth{.centre = VectorXd(8), .loading = Eigen::MatrixX2d(8, 2), .residual_variance = VectorXd(8)};
  truth.centre << 0.1, -0.2, 0.3, 0, -0.5, 55, -0.2, -1.5;
  truth.loading << -0.7, 0.2, -0.2, -0.8, 0.9, 0, 0, 0.7, -0.6, 0, 9, 0, 0, 0.5, 0, -0.6;
  truth.residual_variance << 0.4, 0.3, 0.3, 0.45, 0.6, 150, 0.7, 0.8;
  truth.correlation = 0.3;
  return truth;
}

/// People drawn from the model; each estimate has an error of its own size, and one in ten is missing.
Cohort Draw(const Weights& truth, int people, std::uint64_t seed) {
  const Index columns = truth.centre.size();
  Cohort cohort{
      .components = kColumns, .estimates = MatrixXd(people, columns), .standard_errors = MatrixXd(people, columns)};
  core::RandomStream stream({.seed = seed, .purpose = 4});
  for (Index i = 0; i < people; ++i) {
    const double autonomy = numerics::DrawNormal(stream);
    const double connection = truth.correlation * autonomy +
                              std::sqrt(1 - truth.correlation * truth.correlation) * numerics::DrawNormal(stream);
    for (Index j = 0; j < columns; ++j) {
      const double own = std::sqrt(truth.residual_variance[j]);
      const double se = own * (0.3 + stream.Uniform());
      const double y = truth.centre[j] + truth.loading(j, 0) * autonomy + truth.loading(j, 1) * connection +
                       own * numerics::DrawNormal(stream) + se * numerics::DrawNormal(stream);
      const bool missing = stream.Uniform() < 0.1;
      cohort.estimates(i, j) = missing ? kMissing : y;
      cohort.standard_errors(i, j) = missing ? kMissing : se;
    }
  }
  return cohort;
}

/// The same likelihood from every person's covariance written out: Λ S Λᵀ + diag(θ + se²) over what they answered.
double DenseLogLikelihood(const Weights& weights, const Cohort& cohort) {
  const Eigen::Matrix2d S{{1, weights.correlation}, {weights.correlation, 1}};
  double loglik = 0;
  for (Index i = 0; i < cohort.estimates.rows(); ++i) {
    std::vector<Index> seen;
    for (Index j = 0; j < cohort.estimates.cols(); ++j) {
      if (!std::isnan(cohort.estimates(i, j))) seen.push_back(j);
    }
    if (seen.empty()) continue;
    const MatrixXd loading = weights.loading(seen, Eigen::all);
    const VectorXd se = cohort.standard_errors.row(i)(seen).transpose();
    MatrixXd V = loading * S * loading.transpose();
    V.diagonal() += VectorXd(weights.residual_variance(seen)) + se.cwiseAbs2();
    const VectorXd off = VectorXd(cohort.estimates.row(i)(seen).transpose()) - VectorXd(weights.centre(seen));
    const Eigen::LLT<MatrixXd> factor(V);
    const VectorXd white = factor.matrixL().solve(off);
    loglik -= 0.5 * (white.squaredNorm() + static_cast<double>(seen.size()) * numerics::kLogTwoPi) +
              MatrixXd(factor.matrixL()).diagonal().array().log().sum();
  }
  return loglik;
}

TEST(LogLikelihoodOfAMap, IsTheDenseNormal) {
  const Weights truth = Truth();
  const Cohort cohort = Draw(truth, 60, 1);
  const double expected = DenseLogLikelihood(truth, cohort);
  EXPECT_NEAR(LogLikelihood(truth, cohort), expected, 1e-10 * std::fabs(expected));
}

/// Every number of a calibration, with its standard error, in one list.
struct Number {
  double estimate = 0;
  double truth = 0;
  std::optional<double> error;
};

std::vector<Number> Numbers(const Calibration& found, const Weights& truth) {
  std::vector<Number> all;
  for (Index j = 0; j < truth.centre.size(); ++j) {
    const ComponentErrors& errors = found.errors[static_cast<std::size_t>(j)];
    all.push_back({found.weights.centre[j], truth.centre[j], errors.centre});
    all.push_back({found.weights.loading(j, 0), truth.loading(j, 0), errors.autonomy});
    all.push_back({found.weights.loading(j, 1), truth.loading(j, 1), errors.connection});
    all.push_back({found.weights.residual_variance[j], truth.residual_variance[j], errors.residual_variance});
  }
  all.push_back({found.weights.correlation, truth.correlation, found.correlation_error});
  return all;
}

/// The weights as one list, and back, to differentiate the dense likelihood by each.
double& NumberOf(Weights& weights, std::size_t index) {
  const auto j = static_cast<Index>(index / 4);
  if (j == weights.centre.size()) return weights.correlation;
  switch (index % 4) {
    case 0:
      return weights.centre[j];
    case 1:
      return weights.loading(j, 0);
    case 2:
      return weights.loading(j, 1);
    default:
      return weights.residual_variance[j];
  }
}

TEST(Calibrate, FindsTheTopOfTheDenseLikelihoodAndItsCurvature) {
  const Cohort cohort = Draw(Truth(), 500, 2);
  const auto found = Calibrate(Map::Theory(), cohort, {});
  ASSERT_TRUE(found.has_value());
  EXPECT_TRUE(found->converged);
  EXPECT_NEAR(found->loglik, DenseLogLikelihood(found->weights, cohort), 1e-8);

  const std::vector<Number> numbers = Numbers(*found, Truth());
  std::vector<std::size_t> free;
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    if (numbers[k].error) free.push_back(k);
  }
  ASSERT_EQ(free.size(), 8U + 10U + 8U + 1U) << "six loadings are held at 0";
  const auto value = [&](std::size_t k, double by_k, std::size_t l, double by_l) {
    Weights weights = found->weights;
    NumberOf(weights, k) += by_k;
    NumberOf(weights, l) += by_l;
    return DenseLogLikelihood(weights, cohort);
  };
  const auto size = static_cast<Index>(free.size());
  MatrixXd information(size, size);
  for (Index one = 0; one < size; ++one) {
    for (Index other = 0; other <= one; ++other) {
      const std::size_t k = free[static_cast<std::size_t>(one)];
      const std::size_t l = free[static_cast<std::size_t>(other)];
      const double step_k = 0.02 * *numbers[k].error;
      const double step_l = 0.02 * *numbers[l].error;
      const double second = (value(k, step_k, l, step_l) - value(k, step_k, l, -step_l) - value(k, -step_k, l, step_l) +
                             value(k, -step_k, l, -step_l)) /
                            (4 * step_k * step_l);
      information(one, other) = -second;
      information(other, one) = -second;
    }
    const std::size_t k = free[static_cast<std::size_t>(one)];
    const double step = 0.02 * *numbers[k].error;
    const double slope = (value(k, step, k, 0) - value(k, -step, k, 0)) / (2 * step);
    EXPECT_LT(std::fabs(slope * *numbers[k].error), 2e-3) << "number " << k << ": in standard errors from the top";
  }
  const MatrixXd covariance = information.llt().solve(MatrixXd::Identity(size, size));
  for (Index row = 0; row < size; ++row) {
    const double expected = std::sqrt(covariance(row, row));
    EXPECT_NEAR(*numbers[free[static_cast<std::size_t>(row)]].error, expected, 2e-3 * expected);
  }
}

TEST(Calibrate, RecoversWhatPeopleWereDrawnFrom) {
  const int replicates = std::getenv("SELVEDGE_NIGHTLY") != nullptr ? 400 : 30;
  const Weights truth = Truth();
  int held = 0;
  int intervals = 0;
  std::vector<double> bias(33, 0.0);
  for (int replicate = 0; replicate < replicates; ++replicate) {
    const auto found = Calibrate(Map::Theory(), Draw(truth, 600, 100 + static_cast<std::uint64_t>(replicate)), {});
    ASSERT_TRUE(found.has_value()) << replicate;
    EXPECT_TRUE(found->converged) << replicate;
    const std::vector<Number> numbers = Numbers(*found, truth);
    for (std::size_t k = 0; k < numbers.size(); ++k) {
      if (!numbers[k].error) continue;
      const double z = (numbers[k].estimate - numbers[k].truth) / *numbers[k].error;
      bias[k] += z / replicates;
      held += std::fabs(z) <= 1.6448536269514722 ? 1 : 0;
      ++intervals;
    }
  }
  // Numbers of one replicate go together; as if only five of them were independent.
  const double room = 4 * std::sqrt(0.09 / (5.0 * replicates));
  EXPECT_NEAR(static_cast<double>(held) / intervals, 0.9, room);
  for (const double mean_z : bias) EXPECT_LT(std::fabs(mean_z), 0.2 + 4 / std::sqrt(replicates));
}

TEST(Calibrate, GivesAMapThatReadsBackAndKeepsWhatItWasNotAskedAbout) {
  const auto found = Calibrate(Map::Theory(), Draw(Truth(), 300, 3), {});
  ASSERT_TRUE(found.has_value());
  const auto map = Map::Parse(CalibrationJson(*found, "Simulated.").Dump());
  ASSERT_TRUE(map.has_value());
  EXPECT_EQ(map->status, "calibrated");
  EXPECT_EQ(map->correlation, found->weights.correlation);
  EXPECT_EQ(map->Find("stepping_in")->components[0].loading[kAutonomy], found->weights.loading(4, 0));
  EXPECT_EQ(map->Find("stepping_in")->components[0].loading[kConnection], 0);
  EXPECT_EQ(map->Find("opened_up")->components[0].loading, Map::Theory().Find("opened_up")->components[0].loading);
}

TEST(Calibrate, OrderOfPeopleAndColumnsChangesNothing) {
  const Cohort cohort = Draw(Truth(), 300, 4);
  Cohort turned = cohort;
  turned.estimates = cohort.estimates.rowwise().reverse().colwise().reverse();
  turned.standard_errors = cohort.standard_errors.rowwise().reverse().colwise().reverse();
  turned.components.assign(kColumns.rbegin(), kColumns.rend());
  const auto one = Calibrate(Map::Theory(), cohort, {});
  const auto other = Calibrate(Map::Theory(), turned, {});
  ASSERT_TRUE(one.has_value() && other.has_value());
  EXPECT_NEAR(one->loglik, other->loglik, 1e-7);
  EXPECT_TRUE(one->weights.loading.isApprox(other->weights.loading.colwise().reverse(), 1e-4));
}

TEST(Calibrate, NamesAResidualVarianceAtItsBoundary) {
  Weights truth = Truth();
  truth.residual_variance[2] = 0;
  Cohort cohort = Draw(truth, 300, 5);
  cohort.standard_errors.col(2).setConstant(0.5);
  for (Index i = 0; i < 300; ++i) {  // less spread than its errors alone would make
    if (std::isnan(cohort.estimates(i, 2))) cohort.standard_errors(i, 2) = kMissing;
  }
  const auto found = Calibrate(Map::Theory(), cohort, {});
  ASSERT_TRUE(found.has_value());
  EXPECT_TRUE(found->converged);
  EXPECT_EQ(found->weights.residual_variance[2], 0);
  EXPECT_FALSE(found->errors[2].residual_variance.has_value());
  EXPECT_TRUE(found->errors[2].autonomy.has_value());
}

Cohort FirstColumns(const Cohort& cohort, Index count) {
  return {.components = {kColumns.begin(), kColumns.begin() + count},
          .estimates = cohort.estimates.leftCols(count),
          .standard_errors = cohort.standard_errors.leftCols(count)};
}

TEST(Calibrate, FourScalesAloneNeedTheCorrelationHeld) {
  const Cohort four = FirstColumns(Draw(Truth(), 2000, 6), 4);
  const auto open = Calibrate(Map::Theory(), four, {});
  ASSERT_FALSE(open.has_value());
  EXPECT_NE(open.error().message.find("do not settle"), std::string::npos);
  const auto held = Calibrate(Map::Theory(), four, {.hold_correlation = true});
  ASSERT_TRUE(held.has_value());
  EXPECT_EQ(held->weights.correlation, Map::Theory().correlation);
  EXPECT_FALSE(held->correlation_error.has_value());
}

TEST(Calibrate, RefusesWhatCannotBeCalibrated) {
  const auto said = [](const Cohort& cohort) { return Calibrate(Map::Theory(), cohort, {}).error().message; };
  const Cohort good = Draw(Truth(), 100, 7);
  Cohort cohort = good;
  cohort.components[0] = "horoscope";
  EXPECT_THAT(said(cohort), HasSubstr("The map knows no component "));
  cohort = good;
  cohort.components[0] = cohort.components[1];
  EXPECT_THAT(said(cohort), HasSubstr("is there twice."));
  cohort = good;
  cohort.standard_errors.col(0).setZero();
  EXPECT_THAT(said(cohort), HasSubstr("has an estimate without a standard error above 0."));
  cohort = good;
  cohort.estimates.col(0).setConstant(1);
  cohort.standard_errors.col(0).setConstant(1);
  EXPECT_THAT(said(cohort), HasSubstr("is the same for everybody, or nobody has it."));
  cohort.estimates.col(0).setConstant(kMissing);
  EXPECT_THAT(said(cohort), HasSubstr("is the same for everybody, or nobody has it."));
  EXPECT_THAT(said(Draw(Truth(), 20, 8)), HasSubstr("There are 20 people for ")) << "fewer people than numbers";
  EXPECT_THAT(said({}), HasSubstr("No column tells about one of the two axes."));
  cohort = {.components = {"reached", "withdrew"},
            .estimates = good.estimates.rightCols(2),
            .standard_errors = good.standard_errors.rightCols(2)};
  EXPECT_THAT(said(cohort), HasSubstr("No column tells about one of the two axes.")) << "nothing tells about autonomy";
}

}  // namespace
}  // namespace selvedge::leaning
