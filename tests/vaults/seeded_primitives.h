#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include "vault/primitives.h"

namespace selvedge::vault {

/// Others' primitives, for tests to change one of them.
class Forwarding : public Primitives {
 public:
  explicit Forwarding(std::unique_ptr<Primitives> inner) : inner_(std::move(inner)) {}

  void Random(std::span<std::uint8_t> out) override { inner_->Random(out); }
  [[nodiscard]] Digest Hash(View text) const override { return inner_->Hash(text); }
  [[nodiscard]] Key Derive(const Key& key, View label) const override { return inner_->Derive(key, label); }
  [[nodiscard]] std::optional<Key> Stretch(View passphrase, const Salt& salt, Stretching cost) const override {
    return inner_->Stretch(passphrase, salt, cost);
  }
  void Seal(const Key& key, const Nonce& nonce, View header, View text, std::span<std::uint8_t> sealed) const override {
    inner_->Seal(key, nonce, header, text, sealed);
  }
  [[nodiscard]] bool Open(const Key& key, const Nonce& nonce, View header, View sealed,
                          std::span<std::uint8_t> text) const override {
    return inner_->Open(key, nonce, header, sealed, text);
  }
  [[nodiscard]] ReceivingKey ShownKey(const Key& receiving_secret) const override {
    return inner_->ShownKey(receiving_secret);
  }
  [[nodiscard]] std::optional<Bytes> Box(const ReceivingKey& to, const Key& ephemeral, View text) const override {
    return inner_->Box(to, ephemeral, text);
  }
  [[nodiscard]] std::optional<SecretBytes> OpenBox(const ReceivingPair& own, View box) const override {
    return inner_->OpenBox(own, box);
  }
  [[nodiscard]] SigningKey ShownSigningKey(const Key& seed) const override { return inner_->ShownSigningKey(seed); }
  [[nodiscard]] Signature Sign(const SigningPair& own, View text) const override { return inner_->Sign(own, text); }
  [[nodiscard]] bool Verify(const SigningKey& by, View text, const Signature& signature) const override {
    return inner_->Verify(by, text, signature);
  }

 private:
  std::unique_ptr<Primitives> inner_;
};

/// libsodium with randomness that the same seed repeats: for tests and vectors, never for people.
[[nodiscard]] std::unique_ptr<Primitives> SeededPrimitives(std::uint64_t seed);

}  // namespace selvedge::vault
