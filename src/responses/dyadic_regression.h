#pragma once

#include <Eigen/Core>
#include <optional>
#include <span>
#include <vector>

#include "core/side.h"

/// Linear regression of what two partners answered once, with errors that the two share:
///
///     y = x · β + e      (e_a, e_b) ~ N(0, V)      V = [ σ_a²  ρ σ_a σ_b ; ·  σ_b² ]      couples independent
namespace selvedge::responses {

inline constexpr int kMostTerms = 8;

using Terms = Eigen::Matrix<double, Eigen::Dynamic, 1, Eigen::ColMajor, kMostTerms, 1>;

struct PartnerRow {
  Terms terms;
  double outcome = 0;
};

/// A couple's rows; one partner's may be missing.
using CoupleRows = core::BySide<std::optional<PartnerRow>>;

enum class Variances {
  kAlike,   ///< σ_a = σ_b: compound symmetry, for partners that nothing tells apart
  kBySide,  ///< one for each
};

struct Regression {
  std::vector<double> estimates;
  std::vector<double> standard_errors;  ///< √ diag (Σ Xᵀ V⁻¹ X)⁻¹ at the estimated V
  core::BySide<double> residual_sd;
  double residual_correlation = 0;
  double restricted_loglik = 0;  ///< with all its constants but the one of the terms' own determinant |XᵀX|
  int rows = 0;
  int couples = 0;  ///< with both rows
  bool converged = false;
};

/// Restricted maximum likelihood: V by REML, β by generalised least squares under it.
/// Nothing where the terms cannot be told apart, or fewer than two couples or no more rows than terms are there.
///
/// Source: Patterson & Thompson (1971), Biometrika 58, 545–554, doi:10.1093/biomet/58.3.545.
[[nodiscard]] std::optional<Regression> FitRegression(std::span<const CoupleRows> couples, Variances variances);

}  // namespace selvedge::responses
