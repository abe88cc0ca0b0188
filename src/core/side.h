#pragma once

#include <array>

namespace selvedge::core {

/// The two members of a dyad. `kA` is the first label in natural sort order; nothing else tells them apart.
enum class Side { kA, kB };

inline constexpr std::array kSides{Side::kA, Side::kB};

[[nodiscard]] constexpr Side PartnerOf(Side side) { return side == Side::kA ? Side::kB : Side::kA; }

/// One value per member of the dyad.
template <typename T>
struct BySide {
  T a{};
  T b{};

  [[nodiscard]] constexpr const T& operator[](Side side) const { return side == Side::kA ? a : b; }
  [[nodiscard]] constexpr T& operator[](Side side) { return side == Side::kA ? a : b; }
  [[nodiscard]] constexpr const T& PartnerOf(Side side) const { return side == Side::kA ? b : a; }

  bool operator==(const BySide&) const = default;
};

}  // namespace selvedge::core
