// Real answers to questionnaires that may be tested with but not shipped: looked for beside the checkout. The expected
// numbers are those of the data sets' REFERENCE.md, computed by another program (mirt 1.45.1).

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "instruments/calibrate.h"
#include "instruments/coding.h"
#include "instruments/rotation.h"
#include "instruments/score.h"
#include "reference/reference_data.h"

namespace selvedge {
namespace {

using instruments::Calibration;
using instruments::Score;

std::filesystem::path Folder(const std::string& name) { return reference::SharedData() / name; }

std::string List(const std::string& prefix, int first, int last, int step) {
  std::string list;
  for (int i = first; i <= last; i += step) list += (list.empty() ? "" : ",") + prefix + std::to_string(i);
  return list;
}

struct Study {
  instruments::AnswerSheet sheet;
  instruments::CodedAnswers coded;
  Calibration calibration;
  std::vector<Score> scores;
};

Study Analysed(const std::string& data, const std::string& items, const std::string& reverse, const std::string& dims) {
  const std::string text = reference::TextOf(Folder(data) / (data + ".csv"));
  const auto questionnaire = instruments::DescribeQuestionnaire(items, reverse, dims);
  auto sheet = instruments::ReadAnswers(text, instruments::ColumnsOf(*questionnaire), "id");
  auto coded = instruments::CodeAnswers(*sheet, *questionnaire, true);
  core::SerialExecutor executor;
  Calibration calibration = instruments::Calibrate(coded->skeleton, coded->answers, executor);
  std::vector<Score> scores = instruments::ScoreAll(calibration.bank, coded->answers, executor);
  return {.sheet = *std::move(sheet),
          .coded = *std::move(coded),
          .calibration = std::move(calibration),
          .scores = std::move(scores)};
}

/// The tables of a REFERENCE.md below one of its headings: every row with numbers, by its first cell.
std::map<std::string, std::vector<double>> TableBelow(const std::string& data, const std::string& heading,
                                                      const std::string& first_column) {
  std::istringstream lines(reference::TextOf(Folder(data) / "REFERENCE.md"));
  std::map<std::string, std::vector<double>> table;
  bool inside = false;
  bool in_table = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("## ")) inside = line == "## " + heading;
    in_table = inside && (in_table ? line.starts_with("|") : line.starts_with("| " + first_column + " |"));
    if (!in_table) continue;
    std::istringstream cells(line);
    std::vector<double> numbers;
    std::string name;
    std::string cell;
    std::getline(cells, cell, '|');
    std::getline(cells, name, '|');
    while (std::getline(cells, cell, '|')) numbers.push_back(std::strtod(cell.c_str(), nullptr));
    std::erase(name, ' ');
    table[name] = numbers;
  }
  return table;
}

struct Scale {
  std::string data;
  std::string heading;
  std::string items;  ///< whose rows must be complete
  std::string reverse;
  std::string dims;
  std::size_t people = 0;
  double loglik = 0;
  double marginal = 0;
  double empirical = 0;
  /// Columns of the table of items behind its name: a, b_1 … b_4, the errors of a, b_1 and b_4 (0: not given).
  std::array<std::size_t, 8> columns{};
};

class ReferenceScale : public ::testing::TestWithParam<Scale> {};

