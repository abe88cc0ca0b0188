#pragma once

#include <algorithm>
#include <cstddef>

namespace selvedge::instruments {

/// People cut into pieces of work: at most `most`, none of fewer than `smallest` people while there are more pieces
/// than one. Depends on the number of people alone, never on threads, so that sums over pieces have one order.
struct Pieces {
  std::size_t people = 0;
  std::size_t size = 1;

  Pieces(std::size_t people_in_all, std::size_t smallest, std::size_t most)
      : people(people_in_all), size(std::max(smallest, (people_in_all + most - 1) / most)) {}

  [[nodiscard]] std::size_t count() const { return (people + size - 1) / size; }
  [[nodiscard]] std::size_t Begin(std::size_t piece) const { return piece * size; }
  [[nodiscard]] std::size_t End(std::size_t piece) const { return std::min(people, (piece + 1) * size); }
};

}  // namespace selvedge::instruments
