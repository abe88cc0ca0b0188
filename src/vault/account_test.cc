#include "vault/account.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "vaults/seeded_primitives.h"
#include "vaults/store.h"

namespace selvedge::vault {
namespace {

Entry EntryOf(Kind kind, std::uint8_t number, std::string_view body = "{}", std::uint32_t revision = 1) {
  Entry entry{.kind = kind, .id = {}, .revision = revision, .body = {body.begin(), body.end()}};
  entry.id.bytes.fill(number);
  return entry;
}

/// Two people and the store between them.
class Two : public testing::Test {
 protected:
  Two() {
    Upload upload;
    std::tie(ana_, upload) = Start();
    store_.Take(Id(*ana_), upload);
    std::tie(ben_, upload) = Start();
    store_.Take(Id(*ben_), upload);
  }

  static AccountId Id(const Account& account) { return account.identity().account; }

  [[nodiscard]] std::pair<std::optional<Account>, Upload> Start() {
    auto [account, upload] = Account::New(*primitives_, RandomKey(*primitives_));
    return {std::move(account), std::move(upload)};
  }

  void Do(Account& account, core::Result<Upload> result) {
    ASSERT_TRUE(result.has_value()) << result.error().message;
    store_.Take(Id(account), *result);
  }

  void Write(Account& account, const std::vector<Entry>& entries) { Do(account, account.Write(entries)); }

  static std::string Refusal(const core::Result<Upload>& result) { return result ? "done" : result.error().message; }

  /// Ana invites, Ben answers, both compare.
  void Pair() {
    const auto invited = ana_->Invite();
    store_.Take(Id(*ana_), invited->upload);
    Do(*ben_, ben_->TakeInvite(invited->link, store_.invites().begin()->second));
    Do(*ana_, ana_->TakeAcceptance(Newest(*ana_)));
    Do(*ana_, ana_->Confirm(Id(*ben_)));
    Do(*ben_, ben_->Confirm(Id(*ana_)));
  }

  /// The one envelope that waits and is not an answer taken before.
  [[nodiscard]] Bytes Newest(const Account& account) {
    Bytes newest;
    for (const auto& [id, envelope] : store_.MailboxOf(Id(account))) {
      if (!taken_.contains(id)) newest = envelope;
    }
    for (const auto& [id, envelope] : store_.MailboxOf(Id(account))) taken_.insert(id);
    return newest;
  }

  [[nodiscard]] core::Result<std::vector<SharedCopy>> BenReads() {
    const Share* const share = ana_->ShareWith(Id(*ben_));
    if (share == nullptr || !share->IsOpen()) return Refuse("nothing is shared", "");
    const Bytes envelope = store_.MailboxOf(Id(*ben_)).at(share->envelope);
    const auto stream = StreamOfGrant(*primitives_, *ben_, envelope);
    if (!stream) return std::unexpected(stream.error());
    EXPECT_EQ(*stream, share->stream.epoch.stream);
    return ReadShare(*primitives_, *ben_, envelope, *store_.Find(share->stream.epoch.stream), bens_memory_);
  }

