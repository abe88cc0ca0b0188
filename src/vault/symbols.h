#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

/// The 32 symbols in which people see codes: digits and capital letters without I, L, O and U.
namespace selvedge::vault {

inline constexpr std::string_view kSymbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
inline constexpr unsigned kSymbolBits = 5;

/// The number of a symbol as somebody may have typed it: small letters, and O, I and L for the digits they look like.
[[nodiscard]] std::optional<std::uint8_t> SymbolOf(char typed);

}  // namespace selvedge::vault
