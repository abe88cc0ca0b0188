#include "responses/cohort.h"

#include <cmath>

namespace selvedge::responses {

Cohort FitCohort(std::span<const std::vector<Trials>> people, const NormalPrior& beforehand) {
  constexpr int kMostSteps = 2000;
  constexpr double kSmallMove = 1e-6;  // of a mean or a standard deviation, in log odds
  Cohort cohort{.usual = beforehand};
  const double count = static_cast<double>(people.size()) + 1;
  while (!cohort.converged && cohort.steps < kMostSteps) {
    ++cohort.steps;
    cohort.log_evidence = 0;
    Coefficients first = beforehand.centre;
    Coefficients second = (beforehand.centre.array().square() + beforehand.sd.array().square()).matrix();
    for (const std::vector<Trials>& trials : people) {
      const PosteriorMoments person = IntegratePosterior(trials, cohort.usual);
      cohort.log_evidence += person.log_evidence;
      first += person.mean;
      second += person.covariance.diagonal() + person.mean.cwiseAbs2();
    }
    const NormalPrior next{.centre = first / count, .sd = (second / count - (first / count).cwiseAbs2()).cwiseSqrt()};
    const double moved = std::fmax((next.centre - cohort.usual.centre).cwiseAbs().maxCoeff(),
                                   (next.sd - cohort.usual.sd).cwiseAbs().maxCoeff());
    cohort.usual = next;
    cohort.converged = moved <= kSmallMove;
  }
  return cohort;
}

}  // namespace selvedge::responses
