#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

/// Arithmetic on several couples at once. Every rule of the theory is a template over a number `V`: `float` for one
/// couple, `Lanes<N>` for N couples side by side, `Formula` for the equation in words. All functions here are made of
/// the same additions and multiplications for every kind of number, so a couple's year has the same bytes whatever
/// stands beside it, on every machine (the library is compiled without contraction of a·b + c).
namespace selvedge::theory {

/// Rules are small functions on wide numbers: called rather than inlined, most of the time would go into moving them.
/// Under the sanitizers one function of everything would take them minutes to compile, and speed is no matter there.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SELVEDGE_THEORY_INLINE inline
#define SELVEDGE_THEORY_LAMBDA
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SELVEDGE_THEORY_INLINE inline
#define SELVEDGE_THEORY_LAMBDA
#endif
#endif
#ifndef SELVEDGE_THEORY_INLINE
#define SELVEDGE_THEORY_INLINE [[gnu::always_inline]] inline
#define SELVEDGE_THEORY_LAMBDA __attribute__((always_inline))
#endif

/// Which of N couples something holds for.
template <std::size_t N>
struct Mask {
  using Bits [[gnu::vector_size(4 * N)]] = std::int32_t;
  Bits bits;

  SELVEDGE_THEORY_INLINE friend Mask operator&(const Mask& a, const Mask& b) { return {a.bits & b.bits}; }
  SELVEDGE_THEORY_INLINE friend Mask operator|(const Mask& a, const Mask& b) { return {a.bits | b.bits}; }
  SELVEDGE_THEORY_INLINE friend Mask operator!(const Mask& a) { return {~a.bits}; }
};

/// N single-precision numbers, one a couple.
template <std::size_t N>
struct Lanes {
  static_assert(std::has_single_bit(N));
  using Numbers [[gnu::vector_size(4 * N)]] = float;
  Numbers v;

  Lanes() = default;
  SELVEDGE_THEORY_INLINE Lanes(float all) : v(all - Numbers{}) {}  // NOLINT(google-explicit-constructor): a number
  SELVEDGE_THEORY_INLINE explicit Lanes(const Numbers& numbers) : v(numbers) {}

  SELVEDGE_THEORY_INLINE friend Lanes operator+(const Lanes& a, const Lanes& b) { return Lanes(a.v + b.v); }
  SELVEDGE_THEORY_INLINE friend Lanes operator-(const Lanes& a, const Lanes& b) { return Lanes(a.v - b.v); }
  SELVEDGE_THEORY_INLINE friend Lanes operator*(const Lanes& a, const Lanes& b) { return Lanes(a.v * b.v); }
  SELVEDGE_THEORY_INLINE friend Lanes operator/(const Lanes& a, const Lanes& b) { return Lanes(a.v / b.v); }
  SELVEDGE_THEORY_INLINE friend Lanes operator-(const Lanes& a) { return Lanes(-a.v); }
  SELVEDGE_THEORY_INLINE Lanes& operator+=(const Lanes& b) { return v += b.v, *this; }
  SELVEDGE_THEORY_INLINE Lanes& operator-=(const Lanes& b) { return v -= b.v, *this; }
  SELVEDGE_THEORY_INLINE Lanes& operator*=(const Lanes& b) { return v *= b.v, *this; }

