#include "leaning/position.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "leaning/evidence_fixture.h"

namespace selvedge::leaning {
namespace {

using Eigen::Matrix2d;
using Eigen::Matrix4d;
using Eigen::Vector2d;
using Eigen::Vector4d;
using testing::HasSubstr;

const Matrix4d kScaleErrors{
    {0.20, 0.05, -0.08, 0.02}, {0.05, 0.25, -0.03, -0.10}, {-0.08, -0.03, 0.18, 0.04}, {0.02, -0.10, 0.04, 0.22}};
const Vector4d kScales(0.9, -0.3, -0.6, 0.2);

std::vector<Evidence> SomeEvidence() {
  return {{.indicator = "signs", .likelihood = *FromEstimate(kScales, kScaleErrors), .answers = 21},
          One("stepping_in", 0.4, 0.5, 30),
          One("reached", -1.1, 0.6, 12),
          One("in_touch", 71, 3, 28),
          One("half_life", 0.3, 0.35, 40)};
}

/// The posterior's moments by summing over a fine grid of places: prior density times, for each indicator, the normal
/// density of its estimate with everything but the place integrated out (Λ x + ν, R + E).
Normal2 ByGrid(const Map& map) {
  const Indicator& signs = *map.Find("signs");
  Eigen::Matrix<double, 4, 2> loadings;
  Matrix4d spread = kScaleErrors;
  for (Eigen::Index k = 0; k < 4; ++k) {
    const Component& component = signs.components[static_cast<std::size_t>(k)];
    loadings.row(k) = component.loading.transpose();
    spread(k, k) += component.residual_variance;
  }
  const Matrix4d precision = spread.inverse();
  struct Single {
    const char* indicator;
    double estimate;
    double error;
  };
  const std::vector<Single> singles{
      {"stepping_in", 0.4, 0.5}, {"reached", -1.1, 0.6}, {"in_touch", 71, 3}, {"half_life", 0.3, 0.35}};
  const Matrix2d S_inverse = map.Spread().inverse();
  double total = 0;
  Vector2d first = Vector2d::Zero();
  Matrix2d second = Matrix2d::Zero();
  for (double autonomy = -6; autonomy <= 6; autonomy += 0.02) {
    for (double connection = -6; connection <= 6; connection += 0.02) {
      const Vector2d x(autonomy, connection);
      const Vector4d off = kScales - loadings * x;
      double log_density = -0.5 * x.dot(S_inverse * x) - 0.5 * off.dot(precision * off);
      for (const Single& single : singles) {
        const Component& component = map.Find(single.indicator)->components.front();
        const double z = single.estimate - component.centre - component.loading.dot(x);
        log_density -= 0.5 * z * z / (component.residual_variance + single.error * single.error);
      }
      const double weight = std::exp(log_density);
      total += weight;
      first += weight * x;
      second += weight * x * x.transpose();
    }
  }
  const Vector2d mean = first / total;
  return {.mean = mean, .covariance = second / total - mean * mean.transpose()};
}

TEST(Locate, IsTheIntegralOverEveryPlace) {
  const Map map = Map::Theory();
  const auto position = Locate(map, SomeEvidence());
  ASSERT_TRUE(position.has_value());
  const Normal2 expected = ByGrid(map);
  EXPECT_TRUE(position->posterior.mean.isApprox(expected.mean, 1e-9));
  EXPECT_TRUE(position->posterior.covariance.isApprox(expected.covariance, 1e-9));
  EXPECT_EQ(position->answers, 21);
  EXPECT_EQ(position->days, 40);
}

TEST(Locate, ContributionsAddUpToTheWholeWay) {
  const Map map = Map::Theory();
  const auto position = Locate(map, SomeEvidence());
  ASSERT_TRUE(position.has_value());
  ASSERT_EQ(position->contributions.size(), 8U);
  Vector2d sum = Vector2d::Zero();
  for (const Contribution& contribution : position->contributions) sum += contribution.shift;
  EXPECT_EQ(sum, position->posterior.mean);
  EXPECT_TRUE(sum.isApprox(ByGrid(map).mean, 1e-9)) << "and that is where the evidence leads";
}

// From log p(evidence | x) = −½ xᵀAx + bᵀx: the slope at x = 0 of everything but one indicator tells b without it.
TEST(Locate, AnIndicatorContributesItsSlopeUnderTheWholePosterior) {
  const Map map = Map::Theory();
  const auto all = Locate(map, SomeEvidence());
  auto fewer_evidence = SomeEvidence();
  fewer_evidence.erase(fewer_evidence.begin() + 1);
  const auto fewer = Locate(map, fewer_evidence);
  const Vector2d b_all = all->posterior.covariance.inverse() * all->posterior.mean;
  const Vector2d b_fewer = fewer->posterior.covariance.inverse() * fewer->posterior.mean;
  const auto stepping_in =
      std::ranges::find(all->contributions, "stepping_in", [](const Contribution& one) { return one.component->id; });
  ASSERT_NE(stepping_in, all->contributions.end());
  EXPECT_TRUE(stepping_in->shift.isApprox(all->posterior.covariance * (b_all - b_fewer), 1e-9));
}

TEST(Locate, ScoringUnderAnyPriorAndRemovingItGivesTheSamePlace) {
  const Map map = Map::Theory();
  const auto expected = Locate(map, SomeEvidence());
  for (const double variance : {0.5, 1.0, 9.0}) {
    Matrix4d prior = Matrix4d::Constant(0.3 * variance);
    prior.diagonal().setConstant(variance);
    const Vector4d prior_mean(0.2, -0.1, 0.5, 0);
    const Matrix4d covariance = (prior.inverse() + kScaleErrors.inverse()).inverse();
    const Vector4d mean = covariance * (prior.inverse() * prior_mean + kScaleErrors.inverse() * kScales);
    auto evidence = SomeEvidence();
    evidence.front().likelihood = *RemovePrior(mean, covariance, prior_mean, prior);
    const auto position = Locate(map, evidence);
    ASSERT_TRUE(position.has_value());
    EXPECT_TRUE(position->posterior.mean.isApprox(expected->posterior.mean, 1e-9)) << variance;
    EXPECT_TRUE(position->posterior.covariance.isApprox(expected->posterior.covariance, 1e-9)) << variance;
  }
}

TEST(Locate, OrderChangesNoBit) {
  const Map map = Map::Theory();
  auto evidence = SomeEvidence();
  const auto expected = Locate(map, evidence);
  for (int turn = 0; turn < 5; ++turn) {
    std::ranges::rotate(evidence, evidence.begin() + 1);
    const auto position = Locate(map, evidence);
    EXPECT_EQ(position->posterior.mean, expected->posterior.mean);
    EXPECT_EQ(position->posterior.covariance, expected->posterior.covariance);
  }
}

TEST(Locate, EvidenceWithAnInfiniteErrorChangesNothing) {
  const Map map = Map::Theory();
  auto evidence = SomeEvidence();
  const auto expected = Locate(map, evidence);
  evidence.push_back(One("opened_up", 5, std::numeric_limits<double>::infinity()));
  const auto position = Locate(map, evidence);
  EXPECT_EQ(position->posterior.mean, expected->posterior.mean);
  EXPECT_EQ(position->contributions.size(), expected->contributions.size());
}

TEST(Locate, ScalesNobodyAnsweredSayNothing) {
  const Map map = Map::Theory();
  Evidence only_ground{.indicator = "signs",
                       .likelihood = {.information = Vector4d(0, 0, 2, 0), .precision = Matrix4d::Zero()}};
  only_ground.likelihood.precision(2, 2) = 4;
  const auto position = Locate(map, {only_ground});
  ASSERT_TRUE(position.has_value());
  ASSERT_EQ(position->contributions.size(), 1U);
  // One scale of own ground alone: 0.5 ± 0.5, loading 0.8, residual 0.36, so precision 0.64 / 0.61 on autonomy; the
  // correlation of the axes carries 0.4 of it over to connection.
  const double share = 0.64 / 0.61 / (1 + 0.64 / 0.61);
  EXPECT_NEAR(position->posterior.mean[kAutonomy], share * 0.5 / 0.8, 1e-12);
  EXPECT_NEAR(position->posterior.mean[kConnection], 0.4 * share * 0.5 / 0.8, 1e-12);
}

TEST(Locate, WithoutEvidenceIsThePrior) {
  const Map map = Map::Theory();
  const auto position = Locate(map, {});
  ASSERT_TRUE(position.has_value());
  EXPECT_FALSE(position->IsKnown());
  EXPECT_TRUE(position->posterior.mean.isZero(0));
  EXPECT_TRUE(position->posterior.covariance.isApprox(map.Spread(), 1e-15));
}

TEST(Locate, RefusesWhatTheMapDoesNotKnow) {
  const Map map = Map::Theory();
  const auto said = [&](const std::vector<Evidence>& evidence) { return Locate(map, evidence).error().message; };
  EXPECT_THAT(said({One("horoscope", 1, 1)}), HasSubstr("The map knows no indicator "));
  EXPECT_THAT(said({One("reached", 1, 1), One("reached", 0, 1)}), HasSubstr("is given twice for one season."));
  EXPECT_THAT(said({One("signs", 1, 1)}), HasSubstr("needs one finite number for each of its components."));
  Evidence unbounded = One("reached", 1, 1);
  unbounded.likelihood.information[0] = std::numeric_limits<double>::infinity();
  EXPECT_THAT(said({unbounded}), HasSubstr("needs one finite number for each of its components."));
}

}  // namespace
}  // namespace selvedge::leaning
