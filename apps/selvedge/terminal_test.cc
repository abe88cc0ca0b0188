#include "terminal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "files.h"
#include "sparkline.h"

namespace selvedge::app {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

TEST(TimeInWords, IsAsShortAsPeopleSayIt) {
  using std::chrono::seconds;
  EXPECT_EQ(TimeInWords(seconds(0)), "0 s");
  EXPECT_EQ(TimeInWords(seconds(59)), "59 s");
  EXPECT_EQ(TimeInWords(seconds(60)), "1 min");
  EXPECT_EQ(TimeInWords(seconds(59 * 60 + 29)), "59 min");
  EXPECT_EQ(TimeInWords(seconds(59 * 60 + 31)), "1 h 0 min");
  EXPECT_EQ(TimeInWords(seconds(7500)), "2 h 5 min");
}

TEST(Wrapped, BreaksAtSpacesAndIndents) {
  EXPECT_EQ(Wrapped("one two three", 2, 9), "  one two\n  three\n");
  EXPECT_EQ(Wrapped("one two three", 0, 80), "one two three\n");
  EXPECT_EQ(Wrapped("", 2, 10), "");
}

TEST(Wrapped, LeavesLongWordsWhole) { EXPECT_EQ(Wrapped("a verylongword b", 1, 6), " a\n verylongword\n b\n"); }

TEST(Wrapped, CountsColumnsNotBytes) { EXPECT_EQ(Wrapped("éé éé", 0, 5), "éé éé\n"); }

TEST(WidthOf, CountsWhatATerminalShows) {
  EXPECT_EQ(WidthOf(""), 0U);
  EXPECT_EQ(WidthOf("Zoë"), 3U);
  EXPECT_EQ(WidthOf("e\u0301"), 1U);
  EXPECT_EQ(WidthOf("妻"), 2U);
  EXPECT_EQ(WidthOf("😀"), 2U);
  EXPECT_EQ(WidthOf("▁█"), 2U);
}

TEST(Fitted, FillsUpOrCuts) {
  EXPECT_EQ(Fitted("Ana", 5), "Ana  ");
  EXPECT_EQ(Fitted("Ana", 3), "Ana");
  EXPECT_EQ(Fitted("Anastasia", 5), "Anas…");
  EXPECT_EQ(Fitted("妻妻妻", 4), "妻… ");
  EXPECT_EQ(Fitted("", 2), "  ");
  for (const std::size_t width : {1U, 2U, 7U}) EXPECT_EQ(WidthOf(Fitted("a 妻 😀 and more", width)), width);
}

TEST(Sparkline, HasEightHeightsFromLowToHigh) {
  const std::vector<std::optional<double>> series{0, 13, 26, 38, 51, 63, 76, 100};
  EXPECT_EQ(Sparkline(series, 1, 0, 100), "▁▂▃▄▅▆▇█");
}

TEST(Sparkline, ShowsMissesAsDotsAndMeansOfStretches) {
  const std::vector<std::optional<double>> series{0, 100, std::nullopt, 100, std::nullopt, std::nullopt, 0};
  EXPECT_EQ(Sparkline(series, 2, 0, 100), "▅█·▁");
  EXPECT_EQ(Sparkline({}, 1, 0, 100), "");
}

TEST(Sparkline, DrawsAConstantSeriesInTheMiddle) {
  const std::vector<std::optional<double>> series{50, 50};
  EXPECT_EQ(Sparkline(series, 1, 50, 50), "▅▅");
}

TEST(DaysPerBar, FitsTheWidth) {
  EXPECT_EQ(DaysPerBar(0, 60), 1U);
  EXPECT_EQ(DaysPerBar(60, 60), 1U);
  EXPECT_EQ(DaysPerBar(61, 60), 2U);
  EXPECT_EQ(DaysPerBar(365, 60), 7U);
}

/// A folder that is gone after the test.
class Files : public testing::Test {
 protected:
  Files() {
    std::string pattern = testing::TempDir() + "selvedge_files_XXXXXX";
    folder_ = mkdtemp(pattern.data());
  }
  ~Files() override {
    chmod(folder_.c_str(), S_IRWXU);
    std::filesystem::remove_all(folder_);
  }

  [[nodiscard]] std::string Path(const std::string& name) const { return folder_ + "/" + name; }
  [[nodiscard]] std::size_t Count() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder_), std::filesystem::directory_iterator()));
  }

  std::string folder_;
};

TEST_F(Files, WhatIsWrittenIsRead) {
  const std::string text("a\0b\r\n\xff", 6);
  ASSERT_TRUE(WriteFile(Path("a"), text).has_value());
  EXPECT_EQ(ReadFile(Path("a")).value(), text);
  ASSERT_TRUE(WriteFile(Path("a"), "").has_value());
  EXPECT_EQ(ReadFile(Path("a")).value(), "");
  EXPECT_EQ(Count(), 1U) << "no draft is left behind";
}

TEST_F(Files, ReadsWhatIsLargerThanOnePiece) {
  const std::string text((std::size_t{1} << 20U) + 7, 'x');
  ASSERT_TRUE(WriteFile(Path("a"), text).has_value());
  EXPECT_EQ(ReadFile(Path("a")).value(), text);
}

TEST_F(Files, AFolderIsNotAFile) {
  const auto read = ReadFile(folder_);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().remedy, "Give a file, not a folder.");
}

TEST_F(Files, AFileThatIsNotThereIsSaidSo) {
  const auto read = ReadFile(Path("none"));
  ASSERT_FALSE(read.has_value());
  EXPECT_THAT(read.error().message, HasSubstr("can't be opened"));
  EXPECT_THAT(read.error().message, EndsWith("."));
}

TEST_F(Files, AFolderThatIsNotThereIsNotMade) {
  EXPECT_FALSE(WriteFile(Path("none/out"), "x").has_value());
  EXPECT_EQ(Count(), 0U);
}

TEST_F(Files, TheOldFileStaysWhenTheNewOneCantBeWritten) {
  ASSERT_TRUE(WriteFile(Path("out"), "old").has_value());
  if (geteuid() != 0) {  // nothing is forbidden to root
    ASSERT_EQ(chmod(folder_.c_str(), S_IRUSR | S_IXUSR), 0);
    EXPECT_FALSE(WriteFile(Path("out"), "new").has_value());
  }
  // A rename that can't be: onto a folder that is not empty.
  ASSERT_EQ(chmod(folder_.c_str(), S_IRWXU), 0);
  std::filesystem::create_directories(Path("full/inside"));
  EXPECT_FALSE(WriteFile(Path("full"), "new").has_value());
  EXPECT_EQ(ReadFile(Path("out")).value(), "old");
  EXPECT_EQ(Count(), 2U) << "no draft is left behind";
}

TEST_F(Files, WhatIsNoPlainFileIsWrittenDirectly) {
  EXPECT_TRUE(WriteFile("/dev/null", "x").has_value());
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
}

}  // namespace
}  // namespace selvedge::app
