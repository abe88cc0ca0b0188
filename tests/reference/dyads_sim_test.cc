// 200 simulated dyads whose optima were found and checked by an independent program (tests/reference/dyads_sim).

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>
#include <string>

#include "dynamics/fit.h"
#include "dynamics/study.h"
#include "reference/reference_data.h"

namespace selvedge {
namespace {

using dynamics::Boundary;
using dynamics::Fit;
using dynamics::kParameterCount;
using dynamics::Start;

constexpr std::array<const char*, kParameterCount> kReferenceNames{"a11", "a12", "a21", "a22",  "q11", "q12",
                                                                   "q22", "r11", "r22", "mu_a", "mu_b"};

const diary::Diary& Dyads() {
  static const diary::Diary kDiary = reference::Read(reference::OwnData() / "dyads_sim/sim_dyads.csv",
                                                     {.dyad = "dyad", .time = "time", .own_a = "y_a", .own_b = "y_b"});
  return kDiary;
}

Fit FitOf(const diary::Couple& couple, Start start) {
  dynamics::Occasions occasions;
  occasions.AddDyad(dynamics::ObservationsOf(couple));
  return dynamics::FitMaximumLikelihood(occasions, {.start = start});
}

class CertifiedOptima : public ::testing::TestWithParam<Start> {};

TEST_P(CertifiedOptima, AreReachedDyadByDyad) {
  const bool unit = GetParam() == Start::kUnit;
  const auto reference = reference::ReadTable(
      reference::OwnData() / (unit ? "dyads_sim/reference_ml_unit.csv" : "dyads_sim/reference_ml_stationary.csv"));
  ASSERT_EQ(Dyads().couples.size(), 200U);
  int reached = 0;
  double total = 0;
  for (const diary::Couple& couple : Dyads().couples) {
    const Fit fit = FitOf(couple, GetParam());
    EXPECT_EQ(fit.status, dynamics::FitStatus::kConverged) << couple.id;
    total += fit.loglik;
    reached += fit.loglik >= reference.at(couple.id).at("ll") - 1e-3 ? 1 : 0;
  }
  EXPECT_GE(reached, 198);
  EXPECT_GE(total, (unit ? -35432.4516 : -35387.5135));
}

INSTANTIATE_TEST_SUITE_P(BothStarts, CertifiedOptima, ::testing::Values(Start::kUnit, Start::kStationary),
                         [](const auto& info) { return info.param == Start::kUnit ? "Unit" : "Stationary"; });

TEST(CertifiedStandardErrors, AreMatchedWithinOnePercentOnEveryRegularDyad) {
  const auto reference = reference::ReadTable(reference::OwnData() / "dyads_sim/reference_ml_unit_se.csv");
  int regular = 0;
  for (const diary::Couple& couple : Dyads().couples) {
    const auto& errors = reference.at(couple.id);
    if (std::isnan(errors.at("se_a11"))) continue;
    ++regular;
    const Fit fit = FitOf(couple, Start::kUnit);
    EXPECT_TRUE(fit.boundaries.empty()) << couple.id;
    for (std::size_t p = 0; p < kParameterCount; ++p) {
      const double expected = errors.at(std::string("se_") + kReferenceNames[p]);
      ASSERT_TRUE(fit.standard_errors[p].has_value()) << couple.id << " " << kReferenceNames[p];
      EXPECT_NEAR(*fit.standard_errors[p] / expected, 1, 0.01) << couple.id << " " << kReferenceNames[p];
    }
  }
  EXPECT_EQ(regular, 126);
}

TEST(CertifiedBoundaries, OfMeasurementVarianceAreNamed) {
  const auto reference = reference::ReadTable(reference::OwnData() / "dyads_sim/reference_ml_unit.csv");
  int certified = 0;
  int named = 0;
  for (const diary::Couple& couple : Dyads().couples) {
    const Fit fit = FitOf(couple, Start::kUnit);
    const auto& optimum = reference.at(couple.id);
    if (std::fabs(fit.loglik - optimum.at("ll")) > 1e-3) continue;  // another hill, with boundaries of its own
    const std::set<Boundary> boundaries(fit.boundaries.begin(), fit.boundaries.end());
    for (const auto& [name, boundary] : {std::pair{"r11", Boundary::kNoiseA}, std::pair{"r22", Boundary::kNoiseB}}) {
      if (optimum.at(name) > 1e-8) continue;
      ++certified;
      named += boundaries.contains(boundary) ? 1 : 0;
    }
    if (boundaries.contains(Boundary::kNoiseA)) {
      EXPECT_FALSE(fit.standard_errors[dynamics::Parameter::kRa].has_value());
    }
  }
  EXPECT_GE(certified, 50);
  EXPECT_EQ(named, certified);
}

TEST(CertifiedPooledFit, IsReached) {
  core::SerialExecutor executor;
  auto clock = [] { return 0.0; };
  auto progress = [](std::size_t, std::size_t) {};
  const dynamics::Study study =
      dynamics::RunStudy(Dyads(), {.fit = {.start = Start::kUnit}, .person_means = true, .pooled = true}, nullptr,
                         executor, {.clock = clock, .progress = progress});
  const Fit& fit = study.pooled->fit;
  EXPECT_NEAR(fit.loglik, -37045.9867, 0.01);
  const auto reference = reference::ReadTable(reference::OwnData() / "dyads_sim/reference_pooled_200.csv");
  const dynamics::Parameters estimate = ParametersOf(*fit.system);
  for (const std::size_t p : {0U, 1U, 2U, 3U, 9U, 10U}) {
    const auto& row = reference.at(kReferenceNames[p]);
    EXPECT_NEAR(estimate[p], row.at("est"), 1e-4) << kReferenceNames[p];
    EXPECT_NEAR(fit.standard_errors[p].value() / row.at("se"), 1, 0.01) << kReferenceNames[p];
  }
  // The reference has Q as its Cholesky factor and r as an SD.
  const double g11 = reference.at("g11").at("est");
  const double g21 = reference.at("g21").at("est");
  const double g22 = reference.at("g22").at("est");
  EXPECT_NEAR(estimate[4], g11 * g11, 2e-4);
  EXPECT_NEAR(estimate[5], g11 * g21, 2e-4);
  EXPECT_NEAR(estimate[6], g21 * g21 + g22 * g22, 2e-4);
  EXPECT_NEAR(std::sqrt(estimate[7]), reference.at("rsd_a").at("est"), 1e-4);
}

}  // namespace
}  // namespace selvedge
