#include "dynamics/search.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <cstddef>

namespace selvedge::dynamics {

using numerics::Minimum;
using numerics::Point;
using numerics::SquareMatrix;

std::optional<double> Objective::operator()(const FreeCoordinates& coordinates, const Point& reduced,
                                            Point& gradient) const {
  beat_();
  const Point full = coordinates.Full(reduced);
  const std::optional<System> system = coordinates_.SystemAt(full);
  if (!system) return std::nullopt;
  SystemAdjoint adjoint;
  const std::optional<double> loglik = likelihood_.ValueAndGradient(*system, start_, adjoint);
  if (!loglik) return std::nullopt;
  Point full_gradient = Point::Zero(full.size());
  coordinates_.PullBack(full, *system, adjoint, full_gradient);
  full_gradient = -full_gradient;
  const std::optional<double> penalty = penalty_(full, *system, full_gradient);
  if (!penalty || !full_gradient.allFinite()) return std::nullopt;
  gradient = coordinates.Reduced(full_gradient);
  return *penalty - *loglik;
}

Minimum SearchFrom(const Objective& objective, const FreeCoordinates& coordinates, const Point& full_start,
                   const numerics::SearchOptions& options) {
  auto reduced = [&](const Point& point, Point& gradient) { return objective(coordinates, point, gradient); };
  return numerics::MinimiseBfgs(reduced, coordinates.Reduced(full_start), options);
}

Optimum Polish(const Objective& objective, const FreeCoordinates& coordinates, Minimum minimum) {
  auto reduced = [&](const Point& point, Point& gradient) { return objective(coordinates, point, gradient); };
  Optimum optimum{.coordinates = coordinates, .minimum = {}, .hessian = std::nullopt};
  optimum.minimum = numerics::PolishByNewton(reduced, std::move(minimum), optimum.hessian);
  return optimum;
}

std::optional<SquareMatrix> CovarianceFrom(const std::optional<SquareMatrix>& hessian) {
  if (!hessian || !hessian->allFinite()) return std::nullopt;
  const Eigen::LLT<SquareMatrix> factor(*hessian);
  if (factor.info() != Eigen::Success) return std::nullopt;
  SquareMatrix covariance = factor.solve(SquareMatrix::Identity(hessian->rows(), hessian->cols()));
  if (!covariance.allFinite()) return std::nullopt;
  return covariance;
}

std::array<std::optional<double>, kParameterCount> StandardErrors(const Coordinates& coordinates,
                                                                  const Optimum& optimum,
                                                                  const SquareMatrix& covariance) {
  const Point& reduced = optimum.minimum.point;
  constexpr double kStep = 1e-5;  // coordinates are of order one and their map is smooth
  Eigen::Matrix<double, kParameterCount, Eigen::Dynamic, Eigen::ColMajor, kParameterCount, numerics::kMaxFree> jacobian(
      static_cast<Eigen::Index>(kParameterCount), reduced.size());
  for (Eigen::Index i = 0; i < reduced.size(); ++i) {
    Point above = reduced;
    Point below = reduced;
    above(i) += kStep;
    below(i) -= kStep;
    const std::optional<System> system_above = coordinates.SystemAt(optimum.coordinates.Full(above));
    const std::optional<System> system_below = coordinates.SystemAt(optimum.coordinates.Full(below));
    if (!system_above || !system_below) return {};
    const Parameters high = ParametersOf(*system_above);
    const Parameters low = ParametersOf(*system_below);
    for (std::size_t p = 0; p < kParameterCount; ++p) {
      jacobian(static_cast<Eigen::Index>(p), i) = (high[p] - low[p]) / (2 * kStep);
    }
  }
  std::array<std::optional<double>, kParameterCount> errors;
  for (std::size_t p = 0; p < kParameterCount; ++p) {
    const auto row = jacobian.row(static_cast<Eigen::Index>(p));
    const double variance = (row * covariance * row.transpose()).value();
    if (variance > 0) errors[p] = std::sqrt(variance);
  }
  return errors;
}

int CountAtBest(const std::vector<double>& values, double best) {
  constexpr double kSameOptimum = 1e-3;  // log-likelihoods that differ by less are the same for every purpose of ours
  return static_cast<int>(std::ranges::count_if(values, [&](double value) { return value <= best + kSameOptimum; }));
}

}  // namespace selvedge::dynamics
