#include "vault/pairing.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "vault/letter.h"
#include "vaults/seeded_primitives.h"

namespace selvedge::vault {
namespace {

class Pairing : public testing::Test {
 protected:
  const std::unique_ptr<Primitives> primitives_ = SeededPrimitives(1);
  const OwnIdentity ana_ = OwnIdentity::New(*primitives_, RandomName<AccountId>(*primitives_));
  const OwnIdentity ben_ = OwnIdentity::New(*primitives_, RandomName<AccountId>(*primitives_));
  const Link link_{.secret = RandomName<InviteSecret>(*primitives_),
                   .inviter = FingerprintOf(*primitives_, ana_.Shown())};
};

TEST_F(Pairing, LinksAreReadWithTheirAddressOrWithout) {
  const std::string text = LinkText(link_);
  EXPECT_EQ(text.size(), 53U);
  EXPECT_EQ(*ReadLink(text), link_);
  EXPECT_EQ(*ReadLink("https://example.org/a#b/pair#" + text), link_);
}

TEST_F(Pairing, LinksThatAreNotWholeAreRefused) {
  const std::string text = LinkText(link_);
  std::string odd = text;
  odd.back() = odd.back() == '1' ? '3' : '1';
  for (const std::string& wrong :
       {text.substr(1), text + "0", std::string(), "U" + text.substr(1), odd, std::string(53, '0')}) {
    EXPECT_EQ(ReadLink(wrong).error().message, "This invite link is not whole.") << wrong;
  }
  EXPECT_EQ(ReadLink("0" + std::string(1, 'G') + text.substr(2)).error().message,
            "This invite link was made by a newer Selvedge.");
}

TEST_F(Pairing, AnInviteIsTakenOnlyFromWhoMadeTheLink) {
  EXPECT_EQ(*OpenInvite(*primitives_, link_, SealInvite(*primitives_, link_.secret, ana_.Shown())), ana_.Shown());
  EXPECT_EQ(OpenInvite(*primitives_, link_, SealInvite(*primitives_, link_.secret, ben_.Shown())).error().message,
            "Behind this invite is somebody other than who made the link.");
  const Bytes other = SealInvite(*primitives_, RandomName<InviteSecret>(*primitives_), ana_.Shown());
  EXPECT_EQ(OpenInvite(*primitives_, link_, other).error().message, "This invite is damaged, or somebody changed it.");
}

TEST_F(Pairing, WordsDependOnEverythingThatMeets) {
  const Meeting meeting{.inviter = ana_.Shown(),
                        .invitee = ben_.Shown(),
                        .secret = link_.secret,
                        .nonce = RandomName<PairingNonce>(*primitives_)};
  std::set<WordsNumber> numbers{WordsOf(*primitives_, meeting)};
  Meeting other = meeting;
  other.inviter.receiving.bytes[0] ^= 1U;
  numbers.insert(WordsOf(*primitives_, other));
  other = meeting;
  other.invitee.signing.bytes[0] ^= 1U;
  numbers.insert(WordsOf(*primitives_, other));
  other = meeting;
  other.secret.bytes[0] ^= 1U;
  numbers.insert(WordsOf(*primitives_, other));
  other = meeting;
  other.nonce.bytes[0] ^= 1U;
  numbers.insert(WordsOf(*primitives_, other));
  std::swap(other.inviter, other.invitee);
  numbers.insert(WordsOf(*primitives_, other));
  EXPECT_EQ(numbers.size(), 6U);
}

TEST_F(Pairing, WordsAreTakenFromTheTop) {
  EXPECT_EQ(SixWords(0)[0], SixWords(0)[5]);
  const WordsNumber second_word = WordsNumber{1} << 44U;
  EXPECT_EQ(SixWords(second_word)[0], SixWords(0)[0]);
  EXPECT_NE(SixWords(second_word)[1], SixWords(0)[1]);
  EXPECT_FALSE(SixWords(~WordsNumber{0})[5].empty());
  // The last of 1024 words, six times.
  EXPECT_EQ(SixWords(~WordsNumber{0})[0], SixWords(~WordsNumber{0})[5]);
}

TEST_F(Pairing, LettersReachOnePersonAndSayFromWhom) {
  const Grant grant{.epoch = {.stream = RandomName<StreamId>(*primitives_), .number = 2},
                    .key = RandomKey(*primitives_)};
  const Bytes envelope = *SealLetter(*primitives_, ana_, ben_.Shown(), grant);
  const auto letter = OpenEnvelope(*primitives_, ben_, envelope);
  EXPECT_EQ(letter->sender, ana_.Shown());
  EXPECT_EQ(std::get<Grant>(letter->content).epoch, grant.epoch);
  EXPECT_EQ(OpenEnvelope(*primitives_, ana_, envelope).error().message,
            "This envelope is damaged, or somebody changed it.");
  const Bytes answer = *SealLetter(*primitives_, ana_, ben_.Shown(), Acceptance{});
  EXPECT_EQ(answer.size(), envelope.size());

  Identity nobody = ben_.Shown();
  nobody.receiving = {};  // a point of low order, which would make a key everybody knows
  EXPECT_EQ(SealLetter(*primitives_, ana_, nobody, grant).error().message, "This person's keys can't be written to.");
}

TEST_F(Pairing, ALetterCannotBePassedOnAsIfToSomebodyElse) {
  // Ben opens a letter of Ana's and seals the same signed text to Cleo: the signature names its recipient.
  const OwnIdentity cleo = OwnIdentity::New(*primitives_, RandomName<AccountId>(*primitives_));
  const Bytes envelope = *SealLetter(*primitives_, ana_, ben_.Shown(), Acceptance{});
  const SecretBytes text = *primitives_->OpenBox(ben_.receiving, View(envelope).subspan(kPrefixSize));
  Bytes passed_on = Begin(Format::kEnvelope);
  const Bytes box = *primitives_->Box(cleo.receiving.shown, RandomKey(*primitives_), text);
  Writer(passed_on).Put(box);
  EXPECT_FALSE(OpenEnvelope(*primitives_, cleo, passed_on));
}

}  // namespace
}  // namespace selvedge::vault
