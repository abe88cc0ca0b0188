// Two data sets of other people, asked or observed once, that may be tested with but not shipped: looked for beside the
// checkout. The numbers are those of their REFERENCE.md, from R 4.2.2 (nlme, lme4), to the four decimals given there.

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "diary/csv_table.h"
#include "reference/reference_data.h"
#include "responses/columns.h"
#include "responses/dyadic_regression.h"
#include "responses/transition.h"
#include "responses/truth_and_bias.h"

namespace selvedge {
namespace {

constexpr double kRounding = 0.6e-4;

struct Row {
  double estimate;
  double se;
};

void ExpectRows(const responses::Regression& regression, std::span<const Row> rows) {
  EXPECT_TRUE(regression.converged);
  ASSERT_EQ(regression.estimates.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_NEAR(regression.estimates[i], rows[i].estimate, kRounding) << "row " << i;
    EXPECT_NEAR(regression.standard_errors[i], rows[i].se, kRounding) << "row " << i;
  }
}

class Acitelli : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::filesystem::path file = reference::SharedData() / "acitelli_couples/acitelli_couples.csv";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "needs " << file << ", which may not be shipped";
    text_ = reference::TextOf(file);
  }
  std::string text_;
};

TEST_F(Acitelli, TruthAndBiasHaveTheReferenceFit) {
  const auto couples =
      responses::ReadRatings(text_, {.dyad = "dyad", .person = "person", .self = "self_pos", .other = "other_pos"});
  ASSERT_TRUE(couples);
  const auto fit = responses::FitTruthAndBias(*couples);
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->centre, 4.18649, 0.6e-5);
  ExpectRows(fit->pooled, std::array<Row, 3>{{{0.0770, 0.0293}, {0.2692, 0.0665}, {0.2735, 0.0665}}});
  EXPECT_EQ(fit->pooled.rows, 296);
  EXPECT_NEAR(fit->pooled.residual_correlation, 0.1406, kRounding);
  EXPECT_NEAR(fit->pooled.residual_sd.a, 0.4721, kRounding);
  ASSERT_TRUE(fit->by_side);
  EXPECT_EQ(fit->labels, (core::BySide<std::string>{.a = "f", .b = "m"}));
  ExpectRows(*fit->by_side, std::array<Row, 6>{{{0.0461, 0.0432},
                                                {0.0870, 0.0405},
                                                {0.2517, 0.1044},
                                                {0.3796, 0.0996},
                                                {0.2597, 0.0933},
                                                {0.1863, 0.0977}}});
}

/// The actor-partner model of the same page: another regression by the same means.
TEST_F(Acitelli, SatisfactionOnBothPartnersViewsHasTheReferenceFit) {
  const auto table = diary::CsvTable::Open(text_);
  ASSERT_TRUE(table);
  const auto rows = responses::ReadColumns(*table, std::array<std::string, 2>{"dyad", "person"},
                                           std::array<std::string, 2>{"satisfaction", "other_pos"});
  ASSERT_TRUE(rows);
  std::vector<responses::CoupleRows> couples;
  for (std::size_t i = 0; i + 1 < rows->rows.size(); i += 2) {  // f stands before m, couple after couple
    const core::BySide<const responses::NamedRow*> both{.a = &rows->rows[i], .b = &rows->rows[i + 1]};
    ASSERT_EQ(both.a->labels[0], both.b->labels[0]);
    responses::CoupleRows couple;
    for (const core::Side side : core::kSides) {
      const Eigen::Index first = side == core::Side::kA ? 0 : 1;
      responses::PartnerRow row{.terms = responses::Terms::Zero(6), .outcome = *both[side]->numbers[0]};
      row.terms(first) = 1;
      row.terms(2 + 2 * first) = *both[side]->numbers[1];
      row.terms(3 + 2 * first) = *both.PartnerOf(side)->numbers[1];
      couple[side] = row;
    }
    couples.push_back(couple);
  }
  const auto fit = responses::FitRegression(couples, responses::Variances::kBySide);
  ASSERT_TRUE(fit);
  ExpectRows(*fit, std::array<Row, 6>{{{0.6112, 0.4128},
                                       {0.6905, 0.3429},
                                       {0.3777, 0.0739},
                                       {0.3215, 0.0815},
                                       {0.4244, 0.0677},
                                       {0.2616, 0.0614}}});
  EXPECT_NEAR(fit->residual_correlation, 0.4751, kRounding);
}

