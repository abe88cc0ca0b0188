#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "core/random.h"
#include "theory/lanes.h"

/// Random numbers for the theory: counter-based and keyed by couple, so that neither the couples beside it, nor
/// threads, nor the order of work change what happens to two people.
namespace selvedge::theory {

/// A 32-bit word for each couple.
template <typename V>
struct WordsOf {
  using Type = std::uint32_t;
};
template <std::size_t N>
struct WordsOf<Lanes<N>> {
  using Type [[gnu::vector_size(4 * N)]] = std::uint32_t;
};
template <typename V>
using Words = WordsOf<V>::Type;

/// What random numbers are for.
enum class Purpose : std::uint32_t { kMoments = 1, kContact, kNotes, kPeople, kMeeting, kExtraMoment };

/// Where in a couple's life random numbers are drawn.
struct Instant {
  std::uint64_t seed = 0;
  std::uint32_t step = 0;
  Purpose purpose = Purpose::kMoments;
};

/// The same words as core::Philox4x32 gives for the counter (step, block, couple, purpose).
SELVEDGE_THEORY_INLINE std::array<std::uint32_t, 4> PhiloxWords(std::uint32_t couple, const Instant& at,
                                                                std::uint32_t block) {
  return core::Philox4x32({at.step, block, couple, static_cast<std::uint32_t>(at.purpose)},
                          {static_cast<std::uint32_t>(at.seed), static_cast<std::uint32_t>(at.seed >> 32U)});
}

template <typename WordsType>
SELVEDGE_THEORY_INLINE std::array<WordsType, 4> PhiloxWords(const WordsType& couples, const Instant& at,
                                                            std::uint32_t block) {
  using Wide [[gnu::vector_size(2 * sizeof(WordsType))]] = std::uint64_t;
  constexpr std::uint64_t kMultiplier0 = 0xD2511F53;
  constexpr std::uint64_t kMultiplier1 = 0xCD9E8D57;
  constexpr std::uint32_t kWeyl0 = 0x9E3779B9;
  constexpr std::uint32_t kWeyl1 = 0xBB67AE85;
  constexpr int kRounds = 10;

  std::array<WordsType, 4> counter{WordsType{} + at.step, WordsType{} + block, couples,
                                   WordsType{} + static_cast<std::uint32_t>(at.purpose)};
  auto key0 = static_cast<std::uint32_t>(at.seed);
  auto key1 = static_cast<std::uint32_t>(at.seed >> 32U);
  for (int round = 0; round < kRounds; ++round) {
    const Wide product0 = __builtin_convertvector(counter[0], Wide) * kMultiplier0;
    const Wide product1 = __builtin_convertvector(counter[2], Wide) * kMultiplier1;
    counter = {__builtin_convertvector(product1 >> 32U, WordsType) ^ counter[1] ^ key0,
               __builtin_convertvector(product1, WordsType),
               __builtin_convertvector(product0 >> 32U, WordsType) ^ counter[3] ^ key1,
               __builtin_convertvector(product0, WordsType)};
    key0 += kWeyl0;
    key1 += kWeyl1;
  }
  return counter;
}

/// The random numbers of one instant of each couple's life, in a fixed order.
template <typename V>
class Draws {
 public:
  SELVEDGE_THEORY_INLINE Draws(const Words<V>& couples, const Instant& at) : couples_(couples), at_(at) {}

  /// The middle of one of 2²³ equal cells of (0, 1): never 0, never 1.
  SELVEDGE_THEORY_INLINE V Uniform() {
    const Words<V> word = Next();
    if constexpr (std::is_same_v<V, float>) {
      return (static_cast<float>(static_cast<std::int32_t>(word >> 9U)) + 0.5F) * 0x1.0p-23F;
    } else {
      using Bits [[gnu::vector_size(sizeof(Words<V>))]] = std::int32_t;
      const auto cell = __builtin_convertvector(__builtin_bit_cast(Bits, word >> 9U), typename V::Numbers);
      return V((cell + 0.5F) * 0x1.0p-23F);
    }
  }

  /// Two independent standard normal numbers (Box & Muller 1958).
  SELVEDGE_THEORY_INLINE Pair<V> Normals() {
    const V length = Sqrt(V(-2) * Log(Uniform()));
    const Pair<V> direction = CosineAndSineOfTurns(Uniform());
    return {length * direction.first, length * direction.second};
  }

 private:
  SELVEDGE_THEORY_INLINE Words<V> Next() {
    if (used_ == words_.size()) {
      words_ = PhiloxWords(couples_, at_, block_++);
      used_ = 0;
    }
    return words_[used_++];
  }

  Words<V> couples_;
  Instant at_;
  std::uint32_t block_ = 0;
  std::array<Words<V>, 4> words_{};
  std::size_t used_ = 4;
};

}  // namespace selvedge::theory
