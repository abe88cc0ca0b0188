#include "vault/symbols.h"

namespace selvedge::vault {

std::optional<std::uint8_t> SymbolOf(char typed) {
  char symbol = typed >= 'a' && typed <= 'z' ? static_cast<char>(typed - 'a' + 'A') : typed;
  if (symbol == 'O') symbol = '0';
  if (symbol == 'I' || symbol == 'L') symbol = '1';
  const std::size_t found = kSymbols.find(symbol);
  if (found == std::string_view::npos) return std::nullopt;
  return static_cast<std::uint8_t>(found);
}

}  // namespace selvedge::vault
