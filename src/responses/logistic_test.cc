#include "responses/logistic.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include "core/random.h"
#include "numerics/normal.h"
#include "responses/prior.h"
#include "responses/quadrature.h"

namespace selvedge::responses {
namespace {

constexpr double kFlat = std::numeric_limits<double>::infinity();

Coefficients Of(std::initializer_list<double> values) {
  Coefficients c(static_cast<Eigen::Index>(values.size()));
  Eigen::Index j = 0;
  for (const double value : values) c(j++) = value;
  return c;
}

/// The posterior on a dense grid, in plain sums: first over the prior's range, to find where it is, then there.
class DenseGrid {
 public:
  DenseGrid(const std::vector<Trials>& trials, const NormalPrior& prior, int points) {
    Fill(trials, prior, prior, 7, 120);
    NormalPrior where = prior;
    for (Eigen::Index j = 0; j < prior.centre.size(); ++j) {
      where.centre(j) = Mean([&](const Coefficients& c) { return c(j); });
      where.sd(j) = std::sqrt(Mean([&](const Coefficients& c) { return std::pow(c(j) - where.centre(j), 2); }));
    }
    Fill(trials, prior, where, 7, points);
  }

  [[nodiscard]] double Mean(const std::function<double(const Coefficients&)>& quantity) const {
    double sum = 0;
    for (std::size_t k = 0; k < points_.size(); ++k) sum += density_[k] * quantity(points_[k]);
    return sum / evidence_;
  }
  [[nodiscard]] double evidence() const { return evidence_; }

 private:
  /// `points` along each coefficient, over so many standard deviations to each side.
  void Fill(const std::vector<Trials>& trials, const NormalPrior& prior, const NormalPrior& where, double reach,
            int points) {
    points_.clear();
    density_.clear();
    evidence_ = 0;
    const Eigen::Index size = prior.centre.size();
    std::vector<int> at(static_cast<std::size_t>(size), 0);
    for (bool more = true; more;) {
      Coefficients c(size);
      double density = 1;
      for (Eigen::Index j = 0; j < size; ++j) {
        const double cell = 2 * reach * where.sd(j) / points;
        c(j) = where.centre(j) - reach * where.sd(j) + (at[static_cast<std::size_t>(j)] + 0.5) * cell;
        density *= cell * numerics::NormalDensity((c(j) - prior.centre(j)) / prior.sd(j)) / prior.sd(j);
      }
      for (const Trials& row : trials) {
        const double p = 1 / (1 + std::exp(-row.covariates.dot(c)));
        density *= std::pow(p, row.yes) * std::pow(1 - p, row.count - row.yes);
      }
      points_.push_back(c);
      density_.push_back(density);
      evidence_ += density;
      more = false;
      for (int& place : at) {
        if (++place < points) {
          more = true;
          break;
        }
        place = 0;
      }
    }
  }

