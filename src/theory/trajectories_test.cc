#include "theory/trajectories.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/executor.h"
#include "theory/summary.h"

namespace selvedge::theory {
namespace {

constexpr std::uint32_t kCouples = 40;
constexpr int kDays = 30;  // the last week has two days

Plan PlanOf(std::string_view population) {
  return {.population = ShippedPopulation(population).value(),
          .constants = ShippedTheory().value().constants,
          .days = kDays};
}

std::vector<Block> BlocksOf(const Plan& plan) {
  std::vector<Block> blocks;
  core::SerialExecutor executor;
  ForEachBlock(plan, {.from = 0, .to = kCouples}, executor, [&](const Block& block) { blocks.push_back(block); },
               {.progress = [](std::size_t, std::size_t) {}, .cancelled = [] { return false; }});
  return blocks;
}

TEST(Trajectories, RowsHoldTheWeeksUnderTheirNames) {
  const Block block = SimulateBlock(PlanOf("holding_on_both"), 0);
  std::size_t rows = 0;
  ForEachRow(block, [&](std::size_t couple, std::size_t week, const Row& row) {
    const Week& lived = block.At(couple, week);
    EXPECT_EQ(row[ColumnAt("closeness")], lived.closeness);
    EXPECT_EQ(row[ColumnAt("a_trust")], lived.people.a.trust);
    EXPECT_EQ(row[ColumnAt("b_wall")], lived.people.b.wall);
    EXPECT_EQ(row[ColumnAt("a_outside_stress")], lived.counts.a[0]);
    EXPECT_EQ(row[ColumnAt("b_reached")], lived.counts.b[1]);
    EXPECT_EQ(row[ColumnAt("b_parting")], lived.counts.b.back());
    const float mean = lived.people.b.feeling;
    EXPECT_NEAR(std::pow(row[ColumnAt("b_feeling_spread")], 2), lived.feeling_square.b - mean * mean, 1e-5);
    ++rows;
  });
  EXPECT_EQ(rows, block.couples * block.weeks);
}

TEST(Trajectories, WhoHasPartedIsNoLongerStillTogether) {
  Block block{.first = 0, .couples = 2, .weeks = 3, .by_week = std::vector<Week>(6)};
  block.by_week[2].counts.b.back() = 1;  // the second week of the first couple
  std::vector<float> together;
  ForEachRow(block,
             [&](std::size_t, std::size_t, const Row& row) { together.push_back(row[ColumnAt("still_together")]); });
  EXPECT_EQ(together, (std::vector<float>{1, 1, 0, 1, 0, 1}));
}

TEST(Trajectories, TablesHaveALineForEveryCoupleAndWeekInOrder) {
  Block block{.first = 7, .couples = 2, .weeks = 2, .by_week = std::vector<Week>(4)};
  block.by_week[0].closeness = 0.25F;
  block.by_week[1].closeness = -0.00001F;
  block.by_week[3].closeness = 0.123456F;
  std::string csv;
  AppendTrajectories(block, "mine, all", csv);
  std::vector<std::string> begins;
  for (std::size_t at = 0; at < csv.size(); at = csv.find('\n', at) + 1) begins.push_back(csv.substr(at, 30));
  ASSERT_EQ(begins.size(), 4U);
  EXPECT_TRUE(begins[0].starts_with("\"mine, all\",8,1,0.25,0,1,0,")) << begins[0];
  EXPECT_TRUE(begins[1].starts_with("\"mine, all\",8,2,0,0,1,0,")) << begins[1];
  EXPECT_TRUE(begins[2].starts_with("\"mine, all\",9,1,0,0,1,0,")) << begins[2];
  EXPECT_TRUE(begins[3].starts_with("\"mine, all\",9,2,0.1235,0,1,")) << begins[3];
  const std::string header = TrajectoriesHeader();
  EXPECT_EQ(std::ranges::count(header, ','), std::ranges::count(csv.substr(0, csv.find('\n')), ',') - 1);
}

TEST(Summary, AgreesWithTheRowsItIsMadeOf) {
  const std::vector<Block> blocks = BlocksOf(PlanOf("default"));
  Summary summary(blocks.front().weeks);
  for (const Block& block : blocks) summary.Take(block);
  ASSERT_EQ(summary.couples(), kCouples);
  for (const char* name : {"closeness", "a_feeling", "b_need", "a_feeling_spread", "b_reached", "a_outside_stress"}) {
    const std::size_t column = ColumnAt(name);
    for (std::size_t week = 0; week < summary.weeks(); ++week) {
      std::vector<double> values;
      for (const Block& block : blocks) {
        ForEachRow(block, [&](std::size_t, std::size_t at, const Row& row) {
          if (at == week) values.push_back(static_cast<double>(row[column]));
        });
      }
      double mean = 0;
      for (const double value : values) mean += value / kCouples;
      double variance = 0;
      for (const double value : values) variance += (value - mean) * (value - mean) / (kCouples - 1);
      EXPECT_NEAR(summary.Mean(week, column), mean, 1e-12);
      EXPECT_NEAR(summary.Deviation(week, column), std::sqrt(variance), 1e-9);
      std::ranges::sort(values);
      const double half_a_point = 0.5 / 100 + 1e-6;  // of the coarsest grid, that of feelings
      EXPECT_NEAR(summary.Quantile(week, column, 0.05), values[1], half_a_point) << name;   // the 2nd of 40
      EXPECT_NEAR(summary.Quantile(week, column, 0.5), values[19], half_a_point) << name;   // the 20th
      EXPECT_NEAR(summary.Quantile(week, column, 0.95), values[37], half_a_point) << name;  // the 38th
    }
  }
}

TEST(Summary, GoesOnFromWhatWasKept) {
  const std::vector<Block> blocks = BlocksOf(PlanOf("standing_alone_both"));
  ASSERT_GE(blocks.size(), 3U);
  Summary whole(blocks.front().weeks);
  Summary kept(blocks.front().weeks);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    whole.Take(blocks[i]);
    if (i == 1) kept = Summary::FromJson(core::Json::Parse(kept.ToJson().Dump()).value(), kept.weeks()).value();
    kept.Take(blocks[i]);
  }
  EXPECT_EQ(kept.Csv("p"), whole.Csv("p"));
  EXPECT_EQ(kept.ToJson().Dump(), whole.ToJson().Dump());
}

TEST(Summary, RefusesToGoOnFromAnythingElse) {
  const std::vector<Block> blocks = BlocksOf(PlanOf("default"));
  Summary summary(blocks.front().weeks);
  summary.Take(blocks.front());
  const core::Json json = summary.ToJson();
  EXPECT_TRUE(Summary::FromJson(json, summary.weeks()).has_value());
  const auto refused = [&](const core::Json& changed, std::size_t weeks) {
    const core::Result<Summary> read = Summary::FromJson(changed, weeks);
    return !read && read.error().message == "This is not the summary of an unfinished simulation.";
  };
  EXPECT_TRUE(refused(json, summary.weeks() + 1));
  for (const double couples : {17.0, 16.5, -1.0, 1e10}) {
    EXPECT_TRUE(refused(core::Json(json).Set("couples", couples), summary.weeks())) << couples;
  }
  for (const char* counts : {"[1]", "[1e12, 1]", "[0.5, 1]", "[0, -1]", "[0, 1e12]", "[0, 5]"}) {
    const core::Json changed = core::Json::Parse(std::string(R"({"counts": )") + counts + "}").value();
    EXPECT_TRUE(refused(core::Json(json).Set("counts", changed.Field("counts").value()), summary.weeks())) << counts;
  }
  EXPECT_FALSE(Summary::FromJson(core::Json::Object(), summary.weeks()).has_value());
}

}  // namespace
}  // namespace selvedge::theory