TEST_P(ReferenceScale, HasTheReferenceFit) {
  const Scale& scale = GetParam();
  if (!std::filesystem::exists(Folder(scale.data))) {
    GTEST_SKIP() << "needs " << Folder(scale.data) << ", which may not be shipped";
  }
  const Study study = Analysed(scale.data, scale.items, scale.reverse, scale.dims);
  const Calibration& calibration = study.calibration;
  EXPECT_TRUE(calibration.converged);
  EXPECT_EQ(calibration.people, scale.people);
  // Theirs stops when parameters change by less than 1e-4, a little below the top; ours is certified.
  EXPECT_GT(calibration.loglik, scale.loglik - 0.01);
  EXPECT_LT(calibration.loglik, scale.loglik + 0.5);
  EXPECT_NEAR(MarginalReliability(calibration.bank, 0), scale.marginal, 6e-5);
  EXPECT_NEAR(EmpiricalReliability(study.scores, 0).value(), scale.empirical, 6e-5);

  const auto items = TableBelow(scale.data, scale.heading, "item");
  std::size_t compared = 0;
  for (std::size_t i = 0; i < calibration.bank.items.size(); ++i) {
    const instruments::Item& item = calibration.bank.items[i];
    ASSERT_TRUE(items.contains(item.name)) << item.name;
    const std::vector<double>& row = items.at(item.name);
    const Calibration::ItemErrors& errors = calibration.item_errors[i];
    const auto agree = [&](double ours, double theirs, double error) {
      EXPECT_NEAR(ours, theirs, std::fmax(0.01, 0.05 * error)) << item.name;
      ++compared;
    };
    agree(item.curve.slope, row[scale.columns[0]], errors.slope.value());
    for (std::size_t k = 1; k <= 4; ++k) {
      agree(item.curve.Difficulty(k), row[scale.columns[k]], errors.difficulties[k - 1].value());
    }
    EXPECT_NEAR(errors.slope.value(), row[scale.columns[5]], 0.03 * errors.slope.value() + 6e-4) << item.name;
    if (scale.columns[6] == 0) continue;
    EXPECT_NEAR(errors.difficulties[0].value(), row[scale.columns[6]], 1e-3) << item.name;
    EXPECT_NEAR(errors.difficulties[3].value(), row[scale.columns[7]], 1e-3) << item.name;
  }
  EXPECT_EQ(compared, 5 * calibration.bank.items.size());
}

TEST_P(ReferenceScale, GivesTheReferenceScores) {
  const Scale& scale = GetParam();
  if (!std::filesystem::exists(Folder(scale.data))) {
    GTEST_SKIP() << "needs " << Folder(scale.data) << ", which may not be shipped";
  }
  const Study study = Analysed(scale.data, scale.items, scale.reverse, scale.dims);
  const auto expected = TableBelow(scale.data, scale.heading, "id");
  std::size_t found = 0;
  std::size_t kept = 0;
  double sum_xy = 0;
  double sum_xx = 0;
  double sum_yy = 0;
  for (std::size_t person = 0; person < study.sheet.people.size() && kept < study.scores.size(); ++person) {
    const double* const values = study.sheet.values.data() + person * study.sheet.items.size();
    if (std::any_of(values, values + study.sheet.items.size(), [](double v) { return std::isnan(v); })) continue;
    const Score& score = study.scores[kept++];
    const auto row = expected.find(study.sheet.people[person]);
    if (row == expected.end()) continue;
    ++found;
    EXPECT_NEAR(score.mean[0], row->second[0], 0.004) << row->first;
    EXPECT_NEAR(score.Sd(0), row->second[1], 0.001) << row->first;
    sum_xy += score.mean[0] * row->second[0];
    sum_xx += score.mean[0] * score.mean[0];
    sum_yy += row->second[0] * row->second[0];
  }
  EXPECT_EQ(found, 20U);
  EXPECT_GT(sum_xy / std::sqrt(sum_xx * sum_yy), 0.9999);
}

const std::string kEcrReverse = "q3,q15,q19,q22,q25,q27,q29,q31,q33,q35";

