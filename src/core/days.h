#pragma once

#include <compare>

namespace selvedge::core {

/// A length of time, or a point in time since a named origin, in days. A type of its own so that hours or row
/// numbers cannot pass for it.
struct Days {
  double count = 0;

  auto operator<=>(const Days&) const = default;
};

[[nodiscard]] constexpr Days operator-(Days later, Days earlier) { return {later.count - earlier.count}; }
[[nodiscard]] constexpr Days operator+(Days time, Days length) { return {time.count + length.count}; }

}  // namespace selvedge::core
