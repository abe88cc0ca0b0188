#include "thread_executor.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace selvedge::app {

void ThreadExecutor::ForEach(std::size_t count, core::FunctionRef<void(std::size_t)> work) {
  std::atomic<std::size_t> next = 0;
  const auto take_turns = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::jthread> helpers;
  const std::size_t wanted = std::min(static_cast<std::size_t>(threads_), count);
  for (std::size_t i = 1; i < wanted; ++i) helpers.emplace_back(take_turns);
  take_turns();
}

}  // namespace selvedge::app
