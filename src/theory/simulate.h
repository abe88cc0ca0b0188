#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/executor.h"
#include "core/function_ref.h"
#include "core/side.h"
#include "theory/life.h"

namespace selvedge::theory {

/// What a week of one couple comes to: means of states over its steps, and how often each moment happened.
struct Week {
  core::BySide<Person<float>> people{};
  core::BySide<float> feeling_square{};  ///< mean of squares
  float closeness = 0;
  float together = 0;  ///< share of the week as a couple
  Counts<float> counts{};
};

/// The unit of work: so many couples at once.
inline constexpr std::size_t kBlock = 16;

/// The weeks of up to `kBlock` couples with consecutive numbers.
struct Block {
  std::uint32_t first = 0;  ///< number of the first couple
  std::size_t couples = 0;
  std::size_t weeks = 0;      ///< of each; the last may be shorter than seven days
  std::vector<Week> by_week;  ///< all couples' first weeks, then their second ones, and so on

  /// @param couple  counted from `first`: less than `couples`.
  [[nodiscard]] const Week& At(std::size_t couple, std::size_t week) const { return by_week[week * couples + couple]; }
};

/// What couples are simulated on: how many side by side is the machine's choice. The bytes are the same on all.
enum class Instructions { kPlain, kAvx2, kAvx512 };

/// Those this machine has, slowest first.
[[nodiscard]] std::span<const Instructions> AvailableInstructions();

/// @param couples  at most `kBlock`.
/// @param instructions  one of those this machine has.
[[nodiscard]] Block SimulateBlock(const Plan& plan, std::uint32_t first, std::size_t couples = kBlock,
                                  Instructions instructions = AvailableInstructions().back());

/// The same for one couple, by arithmetic on single numbers.
[[nodiscard]] Block SimulateCouple(const Plan& plan, std::uint32_t couple);

/// Couples by their numbers: from `from` to before `to`.
struct Couples {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};

/// What long work asks of its surroundings. `cancelled` may be asked from several threads at once.
struct SimulationHooks {
  core::FunctionRef<void(std::size_t done, std::size_t of)> progress;  ///< in couples
  core::FunctionRef<bool()> cancelled;
};

/// Simulates couples block by block and hands each block over in the order of their numbers, in the caller's thread.
/// Memory is bounded, however many couples there are.
/// @returns  how many couples were handed over: fewer than asked for only when cancelled.
std::size_t ForEachBlock(const Plan& plan, Couples couples, core::Executor& executor,
                         core::FunctionRef<void(const Block&)> take, SimulationHooks hooks);

}  // namespace selvedge::theory
