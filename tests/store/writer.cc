// writer WHERE STREAM [early]: appends to a stream of account STREAM for ever, and says on standard output how many
// records are stored: one number a line, each as soon as the store has acknowledged it. It ends when it is killed.
// early: says so before the store has, which the test that kills it must notice.

#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "store/blobs.h"
#include "store/open.h"

namespace selvedge::store::testing {
namespace {

void Acknowledge(std::uint64_t count) {
  const std::string line = std::to_string(count) + "\n";
  if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::abort();
}

int Write(const char* where, std::uint32_t number, bool early) {
  const auto store = OpenStore(where);
  if (!store || !(*store)->CreateAccount(AccountOf(number), {})) return 1;
  const auto page = (*store)->Read(IdOf<StreamId>(number), IdOf<AccountId>(number), 0, 0);
  if (!page) return 1;
  std::uint32_t stored = *page ? static_cast<std::uint32_t>((*page)->count) : 0;
  while (true) {
    const std::uint32_t more = 1 + stored % 4;
    const Change change{.account = IdOf<AccountId>(number), .streams = {AdditionOf(number, 1, stored, more)}};
    stored += more;
    if (early) Acknowledge(stored);
    const auto outcomes = (*store)->Commit({&change, 1});
    // Already there: PostgreSQL may finish what the process killed before this one had sent.
    if (!outcomes || (outcomes->at(0) != Outcome::kStored && outcomes->at(0) != Outcome::kAlreadyThere)) return 1;
    if (!early) Acknowledge(stored);
  }
}

}  // namespace
}  // namespace selvedge::store::testing

int main(int count, char** words) {
  if (count < 3) return 2;
  const bool early = count > 3 && std::string_view(words[3]) == "early";
  return selvedge::store::testing::Write(words[1], static_cast<std::uint32_t>(std::atoi(words[2])), early);
}
