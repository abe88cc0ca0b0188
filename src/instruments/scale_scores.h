#pragma once

#include <vector>

#include "instruments/instrument.h"
#include "instruments/observation.h"
#include "instruments/response.h"

/// Where a person stands on the scales of a questionnaire.
namespace selvedge::instruments {

/// EAP scores, one for each scale, from what counts for this audience.
///
/// Each scale is scored by itself, with θ ~ N(0, 1) beforehand: how scales hang together among people is not known
/// before anyone has answered, and what is said on one then tells nothing about another. Without an answer that counts
/// a score is that prior.
[[nodiscard]] std::vector<ScaleScore> ScoreScales(const Instrument& instrument, const Response& response,
                                                  Audience audience);

}  // namespace selvedge::instruments
