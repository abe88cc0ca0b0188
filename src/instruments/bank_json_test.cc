#include "instruments/bank_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "oracle/plain_graded.h"

namespace selvedge::instruments {
namespace {

/// Eight items about two dimensions, asked of 400 people. If wanted, q3 is answered as q1 was, and q4 the other way
/// round.
CalibrationReport Reported(bool with_trouble) {
  core::RandomStream stream({.seed = 51});
  const ItemBank bank = oracle::RandomBank(8, 2, 0.5, stream);
  CodedAnswers coded{
      .skeleton = bank, .answers = oracle::DrawAnswers(bank, 400, 0, stream), .rows = 400, .concerns = {}};
  if (with_trouble) {
    for (std::size_t c = 0; c < coded.answers.codes.size(); c += 8) {
      coded.answers.codes[c + 2] = coded.answers.codes[c];
      coded.answers.codes[c + 3] = static_cast<std::uint8_t>(4 - coded.answers.codes[c + 3]);
    }
  }
  core::SerialExecutor executor;
  Calibration calibration = Calibrate(coded.skeleton, coded.answers, executor);
  return Report(std::move(calibration), std::move(coded), executor);
}

TEST(ItemsJson, IsReadBackAsTheSameBank) {
  const CalibrationReport report = Reported(false);
  EXPECT_TRUE(report.concerns.empty());
  const auto bank = ReadItems(ItemsJson(report).Dump(1));
  ASSERT_TRUE(bank.has_value()) << bank.error().message;
  const ItemBank& before = report.calibration.bank;
  EXPECT_EQ(bank->dimensions, before.dimensions);
  EXPECT_EQ(bank->correlations(0, 1), before.correlations(0, 1));
  for (std::size_t i = 0; i < before.items.size(); ++i) {
    EXPECT_EQ(bank->items[i].name, before.items[i].name);
    EXPECT_EQ(bank->items[i].dimension, before.items[i].dimension);
    EXPECT_EQ(bank->items[i].answers, before.items[i].answers);
    EXPECT_EQ(bank->items[i].curve.slope, before.items[i].curve.slope);
    EXPECT_EQ(bank->items[i].curve.thresholds, before.items[i].curve.thresholds);
  }
}

TEST(ItemsJson, IsReadBackAsTheSameMixedBank) {
  core::RandomStream stream({.seed = 55});
  ItemBank bank = oracle::Mixed(oracle::RandomBank(8, 2, 0.4, stream), 0.5, stream);
  CodedAnswers coded{
      .skeleton = bank, .answers = oracle::DrawAnswers(bank, 400, 0, stream), .rows = 400, .concerns = {}};
  core::SerialExecutor executor;
  const Answers answers = coded.answers;
  Calibration calibration = Calibrate(coded.skeleton, coded.answers, executor);
  const CalibrationReport report = Report(std::move(calibration), std::move(coded), executor);
  EXPECT_FALSE(report.marginal_reliability[0].has_value());
  EXPECT_GT(report.empirical_reliability[1].value(), 0.5);
  EXPECT_FALSE(report.fit[0].has_value());
  const core::Json json = ItemsJson(report);
  EXPECT_FALSE(json.Field("items")->At(0)->Has("dimension"));
  const auto again = ReadItems(json.Dump(1));
  ASSERT_TRUE(again.has_value()) << again.error().message;
  const ItemBank& before = report.calibration.bank;
  EXPECT_LT((again->Slopes() - before.Slopes()).cwiseAbs().maxCoeff(), 1e-12);
  for (std::size_t i = 0; i < before.items.size(); ++i) {
    EXPECT_NEAR(again->items[i].curve.slope, before.items[i].curve.slope, 1e-12);
    EXPECT_EQ(again->items[i].curve.thresholds, before.items[i].curve.thresholds);
  }
  const std::vector<Score> scores = ScoreAll(*again, answers, executor);
  EXPECT_EQ(EmpiricalReliability(scores, 0).value(), report.empirical_reliability[0].value());
}

TEST(Concerns, NameItemsThatRepeatOthersAndThatRunAgainstThem) {
  const CalibrationReport report = Reported(true);
  std::vector<std::string> seen;
  for (const Concern& concern : report.concerns) {
    std::string items;
    for (const std::string& item : concern.items) items += ' ' + item;
    seen.push_back(concern.kind + items);
  }
  EXPECT_THAT(seen, ::testing::IsSupersetOf({"perfect_separation q1", "perfect_separation q3", "near_duplicates q1 q3",
                                             "runs_against q4"}));
}

TEST(Concerns, NameDimensionsThatAreOne) {
  core::RandomStream stream({.seed = 52});
  ItemBank bank = oracle::RandomBank(8, 1, 0, stream);
  const Answers answers = oracle::DrawAnswers(bank, 800, 0, stream);
  bank.dimensions = {"near", "close"};
  for (std::size_t i = 0; i < 4; ++i) bank.items[i].dimension = 1;
  core::SerialExecutor executor;
  const Calibration calibration = Calibrate(bank, answers, executor);
  const auto concerns = ConcernsAfter(calibration, FitOfItems(calibration.bank, answers, executor), answers);
  EXPECT_TRUE(std::ranges::any_of(concerns, [](const Concern& c) { return c.kind == "dimensions_alike"; }));
}

TEST(Concerns, NameItemsThatFollowNoSuchCurve) {
  core::RandomStream stream({.seed = 53});
  const ItemBank bank = oracle::RandomBank(5, 1, 0, stream);
  const Answers answers = oracle::DrawAnswers(bank, 100, 0, stream);
  const Calibration calibration{.bank = bank, .converged = true, .item_errors = {}, .correlation_errors = {}};
  std::vector<std::optional<ItemFit>> fit(5);
  fit[1] = ItemFit{.statistic = 90, .degrees = 20, .p = 1e-10, .rmsea = 0.09, .people = 100};
  fit[2] = ItemFit{.statistic = 900, .degrees = 200, .p = 1e-10, .rmsea = 0.01, .people = 100};
  const auto concerns = ConcernsAfter(calibration, fit, answers);
  ASSERT_EQ(concerns.size(), 1U);
  EXPECT_EQ(concerns[0].kind, "misfit");
  EXPECT_THAT(concerns[0].items, ::testing::ElementsAre("q2"));
}

struct Broken {
  const char* from;
  const char* to;
  const char* said;
};

class BrokenItems : public ::testing::TestWithParam<Broken> {};

constexpr const char* kItems = R"({"format": "selvedge-items", "version": 1, "dimensions": ["a", "b"],
 "correlations": [{"one": "a", "other": "b", "estimate": 0.5, "se": null}],
 "items": [{"item": "q", "dimension": "b", "answers": [1, 2, 3],
            "parameters": {"a": {"estimate": 2}, "t1": {"estimate": -1}, "t2": {"estimate": 1}}}]})";