  const std::unique_ptr<Primitives> primitives_ = SeededPrimitives(1);
  Store store_;
  std::optional<Account> ana_;
  std::optional<Account> ben_;
  Memory bens_memory_;
  std::set<EnvelopeId> taken_;
};

TEST_F(Two, AnAccountIsTheSameOnAnotherDevice) {
  Write(*ana_, {EntryOf(Kind::kNotes, 1, "first"), EntryOf(Kind::kNotes, 1, "second", 2), EntryOf(Kind::kSafety, 2)});
  const auto other = Account::Open(*primitives_, ana_->account_key(), store_.Of(Id(*ana_)), {});
  ASSERT_TRUE(other.has_value());
  for (const Kind kind : kKinds) EXPECT_EQ(other->Entries(kind), ana_->Entries(kind));
  EXPECT_EQ(other->Entries(Kind::kNotes).size(), 2U);
  EXPECT_EQ(other->identity(), ana_->identity());
  EXPECT_FALSE(Account::Open(*primitives_, RandomKey(*primitives_), store_.Of(Id(*ana_)), {}));
}

TEST_F(Two, WhatIsStoredTellsNoStreamFromAnother) {
  Write(*ana_, {EntryOf(Kind::kSafety, 1, std::string(3000, 'x')), EntryOf(Kind::kSafety, 2)});
  Write(*ana_, {EntryOf(Kind::kCheckins, 3)});
  Write(*ana_, {});
  Do(*ana_, ana_->Delete(std::vector{EntryOf(Kind::kSafety, 1).id}));
  Write(*ana_, {EntryOf(Kind::kNotes, 4), EntryOf(Kind::kMoments, 5)});
  std::set<std::vector<std::size_t>> shapes;
  for (const auto& [id, stream] : store_.Of(Id(*ana_)).streams) {
    std::vector<std::size_t> shape;
    for (const Bytes& record : stream.records) shape.push_back(record.size());
    const RecordHeader header = *ReadRecordHeader(stream.records.front());
    shape.push_back(header.epoch.number);
    shapes.insert(shape);
  }
  ASSERT_EQ(shapes.size(), 1U);
  EXPECT_EQ(shapes.begin()->size(), 6U);
}

TEST_F(Two, EditsAreNewAndNeverGoBack) {
  Write(*ana_, {EntryOf(Kind::kNotes, 1, "a", 2)});
  EXPECT_EQ(Refusal(ana_->Write(std::vector{EntryOf(Kind::kNotes, 1, "b", 2)})),
            "Another device changed this entry in the meantime.");
  EXPECT_EQ(Refusal(ana_->Write(std::vector{EntryOf(Kind::kNotes, 2), EntryOf(Kind::kNotes, 2)})),
            "Another device changed this entry in the meantime.");
  EXPECT_EQ(Refusal(ana_->Write(std::vector{EntryOf(Kind::kNotes, 3, std::string(kLongestBody + 1, 'x'))})),
            "This is longer than one entry holds.");
  Write(*ana_, {EntryOf(Kind::kNotes, 3, std::string(kLongestBody, 'x'))});
}

TEST_F(Two, ReadEachOthersCopiesOncePaired) {
  EXPECT_EQ(Refusal(ana_->Grant(Id(*ben_))), "You are not paired with this person.");
  const Entry note = EntryOf(Kind::kNotes, 1, "mine");
  Write(*ana_, {note});
  const auto invited = ana_->Invite();
  store_.Take(Id(*ana_), invited->upload);
  const Bytes row = store_.invites().at(InviteIdOf(*primitives_, invited->link.secret));
  EXPECT_EQ(Refusal(ana_->TakeInvite(invited->link, row)), "This invite is your own.");
  Do(*ben_, ben_->TakeInvite(invited->link, row));
  const Bytes answer = Newest(*ana_);
  Do(*ana_, ana_->TakeAcceptance(answer));
  EXPECT_TRUE(store_.invites().empty());
  EXPECT_EQ(Refusal(ana_->TakeAcceptance(answer)), "This answers an invite that was used already, or was never made.");
  EXPECT_EQ(ana_->Find(Id(*ben_))->words, ben_->Find(Id(*ana_))->words);
  EXPECT_EQ(Refusal(ana_->Grant(Id(*ben_))), "The six words were not compared yet.");
  Do(*ana_, ana_->Confirm(Id(*ben_)));
  EXPECT_EQ(Refusal(ana_->Publish(Id(*ben_), *SharedCopy::Of(note))), "Nothing is shared with this person now.");
  Do(*ana_, ana_->Grant(Id(*ben_)));
  Do(*ana_, ana_->Publish(Id(*ben_), *SharedCopy::Of(note)));
  EXPECT_EQ(BenReads().error().message,
            "This comes from somebody you are not paired with, or whose keys have changed.");
  Do(*ben_, ben_->Confirm(Id(*ana_)));
  ASSERT_EQ(BenReads()->size(), 1U);
  EXPECT_EQ((*BenReads())[0].entry(), note);
  EXPECT_FALSE(ana_->Grant(Id(*ben_))->keyring.has_value()) << "it is open already";
  EXPECT_EQ(Refusal(ana_->Publish(Id(*ben_), *SharedCopy::Of(EntryOf(Kind::kNotes, 2, std::string(17000, 'x'))))),
            "This is longer than one entry holds.");
}

TEST_F(Two, AnAnswerWithoutTheLinkIsRefused) {
  const auto invited = ana_->Invite();
  Link guessed = invited->link;
  guessed.secret.bytes[0] ^= 1U;
  const Bytes row = SealInvite(*primitives_, guessed.secret, ana_->identity());
  Do(*ben_, ben_->TakeInvite(guessed, row));
  EXPECT_EQ(Refusal(ana_->TakeAcceptance(Newest(*ana_))),
            "This answers an invite that was used already, or was never made.");
  // Somebody who saw the invite's id in the store, and not the link, has no proof.
  const Acceptance forged{.invite = InviteIdOf(*primitives_, invited->link.secret), .nonce = {}, .proof = {}};
  const Bytes envelope = *SealLetter(*primitives_, ben_->own(), ana_->identity(), forged);
  EXPECT_EQ(Refusal(ana_->TakeAcceptance(envelope)), "This answer to an invite is damaged, or somebody changed it.");
  EXPECT_EQ(Refusal(ana_->TakeAcceptance(*SealLetter(*primitives_, ben_->own(), ana_->identity(), Grant{}))),
            "This answer to an invite is damaged, or somebody changed it.");
}

TEST_F(Two, EndingAShareShredsIt) {
  Pair();
  Do(*ana_, ana_->Grant(Id(*ben_)));
  Do(*ana_, ana_->Publish(Id(*ben_), *SharedCopy::Of(EntryOf(Kind::kNotes, 1))));
  const StreamId stream = ana_->ShareWith(Id(*ben_))->stream.epoch.stream;
  const Bytes envelope = Newest(*ben_);
  const StoredStream before = *store_.Find(stream);
  EXPECT_EQ(BenReads()->size(), 1U);
  Do(*ana_, ana_->EndShare(Id(*ben_)));
  EXPECT_TRUE(store_.MailboxOf(Id(*ben_)).empty());
  EXPECT_TRUE(store_.Find(stream)->records.empty());
  EXPECT_FALSE(ReadShare(*primitives_, *ben_, envelope, *store_.Find(stream), bens_memory_));
  EXPECT_FALSE(ana_->EndShare(Id(*ben_))->keyring.has_value()) << "it is over already";

  Do(*ana_, ana_->Grant(Id(*ben_)));
  EXPECT_TRUE(BenReads()->empty()) << "what was shared before stays away";
  EXPECT_FALSE(ReadShare(*primitives_, *ben_, envelope, before, bens_memory_))
      << "the old epoch is refused from now on";
}

TEST_F(Two, LeavingForgetsThePersonWithoutAWord) {
  Pair();
  Do(*ana_, ana_->Grant(Id(*ben_)));
  const StreamId stream = ana_->ShareWith(Id(*ben_))->stream.epoch.stream;
  const auto upload = ana_->Leave(Id(*ben_));
  EXPECT_TRUE(upload->posted.empty());
  Do(*ana_, upload);
  EXPECT_EQ(ana_->Find(Id(*ben_)), nullptr);
  EXPECT_EQ(store_.Find(stream), nullptr);
  EXPECT_EQ(Refusal(ana_->Leave(Id(*ben_))), "You are not paired with this person.");
  EXPECT_TRUE(Account::Open(*primitives_, ana_->account_key(), store_.Of(Id(*ana_)), ana_->memory()));
}

TEST_F(Two, DeletingTakesEveryCopyAndEveryKey) {
  Pair();
  Do(*ana_, ana_->Grant(Id(*ben_)));
  const Entry gone = EntryOf(Kind::kNotes, 1, "gone");
  const Entry kept = EntryOf(Kind::kNotes, 2, "kept");
  Write(*ana_, {gone, kept, EntryOf(Kind::kNotes, 1, "gone too", 2)});
  Do(*ana_, ana_->Publish(Id(*ben_), *SharedCopy::Of(gone)));
  Do(*ana_, ana_->Publish(Id(*ben_), *SharedCopy::Of(kept)));
  const StoredAccount before = store_.Of(Id(*ana_));
  Do(*ana_, ana_->Delete(std::vector{gone.id}));
  EXPECT_EQ(ana_->Entries(Kind::kNotes), std::vector{kept});
  ASSERT_EQ(BenReads()->size(), 1U);
  EXPECT_EQ((*BenReads())[0].entry(), kept);

  // Old rows with the new keyring open nothing, not even for the owner.
  StoredAccount old_rows = before;
  old_rows.keyring = store_.Of(Id(*ana_)).keyring;
  EXPECT_FALSE(Account::Open(*primitives_, ana_->account_key(), old_rows, {}));

  Do(*ana_, ana_->DeleteEverything());
  for (const Kind kind : kKinds) EXPECT_TRUE(ana_->Entries(kind).empty());
  for (const auto& [id, stream] : store_.Of(Id(*ana_)).streams) EXPECT_TRUE(stream.records.empty());
  EXPECT_FALSE(BenReads());
}

TEST_F(Two, ChangedKeysCloseSharingUntilPairedAgain) {
  Pair();
  Do(*ana_, ana_->Grant(Id(*ben_)));
  EXPECT_FALSE(ana_->Notice(ben_->identity())->keyring.has_value());
  Do(*ben_, ben_->Rekey());
  Do(*ana_, ana_->Notice(ben_->identity()));
  const SharedCopy copy = *SharedCopy::Of(EntryOf(Kind::kNotes, 1));
  EXPECT_EQ(Refusal(ana_->Publish(Id(*ben_), copy)), "Nothing is shared with this person now.");
  EXPECT_EQ(Refusal(ana_->Grant(Id(*ben_))), "This person's keys have changed since you paired.");
  EXPECT_EQ(Refusal(ana_->Confirm(Id(*ben_))), "This person's keys are not those you paired with.");
  EXPECT_EQ(Refusal(ana_->Notice(Identity{})), "You are not paired with this person.");
  Pair();
  Do(*ana_, ana_->Grant(Id(*ben_)));
  Do(*ana_, ana_->Publish(Id(*ben_), copy));
  EXPECT_EQ(BenReads()->size(), 1U);
}

TEST_F(Two, RekeyingShutsOutWhoeverKnewTheKeys) {
  Write(*ana_, {EntryOf(Kind::kNotes, 1)});
  const Key known = ana_->account_key();
  Do(*ana_, ana_->Rekey());
  EXPECT_FALSE(Account::Open(*primitives_, known, store_.Of(Id(*ana_)), {}));
  EXPECT_TRUE(Account::Open(*primitives_, ana_->account_key(), store_.Of(Id(*ana_)), ana_->memory()));
}

TEST_F(Two, AHostileStoreIsNoticed) {
  Write(*ana_, {EntryOf(Kind::kNotes, 1), EntryOf(Kind::kSafety, 2)});
  const StoredAccount good = store_.Of(Id(*ana_));
  const auto opens = [&](const StoredAccount& stored) {
    return Account::Open(*primitives_, ana_->account_key(), stored, {}).has_value();
  };
  EXPECT_TRUE(opens(good));
  StoredAccount bad = good;
  std::swap(bad.streams.begin()->second, std::next(bad.streams.begin())->second);
  EXPECT_FALSE(opens(bad));
  bad = good;
  bad.streams.erase(bad.streams.begin());
  EXPECT_EQ(Account::Open(*primitives_, ana_->account_key(), bad, {}).error().message,
            "A stream is missing from what is stored.");
  bad = good;
  bad.keyring = store_.Of(Id(*ben_)).keyring;
  EXPECT_FALSE(opens(bad));
}

TEST_F(Two, SafetyInAShareIsRefusedByItsReader) {
  Pair();
  Do(*ana_, ana_->Grant(Id(*ben_)));
  // Somebody else's program might write it; ours can't even say it.
  const Share& share = *ana_->ShareWith(Id(*ben_));
  StoredStream stored = *store_.Find(share.stream.epoch.stream);
  const Bytes record =
      SealRecord(*primitives_, share.stream.key, {.bucket = 0, .epoch = share.stream.epoch, .seq = 0, .id = {}},
                 EntryContent(EntryOf(Kind::kSafety, 1)));
  stored.records.push_back(record);
  const Chain chain = Longer(*primitives_, EmptyChain(*primitives_, share.stream.epoch), record);
  stored.head = SignHead(*primitives_, ana_->own().signing, {.epoch = share.stream.epoch, .chain = chain});
  EXPECT_EQ(ReadShare(*primitives_, *ben_, Newest(*ben_), stored, bens_memory_).error().message,
            "This share is damaged, or somebody changed it.");
}

}  // namespace
}  // namespace selvedge::vault
