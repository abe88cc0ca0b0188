#include "sodium/sodium_primitives.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/contract.h"

namespace selvedge::sodium {
namespace {

using vault::Bytes;
using vault::Key;
using vault::View;

constexpr std::size_t kEphemeral = vault::ReceivingKey::kSize;

static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == Key::kSize);
static_assert(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == vault::Nonce::kSize);
static_assert(crypto_aead_xchacha20poly1305_ietf_ABYTES == vault::kTagSize);
static_assert(crypto_pwhash_argon2id_SALTBYTES == vault::Salt::kSize);
static_assert(crypto_box_SEALBYTES == vault::kBoxOverhead);
static_assert(crypto_sign_SECRETKEYBYTES == Key::kSize + vault::SigningKey::kSize);

class SodiumPrimitives final : public vault::Primitives {
 public:
  SodiumPrimitives() { SELVEDGE_EXPECT(sodium_init() >= 0); }

  void Random(std::span<std::uint8_t> out) override { randombytes_buf(out.data(), out.size()); }

  [[nodiscard]] vault::Digest Hash(View text) const override {
    vault::Digest digest;
    static_cast<void>(
        crypto_generichash(digest.bytes.data(), digest.bytes.size(), text.data(), text.size(), nullptr, 0));
    return digest;
  }

  [[nodiscard]] Key Derive(const Key& key, View label) const override {
    Key derived;
    static_cast<void>(crypto_generichash(derived.bytes().data(), Key::kSize, label.data(), label.size(),
                                         key.view().data(), Key::kSize));
    return derived;
  }

  [[nodiscard]] std::optional<Key> Stretch(View passphrase, const vault::Salt& salt,
                                           vault::Stretching cost) const override {
    constexpr std::size_t kKib = 1024;
    Key key;
    const std::string_view text = vault::TextOf(passphrase);
    if (crypto_pwhash(key.bytes().data(), Key::kSize, text.data(), text.size(), salt.bytes.data(), cost.passes,
                      kKib * cost.memory_kib, crypto_pwhash_ALG_ARGON2ID13) != 0) {
      return std::nullopt;
    }
    return key;
  }

  void Seal(const Key& key, const vault::Nonce& nonce, View header, View text,
            std::span<std::uint8_t> sealed) const override {
    SELVEDGE_EXPECT(sealed.size() == text.size() + vault::kTagSize);
    static_cast<void>(crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data(), nullptr, text.data(), text.size(),
                                                                 header.data(), header.size(), nullptr,
                                                                 nonce.bytes.data(), key.view().data()));
  }

  [[nodiscard]] bool Open(const Key& key, const vault::Nonce& nonce, View header, View sealed,
                          std::span<std::uint8_t> text) const override {
    SELVEDGE_EXPECT(sealed.size() == text.size() + vault::kTagSize);
    return crypto_aead_xchacha20poly1305_ietf_decrypt(text.data(), nullptr, nullptr, sealed.data(), sealed.size(),
                                                      header.data(), header.size(), nonce.bytes.data(),
                                                      key.view().data()) == 0;
  }

  [[nodiscard]] vault::ReceivingKey ShownKey(const Key& receiving_secret) const override {
    vault::ReceivingKey shown;
    static_cast<void>(crypto_scalarmult_base(shown.bytes.data(), receiving_secret.view().data()));
    return shown;
  }

  // crypto_box_seal takes its ephemeral key from randomness of its own; this is the same box with the caller's.
  [[nodiscard]] std::optional<Bytes> Box(const vault::ReceivingKey& to, const Key& ephemeral,
                                         View text) const override {
    const vault::ReceivingKey shown = ShownKey(ephemeral);
    const vault::Nonce nonce = BoxNonce(shown, to);
    Bytes box(text.size() + vault::kBoxOverhead);
    std::ranges::copy(shown.bytes, box.begin());
    if (crypto_box_easy(box.data() + kEphemeral, text.data(), text.size(), nonce.bytes.data(), to.bytes.data(),
                        ephemeral.view().data()) != 0) {
      return std::nullopt;
    }
    return box;
  }

  [[nodiscard]] std::optional<vault::SecretBytes> OpenBox(const vault::ReceivingPair& own, View box) const override {
    if (box.size() < vault::kBoxOverhead) return std::nullopt;
    vault::SecretBytes text(box.size() - vault::kBoxOverhead);
    if (crypto_box_seal_open(text.data(), box.data(), box.size(), own.shown.bytes.data(), own.secret.view().data()) !=
        0) {
      return std::nullopt;
    }
    return text;
  }

  [[nodiscard]] vault::SigningKey ShownSigningKey(const Key& seed) const override {
    vault::SigningKey shown;
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
    static_cast<void>(crypto_sign_seed_keypair(shown.bytes.data(), secret.data(), seed.view().data()));
    vault::Wipe(secret);
    return shown;
  }

  [[nodiscard]] vault::Signature Sign(const vault::SigningPair& own, View text) const override {
    // libsodium's secret key is the seed and then the public key.
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
    std::ranges::copy(own.seed.view(), secret.begin());
    std::ranges::copy(own.shown.bytes, secret.begin() + Key::kSize);
    vault::Signature signature;
    static_cast<void>(crypto_sign_detached(signature.bytes.data(), nullptr, text.data(), text.size(), secret.data()));
    vault::Wipe(secret);
    return signature;
  }

  [[nodiscard]] bool Verify(const vault::SigningKey& by, View text, const vault::Signature& signature) const override {
    return crypto_sign_verify_detached(signature.bytes.data(), text.data(), text.size(), by.bytes.data()) == 0;
  }

 private:
  static vault::Nonce BoxNonce(const vault::ReceivingKey& ephemeral, const vault::ReceivingKey& to) {
    Bytes both;
    vault::Writer(both).Put(ephemeral).Put(to);
    vault::Nonce nonce;
    static_cast<void>(crypto_generichash(nonce.bytes.data(), nonce.bytes.size(), both.data(), both.size(), nullptr, 0));
    return nonce;
  }
};

}  // namespace

std::unique_ptr<vault::Primitives> NewPrimitives() { return std::make_unique<SodiumPrimitives>(); }

}  // namespace selvedge::sodium
