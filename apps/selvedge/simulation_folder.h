#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/executor.h"
#include "core/function_ref.h"
#include "core/json.h"
#include "core/result.h"
#include "theory/manifest.h"

namespace selvedge::app {

/// What is made of simulated couples, and how it goes on after a stop.
class SimulationResult {
 public:
  using Taken = core::FunctionRef<core::Result<void>(std::size_t couples)>;
  using Cancelled = core::FunctionRef<bool()>;

  SimulationResult() = default;
  SimulationResult(const SimulationResult&) = delete;
  SimulationResult& operator=(const SimulationResult&) = delete;
  virtual ~SimulationResult() = default;

  /// @param kept  what `Keep` returned; null at the beginning.
  [[nodiscard]] virtual core::Result<void> Begin(const core::Json* kept) = 0;
  /// Simulates the couples from a number on and takes them in, in the order of their numbers.
  /// @param taken      called with how many more were taken in, as often as that may be kept.
  /// @param cancelled  may be asked from several threads.
  [[nodiscard]] virtual core::Result<void> Simulate(std::uint32_t from, core::Executor& executor, Taken taken,
                                                    Cancelled cancelled) = 0;
  /// Puts everything taken so far on the disk, or into what it returns.
  [[nodiscard]] virtual core::Result<core::Json> Keep() = 0;
  /// Writes the result whole, under its own name.
  [[nodiscard]] virtual core::Result<void> Finish() = 0;
  /// Prints the gist of it, if it has one.
  virtual void Print() const {}
};

/// The folder a simulation is written into:
///   manifest.json     what was run, from the first moment on; "finished" once everything is there
///   unfinished.json   after a stop: how many couples are done, and what it takes to go on
/// and the files of the result.
class SimulationFolder {
 public:
  enum class State { kNew, kStopped, kFinished };

  SimulationFolder(std::string path, const theory::Simulation& simulation);

  /// Makes the folder, or finds out what is in it.
  /// @error  it holds something else, another simulation, or can't be written.
  [[nodiscard]] core::Result<State> Open() const;

  /// Begins the result, or takes it up where it was stopped.
  /// @returns  how many couples are done.
  [[nodiscard]] core::Result<std::uint32_t> Begin(SimulationResult& result) const;
  /// Keeps what is done.
  [[nodiscard]] core::Result<void> Keep(SimulationResult& result, std::uint32_t couples) const;
  /// Writes the result, and says that everything is there.
  [[nodiscard]] core::Result<void> Finish(SimulationResult& result) const;

  [[nodiscard]] std::string PathOf(const std::string& name) const { return path_ + "/" + name; }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  [[nodiscard]] core::Result<void> WriteManifest(bool finished) const;

  std::string path_;
  const theory::Simulation& simulation_;
};

}  // namespace selvedge::app
