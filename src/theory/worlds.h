#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/executor.h"
#include "theory/claims.h"
#include "theory/simulate.h"

namespace selvedge::theory {

/// Worlds to live through, each once, however many questions are asked about it. In every world the couples are the
/// same ones, with the same chance: numbers 0, 1, … of their population.
class Worlds {
 public:
  Worlds(std::size_t couples, std::uint64_t seed) : couples_(couples), seed_(seed) {}

  /// A question that was asked.
  struct Question {
    std::size_t world = 0;
    std::size_t place = 0;
  };

  /// Asks what each couple comes to in a world of the theory.
  /// @param theory_name  tells one set of constants from another; worlds of the same theory, population and differences
  ///                     are the same world.
  [[nodiscard]] Question Ask(const Theory& theory, std::string_view theory_name, const std::string& population,
                             const std::vector<const Difference*>& differences, const Measure& measure);

  /// Lives through all of them.
  /// @returns  whether it came to its end: false when it was cancelled.
  [[nodiscard]] bool Live(core::Executor& executor, SimulationHooks hooks);

  /// One value a couple, in the order of their numbers.
  [[nodiscard]] std::span<const double> Answer(Question question) const;

  [[nodiscard]] std::size_t couples() const { return couples_; }
  [[nodiscard]] std::size_t count() const { return worlds_.size(); }

 private:
  struct World {
    Plan plan{};
    std::vector<Measure> measures{};
    std::vector<double> answers{};  ///< by measure, then by couple
  };

  void LiveBlock(World& world, std::size_t first) const;

  std::size_t couples_;
  std::uint64_t seed_;
  std::vector<World> worlds_{};
  std::map<std::string, std::size_t, std::less<>> by_name_{};
};

}  // namespace selvedge::theory
