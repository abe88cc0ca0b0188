#pragma once

#include <cstddef>
#include <vector>

#include "store/blobs.h"
#include "store/store.h"

/// A store with something in every table, and whether a store is one: for backups, migrations and whatever else must
/// keep everything.
namespace selvedge::store::testing {

inline constexpr Hour kSampleHour{480'000};
inline constexpr Lifetime kSampleLifetime{kSampleHour, {kSampleHour.since_1970 + 12}};

inline bool Fill(Store& store) {
  const std::vector<StreamChange> first{AdditionOf(1, 1, 0, 3)};
  const Change letter{.account = IdOf<AccountId>(1),
                      .streams = {AdditionOf(1, 1, 3, 1)},
                      .envelopes = {{.id = IdOf<EnvelopeId>(1), .recipient = IdOf<AccountId>(2), .bytes = BlobOf(1)},
                                    {.id = IdOf<EnvelopeId>(2),
                                     .recipient = IdOf<AccountId>(2),
                                     .bytes = BlobOf(2),
                                     .delivery = Delivery::kNextBatch}}};
  return store.CreateAccount(AccountOf(1), first) == Outcome::kStored &&
         store.CreateAccount(AccountOf(2), {}) == Outcome::kStored && store.ReleaseBatch(kSampleHour) == true &&
         store.Commit({&letter, 1}) == std::vector{Outcome::kStored} &&
         store.CreateSession(
             {.token = IdOf<TokenHash>(1), .account = IdOf<AccountId>(1), .lifetime = kSampleLifetime}) ==
             Outcome::kStored &&
         store.PutInvite({.id = IdOf<InviteId>(1), .bytes = BlobOf(3, 123), .lifetime = kSampleLifetime}) ==
             Outcome::kStored;
}

/// Ends with the next batch, so it can be asked once.
inline bool IsAsFilled(Store& store) {
  const auto holds = [&](std::uint32_t reader, std::uint32_t count) {
    const auto page = store.Read(IdOf<StreamId>(1), IdOf<AccountId>(reader), 0, 100).value();
    return page && Holds(*page, 1, 1, 0, count) && page->head == AdditionOf(1, 1, 0, count).head;
  };
  const auto has_account = [&](std::uint32_t number) {
    const auto account = store.FindAccount(IdOf<HandleHash>(number)).value();
    return account && Same(*account, AccountOf(number));
  };
  const auto envelopes = [&] { return store.Mailbox(IdOf<AccountId>(2)).value(); };
  const auto invite = store.FindInvite(IdOf<InviteId>(1), kSampleHour).value();
  return has_account(1) && has_account(2) && !store.FindAccount(IdOf<HandleHash>(3)).value() &&  //
         holds(1, 4) && holds(2, 3) &&                                                           //
         store.FindSession(IdOf<TokenHash>(1), kSampleHour).value() == IdOf<AccountId>(1) &&     //
         envelopes().size() == 1 && envelopes()[0].bytes == BlobOf(1) &&                         //
         invite && invite->bytes == BlobOf(3, 123) && invite->lifetime.expires == kSampleLifetime.expires &&
         !store.ReleaseBatch(kSampleHour).value() && store.ReleaseBatch({kSampleHour.since_1970 + 24}).value() &&  //
         holds(2, 4) && envelopes().size() == 2;
}

}  // namespace selvedge::store::testing
