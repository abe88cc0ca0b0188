#pragma once

#include <Eigen/Core>
#include <optional>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "leaning/map.h"

namespace selvedge::leaning {

/// Many people's estimates, each with its standard error, their priors removed. One row a person, one column a
/// component; NaN where a person has none.
struct Cohort {
  std::vector<std::string> components;  ///< ids of the map, none twice
  Eigen::MatrixXd estimates;
  Eigen::MatrixXd standard_errors;  ///< > 0 where there is an estimate
};

/// The numbers of the model, for the columns of a cohort:
/// y_ij = centre_j + loading_j · x_i + N(0, residual_variance_j) + N(0, standard_error_ij²),  x_i ~ N(0, [1 ρ; ρ 1]).
struct Weights {
  Eigen::VectorXd centre;
  Eigen::MatrixX2d loading;
  Eigen::VectorXd residual_variance;
  double correlation = 0;
};

/// log p(estimates | weights). A person without estimates adds 0.
[[nodiscard]] double LogLikelihood(const Weights& weights, const Cohort& cohort);

struct CalibrationOptions {
  /// Keeps the axes' correlation as the map has it. Four scales alone have 10 covariances for 11 numbers.
  bool hold_correlation = false;
};

/// Standard errors; absent for what was not estimated (a loading the map holds at 0, a variance at its boundary 0).
struct ComponentErrors {
  std::optional<double> centre;
  std::optional<double> autonomy;
  std::optional<double> connection;
  std::optional<double> residual_variance;
};

struct Calibration {
  Map map;  ///< the given one with the cohort's numbers, its status "calibrated"
  Weights weights;
  std::vector<std::string> components;
  std::vector<ComponentErrors> errors;  ///< in the cohort's order of components
  std::optional<double> correlation_error;
  double loglik = 0;
  int people = 0;
  bool converged = false;
};

/// Maximum likelihood for the two-axis confirmatory factor model with known errors of measurement, from the map's own
/// numbers. A loading of 0 in the map stays 0: that is what tells the axes apart.
///
/// EM first, with both the axes and the error-free quantities as missing data (every step in closed form; the axes'
/// variances are estimated and then scaled back to 1, parameter-expanded EM [1]), then Newton steps with the exact
/// gradient. Standard errors are from the observed information. Components the cohort has no column for stay as they
/// are.
///
/// @error kRefused  an id unknown to the map or given twice, an estimate without a standard error above 0, a column
/// that
///                  does not vary, fewer people than numbers to estimate, an axis no column tells about, or data that
///                  do not settle the numbers (a singular information matrix).
///
/// [1] Liu, Rubin & Wu (1998), Biometrika 85(4), 755–770, doi:10.1093/biomet/85.4.755.
[[nodiscard]] core::Result<Calibration> Calibrate(const Map& theory, const Cohort& cohort,
                                                  const CalibrationOptions& options);

/// The calibrated map as a file that Map::Parse reads, with its standard errors.
///
/// @param source  where the cohort comes from, in words
[[nodiscard]] core::Json CalibrationJson(const Calibration& calibration, const std::string& source);

}  // namespace selvedge::leaning
