#include "vault/keyring.h"

#include <gtest/gtest.h>

#include "vaults/seeded_primitives.h"

namespace selvedge::vault {
namespace {

class Keys : public testing::Test {
 protected:
  Keys() {
    keyring_.own = OwnIdentity::New(*primitives_, RandomName<AccountId>(*primitives_));
    keyring_.number = 7;
    for (const std::uint8_t number : {std::uint8_t{1}, std::uint8_t{2}}) {
      keyring_.people.push_back(
          {.identity = {.account = RandomName<AccountId>(*primitives_), .signing = {}, .receiving = {}},
           .trust = Trust::kCompared,
           .words = WordsNumber{number} << 4U});
      keyring_.shares.push_back({.with = keyring_.people.back().identity.account,
                                 .stream = {.epoch = {.stream = {}, .number = number}, .key = RandomKey(*primitives_)},
                                 .envelope = {}});
    }
  }

  [[nodiscard]] core::Result<Keyring> Again(std::uint64_t least = 1) const {
    return OpenKeyring(*primitives_, account_key_, *SealKeyring(*primitives_, account_key_, keyring_), least);
  }

  const std::unique_ptr<Primitives> primitives_ = SeededPrimitives(1);
  const Key account_key_ = RandomKey(*primitives_);
  Keyring keyring_;
};

TEST_F(Keys, ComeBack) {
  const auto again = Again();
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->own.Shown(), keyring_.own.Shown());
  EXPECT_EQ(again->people, keyring_.people);
  EXPECT_EQ(again->shares[1].stream.epoch.number, 2U);
  EXPECT_FALSE(again->shares[1].IsOpen());
}

TEST_F(Keys, OfAnEarlierTimeAreRefused) {
  EXPECT_TRUE(Again(7));
  EXPECT_EQ(Again(8).error().message, "These keys are older than what this device has already seen.");
}

TEST_F(Keys, ThatMakeNoSenseAreRefused) {
  const auto broken = [&](auto change) {
    const Keyring before = keyring_;
    change(keyring_);
    const bool is_refused = !Again();
    keyring_ = before;
    return is_refused;
  };
  EXPECT_TRUE(broken([](Keyring& k) { k.streams[3].epoch.number = 0; }));
  EXPECT_TRUE(broken([](Keyring& k) { k.shares[0].stream.epoch.number = 0; }));
  EXPECT_TRUE(broken([](Keyring& k) { k.shares[1].with = k.shares[0].with; }));
  EXPECT_TRUE(broken([](Keyring& k) { k.people[0].trust = static_cast<Trust>(0); }));
  EXPECT_TRUE(broken([](Keyring& k) { k.people[0].trust = static_cast<Trust>(4); }));
  EXPECT_TRUE(broken([](Keyring& k) { k.people[0].words = 1; }));
  EXPECT_FALSE(broken([](Keyring&) {}));
}

TEST_F(Keys, GrowInSteps) {
  std::vector<std::size_t> sizes;
  constexpr std::size_t kFrame = 39 + kTagSize;
  for (const std::size_t people : {std::size_t{0}, std::size_t{20}, std::size_t{100}, std::size_t{200}}) {
    keyring_.people.resize(people, {.identity = {}, .trust = Trust::kNotCompared, .words = 0});
    keyring_.shares.clear();
    const Bytes blob = *SealKeyring(*primitives_, account_key_, keyring_);
    sizes.push_back(blob.size() - kFrame);
    EXPECT_EQ(OpenKeyring(*primitives_, account_key_, blob)->people.size(), people);
  }
  EXPECT_EQ(sizes, (std::vector<std::size_t>{1024, 4096, 16384, 32768}));
  keyring_.people.resize(12000, {.identity = {}, .trust = Trust::kNotCompared, .words = 0});
  EXPECT_EQ(SealKeyring(*primitives_, account_key_, keyring_).error().message,
            "This account is paired with more people than it can hold.");
}

}  // namespace
}  // namespace selvedge::vault