/// Rows in our order: intercept, dyadic coping before (cl), stress communication before (sl).
void ExpectRows(const responses::Coefficients& estimates, const responses::Coefficients& errors,
                std::span<const Row> rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_NEAR(estimates(static_cast<Eigen::Index>(i)), rows[i].estimate, kRounding) << "row " << i;
    EXPECT_NEAR(errors(static_cast<Eigen::Index>(i)), rows[i].se, kRounding) << "row " << i;
  }
}

TEST(CouplesCope, TransitionsHaveTheReferenceFit) {
  const std::filesystem::path file = reference::SharedData() / "couple_coping_sequences/couple_coping_sequences.csv";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "needs " << file << ", which may not be shipped";
  const auto sequences = responses::ReadSequences(
      reference::TextOf(file),
      {.dyad = "dyad", .time = "interval", .request = "stress_comm", .response = "dyadic_coping"});
  ASSERT_TRUE(sequences);
  const auto fit = responses::FitTransitions(*sequences);
  ASSERT_TRUE(fit);

  struct Frequencies {
    bool response;
    bool request;
    double response_now;
    double request_now;
    int count;
  };
  for (const Frequencies& expected :
       {Frequencies{false, false, 0.1578, 0.1544, 881}, Frequencies{true, false, 0.6316, 0.3722, 266},
        Frequencies{false, true, 0.4783, 0.7283, 276}, Frequencies{true, true, 0.8681, 0.8820, 1585}}) {
    const auto& cell = *std::ranges::find_if(fit->cells, [&](const responses::Transitions::Cell& c) {
      return c.response_before == expected.response && c.request_before == expected.request;
    });
    EXPECT_EQ(cell.count, expected.count);
    EXPECT_NEAR(1.0 * cell.response_now / cell.count, expected.response_now, kRounding);
    EXPECT_NEAR(1.0 * cell.request_now / cell.count, expected.request_now, kRounding);
  }

  const auto expect_pooled = [](const responses::TransitionModel& model, std::span<const Row> rows) {
    ASSERT_TRUE(model.pooled);
    ExpectRows(model.pooled->coefficients, model.pooled->covariance.diagonal().cwiseSqrt(), rows);
  };
  expect_pooled(fit->response, std::array<Row, 3>{{{-1.6291, 0.0821}, {2.0811, 0.1049}, {1.4629, 0.1052}}});
  expect_pooled(fit->request, std::array<Row, 3>{{{-1.6740, 0.0839}, {1.1009, 0.1105}, {2.6037, 0.1102}}});

  const auto expect_random = [](const responses::TransitionModel& model, std::span<const Row> rows, double sd,
                                double loglik) {
    ASSERT_TRUE(model.random && model.random->standard_errors);
    EXPECT_TRUE(model.random->converged);
    ExpectRows(model.random->coefficients, *model.random->standard_errors, rows);
    EXPECT_NEAR(model.random->sd, sd, kRounding);
    EXPECT_NEAR(model.random->loglik, loglik, 1e-3);
  };
  expect_random(fit->response, std::array<Row, 3>{{{-1.5292, 0.1017}, {1.9252, 0.1112}, {1.4843, 0.1111}}}, 0.4186,
                -1359.644);
  expect_random(fit->request, std::array<Row, 3>{{{-1.5844, 0.1014}, {1.0954, 0.1151}, {2.4862, 0.1161}}}, 0.3735,
                -1286.137);
}

}  // namespace
}  // namespace selvedge
