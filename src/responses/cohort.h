#pragma once

#include <span>
#include <vector>

#include "responses/logistic.h"

namespace selvedge::responses {

/// What is usual in a cohort, learned from it.
struct Cohort {
  NormalPrior usual;        ///< mean and standard deviation of each coefficient over its people
  double log_evidence = 0;  ///< of all answers under it, the people's coefficients integrated out
  int steps = 0;
  bool converged = false;
};

/// Estimates what is usual from many people's answers: θ_person ~ N(m, diag(s²)), with m and s by marginal likelihood
/// (EM; each person's coefficients integrated by adaptive quadrature). What was thought beforehand counts as one person
/// more, so that s cannot fall to 0 in a small cohort and a cohort of nobody leaves it as it was.
///
/// One person's reading under `usual` is then shrunk towards the cohort, the more the less they have answered.
///
/// @param people  one list of trials each; both partners of a couple are people.
///
/// Source: Dempster, Laird & Rubin (1977), JRSS B 39, 1–38, doi:10.1111/j.2517-6161.1977.tb01600.x.
[[nodiscard]] Cohort FitCohort(std::span<const std::vector<Trials>> people, const NormalPrior& beforehand);

}  // namespace selvedge::responses
