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

Likelihood::Likelihood(const Occasions& occasions) : occasions_(occasions), transitions_(occasions.gaps().size()) {}

void Likelihood::Discretise(const numerics::MatrixExponential& exponential, const System& system) {
  const Sym2 P = system.stationary;
  const std::span<const double> gaps = occasions_.gaps();
  for (std::size_t g = 0; g < gaps.size(); ++g) {
    const numerics::MatrixExponential::At at = exponential(gaps[g]);
    const Mat2 E = exponential.MinusIdentity(at);
    transitions_[g] = {
        .exponential = at, .F = numerics::kIdentity2 + E, .Q = -1.0 * (PlusTranspose(E * P) + Sandwich(E, P))};
  }
}

template <bool kTaped>
std::optional<double> Likelihood::Filter(const System& system, Start start) {
  const Vec2 r = system.noise;
  const double det_r = r.a * r.b;
  LogSum log_determinants;
  double squares = 0;
  std::size_t answers = 0;
  bool usable = true;
  Tape* tape = kTaped ? tape_.data() : nullptr;

  for (std::size_t dyad = 0; dyad < occasions_.dyads(); ++dyad) {
    Vec2 x;
    Sym2 P = start == Start::kStationary ? system.stationary : Sym2{.aa = 1, .ab = 0, .bb = 1};
    bool is_first = true;
    for (const Occasions::Row& row : occasions_.rows(dyad)) {
      if (!is_first) {
        const Transition& step = transitions_[row.gap];
        x = step.F * x;
        P = Sandwich(step.F, P) + step.Q;
      }
      is_first = false;
      const double det_P = Determinant(P);
      if constexpr (kTaped) tape->predicted = P;

      Vec2 e;
      double scale = 0;
      if (row.seen == Seen::kBoth) [[likely]] {
        const double det_S = det_P + r.a * P.bb + r.b * P.aa + det_r;
        usable &= IsUsable(det_S);
        log_determinants.Add(det_S);
        scale = 1 / det_S;
        const Vec2 v{row.own_a - system.mean.a - x.a, row.own_b - system.mean.b - x.b};
        e = {scale * ((P.bb + r.b) * v.a - P.ab * v.b), scale * ((P.aa + r.a) * v.b - P.ab * v.a)};
        squares += Dot(v, e);
        x += P * e;
        P = {scale * (det_P * r.a + det_r * P.aa), scale * det_r * P.ab, scale * (det_P * r.b + det_r * P.bb)};
        answers += 2;
      } else if (row.seen == Seen::kA) {
        const double S = P.aa + r.a;
        usable &= IsUsable(S);
        log_determinants.Add(S);
        scale = 1 / S;
        const double v = row.own_a - system.mean.a - x.a;
        e = {scale * v, 0};
        squares += v * e.a;
        x += P * e;
        P = {scale * r.a * P.aa, scale * r.a * P.ab, scale * (det_P + r.a * P.bb)};
        answers += 1;
      } else if (row.seen == Seen::kB) {
        const double S = P.bb + r.b;
        usable &= IsUsable(S);
        log_determinants.Add(S);
        scale = 1 / S;
        const double v = row.own_b - system.mean.b - x.b;
        e = {0, scale * v};
        squares += v * e.b;
        x += P * e;
        P = {scale * (det_P + r.b * P.aa), scale * r.b * P.ab, scale * r.b * P.bb};
        answers += 1;
      }
      if constexpr (kTaped) {
        tape->weighted_surprise = e;
        tape->scale = scale;
        tape->state = x;
        tape->covariance = P;
        ++tape;
      }
    }
  }
  const double value = -0.5 * (static_cast<double>(answers) * numerics::kLogTwoPi + log_determinants.Get() + squares);
  if (!usable || !std::isfinite(value)) return std::nullopt;
  return value;
}

