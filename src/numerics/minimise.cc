#include "numerics/minimise.h"

#include <Eigen/Cholesky>
#include <cmath>

namespace selvedge::numerics {
namespace {

constexpr double kSufficientFall = 1e-4;  // Wolfe: share of the fall that the slope promises
constexpr double kFlattened = 0.9;        // Wolfe: the slope must have eased to this share
constexpr int kMostTrials = 40;           // per line search; halving 40 times leaves nothing of any step

struct LineStep {
  bool found = false;
  double length = 0;
  double value = 0;
  Point point;
  Point gradient;
};

/// Finds a step along `direction` that satisfies the weak Wolfe conditions, by doubling and bisection.
LineStep SearchLine(Objective objective, const Minimum& from, const Point& direction, double slope, double first_length,
                    int& evaluations) {
  LineStep step{.point = from.point, .gradient = from.gradient};
  LineStep best_fall;
  double low = 0;
  std::optional<double> high;
  step.length = first_length;
  for (int trial = 0; trial < kMostTrials; ++trial) {
    step.point = from.point + step.length * direction;
    const std::optional<double> value = objective(step.point, step.gradient);
    ++evaluations;
    const bool falls = value && *value <= from.value + kSufficientFall * step.length * slope;
    if (falls) {
      step.value = *value;
      step.found = true;
      if (step.gradient.dot(direction) >= kFlattened * slope) return step;
      best_fall = step;
      low = step.length;
    } else {
      high = step.length;
    }
    step.length = high ? 0.5 * (low + *high) : 2 * low;
  }
  return best_fall;
}

double LargestMagnitude(const Point& gradient) { return gradient.size() == 0 ? 0 : gradient.cwiseAbs().maxCoeff(); }

}  // namespace

Minimum MinimiseBfgs(Objective objective, const Point& start, const SearchOptions& options) {
  const Eigen::Index n = start.size();
  Minimum now{.point = start, .gradient = Point::Zero(n)};
  const std::optional<double> start_value = objective(now.point, now.gradient);
  now.evaluations = 1;
  if (!start_value) return now;
  now.value = *start_value;

  SquareMatrix inverse_hessian = SquareMatrix::Identity(n, n);
  bool scaled = false;
  for (int step_count = 0; step_count < options.max_steps; ++step_count) {
    if (LargestMagnitude(now.gradient) <= options.gradient_tolerance) {
      now.termination = Termination::kConverged;
      return now;
    }
    Point direction = -(inverse_hessian * now.gradient);
    double slope = direction.dot(now.gradient);
    if (!(slope < 0)) {
      inverse_hessian = SquareMatrix::Identity(n, n);
      scaled = false;
      direction = -now.gradient;
      slope = direction.dot(now.gradient);
    }
    const double first_length = scaled ? 1.0 : std::fmin(1.0, 1.0 / now.gradient.norm());
    const LineStep step = SearchLine(objective, now, direction, slope, first_length, now.evaluations);
    if (!step.found) {
      now.termination = Termination::kNoDescent;
      return now;
    }

    const Point s = step.point - now.point;
    const Point y = step.gradient - now.gradient;
    const double curvature = s.dot(y);
    const double fall = now.value - step.value;
    now.point = step.point;
    now.gradient = step.gradient;
    now.value = step.value;
    if (fall <= options.value_tolerance * (1 + std::fabs(now.value))) {
      now.termination = Termination::kConverged;
      return now;
    }
    if (curvature > 1e-12 * s.norm() * y.norm()) {
      if (!scaled) {
        inverse_hessian *= curvature / y.squaredNorm();
        scaled = true;
      }
      const double r = 1 / curvature;
      const Point Hy = inverse_hessian * y;
      inverse_hessian += (r * (1 + r * y.dot(Hy))) * s * s.transpose() - r * (Hy * s.transpose() + s * Hy.transpose());
    }
  }
  now.termination = Termination::kOutOfSteps;
  return now;
}

std::optional<SquareMatrix> HessianByGradients(Objective objective, const Point& point, double step) {
  const Eigen::Index n = point.size();
  SquareMatrix hessian(n, n);
  Point above = Point::Zero(n);
  Point below = Point::Zero(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    Point moved = point;
    moved(i) = point(i) + step;
    if (!objective(moved, above)) return std::nullopt;
    moved(i) = point(i) - step;
    if (!objective(moved, below)) return std::nullopt;
    hessian.col(i) = (above - below) / (2 * step);
  }
  return SquareMatrix(0.5 * (hessian + hessian.transpose()));
}

Minimum PolishByNewton(Objective objective, Minimum minimum, std::optional<SquareMatrix>& hessian) {
  constexpr double kStep = 1e-4;  // in coordinates of order one: truncation 1e-8, rounding 1e-10, relative
  constexpr int kMostSteps = 8;
  constexpr int kMostHalvings = 6;
  const Eigen::Index n = minimum.point.size();
  for (int step = 0; step < kMostSteps; ++step) {
    hessian = HessianByGradients(objective, minimum.point, kStep);
    if (!hessian || !hessian->allFinite()) return minimum;
    const Eigen::LLT<SquareMatrix> factor(*hessian);
    if (factor.info() != Eigen::Success) return minimum;
    Point direction = factor.solve(-minimum.gradient);
    // The fall still to be had; far below what a log-likelihood can resolve, there is nothing left to do.
    const double decrement = -0.5 * direction.dot(minimum.gradient);
    if (decrement < 1e-13 * (1 + std::fabs(minimum.value))) {
      minimum.termination = Termination::kConverged;
      return minimum;
    }
    Minimum next = minimum;
    bool improved = false;
    Point gradient = Point::Zero(n);
    for (int halving = 0; halving < kMostHalvings && !improved; ++halving, direction *= 0.5) {
      next.point = minimum.point + direction;
      const std::optional<double> value = objective(next.point, gradient);
      ++next.evaluations;
      if (value && *value < minimum.value) {
        next.value = *value;
        next.gradient = gradient;
        improved = true;
      }
    }
    if (!improved) return minimum;
    minimum = next;
  }
  return minimum;
}

}  // namespace selvedge::numerics
