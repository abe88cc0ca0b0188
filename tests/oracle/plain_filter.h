#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <span>

#include "dynamics/occasions.h"
#include "dynamics/system.h"
#include "oracle/dual.h"
#include "oracle/plain_matrix.h"

namespace selvedge::oracle {

/// The parts of a system as the textbook has them.
template <typename T>
struct PlainSystem {
  Matrix<T, 2> A, Q;
  Matrix<T, 2> P{};
  std::array<T, 2> r, mu;

  explicit PlainSystem(const std::array<T, dynamics::kParameterCount>& p)
      : A{{{p[0], p[1]}, {p[2], p[3]}}}, Q{{{p[4], p[5]}, {p[5], p[6]}}}, r{p[7], p[8]}, mu{p[9], p[10]} {
    // A P + P Aᵀ + Q = 0 as three linear equations in p_aa, p_ab, p_bb, by elimination.
    std::array<std::array<T, 4>, 3> rows{{{T(2) * A[0][0], T(2) * A[0][1], T(0), -Q[0][0]},
                                          {A[1][0], A[0][0] + A[1][1], A[0][1], -Q[0][1]},
                                          {T(0), T(2) * A[1][0], T(2) * A[1][1], -Q[1][1]}}};
    for (std::size_t c = 0; c < 3; ++c) {
      std::size_t pivot = c;
      for (std::size_t i = c; i < 3; ++i) {
        if (std::fabs(ValueOf(rows[i][c])) > std::fabs(ValueOf(rows[pivot][c]))) pivot = i;
      }
      std::swap(rows[c], rows[pivot]);
      for (std::size_t i = 0; i < 3; ++i) {
        if (i == c) continue;
        const T factor = rows[i][c] / rows[c][c];
        for (std::size_t j = c; j < 4; ++j) rows[i][j] = rows[i][j] - factor * rows[c][j];
      }
    }
    P[0][0] = rows[0][3] / rows[0][0];
    P[0][1] = P[1][0] = rows[1][3] / rows[1][1];
    P[1][1] = rows[2][3] / rows[2][2];
  }

  struct Step {
    Matrix<T, 2> F, Q;
  };
  /// exp(AΔ) and the integrated noise by Van Loan's block exponential (1978, doi:10.1109/TAC.1978.1101743), for a
  /// piece of the gap so short that its growing half stays tame, then doubled up: F(2h) = F F, Q(2h) = F Q Fᵀ + Q.
  [[nodiscard]] Step Over(double gap) const {
    int doublings = 0;
    while (gap > 0.125) {
      gap *= 0.5;
      ++doublings;
    }
    Matrix<T, 4> block{};
    for (std::size_t i = 0; i < 2; ++i) {
      for (std::size_t j = 0; j < 2; ++j) {
        block[i][j] = T(-gap) * A[i][j];
        block[i][j + 2] = T(gap) * Q[i][j];
        block[i + 2][j + 2] = T(gap) * A[j][i];
      }
    }
    const Matrix<T, 4> e = Exponential(block);
    Step step{};
    Matrix<T, 2> upper{};
    for (std::size_t i = 0; i < 2; ++i) {
      for (std::size_t j = 0; j < 2; ++j) {
        step.F[i][j] = e[j + 2][i + 2];
        upper[i][j] = e[i][j + 2];
      }
    }
    step.Q = Product(step.F, upper);
    for (int k = 0; k < doublings; ++k) {
      const Matrix<T, 2> carried = Product(Product(step.F, step.Q), Transposed(step.F));
      for (std::size_t i = 0; i < 2; ++i) {
        for (std::size_t j = 0; j < 2; ++j) step.Q[i][j] = step.Q[i][j] + carried[i][j];
      }
      step.F = Product(step.F, step.F);
    }
    return step;
  }
};

/// The log-likelihood by the textbook filter, one answer at a time.
template <typename T>
T PlainLogLikelihood(const std::array<T, dynamics::kParameterCount>& parameters, dynamics::Start start,
                     std::span<const dynamics::Observation> observations) {
  using std::log;
  const PlainSystem<T> system(parameters);
  std::array<T, 2> x{T(0), T(0)};
  Matrix<T, 2> P = system.P;
  if (start == dynamics::Start::kUnit) P = {{{T(1), T(0)}, {T(0), T(1)}}};
  T sum = T(0);
  const dynamics::Observation* before = nullptr;
  for (const dynamics::Observation& now : observations) {
    if (before != nullptr) {
      const auto step = system.Over(now.time.count - before->time.count);
      x = {step.F[0][0] * x[0] + step.F[0][1] * x[1], step.F[1][0] * x[0] + step.F[1][1] * x[1]};
      P = Product(Product(step.F, P), Transposed(step.F));
      for (std::size_t i = 0; i < 2; ++i) {
        for (std::size_t j = 0; j < 2; ++j) P[i][j] = P[i][j] + step.Q[i][j];
      }
    }
    before = &now;
    const std::array answers{now.own.a, now.own.b};
    for (std::size_t i = 0; i < 2; ++i) {
      if (!answers[i]) continue;
      const T S = P[i][i] + system.r[i];
      const T v = T(*answers[i]) - system.mu[i] - x[i];
      sum = sum - T(0.5) * (T(1.8378770664093454836) + log(S) + v * v / S);
      const std::array<T, 2> K{P[0][i] / S, P[1][i] / S};
      x = {x[0] + K[0] * v, x[1] + K[1] * v};
      const std::array<T, 2> row{P[i][0], P[i][1]};
      for (std::size_t j = 0; j < 2; ++j) {
        for (std::size_t k = 0; k < 2; ++k) P[j][k] = P[j][k] - K[j] * row[k];
      }
    }
  }
  return sum;
}

}  // namespace selvedge::oracle
