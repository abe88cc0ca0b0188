#include "core/random.h"

#include <cstddef>

namespace selvedge::core {

std::array<std::uint32_t, 4> Philox4x32(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
  constexpr std::uint64_t kMultiplier0 = 0xD2511F53;
  constexpr std::uint64_t kMultiplier1 = 0xCD9E8D57;
  constexpr std::uint32_t kWeyl0 = 0x9E3779B9;
  constexpr std::uint32_t kWeyl1 = 0xBB67AE85;
  constexpr int kRounds = 10;

  for (int round = 0; round < kRounds; ++round) {
    const std::uint64_t product0 = kMultiplier0 * counter[0];
    const std::uint64_t product1 = kMultiplier1 * counter[2];
    counter = {static_cast<std::uint32_t>(product1 >> 32U) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(product1),
               static_cast<std::uint32_t>(product0 >> 32U) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(product0)};
    key = {key[0] + kWeyl0, key[1] + kWeyl1};
  }
  return counter;
}

std::uint64_t RandomStream::NextBits() {
  if (unused_ == 0) {
    const auto words = Philox4x32(
        {static_cast<std::uint32_t>(block_), static_cast<std::uint32_t>(block_ >> 32U), key_.subject, key_.purpose},
        {static_cast<std::uint32_t>(key_.seed), static_cast<std::uint32_t>(key_.seed >> 32U)});
    words_ = {words[0] | (std::uint64_t{words[1]} << 32U), words[2] | (std::uint64_t{words[3]} << 32U)};
    unused_ = 2;
    ++block_;
  }
  return words_[static_cast<std::size_t>(2 - unused_--)];
}

double RandomStream::Uniform() {
  // The midpoint of one of 2^52 equal cells, so that both ends are excluded and u and 1 − u are equally likely.
  constexpr double kCell = 0x1.0p-52;
  return (static_cast<double>(NextBits() >> 12U) + 0.5) * kCell;
}

}  // namespace selvedge::core
