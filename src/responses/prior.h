#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "responses/logistic.h"

namespace selvedge::responses {

/// What is thought of people's responses before their days are read: `content/priors/responses.json`. A cohort's own
/// (FitCohort) may stand in the place of any of them.
struct Prior {
  std::string id;
  std::string status;  ///< "provisional" until learned from a cohort of our own
  std::string source;
  // The log odds without the condition, and the difference it makes.
  NormalPrior stepping_in;
  NormalPrior withdrawing;
  NormalPrior unsaid;
  // A rate alone.
  NormalPrior unsaid_any;   ///< that of `unsaid` without a condition
  NormalPrior unsaid_kind;  ///< of one of its kinds
  NormalPrior own_time;
  NormalPrior guilt;
  NormalPrior met;
  // The links got through, answered, with me.
  NormalPrior reach;
  double resemblance = 0;  ///< correlation of several check-ins of one person on one day

  /// Refuses a file with a missing or wrongly typed field or a number that is impossible.
  [[nodiscard]] static core::Result<Prior> Parse(std::string_view json);

  /// The one the engine carries with it.
  [[nodiscard]] static Prior Provisional();
};

}  // namespace selvedge::responses
