#pragma once

#include <Eigen/Core>
#include <optional>

#include "core/function_ref.h"

namespace selvedge::numerics {

/// The most free numbers any of our optimisations has; points live on the stack.
inline constexpr int kMaxFree = 16;

using Point = Eigen::Matrix<double, Eigen::Dynamic, 1, Eigen::ColMajor, kMaxFree, 1>;
using SquareMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, kMaxFree, kMaxFree>;

/// A smooth function to make small: its value, and its gradient into the second argument (already of the right size).
/// Nothing = the function has no value there; the search then takes a shorter step.
using Objective = core::FunctionRef<std::optional<double>(const Point&, Point&)>;

enum class Termination {
  kConverged,       ///< max |gradient| ≤ gradient_tolerance, or the value no longer falls by value_tolerance
  kOutOfSteps,      ///< max_steps used up
  kNoValueAtStart,  ///< the objective has no value where the search was to begin
  kNoDescent,       ///< no step along the last direction improved the value
};

struct SearchOptions {
  double gradient_tolerance = 1e-6;  ///< on max_i |gradient_i|
  double value_tolerance = 1e-11;    ///< on the fall of the value over one step, relative to 1 + |value|
  int max_steps = 500;
};

struct Minimum {
  Point point;
  Point gradient;
  double value = 0;
  Termination termination = Termination::kNoValueAtStart;
  int evaluations = 0;
};

/// Quasi-Newton search (BFGS) with a bracketing line search for the weak Wolfe conditions.
///
/// Sources: Nocedal & Wright (2006), Numerical Optimization, ch. 6; Lewis & Overton (2013), Math. Programming 141,
/// 135–163, algorithm 2.6 (the line search), doi:10.1007/s10107-012-0514-2.
[[nodiscard]] Minimum MinimiseBfgs(Objective objective, const Point& start, const SearchOptions& options);

/// The second derivatives at a point, by central differences of the gradient with steps step_i; symmetrised.
/// Nothing where the objective has no value around the point.
[[nodiscard]] std::optional<SquareMatrix> HessianByGradients(Objective objective, const Point& point, double step);

/// Newton steps from a point already close to a minimum, each taken only if it lowers the value; halved up to a few
/// times otherwise. Returns the improved point with the Hessian there in `hessian`.
[[nodiscard]] Minimum PolishByNewton(Objective objective, Minimum minimum, std::optional<SquareMatrix>& hessian);

}  // namespace selvedge::numerics
