#include "simulation_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "files.h"

namespace selvedge::app {
namespace {

namespace fs = std::filesystem;

/// A result that counts its couples.
class CountResult final : public SimulationResult {
 public:
  explicit CountResult(std::string file) : file_(std::move(file)) {}

  core::Result<void> Begin(const core::Json* kept) override {
    if (kept != nullptr) count = static_cast<int>(SELVEDGE_TRY(kept->Number("count")));
    return {};
  }
  core::Result<void> Simulate(std::uint32_t, core::Executor&, Taken, Cancelled) override { return {}; }
  core::Result<core::Json> Keep() override { return core::Json::Object().Set("count", count); }
  core::Result<void> Finish() override { return WriteFile(file_, std::to_string(count)); }

  int count = 0;

 private:
  std::string file_;
};

class SimulationFolderTest : public testing::Test {
 protected:
  void SetUp() override { fs::remove_all(path_); }
  void TearDown() override { fs::remove_all(path_); }

  [[nodiscard]] SimulationFolder Folder() const { return {path_, simulation_}; }
  static std::string Refusal(const auto& result) { return result ? "" : result.error().message; }

  std::string path_ = testing::TempDir() + "selvedge_simulation_folder_test";
  theory::Simulation simulation_{.couples = 100, .writes = "count"};
};

using State = SimulationFolder::State;

TEST_F(SimulationFolderTest, GoesFromNewToStoppedToFinished) {
  CountResult result(path_ + "/count.csv");
  EXPECT_EQ(Folder().Open(), State::kNew);
  EXPECT_EQ(Folder().Begin(result), 0U);
  result.count = 48;
  ASSERT_TRUE(Folder().Keep(result, 48).has_value());

  CountResult again(path_ + "/count.csv");
  EXPECT_EQ(Folder().Open(), State::kStopped);
  EXPECT_EQ(Folder().Begin(again), 48U);
  EXPECT_EQ(again.count, 48);
  again.count = 100;
  ASSERT_TRUE(Folder().Finish(again).has_value());

  EXPECT_EQ(Folder().Open(), State::kFinished);
  EXPECT_EQ(*ReadFile(path_ + "/count.csv"), "100");
  EXPECT_FALSE(fs::exists(path_ + "/unfinished.json"));
}

TEST_F(SimulationFolderTest, BeginsAnewWhereNothingWasKept) {
  EXPECT_EQ(Folder().Open(), State::kNew);
  EXPECT_EQ(Folder().Open(), State::kNew);
}

TEST_F(SimulationFolderTest, RefusesAnotherSimulation) {
  ASSERT_TRUE(Folder().Open().has_value());
  simulation_.plan.seed = 2;
  EXPECT_EQ(Refusal(Folder().Open()), "The folder holds another simulation: its \"seed\" is not that of this one.");
}

TEST_F(SimulationFolderTest, RefusesWhatIsNotItsOwn) {
  fs::create_directories(path_);
  EXPECT_EQ(Folder().Open(), State::kNew) << "an empty folder is as good as none";
  fs::remove(path_ + "/manifest.json");
  ASSERT_TRUE(WriteFile(path_ + "/letters.txt", "dear").has_value());
  EXPECT_EQ(Refusal(Folder().Open()), "There is something else already.");
  EXPECT_EQ(*ReadFile(path_ + "/letters.txt"), "dear");
  const SimulationFolder below_a_file(path_ + "/letters.txt/here", simulation_);
  EXPECT_EQ(Refusal(below_a_file.Open()), "The folder can't be made: Not a directory.");
}

TEST_F(SimulationFolderTest, RefusesToGoOnFromWhatItCannotRead) {
  ASSERT_TRUE(Folder().Open().has_value());
  for (const char* couples : {"-1", "101", "4.5"}) {
    const std::string text = std::string(R"({"kept": {"count": 0}, "couples": )") + couples + "}";
    ASSERT_TRUE(WriteFile(path_ + "/unfinished.json", text).has_value());
    CountResult result("");
    EXPECT_EQ(Refusal(Folder().Begin(result)), "It does not say how many couples are done.") << couples;
  }
  ASSERT_TRUE(WriteFile(path_ + "/unfinished.json", "{").has_value());
  CountResult result("");
  EXPECT_EQ(Refusal(Folder().Begin(result)), "This is not JSON.");
}

}  // namespace
}  // namespace selvedge::app
