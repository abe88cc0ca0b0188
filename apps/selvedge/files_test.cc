#include "files.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace selvedge::app
