#include "dynamics/fit.h"

namespace selvedge::dynamics {

std::string_view NameOf(Boundary boundary) {
  switch (boundary) {
    case Boundary::kNoiseA:
      return "r_a";
    case Boundary::kNoiseB:
      return "r_b";
    case Boundary::kJoltsA:
      return "q_aa";
    case Boundary::kJoltsB:
      return "q_bb";
    case Boundary::kJoltsSingular:
      return "q";
    case Boundary::kDriftFast:
      return "a";
  }
  return "";
}

std::string_view NameOf(FitStatus status) {
  switch (status) {
    case FitStatus::kConverged:
      return "converged";
    case FitStatus::kNotConverged:
      return "not_converged";
    case FitStatus::kTooFewAnswers:
      return "too_few_answers";
    case FitStatus::kPartnerAbsent:
      return "partner_absent";
    case FitStatus::kNothingVaries:
      return "nothing_varies";
  }
  return "";
}

}  // namespace selvedge::dynamics