  SELVEDGE_THEORY_INLINE friend Mask<N> operator<(const Lanes& a, const Lanes& b) { return {a.v < b.v}; }
  SELVEDGE_THEORY_INLINE friend Mask<N> operator>(const Lanes& a, const Lanes& b) { return {a.v > b.v}; }
};

template <std::size_t N>
SELVEDGE_THEORY_INLINE Lanes<N> If(const Mask<N>& holds, const Lanes<N>& then, const Lanes<N>& otherwise) {
  return Lanes<N>(holds.bits ? then.v : otherwise.v);
}
SELVEDGE_THEORY_INLINE float If(bool holds, float then, float otherwise) { return holds ? then : otherwise; }

template <std::size_t N>
[[nodiscard]] SELVEDGE_THEORY_INLINE bool Any(const Mask<N>& mask) {
  std::int32_t any = 0;
  for (std::size_t lane = 0; lane < N; ++lane) any |= mask.bits[lane];
  return any != 0;
}
[[nodiscard]] SELVEDGE_THEORY_INLINE bool Any(bool holds) { return holds; }

/// How many couples a number stands for, and the number of one of them.
template <typename V>
inline constexpr std::size_t kLanesOf = 1;
template <std::size_t N>
inline constexpr std::size_t kLanesOf<Lanes<N>> = N;

template <std::size_t N>
[[nodiscard]] SELVEDGE_THEORY_INLINE float Get(const Lanes<N>& a, std::size_t lane) {
  return a.v[lane];
}
[[nodiscard]] SELVEDGE_THEORY_INLINE float Get(float a, std::size_t) { return a; }
template <std::size_t N>
SELVEDGE_THEORY_INLINE void Set(Lanes<N>& a, std::size_t lane, float value) {
  a.v[lane] = value;
}
SELVEDGE_THEORY_INLINE void Set(float& a, std::size_t, float value) { a = value; }

template <std::size_t N>
SELVEDGE_THEORY_INLINE Lanes<N> Sqrt(const Lanes<N>& a) {
#if __has_builtin(__builtin_elementwise_sqrt)
  return Lanes<N>(__builtin_elementwise_sqrt(a.v));
#else
  Lanes<N> root = a;
  for (std::size_t lane = 0; lane < N; ++lane) root.v[lane] = std::sqrt(a.v[lane]);
  return root;
#endif
}
SELVEDGE_THEORY_INLINE float Sqrt(float a) { return std::sqrt(a); }

/// 2ⁿ for a whole number n between −126 and 127.
template <std::size_t N>
SELVEDGE_THEORY_INLINE Lanes<N> PowerOfTwo(const Lanes<N>& n) {
  using Bits = Mask<N>::Bits;
  return Lanes<N>(__builtin_bit_cast(typename Lanes<N>::Numbers, (__builtin_convertvector(n.v, Bits) + 127) << 23));
}
SELVEDGE_THEORY_INLINE float PowerOfTwo(float n) {
  return std::bit_cast<float>((static_cast<std::int32_t>(n) + 127) << 23);
}

/// a = fraction · 2^exponent with the fraction in [1, 2), for normal a > 0.
template <typename V>
struct Parts {
  V fraction;
  V exponent;
};
template <std::size_t N>
SELVEDGE_THEORY_INLINE Parts<Lanes<N>> PartsOf(const Lanes<N>& a) {
  using Bits = Mask<N>::Bits;
  using Numbers = Lanes<N>::Numbers;
  const Bits bits = __builtin_bit_cast(Bits, a.v);
  return {Lanes<N>(__builtin_bit_cast(Numbers, (bits & 0x007FFFFF) | 0x3F800000)),
          Lanes<N>(__builtin_convertvector((bits >> 23) - 127, Numbers))};
}
SELVEDGE_THEORY_INLINE Parts<float> PartsOf(float a) {
  const auto bits = std::bit_cast<std::int32_t>(a);
  return {std::bit_cast<float>((bits & 0x007FFFFF) | 0x3F800000), static_cast<float>((bits >> 23) - 127)};
}

template <typename V>
SELVEDGE_THEORY_INLINE V Max(const V& a, const V& b) {
  return If(a > b, a, b);
}
template <typename V>
SELVEDGE_THEORY_INLINE V Min(const V& a, const V& b) {
  return If(a < b, a, b);
}
/// [a]₊
template <typename V>
SELVEDGE_THEORY_INLINE V Positive(const V& a) {
  return Max(a, V(0));
}
template <typename V>
SELVEDGE_THEORY_INLINE V Between(const V& low, const V& a, const V& high) {
  return Min(Max(a, low), high);
}

/// The nearest whole number, for |a| < 2²², ties to even.
template <typename V>
SELVEDGE_THEORY_INLINE V Nearest(const V& a) {
  const V shift = 0x1.8p23F;
  return (a + shift) - shift;
}

/// eᵃ to 3e-7 of itself; a is taken between −87 and 88.
template <typename V>
SELVEDGE_THEORY_INLINE V Exp(const V& a) {
  const V x = Between(V(-87), a, V(88));
  const V n = Nearest(x * V(0x1.715476p0F));                       // 1 / ln 2
  const V r = (x - n * V(0x1.62E4p-1F)) - n * V(0x1.7F7D1Cp-20F);  // ln 2 in two parts, the first short enough for n
  V sum = 1.0F / 720;
  sum = sum * r + V(1.0F / 120);
  sum = sum * r + V(1.0F / 24);
  sum = sum * r + V(1.0F / 6);
  sum = sum * r + V(1.0F / 2);
  sum = sum * r + V(1);
  sum = sum * r + V(1);
  return sum * PowerOfTwo(n);
}

/// 1 − e⁻ᵃ to 5e-6 of itself, for a from 0 to 8; less costly than Exp, and as exact for the smallest a.
template <typename V>
SELVEDGE_THEORY_INLINE V OneMinusExpOfMinus(const V& a) {
  // (1 − e^(−a/16)) / a by its polynomial at the four Chebyshev nodes of [0, 8]; then four times 1 − (1 − p)² = p (2 −
  // p).
  V sum = -5.22045818e-07F;
  sum = sum * a + V(4.01413768e-05F);
  sum = sum * a + V(-0.0019522595F);
  sum = sum * a + V(0.0624997842F);
  V p = sum * a;
  p = p * (V(2) - p);
  p = p * (V(2) - p);
  p = p * (V(2) - p);
  return p * (V(2) - p);
}

/// ln a to 3e-7 (absolute and of itself), for normal a > 0.
template <typename V>
SELVEDGE_THEORY_INLINE V Log(const V& a) {
  const Parts<V> parts = PartsOf(a);
  const auto large = parts.fraction > V(1.41421356F);
  const V m = If(large, parts.fraction * V(0.5F), parts.fraction);
  const V e = If(large, parts.exponent + V(1), parts.exponent);
  const V t = (m - V(1)) / (m + V(1));  // ln m = 2 artanh t, |t| ≤ 0.172
  const V t2 = t * t;
  V sum = 1.0F / 9;
  sum = sum * t2 + V(1.0F / 7);
  sum = sum * t2 + V(1.0F / 5);
  sum = sum * t2 + V(1.0F / 3);
  sum = sum * t2 + V(1);
  return e * V(0.693147181F) + V(2) * t * sum;
}

/// 1 / (1 + e⁻ᶻ)
template <typename V>
SELVEDGE_THEORY_INLINE V Logistic(const V& z) {
  return V(1) / (V(1) + Exp(-z));
}

template <typename V>
struct Pair {
  V first;
  V second;
};

/// The cosine and the sine of u full turns, for u in [0, 1], to 4e-7.
template <typename V>
SELVEDGE_THEORY_INLINE Pair<V> CosineAndSineOfTurns(const V& u) {
  const V quarter = Nearest(V(4) * u);                // 0 … 4
  const V r = (V(4) * u - quarter) * V(1.57079633F);  // within an eighth of a turn
  const V r2 = r * r;
  V sine = -1.0F / 5040;
  sine = sine * r2 + V(1.0F / 120);
  sine = sine * r2 + V(-1.0F / 6);
  sine = sine * r2 * r + r;
  V cosine = 1.0F / 40320;
  cosine = cosine * r2 + V(-1.0F / 720);
  cosine = cosine * r2 + V(1.0F / 24);
  cosine = cosine * r2 + V(-0.5F);
  cosine = cosine * r2 + V(1);
  const V half = Nearest(quarter * V(0.5F) - V(0.25F));  // 0: quarters 0, 1; 1: quarters 2, 3; 2: quarter 4
  const auto odd = quarter - V(2) * half > V(0.5F);
  const V sign = If(half > V(0.5F), If(half > V(1.5F), V(1), V(-1)), V(1));
  return {sign * If(odd, -sine, cosine), sign * If(odd, cosine, sine)};
}

}  // namespace selvedge::theory
