#pragma once

#include <cstddef>

#include "core/function_ref.h"

namespace selvedge::core {

/// How independent pieces of work are carried out. The engine has no threads of its own: the command line injects
/// them, the browser runs serially. Results never depend on which executor ran.
class Executor {
 public:
  Executor() = default;
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;
  virtual ~Executor() = default;

  /// Calls work(i) once for every i < count, in any order, perhaps at the same time; returns when all are done.
  virtual void ForEach(std::size_t count, FunctionRef<void(std::size_t)> work) = 0;
};

class SerialExecutor final : public Executor {
 public:
  void ForEach(std::size_t count, FunctionRef<void(std::size_t)> work) override {
    for (std::size_t i = 0; i < count; ++i) work(i);
  }
};

}  // namespace selvedge::core