void Likelihood::SweepBack(const System& system, Start start, SystemAdjoint& adjoint) {
  // Bars are derivatives of the log-likelihood. Through an update, with g and G the bars of x and P after it:
  //   k = Kᵀ g,   x̄ = g + e − k,   μ̄ += e − k,
  //   S̄ = −½ S⁻¹ + ½ e eᵀ − ½ (k eᵀ + e kᵀ),
  //   P̄ = (I − K)ᵀ G (I − K) + ½ (g eᵀ + e gᵀ) + S̄,     r̄ += diag(Kᵀ G K + S̄).
  // Through a step: x̄ = Fᵀ x̄⁻, P̄ = Fᵀ P̄⁻ F, Q̄ += P̄⁻, F̄ += x̄⁻ xᵀ + 2 P̄⁻ F P.
  const Vec2 r = system.noise;
  const Tape* tape = tape_.data() + tape_.size();
  for (std::size_t dyad = occasions_.dyads(); dyad-- > 0;) {
    Vec2 x_bar;
    Sym2 P_bar;
    const std::span<const Occasions::Row> rows = occasions_.rows(dyad);
    for (std::size_t i = rows.size(); i-- > 0;) {
      --tape;
      const Sym2 P = tape->predicted;
      const Vec2 e = tape->weighted_surprise;
      Sym2 inverse_S;
      Mat2 K;
      Mat2 unlearned;  // I − K, written without the subtraction
      if (rows[i].seen == Seen::kBoth) [[likely]] {
        inverse_S = tape->scale * Sym2{.aa = P.bb + r.b, .ab = -P.ab, .bb = P.aa + r.a};
        K = P * Full(inverse_S);
        unlearned = {r.a * inverse_S.aa, r.a * inverse_S.ab, r.b * inverse_S.ab, r.b * inverse_S.bb};
      } else if (rows[i].seen == Seen::kA) {
        inverse_S = {tape->scale, 0, 0};
        K = {tape->scale * P.aa, 0, tape->scale * P.ab, 0};
        unlearned = {tape->scale * r.a, 0, -K.ba, 1};
      } else if (rows[i].seen == Seen::kB) {
        inverse_S = {0, 0, tape->scale};
        K = {0, tape->scale * P.ab, 0, tape->scale * P.bb};
        unlearned = {1, -K.ab, 0, tape->scale * r.b};
      } else {
        unlearned = numerics::kIdentity2;
      }
      const Vec2 k = Transpose(K) * x_bar;
      const Sym2 S_bar = Symmetric(Outer(0.5 * e - k, e)) - 0.5 * inverse_S;
      const Sym2 KGK = Sandwich(Transpose(K), P_bar);
      adjoint.noise += Vec2{KGK.aa + S_bar.aa, KGK.bb + S_bar.bb};
      adjoint.mean += e - k;
      P_bar = Sandwich(Transpose(unlearned), P_bar) + Symmetric(Outer(x_bar, e)) + S_bar;
      x_bar = x_bar + e - k;
      if (i == 0) break;

      const Tape& before = *(tape - 1);
      const Mat2 F = transitions_[rows[i].gap].F;
      TransitionBar& bar = transition_bars_[rows[i].gap];
      bar.Q += P_bar;
      bar.F += Outer(x_bar, before.state) + 2.0 * (P_bar * (F * before.covariance));
      x_bar = Transpose(F) * x_bar;
      P_bar = Sandwich(Transpose(F), P_bar);
    }
    if (start == Start::kStationary) adjoint.stationary += P_bar;
  }
}

std::optional<double> Likelihood::Value(const System& system, Start start) {
  Discretise(numerics::MatrixExponential(system.drift), system);
  return Filter<false>(system, start);
}

std::optional<double> Likelihood::ValueAndGradient(const System& system, Start start, SystemAdjoint& adjoint) {
  tape_.resize(occasions_.row_count());
  transition_bars_.assign(transitions_.size(), TransitionBar{});
  adjoint = {};

  const numerics::MatrixExponential exponential(system.drift);
  Discretise(exponential, system);
  const std::optional<double> value = Filter<true>(system, start);
  if (!value) return std::nullopt;
  SweepBack(system, start, adjoint);

  // Back through Q(Δ) = P∞ − F P∞ Fᵀ: P̄∞ += Q̄ − Fᵀ Q̄ F, and F̄ −= 2 Q̄ F P∞; then through the exponential, all gaps at
  // once.
  numerics::MatrixExponentialAdjoint exponential_adjoint(exponential);
  const std::span<const double> gaps = occasions_.gaps();
  for (std::size_t g = 0; g < gaps.size(); ++g) {
    const Mat2 F = transitions_[g].F;
    const TransitionBar& bar = transition_bars_[g];
    adjoint.stationary += bar.Q - Sandwich(Transpose(F), bar.Q);
    exponential_adjoint.Add(gaps[g], transitions_[g].exponential, bar.F - 2.0 * (bar.Q * (F * system.stationary)));
  }
  adjoint.drift = exponential_adjoint.DriftBar();
  return value;
}

}  // namespace selvedge::dynamics
