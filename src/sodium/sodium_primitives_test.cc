#include "sodium/sodium_primitives.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace selvedge::sodium {
namespace {

using vault::Bytes;
using vault::Key;
using vault::View;
using vault::ViewOf;

Bytes Unhex(const std::string& hex) {
  Bytes bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bytes.push_back(static_cast<std::uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

template <typename T>
T Fixed(const std::string& hex) {
  T value;
  vault::Reader(Unhex(hex)).Take(value);
  return value;
}

const std::unique_ptr<vault::Primitives>& Sodium() {
  static const std::unique_ptr<vault::Primitives> kPrimitives = NewPrimitives();
  return kPrimitives;
}

TEST(Sodium, HashesLikeBlake2b256) {
  // RFC 7693's "abc", at 32 bytes.
  EXPECT_EQ(Sodium()->Hash(ViewOf("abc")),
            Fixed<vault::Digest>("bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"));
}

TEST(Sodium, SealsLikeTheDraftOfXChaCha20Poly1305) {
  // draft-irtf-cfrg-xchacha-03, A.3.1.
  const auto key = Fixed<Key>("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
  const auto nonce = Fixed<vault::Nonce>("404142434445464748494a4b4c4d4e4f5051525354555657");
  const Bytes header = Unhex("50515253c0c1c2c3c4c5c6c7");
  const View text = ViewOf(
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be "
      "it.");
  Bytes sealed(text.size() + vault::kTagSize);
  Sodium()->Seal(key, nonce, header, text, sealed);
  EXPECT_TRUE(std::ranges::equal(View(sealed).first(16), Unhex("bd6d179d3e83d43b9576579493c0e939")));
  EXPECT_TRUE(std::ranges::equal(View(sealed).last(16), Unhex("c0875924c1c7987947deafd8780acf49")));
  Bytes opened(text.size());
  EXPECT_TRUE(Sodium()->Open(key, nonce, header, sealed, opened));
  EXPECT_TRUE(std::ranges::equal(opened, text));
  EXPECT_FALSE(Sodium()->Open(key, nonce, {}, sealed, opened));
}

TEST(Sodium, SignsLikeEd25519) {
  // RFC 8032, 7.1, test 1: the empty text.
  vault::SigningPair own{.seed = Fixed<Key>("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"),
                         .shown = {}};
  own.shown = Sodium()->ShownSigningKey(own.seed);
  EXPECT_EQ(own.shown, Fixed<vault::SigningKey>("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
  const auto signature = Fixed<vault::Signature>(
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24"
      "655141438e7a100b");
  EXPECT_EQ(Sodium()->Sign(own, {}), signature);
  EXPECT_TRUE(Sodium()->Verify(own.shown, {}, signature));
  EXPECT_FALSE(Sodium()->Verify(own.shown, ViewOf("a"), signature));
}

TEST(Sodium, MultipliesLikeX25519) {
  // RFC 7748, 5.2: nine times the base point, which is nine too.
  const auto nine = Fixed<Key>("0900000000000000000000000000000000000000000000000000000000000000");
  EXPECT_EQ(Sodium()->ShownKey(nine),
            Fixed<vault::ReceivingKey>("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079"));
}

TEST(Sodium, BoxesOpenForTheirRecipient) {
  vault::ReceivingPair own{.secret = vault::RandomKey(*Sodium()), .shown = {}};
  own.shown = Sodium()->ShownKey(own.secret);
  const auto box = Sodium()->Box(own.shown, vault::RandomKey(*Sodium()), ViewOf("text"));
  EXPECT_EQ(vault::TextOf(*Sodium()->OpenBox(own, *box)), "text");
  own.secret = vault::RandomKey(*Sodium());
  EXPECT_FALSE(Sodium()->OpenBox(own, *box));
  EXPECT_FALSE(Sodium()->OpenBox(own, View(*box).first(20)));
}

TEST(Sodium, StretchesOnlyWithinItsMemory) {
  const vault::Salt salt;
  EXPECT_TRUE(Sodium()->Stretch(ViewOf("one"), salt, {.memory_kib = 64, .passes = 3}));
  EXPECT_FALSE(Sodium()->Stretch(ViewOf("one"), salt, {.memory_kib = 0, .passes = 3}));
}

TEST(Sodium, IsRandom) {
  EXPECT_NE(vault::RandomName<vault::Salt>(*Sodium()), vault::RandomName<vault::Salt>(*Sodium()));
}

}  // namespace
}  // namespace selvedge::sodium