INSTANTIATE_TEST_SUITE_P(Scales, ReferenceScale,
                         ::testing::Values(
                             // Both are of the people who answered all 36 items.
                             Scale{"ecr_items",
                                   "avoidance",
                                   List("q", 1, 36, 1),
                                   kEcrReverse,
                                   "avoidance:" + List("q", 1, 35, 2),
                                   18145,
                                   -398730.02,
                                   0.9465,
                                   0.9454,
                                   {4, 6, 7, 8, 9, 5, 10, 11}},
                             Scale{"ecr_items",
                                   "anxiety",
                                   List("q", 1, 36, 1),
                                   kEcrReverse,
                                   "anxiety:" + List("q", 2, 36, 2),
                                   18145,
                                   -434902.04,
                                   0.9331,
                                   0.9310,
                                   {4, 6, 7, 8, 9, 5, 10, 11}},
                             Scale{"assertive_dominant_items",
                                   "Assertiveness",
                                   List("as", 1, 10, 1),
                                   "as7,as8,as9,as10",
                                   "1",
                                   962,
                                   -11313.110,
                                   0.8828,
                                   0.8812,
                                   {4, 6, 7, 8, 9, 5, 0, 0}},
                             Scale{"assertive_dominant_items",
                                   "Dominance",
                                   List("do", 1, 10, 1),
                                   "",
                                   "1",
                                   975,
                                   -12321.139,
                                   0.8835,
                                   0.8805,
                                   {4, 6, 7, 8, 9, 5, 0, 0}}),
                         [](const auto& info) { return info.param.heading; });

TEST(ReferenceDimensions, AreFittedTogetherAtLeastAsWell) {
  if (!std::filesystem::exists(Folder("ecr_items"))) {
    GTEST_SKIP() << "needs " << Folder("ecr_items") << ", which may not be shipped";
  }
  const Study study = Analysed("ecr_items", List("q", 1, 36, 1), kEcrReverse,
                               "avoidance:" + List("q", 1, 35, 2) + ";anxiety:" + List("q", 2, 36, 2));
  EXPECT_TRUE(study.calibration.converged);
  EXPECT_GT(study.calibration.loglik, -833630.7 - 5);
  EXPECT_LT(study.calibration.loglik, -833630.7 + 5);
  EXPECT_NEAR(study.calibration.bank.correlations(0, 1), -0.014, 0.001);
}

/// The same answers with both dimensions to be found: the named ones are a special case; and a factor analysis of the
/// answers by another program, turned by the same criterion, must have found the same.
TEST(ReferenceDimensions, AreFoundWithoutBeingNamed) {
  if (!std::filesystem::exists(Folder("ecr_items"))) {
    GTEST_SKIP() << "needs " << Folder("ecr_items") << ", which may not be shipped";
  }
  const Study study = Analysed("ecr_items", List("q", 1, 36, 1), kEcrReverse, "2");
  const instruments::ItemBank& bank = study.calibration.bank;
  EXPECT_TRUE(study.calibration.converged);
  EXPECT_EQ(study.calibration.free_parameters, 36 * 6 - 1);
  EXPECT_GT(study.calibration.loglik, -833630.7);
  EXPECT_NEAR(bank.correlations(0, 1), -0.0192, 0.015);
  const auto factors =
      TableBelow("ecr_items", "Two-factor minres with oblimin (Pearson correlations, complete persons)", "item");
  const Eigen::MatrixXd loadings = instruments::Loadings(bank.Slopes(), bank.correlations);
  // Five steps blur a correlation: factor analysis of the numbers finds a little less than lies behind them.
  constexpr double kBlur = 0.1;
  double xy = 0;
  double xx = 0;
  double yy = 0;
  for (std::size_t i = 0; i < bank.items.size(); ++i) {
    const std::vector<double>& theirs = factors.at(bank.items[i].name);
    for (Eigen::Index d = 0; d < 2; ++d) {
      const double ours = loadings(static_cast<Eigen::Index>(i), d);
      EXPECT_NEAR(ours, theirs[static_cast<std::size_t>(d)], kBlur) << bank.items[i].name;
      xy += ours * theirs[static_cast<std::size_t>(d)];
      xx += ours * ours;
      yy += theirs[static_cast<std::size_t>(d)] * theirs[static_cast<std::size_t>(d)];
    }
  }
  EXPECT_GT(xy / std::sqrt(xx * yy), 0.9995);  // coefficient of congruence
}

}  // namespace
}  // namespace selvedge
