#pragma once

#include <algorithm>

#include "vault/primitives.h"

namespace selvedge::vault {

/// Cryptography one can see through: nothing is hidden, every key fits and every signature is right, so that a fuzzer
/// reaches what lies behind it.
class GlassPrimitives final : public Primitives {
 public:
  void Random(std::span<std::uint8_t> out) override { std::ranges::fill(out, 0); }
  [[nodiscard]] Digest Hash(View /*text*/) const override { return {}; }
  [[nodiscard]] Key Derive(const Key& key, View /*label*/) const override { return key; }
  [[nodiscard]] std::optional<Key> Stretch(View /*passphrase*/, const Salt& /*salt*/,
                                           Stretching /*cost*/) const override {
    return Key{};
  }
  void Seal(const Key& /*key*/, const Nonce& /*nonce*/, View /*header*/, View text,
            std::span<std::uint8_t> sealed) const override {
    std::ranges::fill(std::ranges::copy(text, sealed.begin()).out, sealed.end(), 0);
  }
  [[nodiscard]] bool Open(const Key& /*key*/, const Nonce& /*nonce*/, View /*header*/, View sealed,
                          std::span<std::uint8_t> text) const override {
    std::ranges::copy(sealed.first(text.size()), text.begin());
    return true;
  }
  [[nodiscard]] ReceivingKey ShownKey(const Key& /*secret*/) const override { return {}; }
  [[nodiscard]] std::optional<Bytes> Box(const ReceivingKey& /*to*/, const Key& /*ephemeral*/,
                                         View text) const override {
    Bytes box(text.begin(), text.end());
    box.resize(text.size() + kBoxOverhead);
    return box;
  }
  [[nodiscard]] std::optional<SecretBytes> OpenBox(const ReceivingPair& /*own*/, View box) const override {
    if (box.size() < kBoxOverhead) return std::nullopt;
    const View text = box.first(box.size() - kBoxOverhead);
    return SecretBytes(text.begin(), text.end());
  }
  [[nodiscard]] SigningKey ShownSigningKey(const Key& /*seed*/) const override { return {}; }
  [[nodiscard]] Signature Sign(const SigningPair& /*own*/, View /*text*/) const override { return {}; }
  [[nodiscard]] bool Verify(const SigningKey& /*by*/, View /*text*/, const Signature& /*signature*/) const override {
    return true;
  }
};

}  // namespace selvedge::vault
