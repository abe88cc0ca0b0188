// Any words on the command line, one a line: they are understood, or answered with an exit code a shell knows.

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "command_line.h"
#include "core/contract.h"
#include "exit_codes.h"

namespace selvedge::app {
namespace {

void Try(const std::string& lines) {
  std::vector<std::string> words{"selvedge", ""};
  for (const char c : lines) {
    if (c == '\n') {
      words.emplace_back();
    } else if (c != '\0') {  // no shell can hand over a NUL
      words.back() += c;
    }
  }
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  const Command command = ParseCommandLine(static_cast<int>(pointers.size()), pointers.data());
  if (const auto* const answered = std::get_if<Answered>(&command)) {
    SELVEDGE_EXPECT(answered->exit_code == kDone || answered->exit_code == kBadCommandLine);
  }
  if (const auto* const fit = std::get_if<FitCommand>(&command)) SELVEDGE_EXPECT(!fit->diary.file.empty());
  if (const auto* const read = std::get_if<ReadCommand>(&command)) SELVEDGE_EXPECT(!read->diary.file.empty());
}

}  // namespace
}  // namespace selvedge::app

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  selvedge::app::Try(std::string(data, data + size));
  return 0;
}
