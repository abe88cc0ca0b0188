#include "dynamics/study.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "dynamics/draw.h"

namespace selvedge::dynamics {
namespace {

/// Runs pieces of work from last to first: another order than the serial executor.
class BackwardsExecutor final : public core::Executor {
 public:
  void ForEach(std::size_t count, core::FunctionRef<void(std::size_t)> work) override {
    for (std::size_t i = count; i-- > 0;) work(i);
  }
};

diary::Diary ThreeCouples() {
  const System system = *System::Create({-0.75, 0.30, 0.05, -0.55}, {120, 30, 85}, {40, 50}, {66, 61});
  core::RandomStream stream({.seed = 101});
  std::vector<core::Days> times;
  for (int day = 0; day < 60; ++day) times.push_back({static_cast<double>(day)});
  diary::Diary diary;
  for (const char* id : {"1", "2", "10"}) {
    diary::Couple couple{.id = id, .labels = {.a = "f", .b = "m"}, .check_ins = {}};
    for (const Observation& observation : DrawAnswers(system, Start::kStationary, times, stream)) {
      couple.check_ins.push_back(
          {.time = observation.time, .day = static_cast<int>(observation.time.count), .own = observation.own});
    }
    diary.couples.push_back(couple);
  }
  return diary;
}

Study Studied(const diary::Diary& diary, const StudyOptions& options, core::Executor& executor, int& calls) {
  auto clock = [] { return 0.0; };
  auto progress = [&](std::size_t done, std::size_t of) {
    EXPECT_LE(done, of);
    ++calls;
  };
  return RunStudy(diary, options, nullptr, executor, {.clock = clock, .progress = progress});
}

TEST(RunStudy, DoesNotDependOnTheOrderOfWork) {
  core::SerialExecutor forwards;
  BackwardsExecutor backwards;
  int calls = 0;
  const std::string one = StudyJson(Studied(ThreeCouples(), {}, forwards, calls)).Dump();
  const std::string two = StudyJson(Studied(ThreeCouples(), {}, backwards, calls)).Dump();
  EXPECT_EQ(one, two);
  EXPECT_EQ(calls, 6);
}

TEST(RunStudy, TakesEachSeriesMeanOffBeforehandWhenAsked) {
  core::SerialExecutor executor;
  int calls = 0;
  const Study study = Studied(ThreeCouples(), {.fit = {}, .person_means = true}, executor, calls);
  for (const DyadFit& dyad : study.dyads) {
    EXPECT_NEAR(dyad.subtracted.a.value(), 66, 8);
    EXPECT_LT(std::fabs(dyad.fit.system->mean.a), 1);
  }
}

TEST(RunStudy, PoolsAllCouplesIntoOneResult) {
  core::SerialExecutor executor;
  int calls = 0;
  const Study study = Studied(ThreeCouples(), {.fit = {}, .pooled = true}, executor, calls);
  ASSERT_TRUE(study.pooled.has_value());
  EXPECT_TRUE(study.dyads.empty());
  EXPECT_EQ(study.pooled->check_ins, 180U);
  EXPECT_EQ(study.pooled->labels.a, "f");
  EXPECT_EQ(study.TotalLogLikelihood(), study.pooled->fit.loglik);
}

TEST(StudyJson, HasThePromisedShape) {
  core::SerialExecutor executor;
  int calls = 0;
  const Study study = Studied(ThreeCouples(), {}, executor, calls);
  const core::Json json = StudyJson(study);
  EXPECT_EQ(json.Field("sides")->Text("b").value(), "m");
  const core::Json third = json.Field("dyads")->At(2).value();
  EXPECT_EQ(third.Text("dyad").value(), "10");
  EXPECT_EQ(third.Field("parameters")->Size(), kParameterCount);
  EXPECT_EQ(third.Field("parameters")->Field("a_ab")->Number("estimate").value(), study.dyads[2].fit.system->drift.ab);
  EXPECT_NEAR(json.Field("total")->Number("loglik").value(), study.TotalLogLikelihood(), 1e-9);
}

TEST(StudyCsv, HasOneLineACouple) {
  core::SerialExecutor executor;
  int calls = 0;
  diary::Diary diary = ThreeCouples();
  diary.couples[0].id = "a \"b\", c";
  const std::string csv = StudyCsv(Studied(diary, {}, executor, calls));
  EXPECT_EQ(std::ranges::count(csv, '\n'), 4);
  EXPECT_NE(csv.find("\n\"a \"\"b\"\", c\",f,m,60,"), std::string::npos);
}

}  // namespace
}  // namespace selvedge::dynamics
