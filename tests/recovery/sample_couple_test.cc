// The committed sample couple is the one the study program writes.

#include <gtest/gtest.h>

#include <cstdio>
#include <memory>
#include <string>

#include "reference/reference_data.h"

namespace selvedge {
namespace {

std::string OutputOf(const char* command) {
  const auto close = [](std::FILE* pipe) { pclose(pipe); };
  const std::unique_ptr<std::FILE, decltype(close)> pipe(popen(command, "r"), close);
  std::string text;
  std::array<char, 4096> buffer{};
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe.get()))
    text.append(buffer.data(), count);
  return text;
}

TEST(SampleCouple, IsWhatTheModelDraws) {
  const std::string committed =
      reference::TextOf(std::filesystem::path(SELVEDGE_SOURCE_DIR) / "content/samples/sample_couple.csv");
  ASSERT_FALSE(committed.empty());
  EXPECT_EQ(OutputOf(SIMULATED_COUPLE " sample"), committed);
}

TEST(SampleCouple, SaysThatItIsSimulated) {
  const auto diary = diary::ReadCsv(
      reference::TextOf(std::filesystem::path(SELVEDGE_SOURCE_DIR) / "content/samples/sample_couple.csv"), {});
  ASSERT_TRUE(diary.has_value());
  EXPECT_EQ(diary->couples[0].id, "simulated couple");
}

}  // namespace
}  // namespace selvedge
