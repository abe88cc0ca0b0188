#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <optional>
#include <vector>

#include "core/executor.h"
#include "instruments/item_bank.h"

namespace selvedge::instruments {

/// Slopes and correlations end here. Steeper curves and closer dimensions than these can't be told from one another
/// with any number of people who would ever answer.
inline constexpr double kSteepest = 10;
inline constexpr double kClosest = 0.99;

struct Calibration {
  ItemBank bank;
  double loglik = 0;
  std::size_t people = 0;  ///< who answered anything
  int free_parameters = 0;
  bool converged = false;     ///< the rise still to be had, ½ gᵀ I⁻¹ g, is below 1e-7 of log-likelihood
  double remaining_rise = 0;  ///< that number
  int passes = 0;             ///< over everybody's answers

  /// Standard errors from the observed information; nothing for what lies at the end of its range, and nothing at all
  /// where the information is not positive definite.
  struct ItemErrors {
    std::optional<double> slope;
    std::vector<std::optional<double>> thresholds;    ///< of t_1 … t_m
    std::vector<std::optional<double>> difficulties;  ///< of b_1 … b_m, by the delta method
    std::vector<std::optional<double>> slopes = {};   ///< in a mixed bank: on each dimension, by the delta method
  };
  std::vector<ItemErrors> item_errors;
  std::vector<std::vector<std::optional<double>>> correlation_errors;  ///< below the diagonal
};

/// Maximum marginal likelihood: slopes, thresholds and correlations, with positions integrated out [1].
///
/// EM with parameter expansion [2] (each step also estimates the means and variances of the dimensions and rescales)
/// comes close; Newton steps with the observed information finish and certify the optimum. Large files are first
/// searched on a part of the people. Deterministic, whatever the executor.
///
/// Directions: each dimension points so that its slopes have a sum ≥ 0.
///
/// @param skeleton  dimensions, and items with at least two answers each; curves and correlations are not looked at.
/// @param answers   every answer of every item given by somebody.
///
/// [1] Bock & Aitkin (1981), Psychometrika 46(4), 443–459, doi:10.1007/BF02293801.
/// [2] Liu, Rubin & Wu (1998), Biometrika 85(4), 755–770, doi:10.1093/biomet/85.4.755.
[[nodiscard]] Calibration Calibrate(const ItemBank& skeleton, const Answers& answers, core::Executor& executor);

/// Correlations of the items' answers, taken as 0, 1, 2 …, over the people who answered both; 0 where nobody did or
/// nothing varies.
[[nodiscard]] Eigen::MatrixXd AnswerCorrelations(const Answers& answers);

}  // namespace selvedge::instruments
