// What every store promises (src/store/store.h), compiled once with each kind of database.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "store/blobs.h"
#include "store/migrations.h"
#include "store/place.h"
#include "store/sample.h"

namespace selvedge::store::testing {
namespace {

constexpr Hour kNow{480'000};  // some time in 2024
constexpr std::size_t kAll = 1'000;

constexpr Hour Later(Hour hour, std::int64_t hours) { return {hour.since_1970 + hours}; }

class StoreContract : public ::testing::Test {
 protected:
  StoreContract() { Reopen(); }

  void Reopen() {
    store_.reset();
    auto opened = place_->Open();
    ASSERT_TRUE(opened.has_value()) << opened.error().message;
    store_ = *std::move(opened);
  }

  /// People 1 and 2, each with a stream of the same number and three records in it.
  void MakeTwoPeople() {
    for (const std::uint32_t person : {1U, 2U}) {
      const std::vector<StreamChange> streams{AdditionOf(person, 1, 0, 3)};
      ASSERT_EQ(store_->CreateAccount(AccountOf(person), streams), Outcome::kStored);
    }
  }

  Outcome Commit(const Change& change) {
    const auto outcomes = store_->Commit({&change, 1});
    EXPECT_TRUE(outcomes.has_value()) << outcomes.error().message;
    return outcomes ? outcomes->at(0) : Outcome::kConflict;
  }

  Outcome Add(std::uint32_t person, StreamChange addition) {
    return Commit({.account = IdOf<AccountId>(person), .streams = {std::move(addition)}});
  }

  /// All of a stream as a person sees it.
  std::optional<Page> Seen(std::uint32_t stream, std::uint32_t reader, std::uint64_t from = 0,
                           std::size_t limit = kAll) {
    auto page = store_->Read(IdOf<StreamId>(stream), IdOf<AccountId>(reader), from, limit);
    EXPECT_TRUE(page.has_value()) << page.error().message;
    return page ? *page : std::nullopt;
  }

  void ExpectHolds(std::uint32_t stream, std::uint32_t epoch, std::uint32_t count) {
    const std::optional<Page> page = Seen(stream, stream);
    ASSERT_TRUE(page.has_value());
    EXPECT_EQ(page->count, count);
    EXPECT_TRUE(Holds(*page, stream, epoch, 0, count));
    EXPECT_EQ(page->head, AdditionOf(stream, epoch, 0, count).head);
  }

  std::vector<EnvelopeId> MailOf(std::uint32_t person) {
    const auto mail = store_->Mailbox(IdOf<AccountId>(person));
    EXPECT_TRUE(mail.has_value());
    std::vector<EnvelopeId> ids;
    for (const Envelope& envelope : *mail) ids.push_back(envelope.id);
    return ids;
  }

  std::unique_ptr<Place> place_ = NewPlace();
  std::unique_ptr<Store> store_;
};

// ---- accounts
// --------------------------------------------------------------------------------------------------------

TEST_F(StoreContract, AnAccountIsFoundByItsHandleAndItsId) {
  const Account account = AccountOf(1);
  EXPECT_EQ(store_->FindAccount(account.handle).value(), std::nullopt);
  ASSERT_EQ(store_->CreateAccount(account, {}), Outcome::kStored);
  EXPECT_TRUE(Same(store_->FindAccount(account.handle).value().value(), account));
  EXPECT_TRUE(Same(store_->FindAccount(account.id).value().value(), account));
  EXPECT_EQ(store_->FindAccount(IdOf<HandleHash>(2)).value(), std::nullopt);
}

TEST_F(StoreContract, AHandleBelongsToOnePerson) {
  ASSERT_EQ(store_->CreateAccount(AccountOf(1), {}), Outcome::kStored);
  Account other = AccountOf(2);
  other.handle = AccountOf(1).handle;
  EXPECT_EQ(store_->CreateAccount(other, {}), Outcome::kConflict);
  other = AccountOf(2);
  other.id = AccountOf(1).id;
  EXPECT_EQ(store_->CreateAccount(other, {}), Outcome::kConflict);
  EXPECT_TRUE(Same(store_->FindAccount(AccountOf(1).id).value().value(), AccountOf(1)));
  EXPECT_EQ(store_->FindAccount(AccountOf(2).handle).value(), std::nullopt);
}

TEST_F(StoreContract, SigningUpTwiceIsTheSameAsOnce) {
  const std::vector<StreamChange> streams{AdditionOf(1, 1, 0, 2), AdditionOf(7, 1, 0, 0)};
  ASSERT_EQ(store_->CreateAccount(AccountOf(1), streams), Outcome::kStored);
  EXPECT_EQ(store_->CreateAccount(AccountOf(1), streams), Outcome::kAlreadyThere);
  ExpectHolds(1, 1, 2);
  EXPECT_EQ(store_->StreamsOf(IdOf<AccountId>(1)).value().size(), 2U);
}

TEST_F(StoreContract, AnAccountWhoseStreamsConflictIsNotMade) {
  MakeTwoPeople();
  const std::vector<StreamChange> streams{AdditionOf(3, 1, 0, 1), AdditionOf(2, 1, 0, 1)};  // stream 2 is person 2's
  EXPECT_EQ(store_->CreateAccount(AccountOf(3), streams), Outcome::kConflict);
  EXPECT_EQ(store_->FindAccount(AccountOf(3).handle).value(), std::nullopt);
  EXPECT_EQ(Seen(3, 3), std::nullopt);
}

TEST_F(StoreContract, ShreddingAnAccountLeavesNothingOfItAndEverythingOfOthers) {
  MakeTwoPeople();
  const Envelope to_both[] = {{.id = IdOf<EnvelopeId>(1), .recipient = IdOf<AccountId>(1), .bytes = BlobOf(1)},
                              {.id = IdOf<EnvelopeId>(2), .recipient = IdOf<AccountId>(2), .bytes = BlobOf(2)}};
  ASSERT_EQ(Commit({.account = IdOf<AccountId>(1), .envelopes = {to_both[0], to_both[1]}}), Outcome::kStored);
  for (const std::uint32_t person : {1U, 2U}) {
    ASSERT_EQ(store_->CreateSession({.token = IdOf<TokenHash>(person),
                                     .account = IdOf<AccountId>(person),
                                     .lifetime = {kNow, Later(kNow, 12)}}),
              Outcome::kStored);
  }
  ASSERT_TRUE(store_->ShredAccount(IdOf<AccountId>(1)).has_value());
  EXPECT_TRUE(store_->ShredAccount(IdOf<AccountId>(1)).has_value()) << "what is gone may be shredded again";

  EXPECT_EQ(store_->FindAccount(IdOf<AccountId>(1)).value(), std::nullopt);
  EXPECT_EQ(Seen(1, 1), std::nullopt);
  EXPECT_TRUE(MailOf(1).empty());
  EXPECT_EQ(store_->FindSession(IdOf<TokenHash>(1), kNow).value(), std::nullopt);
  EXPECT_EQ(Add(1, AdditionOf(1, 1, 3, 1)), Outcome::kNoAccount);

  ExpectHolds(2, 1, 3);
  EXPECT_EQ(MailOf(2), std::vector{IdOf<EnvelopeId>(2)});
  EXPECT_EQ(store_->FindSession(IdOf<TokenHash>(2), kNow).value(), IdOf<AccountId>(2));
  EXPECT_EQ(store_->CreateAccount(AccountOf(1), {}), Outcome::kStored) << "the handle is free again";
  EXPECT_TRUE(store_->StreamsOf(IdOf<AccountId>(1)).value().empty());
}

// ---- keys
// ------------------------------------------------------------------------------------------------------------

TEST_F(StoreContract, AKeyringFollowsTheOneBefore) {
  MakeTwoPeople();
  const auto with_keyring = [](std::uint64_t number, std::uint32_t blob) {
    return Change{.account = IdOf<AccountId>(1), .keyring = Keyring{.number = number, .bytes = BlobOf(blob)}};
  };
  EXPECT_EQ(Commit(with_keyring(3, 70)), Outcome::kConflict);
  EXPECT_EQ(Commit(with_keyring(1, 70)), Outcome::kConflict);
  EXPECT_EQ(Commit(with_keyring(2, 70)), Outcome::kStored);
  EXPECT_EQ(Commit(with_keyring(2, 70)), Outcome::kAlreadyThere);
  EXPECT_EQ(Commit(with_keyring(2, 71)), Outcome::kConflict) << "another device was quicker";
  const Account account = store_->FindAccount(IdOf<AccountId>(1)).value().value();
  EXPECT_EQ(account.keyring.number, 2U);
  EXPECT_EQ(account.keyring.bytes, BlobOf(70));
}

TEST_F(StoreContract, NewLocksNeedANewKeyringAndEndTheSessions) {
  MakeTwoPeople();
  for (const std::uint32_t person : {1U, 2U}) {
    ASSERT_EQ(store_->CreateSession({.token = IdOf<TokenHash>(person),
                                     .account = IdOf<AccountId>(person),
                                     .lifetime = {kNow, Later(kNow, 12)}}),
              Outcome::kStored);
  }
  const Lock passphrase{.verifier = BlobOf(80), .wrapped_key = BlobOf(81)};
  const Lock recovery{.verifier = BlobOf(82), .wrapped_key = BlobOf(83)};
  EXPECT_EQ(Commit({.account = IdOf<AccountId>(1), .passphrase = passphrase}), Outcome::kConflict);
  EXPECT_EQ(Commit({.account = IdOf<AccountId>(1), .recovery = recovery}), Outcome::kConflict);
  EXPECT_TRUE(Same(store_->FindAccount(IdOf<AccountId>(1)).value().value(), AccountOf(1)));
  EXPECT_EQ(store_->FindSession(IdOf<TokenHash>(1), kNow).value(), IdOf<AccountId>(1));

  Change change{.account = IdOf<AccountId>(1), .keyring = Keyring{.number = 2, .bytes = BlobOf(84)}};
  change.passphrase = passphrase;
  EXPECT_EQ(Commit(change), Outcome::kStored);
  Account account = store_->FindAccount(IdOf<AccountId>(1)).value().value();
  EXPECT_TRUE(Same(account.passphrase, passphrase));
  EXPECT_TRUE(Same(account.recovery, AccountOf(1).recovery));
  EXPECT_EQ(store_->FindSession(IdOf<TokenHash>(1), kNow).value(), std::nullopt);
  EXPECT_EQ(store_->FindSession(IdOf<TokenHash>(2), kNow).value(), IdOf<AccountId>(2));

  EXPECT_EQ(
      Commit(
          {.account = IdOf<AccountId>(1), .keyring = Keyring{.number = 3, .bytes = BlobOf(85)}, .recovery = recovery}),
      Outcome::kStored);
  account = store_->FindAccount(IdOf<AccountId>(1)).value().value();
  EXPECT_TRUE(Same(account.passphrase, passphrase));
  EXPECT_TRUE(Same(account.recovery, recovery));
}

// ---- streams
// ---------------------------------------------------------------------------------------------------------

TEST_F(StoreContract, RecordsFollow) {
  MakeTwoPeople();
  EXPECT_EQ(Add(1, AdditionOf(1, 1, 3, 2)), Outcome::kStored);
  EXPECT_EQ(Add(1, AdditionOf(1, 1, 6, 1)), Outcome::kConflict) << "5 is missing";
  EXPECT_EQ(Add(1, AdditionOf(1, 1, std::numeric_limits<std::uint32_t>::max() - 1, 1)), Outcome::kConflict);
  ExpectHolds(1, 1, 5);
  ExpectHolds(2, 1, 3);
}

TEST_F(StoreContract, SendingRecordsAgainChangesNothing) {
  MakeTwoPeople();
  const StreamChange first = AdditionOf(1, 1, 3, 2);
  ASSERT_EQ(Add(1, first), Outcome::kStored);
  ASSERT_EQ(Add(1, AdditionOf(1, 1, 5, 1)), Outcome::kStored);
  EXPECT_EQ(Add(1, first), Outcome::kAlreadyThere);
  ExpectHolds(1, 1, 6);  // and so the newer head stays
  EXPECT_EQ(Add(1, AdditionOf(1, 1, 4, 4)), Outcome::kStored) << "the first two are known, the others follow";
  ExpectHolds(1, 1, 8);
}

TEST_F(StoreContract, AnotherRecordInAKnownPlaceConflicts) {
  MakeTwoPeople();
  StreamChange other = AdditionOf(1, 1, 2, 2);
  other.records[0] = RecordOf(99);
  EXPECT_EQ(Add(1, other), Outcome::kConflict);
  ExpectHolds(1, 1, 3);
}

TEST_F(StoreContract, AKnownRecordInAnotherPlaceConflicts) {
  MakeTwoPeople();
  StreamChange again = AdditionOf(1, 1, 3, 2);
  again.records[1] = AdditionOf(1, 1, 0, 1).records[0];
  EXPECT_EQ(Add(1, again), Outcome::kConflict);
  ExpectHolds(1, 1, 3);
  again.records[1] = again.records[0];
  EXPECT_EQ(Add(1, again), Outcome::kConflict) << "twice in one change";
  ExpectHolds(1, 1, 3);
}

TEST_F(StoreContract, TheNextEpochTakesThePlaceOfTheOneBefore) {
  MakeTwoPeople();
  EXPECT_EQ(Add(1, AdditionOf(1, 3, 0, 1)), Outcome::kConflict);
  EXPECT_EQ(Add(1, AdditionOf(1, 2, 1, 1)), Outcome::kConflict) << "an epoch begins at 0";
  ExpectHolds(1, 1, 3);
  EXPECT_EQ(Add(1, AdditionOf(1, 2, 0, 2)), Outcome::kStored);
  ExpectHolds(1, 2, 2);
  EXPECT_EQ(Add(1, AdditionOf(1, 2, 0, 2)), Outcome::kAlreadyThere);
  EXPECT_EQ(Add(1, AdditionOf(1, 1, 3, 1)), Outcome::kConflict) << "the first epoch is over";
  EXPECT_EQ(Add(1, AdditionOf(1, 2, 2, 1)), Outcome::kStored);
  ExpectHolds(1, 2, 3);
  EXPECT_EQ(Add(1, AdditionOf(1, 3, 0, 0)), Outcome::kStored) << "an epoch may begin with nothing";
  ExpectHolds(1, 3, 0);
}

TEST_F(StoreContract, AnEpochMayKeepTheIdsOfTheOneBefore) {
  MakeTwoPeople();
  StreamChange rewritten = AdditionOf(1, 2, 0, 3);
  const StreamChange before = AdditionOf(1, 1, 0, 3);
  for (std::size_t i = 0; i < 3; ++i) rewritten.records[i].id = before.records[i].id;
  EXPECT_EQ(Add(1, rewritten), Outcome::kStored);
  EXPECT_EQ(Seen(1, 1)->records[2].bytes, rewritten.records[2].bytes);
}

TEST_F(StoreContract, AStreamBeginsWithEpochOne) {
  MakeTwoPeople();
  EXPECT_EQ(Add(1, AdditionOf(5, 0, 0, 0)), Outcome::kConflict);
  EXPECT_EQ(Add(1, AdditionOf(5, 2, 0, 1)), Outcome::kConflict);
  EXPECT_EQ(Add(1, AdditionOf(5, 1, 1, 1)), Outcome::kConflict);
  EXPECT_EQ(Seen(5, 1), std::nullopt);
  EXPECT_EQ(Add(1, AdditionOf(5, 1, 0, 1)), Outcome::kStored);
  EXPECT_EQ(Seen(5, 1)->count, 1U);
}

TEST_F(StoreContract, NobodyWritesIntoSomebodyElsesStream) {
  MakeTwoPeople();
  EXPECT_EQ(Add(2, AdditionOf(1, 1, 3, 1)), Outcome::kConflict);
  EXPECT_EQ(Add(2, AdditionOf(1, 2, 0, 0)), Outcome::kConflict);
  EXPECT_EQ(Add(2, AdditionOf(1, 1, 0, 3)), Outcome::kConflict) << "not even what is there";
  ExpectHolds(1, 1, 3);
}

TEST_F(StoreContract, StreamsTellHowFarTheyAre) {
  MakeTwoPeople();
  ASSERT_EQ(Add(1, AdditionOf(3, 1, 0, 0)), Outcome::kStored);
  ASSERT_EQ(Add(1, AdditionOf(1, 2, 0, 5)), Outcome::kStored);
  const auto streams = store_->StreamsOf(IdOf<AccountId>(1)).value();
  ASSERT_EQ(streams.size(), 2U);
  for (const Position& position : streams) {
    const bool first = position.stream == IdOf<StreamId>(1);
    EXPECT_TRUE(first || position.stream == IdOf<StreamId>(3));
    EXPECT_EQ(position.epoch, first ? 2U : 1U);
    EXPECT_EQ(position.count, first ? 5U : 0U);
  }
}

TEST_F(StoreContract, ReadingComesInPages) {
  MakeTwoPeople();
  ASSERT_EQ(Add(1, AdditionOf(1, 1, 3, 7)), Outcome::kStored);
  EXPECT_TRUE(Holds(*Seen(1, 1, 4, 3), 1, 1, 4, 3));
  EXPECT_TRUE(Holds(*Seen(1, 1, 8, 3), 1, 1, 8, 2));
  EXPECT_TRUE(Seen(1, 1, 10, 3)->records.empty());
  EXPECT_TRUE(Seen(1, 1, std::numeric_limits<std::uint64_t>::max(), 3)->records.empty());
  EXPECT_TRUE(Seen(1, 1, 0, 0)->records.empty());
  EXPECT_EQ(Seen(1, 1, 0, std::numeric_limits<std::size_t>::max())->records.size(), 10U);
  EXPECT_EQ(Seen(1, 1, 8, 1)->count, 10U);
}

TEST_F(StoreContract, BytesComeBackAsTheyWere) {
  MakeTwoPeople();
  StreamChange odd = AdditionOf(1, 1, 3, 4);
  odd.records[0].bytes.clear();
  odd.records[1].bytes.assign(3, 0);
  odd.records[2].bytes.resize(256);
  for (std::size_t i = 0; i < 256; ++i) odd.records[2].bytes[i] = static_cast<std::uint8_t>(i);
  odd.records[3].bytes = BlobOf(5, 100'000);
  ASSERT_EQ(Add(1, odd), Outcome::kStored);
  const Page page = Seen(1, 1, 3).value();
  ASSERT_EQ(page.records.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(page.records[i].bytes, odd.records[i].bytes);
}

// ---- changes as wholes
// -----------------------------------------------------------------------------------------------

TEST_F(StoreContract, AChangeIsStoredWholeOrNotAtAll) {
  MakeTwoPeople();
  ASSERT_EQ(Commit({.account = IdOf<AccountId>(1),
                    .envelopes = {{.id = IdOf<EnvelopeId>(1), .recipient = IdOf<AccountId>(1), .bytes = BlobOf(1)}}}),
            Outcome::kStored);
  Change change{.account = IdOf<AccountId>(1),
                .keyring = Keyring{.number = 2, .bytes = BlobOf(60)},
                .streams = {AdditionOf(1, 1, 3, 1), AdditionOf(4, 1, 0, 2), AdditionOf(2, 1, 3, 1)},
                .envelopes = {{.id = IdOf<EnvelopeId>(2), .recipient = IdOf<AccountId>(2), .bytes = BlobOf(2)}},
                .removed = {IdOf<EnvelopeId>(1)}};
  EXPECT_EQ(Commit(change), Outcome::kConflict) << "stream 2 is somebody else's";
  EXPECT_EQ(store_->FindAccount(IdOf<AccountId>(1)).value()->keyring.number, 1U);
  ExpectHolds(1, 1, 3);
  EXPECT_EQ(Seen(4, 1), std::nullopt);
  EXPECT_EQ(MailOf(1), std::vector{IdOf<EnvelopeId>(1)});
  EXPECT_TRUE(MailOf(2).empty());

  change.streams.pop_back();
  EXPECT_EQ(Commit(change), Outcome::kStored);
  EXPECT_EQ(store_->FindAccount(IdOf<AccountId>(1)).value()->keyring.number, 2U);
  ExpectHolds(1, 1, 4);
  EXPECT_EQ(Seen(4, 1)->count, 2U);
  EXPECT_TRUE(MailOf(1).empty());
  EXPECT_EQ(MailOf(2), std::vector{IdOf<EnvelopeId>(2)});

  // The one it was for has read it; sending the change again must not bring it back.
  ASSERT_EQ(Commit({.account = IdOf<AccountId>(2), .removed = {IdOf<EnvelopeId>(2)}}), Outcome::kStored);
  EXPECT_EQ(Commit(change), Outcome::kAlreadyThere);
  EXPECT_TRUE(MailOf(2).empty());
}

TEST_F(StoreContract, ChangesInAGroupSucceedOrConflictByThemselves) {
  MakeTwoPeople();
  const auto addition = [](std::uint32_t person, StreamChange stream) {
    return Change{.account = IdOf<AccountId>(person), .streams = {std::move(stream)}};
  };
  const std::vector<Change> group{
      addition(2, AdditionOf(2, 1, 3, 1)), addition(1, AdditionOf(1, 1, 3, 1)), addition(9, AdditionOf(9, 1, 0, 1)),
      addition(1, AdditionOf(1, 1, 3, 1)), addition(2, AdditionOf(2, 1, 5, 1)), addition(1, AdditionOf(1, 1, 4, 2)),
  };
  const std::vector<Outcome> expected{Outcome::kStored,       Outcome::kStored,   Outcome::kNoAccount,
                                      Outcome::kAlreadyThere, Outcome::kConflict, Outcome::kStored};
  EXPECT_EQ(store_->Commit(group), expected);
  ExpectHolds(1, 1, 6);
  ExpectHolds(2, 1, 4);
  EXPECT_EQ(store_->Commit({}), std::vector<Outcome>{});
}

TEST_F(StoreContract, EverythingIsThereWhenOpenedAgain) {
  ASSERT_TRUE(Fill(*store_));
  Reopen();
  EXPECT_TRUE(IsAsFilled(*store_));
}

/// Every schema there ever was, with something in it (tests/store/schemas/dump.sh).
TEST_F(StoreContract, ADatabaseOfAnyEarlierSchemaIsBroughtToThisOne) {
  store_.reset();
  const auto shape = place_->Connect().value()->Run(kShapeOfSchema).value().rows;
  ASSERT_GT(shape.size(), 30U);
  for (std::size_t number = 1; number <= Schema().size(); ++number) {
    const std::string name = std::to_string(number) + "." + std::string(kDatabase) + ".sql";
    std::ifstream file(SELVEDGE_SOURCE_DIR "/tests/store/schemas/" + name);
    const std::string dump{std::istreambuf_iterator<char>(file), {}};
    ASSERT_FALSE(dump.empty()) << name << " is missing";
    place_ = NewPlace();
    ASSERT_TRUE(place_->Connect().value()->RunScript(dump).has_value()) << name;
    Reopen();
    EXPECT_TRUE(IsAsFilled(*store_)) << name;
    store_.reset();
    EXPECT_EQ(place_->Connect().value()->Run(kShapeOfSchema).value().rows, shape) << name;
  }
}

// ---- what others see
// -------------------------------------------------------------------------------------------------

TEST_F(StoreContract, OthersSeeWhatWasThereAtTheLastBatch) {
  MakeTwoPeople();
  EXPECT_EQ(Seen(1, 2), std::nullopt);
  EXPECT_EQ(Seen(77, 2), std::nullopt) << "as if there were no such stream";
  ASSERT_EQ(store_->ReleaseBatch(kNow), true);
  ASSERT_EQ(Add(1, AdditionOf(1, 1, 3, 2)), Outcome::kStored);
  const Page page = Seen(1, 2).value();
  EXPECT_EQ(page.count, 3U);
  EXPECT_TRUE(Holds(page, 1, 1, 0, 3));
  EXPECT_EQ(page.head, AdditionOf(1, 1, 0, 3).head);
  ASSERT_EQ(store_->ReleaseBatch(Later(kNow, 24)), true);
  EXPECT_TRUE(Holds(Seen(1, 2).value(), 1, 1, 0, 5));
  EXPECT_EQ(Seen(1, 2)->head, AdditionOf(1, 1, 0, 5).head);
}

TEST_F(StoreContract, ANewEpochShowsOthersNothingUntilTheNextBatch) {
  MakeTwoPeople();
  ASSERT_EQ(store_->ReleaseBatch(kNow), true);
  ASSERT_EQ(Add(1, AdditionOf(1, 2, 0, 2)), Outcome::kStored);
  EXPECT_EQ(Seen(1, 2), std::nullopt);
  ASSERT_EQ(store_->ReleaseBatch(Later(kNow, 24)), true);
  EXPECT_TRUE(Holds(Seen(1, 2).value(), 1, 2, 0, 2));
  ASSERT_EQ(Add(1, AdditionOf(1, 3, 0, 0)), Outcome::kStored);
  ASSERT_EQ(store_->ReleaseBatch(Later(kNow, 48)), true);
  EXPECT_EQ(Seen(1, 2), std::nullopt) << "an ended share looks like none";
}

TEST_F(StoreContract, ADayHasOneBatch) {
  MakeTwoPeople();
  const Hour midnight{kNow.since_1970 / 24 * 24};
  EXPECT_EQ(store_->ReleaseBatch(Later(midnight, 3)), true);
  ASSERT_EQ(Add(1, AdditionOf(1, 1, 3, 1)), Outcome::kStored);
  EXPECT_EQ(store_->ReleaseBatch(Later(midnight, 4)), false);
  EXPECT_EQ(store_->ReleaseBatch(Later(midnight, 23)), false);
  EXPECT_EQ(Seen(1, 2)->count, 3U);
  EXPECT_EQ(store_->ReleaseBatch(Later(midnight, 24)), true);
  EXPECT_EQ(Seen(1, 2)->count, 4U);
}

TEST_F(StoreContract, AClockThatWasAheadDoesNotStopTheBatches) {
  MakeTwoPeople();
  EXPECT_EQ(store_->ReleaseBatch(Later(kNow, 24 * 365)), true);
  ASSERT_EQ(Add(1, AdditionOf(1, 1, 3, 1)), Outcome::kStored);
  EXPECT_EQ(store_->ReleaseBatch(kNow), true);
  EXPECT_EQ(Seen(1, 2)->count, 4U);
}

// ---- mail
// ------------------------------------------------------------------------------------------------------------

TEST_F(StoreContract, EnvelopesWaitForTheirRecipient) {
  MakeTwoPeople();
  const auto envelope = [](std::uint32_t number, std::uint32_t recipient, Delivery delivery) {
    return Envelope{.id = IdOf<EnvelopeId>(number),
                    .recipient = IdOf<AccountId>(recipient),
                    .bytes = BlobOf(number, 307),
                    .delivery = delivery};
  };
  EXPECT_EQ(Commit({.account = IdOf<AccountId>(1),
                    .envelopes = {envelope(1, 2, Delivery::kAtOnce), envelope(2, 2, Delivery::kNextBatch),
                                  envelope(3, 9, Delivery::kAtOnce)}}),
            Outcome::kStored)
      << "there is no person 9, and nobody is told";
  EXPECT_TRUE(MailOf(1).empty());
  EXPECT_EQ(MailOf(2), std::vector{IdOf<EnvelopeId>(1)});
  EXPECT_EQ(store_->Mailbox(IdOf<AccountId>(2)).value()[0].bytes, BlobOf(1, 307));
  EXPECT_EQ(Commit({.account = IdOf<AccountId>(1), .envelopes = {envelope(1, 2, Delivery::kAtOnce)}}),
            Outcome::kAlreadyThere);
  ASSERT_EQ(store_->ReleaseBatch(kNow), true);
  EXPECT_EQ(MailOf(2).size(), 2U);
  EXPECT_EQ(Commit({.account = IdOf<AccountId>(1), .removed = {IdOf<EnvelopeId>(2)}}), Outcome::kStored);
  EXPECT_EQ(Commit({.account = IdOf<AccountId>(2), .removed = {IdOf<EnvelopeId>(1)}}), Outcome::kStored);
  EXPECT_TRUE(MailOf(2).empty());
  EXPECT_EQ(Commit({.account = IdOf<AccountId>(2), .removed = {IdOf<EnvelopeId>(1)}}), Outcome::kAlreadyThere);
}

// ---- things that end by themselves
// -----------------------------------------------------------------------------------

TEST_F(StoreContract, ASessionHoldsForItsTime) {
  MakeTwoPeople();
  const Session session{
      .token = IdOf<TokenHash>(1), .account = IdOf<AccountId>(1), .lifetime = {kNow, Later(kNow, 12)}};
  EXPECT_EQ(store_->CreateSession(session), Outcome::kStored);
  EXPECT_EQ(store_->CreateSession(session), Outcome::kConflict) << "tokens are never made twice";
  EXPECT_EQ(
      store_->CreateSession({.token = IdOf<TokenHash>(2), .account = IdOf<AccountId>(9), .lifetime = session.lifetime}),
      Outcome::kNoAccount);
  const auto owner_at = [&](Hour hour) { return store_->FindSession(IdOf<TokenHash>(1), hour).value(); };
  EXPECT_EQ(owner_at(kNow), IdOf<AccountId>(1));
  EXPECT_EQ(owner_at(Later(kNow, 11)), IdOf<AccountId>(1));
  EXPECT_EQ(owner_at(Later(kNow, 12)), std::nullopt);
  EXPECT_EQ(owner_at(Later(kNow, -1)), IdOf<AccountId>(1)) << "a clock put right by a little";
  EXPECT_EQ(owner_at(Later(kNow, -2)), std::nullopt) << "a clock set back does not lengthen it";
  EXPECT_EQ(owner_at(Later(kNow, 24 * 365)), std::nullopt);
  EXPECT_EQ(store_->FindSession(IdOf<TokenHash>(2), kNow).value(), std::nullopt);
  ASSERT_TRUE(store_->EndSession(IdOf<TokenHash>(1)).has_value());
  EXPECT_EQ(owner_at(kNow), std::nullopt);
}

TEST_F(StoreContract, AllSessionsOfOnePersonEndTogether) {
  MakeTwoPeople();
  for (const std::uint32_t token : {1U, 2U, 3U}) {
    ASSERT_EQ(store_->CreateSession({.token = IdOf<TokenHash>(token),
                                     .account = IdOf<AccountId>(token == 3 ? 2 : 1),
                                     .lifetime = {kNow, Later(kNow, 12)}}),
              Outcome::kStored);
  }
  ASSERT_TRUE(store_->EndSessions(IdOf<AccountId>(1)).has_value());
  EXPECT_EQ(store_->FindSession(IdOf<TokenHash>(1), kNow).value(), std::nullopt);
  EXPECT_EQ(store_->FindSession(IdOf<TokenHash>(2), kNow).value(), std::nullopt);
  EXPECT_EQ(store_->FindSession(IdOf<TokenHash>(3), kNow).value(), IdOf<AccountId>(2));
}

TEST_F(StoreContract, AnInviteHoldsForItsTime) {
  const Invite invite{.id = IdOf<InviteId>(1), .bytes = BlobOf(1, 123), .lifetime = {kNow, Later(kNow, 48)}};
  EXPECT_EQ(store_->PutInvite(invite), Outcome::kStored);
  EXPECT_EQ(store_->PutInvite(invite), Outcome::kAlreadyThere);
  Invite other = invite;
  other.bytes = BlobOf(2, 123);
  EXPECT_EQ(store_->PutInvite(other), Outcome::kConflict);
  EXPECT_EQ(store_->FindInvite(invite.id, Later(kNow, 47)).value().value().bytes, invite.bytes);
  EXPECT_FALSE(store_->FindInvite(invite.id, Later(kNow, 48)).value().has_value());
  EXPECT_FALSE(store_->FindInvite(invite.id, Later(kNow, -2)).value().has_value());
  EXPECT_FALSE(store_->FindInvite(IdOf<InviteId>(2), kNow).value().has_value());
  ASSERT_TRUE(store_->ShredInvite(invite.id).has_value());
  EXPECT_FALSE(store_->FindInvite(invite.id, kNow).value().has_value());
}

TEST_F(StoreContract, SweepingRemovesWhatIsOverAndNothingElse) {
  MakeTwoPeople();
  for (const std::int64_t hours : {6, 12}) {
    const auto number = static_cast<std::uint32_t>(hours);
    const Lifetime lifetime{kNow, Later(kNow, hours)};
    ASSERT_EQ(
        store_->CreateSession({.token = IdOf<TokenHash>(number), .account = IdOf<AccountId>(1), .lifetime = lifetime}),
        Outcome::kStored);
    ASSERT_EQ(store_->PutInvite({.id = IdOf<InviteId>(number), .bytes = BlobOf(number), .lifetime = lifetime}),
              Outcome::kStored);
  }
  ASSERT_TRUE(store_->Sweep(Later(kNow, 6)).has_value());
  // With the clock back, whatever is still there shows.
  EXPECT_EQ(store_->FindSession(IdOf<TokenHash>(6), kNow).value(), std::nullopt);
  EXPECT_EQ(store_->FindSession(IdOf<TokenHash>(12), kNow).value(), IdOf<AccountId>(1));
  EXPECT_FALSE(store_->FindInvite(IdOf<InviteId>(6), kNow).value().has_value());
  EXPECT_TRUE(store_->FindInvite(IdOf<InviteId>(12), kNow).value().has_value());
}

// ---- several at once
// -------------------------------------------------------------------------------------------------

/// Everybody appends to the same stream as fast as they can, a record at a time; whoever conflicts reads, and tries
/// again.
TEST_F(StoreContract, AppendersAtTheSameTimeLoseNothingAndStoreNothingTwice) {
  MakeTwoPeople();
  constexpr std::uint32_t kAppenders = 4;
  constexpr std::uint32_t kEach = 25;
  std::vector<std::thread> appenders;
  for (std::uint32_t appender = 0; appender < kAppenders; ++appender) {
    appenders.emplace_back([&, appender] {
      std::unique_ptr<Store> own;
      if (kSeveralAtOnce) own = place_->Open().value();
      Store& store = own ? *own : *store_;
      for (std::uint32_t i = 0; i < kEach; ++i) {
        Change change{.account = IdOf<AccountId>(1), .streams = {{.stream = IdOf<StreamId>(1)}}};
        StreamChange& addition = change.streams[0];
        addition.records = {RecordOf(5'000 + appender * kEach + i)};
        Outcome outcome = Outcome::kConflict;
        while (outcome == Outcome::kConflict) {
          addition.first = store.Read(addition.stream, change.account, 0, 0).value()->count;
          addition.head = BlobOf(static_cast<std::uint32_t>(addition.first));
          outcome = store.Commit({&change, 1}).value()[0];
        }
        ASSERT_EQ(outcome, Outcome::kStored);
      }
    });
  }
  for (std::thread& appender : appenders) appender.join();

  const Page page = Seen(1, 1).value();
  ASSERT_EQ(page.count, 3 + kAppenders * kEach);
  ASSERT_EQ(page.records.size(), page.count);
  EXPECT_EQ(page.head, BlobOf(static_cast<std::uint32_t>(page.count) - 1));
  std::vector<RecordId> expected;
  for (std::uint32_t i = 0; i < kAppenders * kEach; ++i) expected.push_back(IdOf<RecordId>(5'000 + i));
  std::vector<RecordId> stored;
  for (std::size_t i = 3; i < page.records.size(); ++i) stored.push_back(page.records[i].id);
  std::ranges::sort(expected);
  std::ranges::sort(stored);
  EXPECT_EQ(stored, expected);
}

/// Groups that name the same accounts in opposite orders, envelopes across, and batches in between: nobody may wait for
/// ever, and nothing may be lost.
TEST_F(StoreContract, GroupsAtTheSameTimeDoNotBlockEachOther) {
  MakeTwoPeople();
  constexpr std::uint32_t kRounds = 25;
  std::vector<std::thread> writers;
  for (const std::uint32_t writer : {0U, 1U}) {
    writers.emplace_back([&, writer] {
      std::unique_ptr<Store> own;
      if (kSeveralAtOnce) own = place_->Open().value();
      Store& store = own ? *own : *store_;
      for (std::uint32_t round = 0; round < kRounds; ++round) {
        std::vector<Change> group;
        for (const std::uint32_t i : {0U, 1U}) {
          const std::uint32_t person = writer == 0 ? 1 + i : 2 - i;
          const std::uint32_t stream =
              100 + writer * 10 + person;  // each writer has a stream of its own in each account
          group.push_back({.account = IdOf<AccountId>(person),
                           .streams = {AdditionOf(stream, 1, round, 1)},
                           .envelopes = {{.id = IdOf<EnvelopeId>(1'000 + writer * 500 + round * 2 + i),
                                          .recipient = IdOf<AccountId>(3 - person),
                                          .bytes = BlobOf(round)}}});
        }
        ASSERT_EQ(store.Commit(group).value(), (std::vector{Outcome::kStored, Outcome::kStored}));
        ASSERT_TRUE(store.ReleaseBatch(Later(kNow, 24 * round)).has_value());
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  for (const std::uint32_t person : {1U, 2U}) {
    EXPECT_EQ(MailOf(person).size(), 2 * kRounds);
    for (const std::uint32_t writer : {0U, 1U}) {
      const std::uint32_t stream = 100 + writer * 10 + person;
      EXPECT_TRUE(Holds(Seen(stream, person).value(), stream, 1, 0, kRounds));
    }
  }
}

}  // namespace
}  // namespace selvedge::store::testing
