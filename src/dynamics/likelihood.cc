#include "dynamics/likelihood.h"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "numerics/normal.h"

namespace selvedge::dynamics {
namespace {

using numerics::Dot;
using numerics::Mat2;
using numerics::Outer;
using numerics::Sandwich;
using numerics::Sym2;
using numerics::Symmetric;
using numerics::Vec2;
using Seen = Occasions::Seen;

/// Σ log of many positive numbers with one logarithm per thousand: mantissas are multiplied, exponents added. Exact to
/// rounding and safe from overflow, since a product of a thousand numbers in [1, 2) stays below 2^1000.
class LogSum {
 public:
  void Add(double positive) {
    const auto bits = std::bit_cast<std::uint64_t>(positive);
    exponents_ += static_cast<std::int64_t>(bits >> kMantissaBits) - kBias;
    product_ *= std::bit_cast<double>((bits & kMantissaMask) | kOne);
    if (++pending_ == kMostPending) Settle();
  }
  [[nodiscard]] double Get() {
    Settle();
    return logs_ + static_cast<double>(exponents_) * kLogTwo;
  }

 private:
  static constexpr unsigned kMantissaBits = 52;
  static constexpr std::uint64_t kMantissaMask = (std::uint64_t{1} << kMantissaBits) - 1;
  static constexpr std::uint64_t kOne = std::bit_cast<std::uint64_t>(1.0);
  static constexpr std::int64_t kBias = 1023;
  static constexpr int kMostPending = 1000;
  static constexpr double kLogTwo = 0.69314718055994530942;

  void Settle() {
    logs_ += std::log(product_);
    product_ = 1;
    pending_ = 0;
  }

  double logs_ = 0;
  double product_ = 1;
  std::int64_t exponents_ = 0;
  int pending_ = 0;
};

/// How the state goes over a gap: x⁻ = F x + ε, ε ~ N(0, Q).
struct Step {
  Mat2 F;
  Sym2 Q;
};

/// Makes steps of exponentials. With E = c I + h B and B the same for all gaps,
///
///     Q = −(E P∞ + P∞ Eᵀ + E P∞ Eᵀ) = −(c (2 + c) P∞ + h (1 + c) (B P∞ + P∞ Bᵀ) + h² B P∞ Bᵀ).
class Steps {
 public:
  Steps(const numerics::MatrixExponential& exponential, Sym2 stationary)
      : exponential_(exponential),
        once_(-1.0 * stationary),
        turned_(PlusTranspose(exponential.direction() * once_)),
        turned_twice_(Sandwich(exponential.direction(), once_)) {}

  [[nodiscard]] Mat2 F(numerics::MatrixExponential::At at) const {
    return numerics::kIdentity2 + exponential_.MinusIdentity(at);
  }
  [[nodiscard]] Step Over(numerics::MatrixExponential::At at) const {
    const double c = at.identity_part;
    const double h = at.direction_part;
    return {.F = F(at), .Q = (c * (2 + c)) * once_ + (h * (1 + c)) * turned_ + (h * h) * turned_twice_};
  }

 private:
  const numerics::MatrixExponential& exponential_;
  Sym2 once_;          // −P∞
  Sym2 turned_;        // −(B P∞ + P∞ Bᵀ)
  Sym2 turned_twice_;  // −B P∞ Bᵀ
};

/// A variance the filter may divide by: positive, normal, finite. False for NaN.
bool IsUsable(double variance) { return variance >= 1e-300 && variance <= 1e300; }

}  // namespace

SystemAdjoint& SystemAdjoint::operator+=(const SystemAdjoint& other) {
  drift += other.drift;
  stationary += other.stationary;
  noise += other.noise;
  mean += other.mean;
  return *this;
}

/// What the log-likelihood is made of, over the rows filtered so far.
struct Likelihood::Sums {
  LogSum log_determinants;
  double squares = 0;
  std::size_t answers = 0;
  bool usable = true;

