#include "vault/recovery_code.h"

#include <string>

#include "vault/blob.h"
#include "vault/symbols.h"

namespace selvedge::vault {
namespace {

constexpr unsigned kFieldSize = 32;
constexpr unsigned kReduction = 0b100101;  // α⁵ = α² + 1
constexpr std::uint8_t kAlpha = 2;
constexpr std::uint8_t kAlphaSquared = 4;
constexpr std::size_t kGroup = 4;

/// In GF(32); each factor below 32.
constexpr std::uint8_t Times(unsigned x, unsigned y) {
  unsigned product = 0;
  for (unsigned bit = 0; bit < kSymbolBits; ++bit) {
    if ((y >> bit & 1U) != 0) product ^= x;
    x <<= 1U;
    if ((x & kFieldSize) != 0) x ^= kReduction;
  }
  return static_cast<std::uint8_t>(product);
}

/// The symbols as a polynomial, the first with the highest power, at a point.
constexpr std::uint8_t At(std::span<const std::uint8_t> symbols, std::uint8_t point) {
  std::uint8_t value = 0;
  for (const std::uint8_t symbol : symbols) value = Times(value, point) ^ symbol;
  return value;
}

constexpr std::uint8_t Inverse(std::uint8_t x) {
  std::uint8_t power = 1;
  for (unsigned i = 0; i < kFieldSize - 2; ++i) power = Times(power, x);  // x³⁰ = x⁻¹
  return power;
}

}  // namespace

RecoveryCode RecoveryCode::New(Primitives& primitives) {
  RecoveryCode code;
  const auto secret = std::span(code.symbols_).first<kSecretSymbols>();
  primitives.Random(secret);
  for (std::uint8_t& symbol : secret) symbol %= kFieldSize;
  // With both check symbols zero the polynomial is u at α and v at α². Adding y·x + z must make it zero at both:
  // y·α + z = u and y·α² + z = v, so y = (u + v) / (α + α²).
  const std::uint8_t u = At(code.symbols_, kAlpha);
  const std::uint8_t v = At(code.symbols_, kAlphaSquared);
  const std::uint8_t y = Times(u ^ v, Inverse(kAlpha ^ kAlphaSquared));
  code.symbols_[kSecretSymbols] = y;
  code.symbols_[kSecretSymbols + 1] = Times(y, kAlpha) ^ u;
  return code;
}

core::Result<RecoveryCode> RecoveryCode::Read(std::string_view typed) {
  RecoveryCode code;
  std::size_t count = 0;
  for (const char c : typed) {
    if (c == '-' || c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
    const std::optional<std::uint8_t> symbol = SymbolOf(c);
    if (!symbol) {
      return Refuse("A recovery code has no such character after its first " + std::to_string(count) + ".",
                    "It has digits and the letters A to Z without U. Compare it with what you wrote down.");
    }
    if (count < kSymbols) code.symbols_[count] = *symbol;
    ++count;
  }
  if (count != kSymbols) {
    return Refuse("A recovery code has 28 characters; here are " + std::to_string(count) + ".",
                  "Compare it with what you wrote down: seven groups of four.");
  }
  if (At(code.symbols_, kAlpha) != 0 || At(code.symbols_, kAlphaSquared) != 0) {
    return Refuse("There is a slip in this recovery code.", "Compare it with what you wrote down, group by group.");
  }
  return code;
}

SecretBytes RecoveryCode::Text() const {
  SecretBytes text;
  text.reserve(kSymbols + kSymbols / kGroup - 1);
  for (std::size_t i = 0; i < kSymbols; ++i) {
    if (i > 0 && i % kGroup == 0) text.push_back('-');
    text.push_back(static_cast<std::uint8_t>(vault::kSymbols[symbols_[i]]));
  }
  return text;
}

}  // namespace selvedge::vault
