#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "theory/view.h"

namespace selvedge::theory {

/// A number that remembers how it was computed. The rules are templates over a number: run with `Formula`, they write
/// down their own equations, so that a page of equations is the code and can't drift from it.
///
/// What adds nothing is left out while computing: 0 + a is a, 1 · a is a, a + (−b) is a − b.
class Formula {
 public:
  Formula() : Formula(0.0F) {}
  Formula(float number);  // NOLINT(google-explicit-constructor): a number
  [[nodiscard]] static Formula Named(std::string name);

  friend Formula operator+(const Formula& a, const Formula& b);
  friend Formula operator-(const Formula& a, const Formula& b);
  friend Formula operator*(const Formula& a, const Formula& b);
  friend Formula operator/(const Formula& a, const Formula& b);
  friend Formula operator-(const Formula& a);
  Formula& operator+=(const Formula& b) { return *this = *this + b; }
  Formula& operator-=(const Formula& b) { return *this = *this - b; }
  Formula& operator*=(const Formula& b) { return *this = *this * b; }

  struct Node;
  explicit Formula(std::shared_ptr<const Node> node) : node_(std::move(node)) {}
  [[nodiscard]] const Node& node() const { return *node_; }

 private:
  std::shared_ptr<const Node> node_;
};

/// Computed the same way from the same numbers and names.
[[nodiscard]] bool IsSame(const Formula& a, const Formula& b);

/// Whether it is the number 0.
[[nodiscard]] bool IsZero(const Formula& a);

// What rules call besides + − · /, as lanes.h has it for numbers.
struct Condition {
  Formula left;
  std::string_view relation;
  Formula right;
};
[[nodiscard]] inline Condition operator<(const Formula& a, const Formula& b) { return {a, "<", b}; }
[[nodiscard]] inline Condition operator>(const Formula& a, const Formula& b) { return {a, ">", b}; }
[[nodiscard]] Formula If(const Condition& holds, const Formula& then, const Formula& otherwise);
[[nodiscard]] Formula Max(const Formula& a, const Formula& b);
[[nodiscard]] Formula Min(const Formula& a, const Formula& b);
[[nodiscard]] Formula Positive(const Formula& a);
[[nodiscard]] Formula Between(const Formula& low, const Formula& a, const Formula& high);
[[nodiscard]] Formula Sqrt(const Formula& a);
[[nodiscard]] Formula Exp(const Formula& a);
[[nodiscard]] Formula Logistic(const Formula& z);

/// A name for a formula that stands in others.
struct Shorthand {
  std::string name;
  Formula formula;
};

/// The formula as one line: `a · (b + c)`, `σ(z)`, `[a]₊`, `√(a)`, `min(a, b)`, `between(low, a, high)`,
/// `(a if b > c, else d)`. Whatever is the same as a shorthand is written by its name.
[[nodiscard]] std::string TextOf(const Formula& formula, std::span<const Shorthand> shorthand = {});

/// Constants of a system of formulas are formulas too: their names.
template <>
struct ConstantOf<Formula> {
  using Type = Formula;
};

}  // namespace selvedge::theory
