#pragma once

#include <Eigen/Core>
#include <optional>
#include <span>
#include <vector>

#include "dynamics/occasions.h"
#include "dynamics/system.h"

namespace selvedge::bench {

/// How the plain version computes exp(A Δ).
enum class EigenExponential {
  kClosedForm,       ///< the closed form for 2 × 2 matrices, with the library's exp, sin and cos
  kMatrixFunctions,  ///< (A Δ).exp() of Eigen's unsupported MatrixFunctions: scaling, squaring and a Padé approximant
};

/// The log-likelihood that dynamics::Likelihood computes, written once more with Eigen's fixed-size matrices and
/// nothing else: the textbook filter, for one dyad, to measure ours against. A transition is computed again only when
/// the gap differs from the one before.
class EigenFilter {
 public:
  EigenFilter(std::span<const dynamics::Observation> diary, EigenExponential exponential);

  /// Nothing where an innovation covariance is not positive definite.
  [[nodiscard]] std::optional<double> Value(const dynamics::System& system, dynamics::Start start) const;

 private:
  struct Row {
    Eigen::Vector2d own;
    double gap = 0;  ///< days since the row before
    dynamics::Occasions::Seen seen = dynamics::Occasions::Seen::kBoth;
  };

  std::vector<Row> rows_;
  EigenExponential exponential_;
};

}  // namespace selvedge::bench
