#pragma once

#include "core/executor.h"

namespace selvedge::app {

/// Carries pieces of work out on several threads at once.
class ThreadExecutor final : public core::Executor {
 public:
  /// `threads` ≥ 1.
  explicit ThreadExecutor(int threads) : threads_(threads) {}

  void ForEach(std::size_t count, core::FunctionRef<void(std::size_t)> work) override;

 private:
  int threads_;
};

}  // namespace selvedge::app
