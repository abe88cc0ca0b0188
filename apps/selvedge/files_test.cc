#include "files.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <string>

namespace selvedge::app {
namespace {

TEST(ReadFile, ReadsAWholeFileOfExactlyTheMost) {
  const std::string path = testing::TempDir() + "selvedge_files_test";
  ASSERT_TRUE(WriteFile(path, "seven b").has_value());
  EXPECT_EQ(*ReadFile(path, 7), "seven b");
  EXPECT_EQ(*ReadFile(path), "seven b");
}

TEST(ReadFile, EndsOneByteBeyondTheMost) { EXPECT_EQ(ReadFile("/dev/zero", 7)->size(), 8); }

TEST(GrowingFile, GoesOnWhereItWasCutAndHasItsNameWhenWhole) {
  const std::string path = testing::TempDir() + "selvedge_growing_test";
  static_cast<void>(std::remove(path.c_str()));
  {
    GrowingFile file = *GrowingFile::Open(path, 0);
    ASSERT_TRUE(file.Append("one\n").has_value());
    ASSERT_TRUE(file.Sync().has_value());
    EXPECT_EQ(file.bytes(), 4U);
    ASSERT_TRUE(file.Append("half a line that no one spoke of").has_value());
  }
  EXPECT_FALSE(ReadFile(path).has_value());
  for (int stopped_late = 0; stopped_late < 2; ++stopped_late) {
    GrowingFile file = *GrowingFile::Open(path, 4);
    ASSERT_TRUE(file.Append("two\n").has_value());
    ASSERT_TRUE(file.Finish().has_value());
    EXPECT_EQ(*ReadFile(path), "one\ntwo\n");
    EXPECT_FALSE(ReadFile(path + ".unfinished").has_value());
  }
  const auto shorter = GrowingFile::Open(path, 9);
  ASSERT_FALSE(shorter.has_value());
  EXPECT_EQ(shorter.error().message, "The file is shorter than it was when it was stopped.");
  EXPECT_FALSE(GrowingFile::Open(testing::TempDir() + "no/such/folder", 0).has_value());
}

}  // namespace
}  // namespace selvedge::app
