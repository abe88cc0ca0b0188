#include "bench/eigen_filter.h"

#include <Eigen/LU>
#include <cmath>
#include <cstddef>
#include <unsupported/Eigen/MatrixFunctions>

#include "numerics/normal.h"

namespace selvedge::bench {
namespace {

using dynamics::Start;
using dynamics::System;
using Eigen::Matrix2d;
using Eigen::Vector2d;
using Seen = dynamics::Occasions::Seen;

/// exp(A t) = e^{mt} (c I + h B), as in numerics/exponential.h, with what depends on A alone computed once.
class ClosedForm {
 public:
  explicit ClosedForm(const Matrix2d& A)
      : m_(0.5 * A.trace()),
        B_(A - m_ * Matrix2d::Identity()),
        delta_(m_ * m_ - A.determinant()),
        root_(std::sqrt(std::abs(delta_))) {}

  [[nodiscard]] Matrix2d operator()(double t) const {
    const double z = delta_ * t * t;
    if (std::abs(z) < 1e-3) {  // four terms leave 1e-18
      const double e = std::exp(m_ * t);
      const double c = 1 + z / 2 * (1 + z / 12 * (1 + z / 30 * (1 + z / 56)));
      const double h = t * (1 + z / 6 * (1 + z / 20 * (1 + z / 42 * (1 + z / 72))));
      return e * c * Matrix2d::Identity() + e * h * B_;
    }
    if (delta_ > 0) {
      const double slow = std::exp((m_ + root_) * t);
      const double fast = std::exp((m_ - root_) * t);
      return 0.5 * (slow + fast) * Matrix2d::Identity() + 0.5 * (slow - fast) / root_ * B_;
    }
    const double e = std::exp(m_ * t);
    return e * std::cos(root_ * t) * Matrix2d::Identity() + e * std::sin(root_ * t) / root_ * B_;
  }

 private:
  double m_;
  Matrix2d B_;
  double delta_;
  double root_;
};

Matrix2d FromSym(const numerics::Sym2& p) { return Matrix2d{{p.aa, p.ab}, {p.ab, p.bb}}; }

}  // namespace

EigenFilter::EigenFilter(std::span<const dynamics::Observation> diary, EigenExponential exponential)
    : exponential_(exponential) {
  rows_.reserve(diary.size());
  std::optional<core::Days> before;
  for (const dynamics::Observation& observation : diary) {
    const auto& [a, b] = observation.own;
    const Seen seen = a ? (b ? Seen::kBoth : Seen::kA) : (b ? Seen::kB : Seen::kNone);
    if (before && seen == Seen::kNone) continue;
    rows_.push_back({.own = Vector2d(a.value_or(0), b.value_or(0)),
                     .gap = before ? (observation.time - *before).count : 0,
                     .seen = seen});
    before = observation.time;
  }
}

std::optional<double> EigenFilter::Value(const System& system, Start start) const {
  const Matrix2d A{{system.drift.aa, system.drift.ab}, {system.drift.ba, system.drift.bb}};
  const Matrix2d stationary = FromSym(system.stationary);
  const Matrix2d R = Vector2d(system.noise.a, system.noise.b).asDiagonal();
  const Vector2d mean(system.mean.a, system.mean.b);
  const ClosedForm closed_form(A);

  Vector2d x = Vector2d::Zero();
  Matrix2d P = start == Start::kStationary ? stationary : Matrix2d::Identity();
  Matrix2d F = Matrix2d::Identity();
  Matrix2d Q = Matrix2d::Zero();
  double gap = 0;
  double twice = 0;  // −2 log-likelihood
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const Row& row = rows_[i];
    if (i > 0) {
      if (row.gap != gap) {
        gap = row.gap;
        F = exponential_ == EigenExponential::kClosedForm ? closed_form(gap) : Matrix2d((A * gap).exp());
        Q = stationary - F * stationary * F.transpose();
      }
      x = F * x;
      P = F * P * F.transpose() + Q;
    }
    if (row.seen == Seen::kBoth) {
      const Vector2d v = row.own - mean - x;
      const Matrix2d S = P + R;
      const double determinant = S.determinant();
      if (!(determinant > 0)) return std::nullopt;
      const Matrix2d S_inverse = S.inverse();
      const Matrix2d K = P * S_inverse;
      twice += 2 * numerics::kLogTwoPi + std::log(determinant) + v.dot(S_inverse * v);
      x += K * v;
      P -= K * P;
    } else if (row.seen != Seen::kNone) {
      const Eigen::Index side = row.seen == Seen::kA ? 0 : 1;
      const double v = row.own(side) - mean(side) - x(side);
      const double S = P(side, side) + R(side, side);
      if (!(S > 0)) return std::nullopt;
      const Vector2d K = P.col(side) / S;
      twice += numerics::kLogTwoPi + std::log(S) + v * v / S;
      x += K * v;
      P -= K * P.row(side);
    }
  }
  return -0.5 * twice;
}

}  // namespace selvedge::bench