  std::vector<Coefficients> points_;
  std::vector<double> density_;
  double evidence_ = 0;
};

/// How far each end of an estimate is, in probability, from where it is meant to be.
void ExpectQuantiles(const DenseGrid& grid, const numerics::Estimate& estimate,
                     const std::function<double(const Coefficients&)>& quantity) {
  const auto below = [&](double limit) {
    return grid.Mean([&](const Coefficients& c) { return quantity(c) <= limit ? 1 : 0; });
  };
  EXPECT_NEAR(below(estimate.ninety[0]), 0.05, 0.003);
  EXPECT_NEAR(below(estimate.half[0]), 0.25, 0.004);
  EXPECT_NEAR(below(estimate.median), 0.50, 0.004);
  EXPECT_NEAR(below(estimate.half[1]), 0.75, 0.004);
  EXPECT_NEAR(below(estimate.ninety[1]), 0.95, 0.003);
}

constexpr auto kCalm = [](const Coefficients& c) { return Logistic(c(0)); };
constexpr auto kLow = [](const Coefficients& c) { return Logistic(c(0) + c(1)); };
constexpr auto kDifference = [](const Coefficients& c) { return kLow(c) - kCalm(c); };

std::vector<Trials> Contrast(double yes, double of, double low_yes, double low_of) {
  return {{.covariates = Of({1, 0}), .yes = yes, .count = of},
          {.covariates = Of({1, 1}), .yes = low_yes, .count = low_of}};
}

const NormalPrior kPrior{.centre = Of({-1.4, 0}), .sd = Of({1.2, 1.25})};

TEST(GaussHermite, HasTheMomentsOfTheNormalDistribution) {
  for (const int count : {1, 2, 7, 15, 21}) {
    const NormalQuadrature rule = GaussHermite(count);
    double moment = 1;  // E Z^0, then E Z^2 = 1, E Z^4 = 3, E Z^6 = 15 …
    for (int power = 0; power <= 2 * count - 2 && power <= 12; power += 2) {
      double sum = 0;
      double odd = 0;
      for (std::size_t k = 0; k < rule.points.size(); ++k) {
        sum += rule.weights[k] * std::pow(rule.points[k], power);
        odd += rule.weights[k] * std::pow(rule.points[k], power + 1);
      }
      EXPECT_NEAR(sum, moment, 1e-11 * moment) << count << " points, power " << power;
      EXPECT_NEAR(odd, 0, 1e-11 * moment);
      moment *= power + 1;
    }
  }
}

TEST(Logistic, IsExactFarOut) {
  EXPECT_EQ(Logistic(0), 0.5);
  EXPECT_NEAR(Logistic(-700), std::exp(-700.0), 1e-315);
  EXPECT_EQ(Logistic(800), 1);
  EXPECT_NEAR(Logistic(LogOdds(0.3)), 0.3, 1e-15);
}

TEST(FindMode, OfARateWithoutAPriorIsTheShare) {
  const auto mode = FindMode(std::vector<Trials>{{.covariates = Of({1}), .yes = 6, .count = 20}},
                             {.centre = Of({0}), .sd = Of({kFlat})});
  ASSERT_TRUE(mode);
  EXPECT_NEAR(mode->coefficients(0), std::log(6.0 / 14), 1e-12);
  EXPECT_NEAR(mode->covariance(0, 0), 1 / 6.0 + 1 / 14.0, 1e-12);
  EXPECT_NEAR(mode->log_density, 6 * std::log(0.3) + 14 * std::log(0.7), 1e-12);
}

TEST(FindMode, OfAContrastWithoutAPriorIsTheLogOddsRatio) {
  const auto mode = FindMode(Contrast(6, 31, 7, 12), {.centre = Of({0, 0}), .sd = Of({kFlat, kFlat})});
  ASSERT_TRUE(mode);
  EXPECT_NEAR(mode->coefficients(1), std::log(7.0 * 25 / (5 * 6)), 1e-11);
  EXPECT_NEAR(mode->covariance(1, 1), 1 / 6.0 + 1 / 25.0 + 1 / 7.0 + 1 / 5.0, 1e-9);
}

TEST(FindMode, NeedsAPriorWhereTheDataAreSeparated) {
  const NormalPrior flat{.centre = Of({0, 0}), .sd = Of({kFlat, kFlat})};
  EXPECT_FALSE(FindMode(Contrast(0, 31, 7, 12), flat));
  EXPECT_FALSE(FindMode(Contrast(0, 31, 12, 12), flat));
  EXPECT_FALSE(FindMode(Contrast(6, 31, 0, 0), flat)) << "nothing is known of the difference";
  const auto mode = FindMode(Contrast(0, 31, 12, 12), kPrior);
  ASSERT_TRUE(mode);
  EXPECT_TRUE(mode->coefficients.allFinite());
  EXPECT_TRUE(FindMode(Contrast(0, 1e6, 1e6, 1e6), kPrior));
}

TEST(IntegratePosterior, GivesThePriorBackWhereThereAreNoDays) {
  const PosteriorMoments moments = IntegratePosterior({}, kPrior);
  EXPECT_NEAR(moments.log_evidence, 0, 1e-12);
  EXPECT_NEAR((moments.mean - kPrior.centre).norm(), 0, 1e-12);
  EXPECT_NEAR(moments.covariance(0, 0), 1.2 * 1.2, 1e-12);
  EXPECT_NEAR(moments.covariance(1, 1), 1.25 * 1.25, 1e-12);
  EXPECT_NEAR(moments.covariance(0, 1), 0, 1e-12);
}

class Posteriors : public testing::TestWithParam<std::vector<Trials>> {};

TEST_P(Posteriors, AreThoseOfADenseGrid) {
  const DenseGrid grid(GetParam(), kPrior, 1000);
  const PosteriorMoments moments = IntegratePosterior(GetParam(), kPrior);
  EXPECT_NEAR(moments.log_evidence, std::log(grid.evidence()), 1e-5);
  for (Eigen::Index j = 0; j < 2; ++j) {
    const double mean = grid.Mean([&](const Coefficients& c) { return c(j); });
    const double square = grid.Mean([&](const Coefficients& c) { return c(j) * c(j); });
    EXPECT_NEAR(moments.mean(j), mean, 1e-4);
    EXPECT_NEAR(moments.covariance(j, j), square - mean * mean, 1e-3);
  }
  const Posterior posterior = Posterior::Of(GetParam(), kPrior);
  ExpectQuantiles(grid, posterior.EstimateOf(kCalm), kCalm);
  ExpectQuantiles(grid, posterior.EstimateOf(kLow), kLow);
  ExpectQuantiles(grid, posterior.EstimateOf(kDifference), kDifference);
}

INSTANTIATE_TEST_SUITE_P(FewAndManyDaysSeparatedOrNot, Posteriors,
                         testing::Values(Contrast(0, 0, 0, 0), Contrast(6, 31, 7, 12), Contrast(0, 31, 12, 12),
                                         Contrast(31, 31, 0, 12), Contrast(0, 8, 0, 2), Contrast(40, 200, 22, 60),
                                         Contrast(2.5, 7.25, 1.5, 3.75)));

TEST(Posterior, OfThreeRatesAndTheirProductIsThatOfADenseGrid) {
  const NormalPrior prior{.centre = Of({1.7, 1.7, 1.7}), .sd = Of({1.2, 1.2, 1.2})};
  const std::vector<Trials> trials{{.covariates = Of({1, 0, 0}), .yes = 9, .count = 11},
                                   {.covariates = Of({0, 1, 0}), .yes = 9, .count = 9},
                                   {.covariates = Of({0, 0, 1}), .yes = 3, .count = 9}};
  const auto product = [](const Coefficients& c) { return Logistic(c(0)) * Logistic(c(1)) * Logistic(c(2)); };
  const DenseGrid grid(trials, prior, 64);
  ExpectQuantiles(grid, Posterior::Of(trials, prior).EstimateOf(product), product);
  EXPECT_NEAR(IntegratePosterior(trials, prior).log_evidence, std::log(grid.evidence()), 1e-5);
}

TEST(Posterior, OfARateUnderAWidePriorIsABetaDistribution) {
  // A flat prior on the log odds makes the posterior Beta(yes, no), whose distribution function is a binomial tail:
  // P(p ≤ x) = P(Bin(n − 1, x) ≥ yes).
  const std::vector<Trials> trials{{.covariates = Of({1}), .yes = 8, .count = 20}};
  const numerics::Estimate rate =
      Posterior::Of(trials, {.centre = Of({0}), .sd = Of({300})}).EstimateOf([](const Coefficients& c) {
        return Logistic(c(0));
      });
  const auto beta_below = [](double x) {
    double sum = 0;
    for (int k = 8; k <= 19; ++k) {
      sum += std::exp(std::lgamma(20) - std::lgamma(k + 1) - std::lgamma(20 - k)) * std::pow(x, k) *
             std::pow(1 - x, 19 - k);
    }
    return sum;
  };
  EXPECT_NEAR(beta_below(rate.ninety[0]), 0.05, 2e-4);
  EXPECT_NEAR(beta_below(rate.half[0]), 0.25, 2e-4);
  EXPECT_NEAR(beta_below(rate.median), 0.50, 2e-4);
  EXPECT_NEAR(beta_below(rate.half[1]), 0.75, 2e-4);
  EXPECT_NEAR(beta_below(rate.ninety[1]), 0.95, 2e-4);
}

TEST(Posterior, OfAThousandYesIsNarrowAndOfNothingIsThePrior) {
  const NormalPrior prior{.centre = Of({0}), .sd = Of({1.2})};
  const auto log_odds = [](const Coefficients& c) { return c(0); };
  const numerics::Estimate nothing = Posterior::Of({}, prior).EstimateOf(log_odds);
  EXPECT_NEAR(nothing.median, 0, 1e-3);
  EXPECT_NEAR(nothing.ninety[1], 1.2 * 1.6448536, 3e-3);
  EXPECT_NEAR(nothing.half[0], -1.2 * 0.6744898, 3e-3);
  const numerics::Estimate much =
      Posterior::Of(std::vector<Trials>{{.covariates = Of({1}), .yes = 5e5, .count = 1e6}}, prior).EstimateOf(log_odds);
  EXPECT_NEAR(much.ninety[1], 1.6448536 * 0.002, 1e-5);
}

TEST(OddsOfLast, AreTheRatioOfTwoDenseGrids) {
  const NormalPrior without{.centre = kPrior.centre.head(1), .sd = kPrior.sd.head(1)};
  for (const auto& [calm_yes, low_yes] : {std::pair(6.0, 7.0), std::pair(5.0, 10.0), std::pair(12.0, 1.0)}) {
    const std::vector<Trials> trials = Contrast(calm_yes, 40, low_yes, 12);
    const std::vector<Trials> alike{{.covariates = Of({1}), .yes = calm_yes, .count = 40},
                                    {.covariates = Of({1}), .yes = low_yes, .count = 12}};
    const double odds = DenseGrid(trials, kPrior, 300).evidence() / DenseGrid(alike, without, 300).evidence();
    EXPECT_NEAR(OddsOfLast(trials, kPrior) / odds, 1, 1e-4);
  }
  EXPECT_NEAR(OddsOfLast(Contrast(0, 0, 0, 0), kPrior), 1, 1e-12);
}

/// How often 90 % intervals of the difference and of both rates hold the truth, people drawn from the prior.
TEST(Posterior, IntervalsHoldTheTruthNineTimesInTen) {
  const bool nightly = std::getenv("SELVEDGE_NIGHTLY") != nullptr;
  const int replicates = nightly ? 4000 : 400;
  // Four standard errors of a share of .9: what chance alone would pass once in 16 000 times.
  const double reach = 4 * std::sqrt(0.09 / replicates);
  const NormalPrior prior = Prior::Provisional().stepping_in;
  for (const int days : {10, 20, 40, 60}) {
    int difference = 0;
    int calm = 0;
    int low = 0;
    for (int replicate = 0; replicate < replicates; ++replicate) {
      core::RandomStream stream(
          {.seed = 4, .subject = static_cast<std::uint32_t>(replicate), .purpose = static_cast<std::uint32_t>(days)});
      Coefficients truth(2);
      for (Eigen::Index j = 0; j < 2; ++j) truth(j) = prior.centre(j) + prior.sd(j) * numerics::DrawNormal(stream);
      std::vector<Trials> trials = Contrast(0, 0, 0, 0);
      for (int day = 0; day < days; ++day) {
        const bool is_low = stream.Uniform() < 0.16;
        Trials& row = trials[is_low ? 1 : 0];
        row.count += 1;
        row.yes += stream.Uniform() < (is_low ? kLow(truth) : kCalm(truth)) ? 1 : 0;
      }
      const Posterior posterior = Posterior::Of(trials, prior);
      const auto holds = [&](const auto& quantity) {
        const numerics::Estimate estimate = posterior.EstimateOf(quantity);
        return estimate.ninety[0] <= quantity(truth) && quantity(truth) <= estimate.ninety[1] ? 1 : 0;
      };
      difference += holds(kDifference);
      calm += holds(kCalm);
      low += holds(kLow);
    }
    for (const int held : {difference, calm, low}) EXPECT_NEAR(1.0 * held / replicates, 0.9, reach) << days << " days";
    std::printf("%d days: 90 %% intervals held the difference %.3f, the rates %.3f and %.3f\n", days,
                1.0 * difference / replicates, 1.0 * calm / replicates, 1.0 * low / replicates);
  }
}

}  // namespace
}  // namespace selvedge::responses
