#pragma once

#include <optional>
#include <span>
#include <vector>

#include "responses/logistic.h"

namespace selvedge::responses {

/// Logistic regression over many couples, each with a level of its own:
///
///     yes ~ Binomial(count, p)      logit p = x · β + τ u      u ~ N(0, 1), one for each couple
struct RandomIntercept {
  Coefficients coefficients;
  std::optional<Coefficients> standard_errors;  ///< absent where the curvature is not that of a maximum
  double sd = 0;                                ///< τ ≥ 0; 0: couples do not differ more than chance has them
  double loglik = 0;
  bool converged = false;
};

/// Maximum likelihood, u integrated by adaptive Gauss–Hermite quadrature with 15 points. Standard errors from the
/// observed information of β and τ together; with τ fixed where it is 0.
///
/// Nothing where the answers are separated, so that no maximum exists.
///
/// Source: Pinheiro & Bates (1995), Journal of Computational and Graphical Statistics 4, 12–35, doi:10.2307/1390625.
[[nodiscard]] std::optional<RandomIntercept> FitRandomIntercept(std::span<const std::vector<Trials>> couples);

}  // namespace selvedge::responses
