#pragma once

#include <algorithm>
#include <cmath>

#include "theory/view.h"

namespace selvedge::theory {

/// A number known to lie between two others. The rules are templates over a number: run with intervals, they say how
/// often a moment can happen at most and how much it can change, whatever the state. Bounds hold but may be wide: an
/// interval does not know that it stands in an expression twice.
struct Interval {
  float low = 0;
  float high = 0;

  Interval() = default;
  Interval(float number) : low(number), high(number) {}  // NOLINT(google-explicit-constructor): a number
  Interval(float lowest, float highest) : low(lowest), high(highest) {}

  friend Interval operator+(const Interval& a, const Interval& b) { return {a.low + b.low, a.high + b.high}; }
  friend Interval operator-(const Interval& a, const Interval& b) { return {a.low - b.high, a.high - b.low}; }
  friend Interval operator-(const Interval& a) { return {-a.high, -a.low}; }
  friend Interval operator*(const Interval& a, const Interval& b) {
    const auto [lowest, highest] = std::minmax({a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high});
    return {lowest, highest};
  }
  Interval& operator+=(const Interval& b) { return *this = *this + b; }
  Interval& operator-=(const Interval& b) { return *this = *this - b; }
  Interval& operator*=(const Interval& b) { return *this = *this * b; }

  /// The largest distance from 0.
  [[nodiscard]] float Size() const { return std::max(-low, high); }
};

// What rules call besides + − ·, as lanes.h has it for numbers. All are monotone.
inline Interval Max(const Interval& a, const Interval& b) { return {std::max(a.low, b.low), std::max(a.high, b.high)}; }
inline Interval Min(const Interval& a, const Interval& b) { return {std::min(a.low, b.low), std::min(a.high, b.high)}; }
inline Interval Positive(const Interval& a) { return Max(a, 0.0F); }
inline Interval Between(const Interval& low, const Interval& a, const Interval& high) { return Min(Max(a, low), high); }
inline Interval Sqrt(const Interval& a) { return {std::sqrt(a.low), std::sqrt(a.high)}; }
inline Interval Logistic(const Interval& z) { return {Logistic(z.low), Logistic(z.high)}; }

/// Every state a person can be in: shares between 0 and 1, needs between 0 and 2, feelings as given.
[[nodiscard]] inline Person<Interval> AnyPerson(const Interval& feeling) {
  Person<Interval> any;
  for (const auto& [name, member] : kPersonFields<Interval>) any.*member = {0, 1};
  any.feeling = feeling;
  any.need = {0, 2};
  return any;
}

[[nodiscard]] inline Traits<Interval> IntervalsOf(const Traits<float>& traits) {
  Traits<Interval> exact;
  for (std::size_t i = 0; i < kTraitFields<float>.size(); ++i) {
    exact.*kTraitFields<Interval>[i].member = traits.*kTraitFields<float>[i].member;
  }
  return exact;
}

}  // namespace selvedge::theory
