#pragma once

#include <array>

namespace selvedge::numerics {

/// What is known of a number: the middle, and the intervals that hold it with probability one half and nine tenths.
struct Estimate {
  double median = 0;
  std::array<double, 2> half{};
  std::array<double, 2> ninety{};
};

}  // namespace selvedge::numerics
