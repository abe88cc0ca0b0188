#pragma once

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "core/function_ref.h"
#include "dynamics/coordinates.h"
#include "dynamics/fit.h"
#include "dynamics/likelihood.h"
#include "numerics/minimise.h"

/// What both kinds of fit share: searching some of a system's coordinates for the best point, and what the curvature
/// there says.
namespace selvedge::dynamics {

/// Which coordinates a search moves; the others keep the value of the point it is made from.
class FreeCoordinates {
 public:
  FreeCoordinates(numerics::Point base, std::vector<Eigen::Index> free)
      : base_(std::move(base)), free_(std::move(free)) {}

  [[nodiscard]] numerics::Point Full(const numerics::Point& reduced) const {
    numerics::Point full = base_;
    for (std::size_t i = 0; i < free_.size(); ++i) full(free_[i]) = reduced(static_cast<Eigen::Index>(i));
    return full;
  }
  [[nodiscard]] numerics::Point Reduced(const numerics::Point& full) const {
    numerics::Point reduced(static_cast<Eigen::Index>(free_.size()));
    for (std::size_t i = 0; i < free_.size(); ++i) reduced(static_cast<Eigen::Index>(i)) = full(free_[i]);
    return reduced;
  }
  [[nodiscard]] const std::vector<Eigen::Index>& free() const { return free_; }

 private:
  numerics::Point base_;
  std::vector<Eigen::Index> free_;
};

/// −log-likelihood (− log prior) as a function of some of a system's coordinates.
class Objective {
 public:
  /// Adds −log prior and its gradient at a full point; nothing where the prior rules the system out.
  using Penalty = core::FunctionRef<std::optional<double>(const numerics::Point&, const System&, numerics::Point&)>;

  Objective(Likelihood& likelihood, const Coordinates& coordinates, const FitOptions& options, Penalty penalty)
      : likelihood_(likelihood),
        coordinates_(coordinates),
        start_(options.start),
        beat_(options.beat),
        penalty_(penalty) {}

  [[nodiscard]] std::optional<double> operator()(const FreeCoordinates& coordinates, const numerics::Point& reduced,
                                                 numerics::Point& gradient) const;

 private:
  Likelihood& likelihood_;
  const Coordinates& coordinates_;
  Start start_;
  core::Heartbeat beat_;
  Penalty penalty_;
};

/// A minimum with the coordinates it was searched in, and the curvature there.
struct Optimum {
  FreeCoordinates coordinates;
  numerics::Minimum minimum;
  std::optional<numerics::SquareMatrix> hessian;
};

/// The nearest minimum from a start, given as a full point.
[[nodiscard]] numerics::Minimum SearchFrom(const Objective& objective, const FreeCoordinates& coordinates,
                                           const numerics::Point& full_start, const numerics::SearchOptions& options);

/// Certifies a minimum that is nearly found, and measures the curvature there.
[[nodiscard]] Optimum Polish(const Objective& objective, const FreeCoordinates& coordinates, numerics::Minimum minimum);

/// The covariance of the free coordinates; nothing where the curvature is not that of a minimum.
[[nodiscard]] std::optional<numerics::SquareMatrix> CovarianceFrom(
    const std::optional<numerics::SquareMatrix>& hessian);

/// Standard errors of the eleven parameters by the delta method, from the covariance of the free coordinates.
[[nodiscard]] std::array<std::optional<double>, kParameterCount> StandardErrors(
    const Coordinates& coordinates, const Optimum& optimum, const numerics::SquareMatrix& covariance);

/// How many of several searches ended where the best one did.
[[nodiscard]] int CountAtBest(const std::vector<double>& values, double best);

}  // namespace selvedge::dynamics
