#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/random.h"
#include "store/store.h"

/// Things to store, made up from numbers: the same number gives the same bytes.
namespace selvedge::store::testing {

template <typename SomeId>
SomeId IdOf(std::uint32_t number) {
  SomeId id;
  core::RandomStream random({.seed = 1, .subject = number});
  for (std::uint8_t& byte : id.bytes) byte = static_cast<std::uint8_t>(random.NextBits() >> 56);
  return id;
}

inline Bytes BlobOf(std::uint32_t number, std::size_t size = 344) {
  Bytes bytes(size);
  core::RandomStream random({.seed = 2, .subject = number});
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random.NextBits() >> 56);
  return bytes;
}

inline Record RecordOf(std::uint32_t number) { return {.id = IdOf<RecordId>(number), .bytes = BlobOf(number)}; }

inline Account AccountOf(std::uint32_t number) {
  return {.id = IdOf<AccountId>(number),
          .handle = IdOf<HandleHash>(number),
          .passphrase = {.verifier = BlobOf(number * 10 + 1, 96), .wrapped_key = BlobOf(number * 10 + 2, 99)},
          .recovery = {.verifier = BlobOf(number * 10 + 3, 96), .wrapped_key = BlobOf(number * 10 + 4, 91)},
          .keyring = {.number = 1, .bytes = BlobOf(number * 10 + 5, 1'079)}};
}

/// `count` records from number `first` on. Record n of a stream's epoch is always RecordOf(a number made of all three).
inline StreamChange AdditionOf(std::uint32_t stream, std::uint32_t epoch, std::uint32_t first, std::uint32_t count) {
  StreamChange change{.stream = IdOf<StreamId>(stream), .epoch = epoch, .first = first};
  for (std::uint32_t i = first; i < first + count; ++i) {
    change.records.push_back(RecordOf(stream * 1'000'000 + epoch * 10'000 + i));
  }
  change.head = BlobOf(stream * 1'000'000 + epoch * 10'000 + first + count, 127);
  return change;
}

inline bool Same(const Lock& a, const Lock& b) { return a.verifier == b.verifier && a.wrapped_key == b.wrapped_key; }

inline bool Same(const Account& a, const Account& b) {
  return a.id == b.id && a.handle == b.handle && Same(a.passphrase, b.passphrase) && Same(a.recovery, b.recovery) &&
         a.keyring.number == b.keyring.number && a.keyring.bytes == b.keyring.bytes;
}

/// Is this what AdditionOf put there?
inline bool Holds(const Page& page, std::uint32_t stream, std::uint32_t epoch, std::uint32_t from,
                  std::uint32_t count) {
  const StreamChange expected = AdditionOf(stream, epoch, from, count);
  if (page.epoch != epoch || page.records.size() != count) return false;
  for (std::size_t i = 0; i < count; ++i) {
    if (page.records[i].id != expected.records[i].id || page.records[i].bytes != expected.records[i].bytes)
      return false;
  }
  return true;
}

}  // namespace selvedge::store::testing
