#include "theory/formula.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

namespace selvedge::theory {

struct Formula::Node {
  enum class Kind : std::uint8_t {
    kNumber,
    kName,
    kSum,
    kDifference,
    kProduct,
    kQuotient,
    kNegation,
    kFunction,
    kPositive,
    kChoice
  };
  Kind kind = Kind::kNumber;
  float number = 0;
  std::string name;  ///< also of a function, and the relation of a choice
  std::vector<Formula> operands;
};

namespace {

using Node = Formula::Node;
using Kind = Node::Kind;

Formula Make(Kind kind, std::string name, std::vector<Formula> operands) {
  return Formula(std::make_shared<const Node>(
      Node{.kind = kind, .number = 0, .name = std::move(name), .operands = std::move(operands)}));
}

std::optional<float> NumberOf(const Formula& a) {
  return a.node().kind == Kind::kNumber ? std::optional(a.node().number) : std::nullopt;
}

bool Is(const Formula& a, float number) { return NumberOf(a) == number; }

/// What is negated, if it is a negation.
const Formula* Negated(const Formula& a) {
  return a.node().kind == Kind::kNegation ? a.node().operands.data() : nullptr;
}

/// How tightly what a node writes holds together.
enum Tightness : std::uint8_t { kLoose, kTerm, kFactor };

Tightness TightnessOf(const Node& node) {
  switch (node.kind) {
    case Kind::kSum:
    case Kind::kDifference:
    case Kind::kNegation:
      return kLoose;
    case Kind::kProduct:
    case Kind::kQuotient:
      return kTerm;
    case Kind::kNumber:
      return node.number < 0 ? kLoose : kFactor;
    case Kind::kName:
    case Kind::kFunction:
    case Kind::kPositive:
    case Kind::kChoice:
      return kFactor;
  }
  return kFactor;
}

std::string NumberText(float number) {
  std::array<char, 32> buffer{};
  const auto [end, status] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number < 0 ? -number : number);
  return (number < 0 ? "−" : "") + std::string(buffer.data(), end);
}

class Writer {
 public:
  explicit Writer(std::span<const Shorthand> shorthand) : shorthand_(shorthand) {}

  [[nodiscard]] std::string Write(const Formula& formula) const { return Write(formula, kLoose); }

 private:
  /// In brackets where it holds together less tightly than it must.
  [[nodiscard]] std::string Write(const Formula& formula, Tightness needed) const {
    for (const Shorthand& one : shorthand_) {
      if (IsSame(one.formula, formula)) return one.name;
    }
    const std::string text = Bare(formula.node());
    return TightnessOf(formula.node()) < needed ? "(" + text + ")" : text;
  }

  [[nodiscard]] std::string Bare(const Node& node) const {
    const auto operand = [&](std::size_t i, Tightness needed) { return Write(node.operands[i], needed); };
    switch (node.kind) {
      case Kind::kNumber:
        return NumberText(node.number);
      case Kind::kName:
        return node.name;
      case Kind::kSum: {
        const std::string right = operand(1, kLoose);
        return operand(0, kLoose) + " + " + (right.starts_with("−") ? "(" + right + ")" : right);
      }
      case Kind::kDifference:
        return operand(0, kLoose) + " − " + operand(1, kTerm);
      case Kind::kProduct:
        return operand(0, kTerm) + " · " + operand(1, kTerm);
      case Kind::kQuotient:
        return operand(0, kTerm) + " / " + operand(1, kFactor);
      case Kind::kNegation:
        return "−" + operand(0, kTerm);
      case Kind::kPositive:
        return "[" + operand(0, kLoose) + "]₊";
      case Kind::kChoice:
        return "(" + operand(2, kLoose) + " if " + operand(0, kLoose) + " " + node.name + " " + operand(1, kLoose) +
               ", else " + operand(3, kLoose) + ")";
      case Kind::kFunction:
        break;
    }
    std::string list;
    for (std::size_t i = 0; i < node.operands.size(); ++i) list += (i == 0 ? "" : ", ") + operand(i, kLoose);
    return node.name + "(" + list + ")";
  }