  [[nodiscard]] std::optional<double> LogLikelihood() {
    const double value = -0.5 * (static_cast<double>(answers) * numerics::kLogTwoPi + log_determinants.Get() + squares);
    if (!usable || !std::isfinite(value)) return std::nullopt;
    return value;
  }
};

Likelihood::Likelihood(const Occasions& occasions) : occasions_(occasions), exponentials_(occasions.gaps().size()) {}

numerics::MatrixExponential Likelihood::Exponentiate(const System& system) {
  const numerics::MatrixExponential exponential(system.drift);
  exponential(occasions_.gaps(), exponentials_);
  return exponential;
}

template <bool kTaped>
void Likelihood::Filter(std::span<const Occasions::Row> rows, const numerics::MatrixExponential& exponential,
                        const System& system, Start start, Sums& sums) {
  const Vec2 r = system.noise;
  const double det_r = r.a * r.b;
  Sums now = sums;  // a copy, so that the loop keeps it in registers
  Tape* tape = kTaped ? tape_.data() : nullptr;
  Vec2 x;
  Sym2 P = start == Start::kStationary ? system.stationary : Sym2{.aa = 1, .ab = 0, .bb = 1};
  const Steps steps(exponential, system.stationary);
  Step step;
  std::size_t gap_of_step = exponentials_.size();  // none yet
  bool is_first = true;
  for (const Occasions::Row& row : rows) {
    if (!is_first) {
      if (row.gap != gap_of_step) {
        step = steps.Over(exponentials_[row.gap]);
        gap_of_step = row.gap;
      }
      x = step.F * x;
      P = Sandwich(step.F, P) + step.Q;
    }
    is_first = false;
    const double det_P = Determinant(P);
    if constexpr (kTaped) tape->predicted = P;

    Vec2 e;
    double scale = 0;
    if (row.seen == Seen::kBoth) [[likely]] {
      const double S_aa = P.aa + r.a;
      const double S_bb = P.bb + r.b;
      const double det_S = S_aa * S_bb - P.ab * P.ab;
      now.usable &= IsUsable(det_S);
      now.log_determinants.Add(det_S);
      scale = 1 / det_S;
      const Vec2 v{row.own_a - system.mean.a - x.a, row.own_b - system.mean.b - x.b};
      e = {scale * (S_bb * v.a - P.ab * v.b), scale * (S_aa * v.b - P.ab * v.a)};
      now.squares += Dot(v, e);
      x += P * e;
      P = {scale * (det_P * r.a + det_r * P.aa), scale * det_r * P.ab, scale * (det_P * r.b + det_r * P.bb)};
      now.answers += 2;
    } else if (row.seen == Seen::kA) {
      const double S = P.aa + r.a;
      now.usable &= IsUsable(S);
      now.log_determinants.Add(S);
      scale = 1 / S;
      const double v = row.own_a - system.mean.a - x.a;
      e = {scale * v, 0};
      now.squares += v * e.a;
      x += P * e;
      P = {scale * r.a * P.aa, scale * r.a * P.ab, scale * (det_P + r.a * P.bb)};
      now.answers += 1;
    } else if (row.seen == Seen::kB) {
      const double S = P.bb + r.b;
      now.usable &= IsUsable(S);
      now.log_determinants.Add(S);
      scale = 1 / S;
      const double v = row.own_b - system.mean.b - x.b;
      e = {0, scale * v};
      now.squares += v * e.b;
      x += P * e;
      P = {scale * (det_P + r.b * P.aa), scale * r.b * P.ab, scale * r.b * P.bb};
      now.answers += 1;
    }
    if constexpr (kTaped) {
      tape->weighted_surprise = e;
      tape->scale = scale;
      tape->state = x;
      tape->covariance = P;
      ++tape;
    }
  }
  sums = now;
}

void Likelihood::SweepBack(std::span<const Occasions::Row> rows, const numerics::MatrixExponential& exponential,
                           const System& system, Start start, SystemAdjoint& adjoint,
                           numerics::MatrixExponentialAdjoint& exponential_adjoint) const {
  // Bars are derivatives of the log-likelihood. Through an update, with g and G the bars of x and P after it and
  // U = I − K = R S⁻¹:
  //   u = Uᵀ g,   x̄ = u + e,   μ̄ += x̄ − g,   P̄ = Uᵀ G U + sym((u + ½ e) eᵀ) − ½ S⁻¹,
  //   r̄ += diag(P̄ − g eᵀ + G − 2 G U).
  // Through a step, whose Q is P∞ − F P∞ Fᵀ:
  //   x̄ = Fᵀ x̄⁻,   P̄ = Fᵀ P̄⁻ F,   F̄ += x̄⁻ xᵀ + 2 P̄⁻ F (P − P∞),   P̄∞ += P̄⁻ − P̄.
  const Vec2 r = system.noise;
  const std::span<const double> gaps = occasions_.gaps();
  SystemAdjoint sum;
  Vec2 x_bar;
  Sym2 P_bar;
  Mat2 F;
  const Steps steps(exponential, system.stationary);
  Mat2 F_bar;                     // summed over rows with the same gap that follow each other
  std::size_t gap = gaps.size();  // theirs; none yet
  for (std::size_t i = rows.size(); i-- > 0;) {
    const Tape& at = tape_[i];
    const Sym2 P = at.predicted;
    const Vec2 e = at.weighted_surprise;
    Sym2 inverse_S;
    Mat2 U = numerics::kIdentity2;
    if (rows[i].seen == Seen::kBoth) [[likely]] {
      inverse_S = at.scale * Sym2{.aa = P.bb + r.b, .ab = -P.ab, .bb = P.aa + r.a};
      U = {r.a * inverse_S.aa, r.a * inverse_S.ab, r.b * inverse_S.ab, r.b * inverse_S.bb};
    } else if (rows[i].seen == Seen::kA) {
      inverse_S.aa = at.scale;
      U = {at.scale * r.a, 0, -at.scale * P.ab, 1};
    } else if (rows[i].seen == Seen::kB) {
      inverse_S.bb = at.scale;
      U = {1, -at.scale * P.ab, 0, at.scale * r.b};
    }
    const Vec2 g = x_bar;
    const Sym2 G = P_bar;
    const Vec2 u = Transpose(U) * g;
    const Mat2 GU = G * U;
    x_bar = u + e;
    P_bar = Symmetric(Transpose(U) * GU + Outer(u + 0.5 * e, e)) - 0.5 * inverse_S;
    sum.mean += x_bar - g;
    sum.noise += Vec2{P_bar.aa - g.a * e.a + G.aa - 2 * GU.aa, P_bar.bb - g.b * e.b + G.bb - 2 * GU.bb};
    if (i == 0) break;

    if (rows[i].gap != gap) {
      if (gap != gaps.size()) exponential_adjoint.Add(gaps[gap], exponentials_[gap], F_bar);
      gap = rows[i].gap;
      F = steps.F(exponentials_[gap]);
      F_bar = {};
    }
    const Tape& before = tape_[i - 1];
    const Mat2 P_bar_F = P_bar * F;
    F_bar += Outer(x_bar, before.state) + 2.0 * (P_bar_F * (before.covariance - system.stationary));
    sum.stationary += P_bar;
    x_bar = Transpose(F) * x_bar;
    P_bar = Symmetric(Transpose(F) * P_bar_F);
    sum.stationary -= P_bar;
  }
  if (gap != gaps.size()) exponential_adjoint.Add(gaps[gap], exponentials_[gap], F_bar);
  if (start == Start::kStationary) sum.stationary += P_bar;
  adjoint += sum;
}

std::optional<double> Likelihood::Value(const System& system, Start start) {
  const numerics::MatrixExponential exponential = Exponentiate(system);
  Sums sums;
  for (std::size_t dyad = 0; dyad < occasions_.dyads(); ++dyad) {
    Filter<false>(occasions_.rows(dyad), exponential, system, start, sums);
  }
  return sums.LogLikelihood();
}

std::optional<double> Likelihood::ValueAndGradient(const System& system, Start start, SystemAdjoint& adjoint) {
  if (tape_.empty()) tape_.resize(occasions_.most_rows());
  adjoint = {};

  const numerics::MatrixExponential exponential = Exponentiate(system);
  numerics::MatrixExponentialAdjoint exponential_adjoint(exponential);
  Sums sums;
  for (std::size_t dyad = 0; dyad < occasions_.dyads() && sums.usable; ++dyad) {
    const std::span<const Occasions::Row> rows = occasions_.rows(dyad);
    Filter<true>(rows, exponential, system, start, sums);
    SweepBack(rows, exponential, system, start, adjoint, exponential_adjoint);
  }
  adjoint.drift = exponential_adjoint.DriftBar();
  return sums.LogLikelihood();
}

}  // namespace selvedge::dynamics