TEST_P(BrokenItems, AreRefusedInPlainWords) {
  ASSERT_TRUE(ReadItems(kItems).has_value());
  std::string text = kItems;
  const std::size_t at = text.find(GetParam().from);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, std::string(GetParam().from).size(), GetParam().to);
  const auto bank = ReadItems(text);
  ASSERT_FALSE(bank.has_value());
  EXPECT_EQ(bank.error().message, GetParam().said);
}

INSTANTIATE_TEST_SUITE_P(
    Files, BrokenItems,
    ::testing::Values(Broken{"{\"format\"", "{format", "This is not JSON."},
                      Broken{"selvedge-items", "selvedge-fit",
                             "This is not a file of item parameters, or of a version this Selvedge does not know."},
                      Broken{"\"version\": 1", "\"version\": 2",
                             "This is not a file of item parameters, or of a version this Selvedge does not know."},
                      Broken{R"(["a", "b"])", "[]", "The file names 0 dimensions; there are 1 to 4."},
                      Broken{R"("dimension": "b")", R"("dimension": "c")",
                             "\"q\" is about \"c\", which is not among the dimensions."},
                      Broken{"[1, 2, 3]", "[1]", "\"q\" has 1 answers; an item has 2 to 20."},
                      Broken{R"("t1": {"estimate": -1})", R"("t1": {"estimate": 1})",
                             "The parameters of \"q\" are none of a graded response curve."},
                      Broken{R"("t2": {"estimate": 1})", R"("t3": {"estimate": 1})",
                             "The field \"t2\" is missing or is not a value."},
                      Broken{"\"items\": [{", "\"items\": [], \"others\": [{", "The file has no items."},
                      Broken{R"("other": "b")", R"("other": "a")",
                             "A correlation is not between two of the dimensions."},
                      Broken{"\"estimate\": 0.5", "\"estimate\": 1.5",
                             "The correlations of the dimensions contradict one another."}));

TEST(Scores, AreWrittenAsATableAndAsJson) {
  core::RandomStream stream({.seed = 54});
  const ItemBank bank = oracle::RandomBank(6, 2, 0.3, stream);
  core::SerialExecutor executor;
  Answers answers = oracle::DrawAnswers(bank, 2, 0, stream);
  answers.codes.resize(18, kUnanswered);
  const std::vector<Score> scores = ScoreAll(bank, answers, executor);
  const std::vector<std::string> people{"a, b", "c", "silent"};
  EXPECT_TRUE(ScoresCsv(bank, people, scores).ends_with("\nsilent,0,,,,\n"));
  EXPECT_EQ(ScoresCsv(bank, people, scores).find("id,answered,d1,d1_sd,d2,d2_sd\n\"a, b\",6,"), 0U);
  const core::Json json = ScoresJson(bank, people, scores);
  const core::Json second = json.Field("people")->At(1).value();
  EXPECT_FALSE(json.Field("people")->At(2)->Field("scores")->Field("d1")->Number("score").has_value());
  EXPECT_EQ(second.Text("id").value(), "c");
  EXPECT_EQ(second.Field("scores")->Field("d2")->Number("score").value(), scores[1].mean[1]);
  EXPECT_EQ(second.Field("scores")->Field("d2")->Number("sd").value(), scores[1].Sd(1));
}

}  // namespace
}  // namespace selvedge::instruments
