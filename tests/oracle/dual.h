#pragma once

#include <array>
#include <cmath>
#include <cstddef>

/// What the engine is compared with in tests: slow, plain, and written another way.
namespace selvedge::oracle {

/// A number that carries its derivatives with respect to N inputs (forward-mode differentiation).
template <std::size_t N>
struct Dual {
  double value = 0;
  std::array<double, N> slope{};

  Dual() = default;
  Dual(double constant) : value(constant) {}  // NOLINT(google-explicit-constructor): constants mix freely

  [[nodiscard]] static Dual Variable(double value, std::size_t index) {
    Dual dual(value);
    dual.slope[index] = 1;
    return dual;
  }

  /// f(value) with the derivative f'(value).
  [[nodiscard]] Dual Mapped(double f, double derivative) const {
    Dual dual(f);
    for (std::size_t i = 0; i < N; ++i) dual.slope[i] = derivative * slope[i];
    return dual;
  }

  friend Dual operator+(Dual x, const Dual& y) {
    x.value += y.value;
    for (std::size_t i = 0; i < N; ++i) x.slope[i] += y.slope[i];
    return x;
  }
  friend Dual operator-(const Dual& x) { return x.Mapped(-x.value, -1); }
  friend Dual operator-(const Dual& x, const Dual& y) { return x + (-y); }
  friend Dual operator*(const Dual& x, const Dual& y) {
    Dual product(x.value * y.value);
    for (std::size_t i = 0; i < N; ++i) product.slope[i] = x.slope[i] * y.value + x.value * y.slope[i];
    return product;
  }
  friend Dual operator/(const Dual& x, const Dual& y) { return x * y.Mapped(1 / y.value, -1 / (y.value * y.value)); }
};

template <std::size_t N>
Dual<N> log(const Dual<N>& x) {
  return x.Mapped(std::log(x.value), 1 / x.value);
}
template <std::size_t N>
double ValueOf(const Dual<N>& x) {
  return x.value;
}
inline double ValueOf(double x) { return x; }
inline double ValueOf(long double x) { return static_cast<double>(x); }

}  // namespace selvedge::oracle
