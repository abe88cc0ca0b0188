#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/result.h"
#include "vault/bytes.h"
#include "vault/primitives.h"

namespace selvedge::vault {

/// 130 random bits that open an account when the passphrase is lost, as a person writes them down: 26 symbols and two
/// that tell mistakes, in seven groups of four.
class RecoveryCode {
 public:
  static constexpr std::size_t kSecretSymbols = 26;
  static constexpr std::size_t kSymbols = 28;

  [[nodiscard]] static RecoveryCode New(Primitives& primitives);

  /// What somebody typed. Any one or two wrong symbols are noticed, and so are two that changed places.
  [[nodiscard]] static core::Result<RecoveryCode> Read(std::string_view typed);

  RecoveryCode(const RecoveryCode&) = default;
  RecoveryCode& operator=(const RecoveryCode&) = default;
  ~RecoveryCode() { Wipe(symbols_); }

  /// "7K2M-…", to be shown once.
  [[nodiscard]] SecretBytes Text() const;

  /// The secret symbols, a byte each.
  [[nodiscard]] std::span<const std::uint8_t, kSecretSymbols> secret() const {
    return std::span(symbols_).first<kSecretSymbols>();
  }

 private:
  RecoveryCode() = default;

  std::array<std::uint8_t, kSymbols> symbols_{};
};

}  // namespace selvedge::vault
