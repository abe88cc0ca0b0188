#pragma once

#include <cstddef>
#include <string>

#include "core/json.h"
#include "instruments/instrument.h"

namespace selvedge::instruments {

/// What is known of one person on one scale, in standard deviations of the people the curves were made for.
struct ScaleScore {
  std::size_t scale = 0;
  double estimate = 0;
  double sd = 1;            ///< of the posterior
  std::size_t answers = 0;  ///< that counted

  /// The ends of the interval that holds the true position with probability nine tenths.
  [[nodiscard]] double Lower() const;
  [[nodiscard]] double Upper() const;
};

/// Whose and from when a score is. Empty texts are left out.
struct ScoreOrigin {
  std::string person;
  std::string authored;
  std::string derived_from;  ///< a reference to the QuestionnaireResponse
};

/// One score as a FHIR R4 Observation: the estimate as its value, the ends of the 90 % interval and the number of
/// answers as components. A provisional score has the status "preliminary" and says why in a note. Without answers that
/// count there is no number, and a `dataAbsentReason` that is the same whatever the reason.
[[nodiscard]] core::Json WriteObservation(const Instrument& instrument, const ScaleScore& score,
                                          const ScoreOrigin& origin);

}  // namespace selvedge::instruments
