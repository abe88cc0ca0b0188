#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

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
enum class Purpose : std::uint32_t { kMoments = 1, kContact, kNotes, kPeople, kMeeting, kExtraMoment, kEvents };

/// Where in a couple's life random numbers are drawn.
struct Instant {
  std::uint64_t seed = 0;
  std::uint32_t step = 0;
  Purpose purpose = Purpose::kMoments;
};

/// The same words as core::Philox4x32 gives for the counter (step, block, couple, purpose).
template <typename V>
SELVEDGE_THEORY_INLINE std::array<Words<V>, 4> PhiloxWords(const Words<V>& couples, const Instant& at,
                                                           std::uint32_t block) {
  auto key0 = static_cast<std::uint32_t>(at.seed);
  auto key1 = static_cast<std::uint32_t>(at.seed >> 32U);
  const auto purpose = static_cast<std::uint32_t>(at.purpose);
  if constexpr (kLanesOf<V> == 1) {
    return core::Philox4x32({at.step, block, couples, purpose}, {key0, key1});
  } else {
    // Words stay in the lower halves of 64-bit numbers, where products leave them; nobody reads the upper halves.
    using Wide [[gnu::vector_size(2 * sizeof(Words<V>))]] = std::uint64_t;
    constexpr std::uint64_t kLower = 0xFFFFFFFF;
    constexpr std::uint64_t kMultiplier0 = 0xD2511F53;
    constexpr std::uint64_t kMultiplier1 = 0xCD9E8D57;
    constexpr std::uint32_t kWeyl0 = 0x9E3779B9;
    constexpr std::uint32_t kWeyl1 = 0xBB67AE85;
    constexpr int kRounds = 10;

    Wide c0 = Wide{} + at.step;
    Wide c1 = Wide{} + block;
    Wide c2 = __builtin_convertvector(couples, Wide);
    Wide c3 = Wide{} + purpose;
    for (int round = 0; round < kRounds; ++round) {
      const Wide product0 = (c0 & kLower) * kMultiplier0;
      const Wide product1 = (c2 & kLower) * kMultiplier1;
      c0 = (product1 >> 32U) ^ c1 ^ key0;
      c1 = product1;
      c2 = (product0 >> 32U) ^ c3 ^ key1;
      c3 = product0;
      key0 += kWeyl0;
      key1 += kWeyl1;
    }
    return {__builtin_convertvector(c0, Words<V>), __builtin_convertvector(c1, Words<V>),
            __builtin_convertvector(c2, Words<V>), __builtin_convertvector(c3, Words<V>)};
  }
}

/// The middle of the cell of (0, 1) that the upper 23 bits of a word number.
template <typename V>
SELVEDGE_THEORY_INLINE V UniformOf(const Words<V>& word) {
  // Of [1, 2) all numbers with 23 binary digits, less one, plus half a cell: exact.
  constexpr float kLess = 1 - 0x1.0p-24F;
  const Words<V> bits = word >> 9U | 0x3F800000U;
  if constexpr (kLanesOf<V> == 1) {
    return std::bit_cast<float>(bits) - kLess;
  } else {
    return V(__builtin_bit_cast(typename V::Numbers, bits) - kLess);
  }
}

/// The random numbers of one instant of each couple's life, in a fixed order.
template <typename V>
class Draws {
 public:
  SELVEDGE_THEORY_INLINE Draws(const Words<V>& couples, const Instant& at) : couples_(couples), at_(at) {}

  /// The middle of one of 2²³ equal cells of (0, 1): never 0, never 1. A word gives two such numbers, the second from
  /// the word turned by half. Each is exactly uniform. Their first 16 bits are independent; what comes after is the
  /// other's beginning, so that the probability of two things, each decided by one of the two numbers, is the product
  /// of theirs to 2⁻¹⁶.
  SELVEDGE_THEORY_INLINE V Uniform() {
    turned_ = !turned_;
    if (turned_) return UniformOf<V>(word_ << 16U | word_ >> 16U);
    word_ = Next();
    return UniformOf<V>(word_);
  }

  /// Two independent standard normal numbers (Box & Muller 1958).
  SELVEDGE_THEORY_INLINE Pair<V> Normals() {
    const V length = Sqrt(V(-2) * Log(Uniform()));
    const Pair<V> direction = CosineAndSineOfTurns(Uniform());
    return {length * direction.first, length * direction.second};
  }

 private:
  /// Words move up rather than being numbered, so that the compiler knows at every place which one is next.
  SELVEDGE_THEORY_INLINE Words<V> Next() {
    if (left_ == 0) {
      words_ = PhiloxWords<V>(couples_, at_, block_++);
      left_ = words_.size();
    }
    --left_;
    const Words<V> next = words_[0];
    words_ = {words_[1], words_[2], words_[3], next};
    return next;
  }

  Words<V> couples_;
  Instant at_;
  std::uint32_t block_ = 0;
  std::array<Words<V>, 4> words_{};
  std::size_t left_ = 0;
  Words<V> word_{};
  bool turned_ = true;
};

}  // namespace selvedge::theory
