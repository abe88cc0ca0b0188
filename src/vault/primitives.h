#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "vault/bytes.h"

namespace selvedge::vault {

/// What it costs to try a passphrase.
struct Stretching {
  std::uint32_t memory_kib = 0;
  std::uint32_t passes = 0;

  bool operator==(const Stretching&) const = default;
};

struct SigningPair {
  Key seed;
  SigningKey shown;
};

struct ReceivingPair {
  Key secret;
  ReceivingKey shown;
};

inline constexpr std::size_t kTagSize = 16;      ///< what sealing adds to a text
inline constexpr std::size_t kBoxOverhead = 48;  ///< what a box adds: an ephemeral key and a tag

/// The cryptography of suite 1 (docs/vault-format.md), and the only source of randomness. Handed in from outside:
/// libsodium natively, the browser's own build of it there. Calls of one object must not overlap.
class Primitives {
 public:
  Primitives() = default;
  Primitives(const Primitives&) = delete;
  Primitives& operator=(const Primitives&) = delete;
  virtual ~Primitives() = default;

  virtual void Random(std::span<std::uint8_t> out) = 0;

  /// BLAKE2b with a 32-byte result.
  [[nodiscard]] virtual Digest Hash(View text) const = 0;

  /// The same, keyed.
  [[nodiscard]] virtual Key Derive(const Key& key, View label) const = 0;

  /// Argon2id 1.3, one lane. Nothing if the memory can't be had.
  [[nodiscard]] virtual std::optional<Key> Stretch(View passphrase, const Salt& salt, Stretching cost) const = 0;

  /// XChaCha20-Poly1305. `sealed` takes `text` and kTagSize bytes more.
  virtual void Seal(const Key& key, const Nonce& nonce, View header, View text,
                    std::span<std::uint8_t> sealed) const = 0;

  /// The other way round; `text` takes kTagSize bytes less than `sealed`. False if anything was altered.
  [[nodiscard]] virtual bool Open(const Key& key, const Nonce& nonce, View header, View sealed,
                                  std::span<std::uint8_t> text) const = 0;

  /// X25519.
  [[nodiscard]] virtual ReceivingKey ShownKey(const Key& receiving_secret) const = 0;

  /// libsodium's sealed box, with an ephemeral secret of the caller's. Nothing for a public key that is none.
  [[nodiscard]] virtual std::optional<Bytes> Box(const ReceivingKey& to, const Key& ephemeral, View text) const = 0;
  [[nodiscard]] virtual std::optional<SecretBytes> OpenBox(const ReceivingPair& own, View box) const = 0;

  /// Ed25519.
  [[nodiscard]] virtual SigningKey ShownSigningKey(const Key& seed) const = 0;
  [[nodiscard]] virtual Signature Sign(const SigningPair& own, View text) const = 0;
  [[nodiscard]] virtual bool Verify(const SigningKey& by, View text, const Signature& signature) const = 0;
};

/// Random bytes of a fixed length.
template <typename T>
[[nodiscard]] T RandomName(Primitives& primitives) {
  T name;
  primitives.Random(name.bytes);
  return name;
}

[[nodiscard]] inline Key RandomKey(Primitives& primitives) {
  Key key;
  primitives.Random(key.bytes());
  return key;
}

}  // namespace selvedge::vault
