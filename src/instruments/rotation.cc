#include "instruments/rotation.h"

#include <Eigen/LU>
#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <numeric>
#include <vector>

#include "core/random.h"
#include "numerics/normal.h"

namespace selvedge::instruments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// ¼ Σ_i Σ_{d ≠ e} λ_id² λ_ie² and its slope in the turned loadings.
struct Complexity {
  double value = 0;
  MatrixXd slope;
};

Complexity ComplexityOf(const MatrixXd& loadings) {
  const MatrixXd squares = loadings.cwiseAbs2();
  const MatrixXd others = squares.rowwise().sum().replicate(1, squares.cols()) - squares;
  return {.value = 0.25 * squares.cwiseProduct(others).sum(), .slope = loadings.cwiseProduct(others)};
}

struct Turn {
  MatrixXd T;
  double complexity = std::numeric_limits<double>::infinity();
};

/// Downhill from one start: steps against the gradient within the tangent space of columns of length 1.
Turn Descend(const MatrixXd& loadings, MatrixXd T) {
  constexpr int kMostSteps = 2000;
  constexpr int kMostHalvings = 30;
  constexpr double kFlat = 1e-11;  // of the projected gradient; loadings are then known to about as many digits
  MatrixXd inverse = T.inverse();
  MatrixXd turned = loadings * inverse.transpose();
  Complexity now = ComplexityOf(turned);
  double length = 1;
  for (int step = 0; step < kMostSteps; ++step) {
    // L = A T⁻ᵀ, so dL = −L dTᵀ T⁻ᵀ and df/dT = −(Lᵀ (df/dL) T⁻¹)ᵀ.
    const MatrixXd gradient = -(turned.transpose() * now.slope * inverse).transpose();
    const MatrixXd within = gradient - T * T.cwiseProduct(gradient).colwise().sum().asDiagonal();
    const double steepness = within.squaredNorm();
    if (steepness < kFlat * kFlat) break;
    length *= 2;
    bool fell = false;
    for (int halving = 0; halving < kMostHalvings; ++halving, length *= 0.5) {
      const MatrixXd next = (T - length * within).colwise().normalized();
      const MatrixXd next_inverse = next.inverse();
      const MatrixXd next_turned = loadings * next_inverse.transpose();
      const Complexity there = ComplexityOf(next_turned);
      fell = now.value - there.value > 0.5 * length * steepness;
      if (!fell) continue;
      T = next;
      inverse = next_inverse;
      turned = next_turned;
      now = there;
      break;
    }
    if (!fell) break;  // no digits are left
  }
  return {.T = T, .complexity = now.value};
}

MatrixXd UncorrelatedLoadings(const MatrixXd& slopes) {
  return Loadings(slopes, MatrixXd::Identity(slopes.cols(), slopes.cols()));
}

/// The order and directions that are told.
MatrixXd Told(const MatrixXd& slopes, const MatrixXd& loadings, const MatrixXd& T) {
  const VectorXd explained = Turned(loadings, T).colwise().squaredNorm();
  const VectorXd sums = Turned(slopes, T).colwise().sum();
  std::vector<Index> order(static_cast<std::size_t>(T.cols()));
  std::iota(order.begin(), order.end(), Index{0});
  std::ranges::stable_sort(order, [&](Index one, Index other) { return explained[one] > explained[other]; });
  MatrixXd told(T.rows(), T.cols());
  for (Index d = 0; d < T.cols(); ++d) {
    const Index from = order[static_cast<std::size_t>(d)];
    told.col(d) = (sums[from] < 0 ? -1 : 1) * T.col(from);
  }
  return told;
}

}  // namespace

MatrixXd Turned(const MatrixXd& slopes, const MatrixXd& turn) { return slopes * turn.inverse().transpose(); }

MatrixXd Loadings(const MatrixXd& slopes, const MatrixXd& correlations) {
  constexpr double kLogisticVariance = std::numbers::pi * std::numbers::pi / 3;
  const VectorXd signal = (slopes * correlations).cwiseProduct(slopes).rowwise().sum();
  return (signal.array() + kLogisticVariance).rsqrt().matrix().asDiagonal() * slopes;
}

MatrixXd TurnToSimple(const MatrixXd& slopes) {
  constexpr int kStarts = 30;
  constexpr double kLower = 1e-9;  // by less, two minima are the same one
  const Index dimensions = slopes.cols();
  const MatrixXd loadings = UncorrelatedLoadings(slopes);
  core::RandomStream stream({.seed = 1});
  Turn best = Descend(loadings, MatrixXd::Identity(dimensions, dimensions));
  for (int start = 1; start < kStarts; ++start) {
    MatrixXd random(dimensions, dimensions);
    for (double& value : random.reshaped()) value = numerics::DrawNormal(stream);
    const Turn turn = Descend(loadings, random.householderQr().householderQ());
    if (turn.complexity < best.complexity - kLower) best = turn;
  }
  return Told(slopes, loadings, best.T);
}

MatrixXd FollowTurn(const MatrixXd& slopes, const MatrixXd& turn) {
  return Descend(UncorrelatedLoadings(slopes), turn).T;
}

}  // namespace selvedge::instruments