  std::span<const Shorthand> shorthand_;
};

}  // namespace

Formula::Formula(float number)
    : node_(std::make_shared<const Node>(Node{.kind = Kind::kNumber, .number = number, .name = {}, .operands = {}})) {}

Formula Formula::Named(std::string name) { return Make(Kind::kName, std::move(name), {}); }

Formula operator+(const Formula& a, const Formula& b) {
  if (Is(a, 0)) return b;
  if (Is(b, 0)) return a;
  if (const auto x = NumberOf(a), y = NumberOf(b); x && y) return *x + *y;
  if (const Formula* taken = Negated(b)) return a - *taken;
  return Make(Kind::kSum, {}, {a, b});
}

Formula operator-(const Formula& a, const Formula& b) {
  if (Is(a, 0)) return -b;
  if (Is(b, 0)) return a;
  if (const auto x = NumberOf(a), y = NumberOf(b); x && y) return *x - *y;
  if (const Formula* given = Negated(b)) return a + *given;
  return Make(Kind::kDifference, {}, {a, b});
}

Formula operator*(const Formula& a, const Formula& b) {
  if (Is(a, 0) || Is(b, 0)) return 0;
  if (Is(a, 1)) return b;
  if (Is(b, 1)) return a;
  if (const auto x = NumberOf(a), y = NumberOf(b); x && y) return *x * *y;
  if (const Formula* factor = Negated(a)) return -(*factor * b);
  if (const Formula* factor = Negated(b)) return -(a * *factor);
  return Make(Kind::kProduct, {}, {a, b});
}

Formula operator/(const Formula& a, const Formula& b) {
  if (Is(a, 0)) return 0;
  if (Is(b, 1)) return a;
  if (const auto x = NumberOf(a), y = NumberOf(b); x && y) return *x / *y;
  if (const Formula* dividend = Negated(a)) return -(*dividend / b);
  return Make(Kind::kQuotient, {}, {a, b});
}

Formula operator-(const Formula& a) {
  if (const auto x = NumberOf(a)) return *x == 0 ? 0 : -*x;
  if (const Formula* twice = Negated(a)) return *twice;
  return Make(Kind::kNegation, {}, {a});
}

bool IsSame(const Formula& a, const Formula& b) {
  const Node& one = a.node();
  const Node& other = b.node();
  return &one == &other || (one.kind == other.kind && one.number == other.number && one.name == other.name &&
                            std::ranges::equal(one.operands, other.operands, IsSame));
}

bool IsZero(const Formula& a) { return Is(a, 0); }

Formula If(const Condition& holds, const Formula& then, const Formula& otherwise) {
  return Make(Kind::kChoice, std::string(holds.relation), {holds.left, holds.right, then, otherwise});
}

Formula Max(const Formula& a, const Formula& b) {
  if (const auto x = NumberOf(a), y = NumberOf(b); x && y) return std::max(*x, *y);
  return Make(Kind::kFunction, "max", {a, b});
}

Formula Min(const Formula& a, const Formula& b) {
  if (const auto x = NumberOf(a), y = NumberOf(b); x && y) return std::min(*x, *y);
  return Make(Kind::kFunction, "min", {a, b});
}

Formula Positive(const Formula& a) { return Make(Kind::kPositive, {}, {a}); }
Formula Between(const Formula& low, const Formula& a, const Formula& high) {
  return Make(Kind::kFunction, "between", {low, a, high});
}
Formula Sqrt(const Formula& a) { return Make(Kind::kFunction, "√", {a}); }
Formula Exp(const Formula& a) { return Make(Kind::kFunction, "exp", {a}); }
Formula Logistic(const Formula& z) { return Make(Kind::kFunction, "σ", {z}); }

std::string TextOf(const Formula& formula, std::span<const Shorthand> shorthand) {
  return Writer(shorthand).Write(formula);
}

}  // namespace selvedge::theory
