#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "responses/logistic.h"
#include "responses/random_intercept.h"

/// Coded sequences of a couple: in each interval one of them asks (request, 0 or 1) and the other supports (response,
/// 0 or 1). How each depends on both in the interval before:
///
///     logit P(now) = β_0 + β_1 response before + β_2 request before (+ τ u, a level of each couple's own)
namespace selvedge::responses {

/// One couple's codes, in order of time; absent where the interval was not coded.
struct Sequence {
  struct Interval {
    double time = 0;
    std::optional<bool> request;
    std::optional<bool> response;
  };

  std::string couple;
  std::vector<Interval> intervals;
};

struct SequenceColumns {
  std::string dyad;
  std::string time;
  std::string request;
  std::string response;
};

/// Reads a table with one row a couple and interval, in natural order of couples. Refused: what is no such table, codes
/// other than 0 and 1, an interval that appears twice.
[[nodiscard]] core::Result<std::vector<Sequence>> ReadSequences(std::string_view csv, const SequenceColumns& columns);

/// One of the two acts, as it depends on both in the interval before.
struct TransitionModel {
  std::optional<Mode> pooled;             ///< maximum likelihood; absent where the codes leave it open
  double pooled_loglik = 0;               ///< with `pooled`
  std::optional<RandomIntercept> random;  ///< with a level of each couple's own
};

struct Transitions {
  /// How often, by what was in the interval before.
  struct Cell {
    bool response_before = false;
    bool request_before = false;
    int count = 0;
    int response_now = 0;
    int request_now = 0;
  };

  int couples = 0;
  std::array<Cell, 4> cells;
  TransitionModel response;
  TransitionModel request;
};

/// Counts the pairs of intervals that follow each other, one smallest step of the file apart, and fits both models.
/// Refused: no such pairs.
[[nodiscard]] core::Result<Transitions> FitTransitions(const std::vector<Sequence>& sequences);

/// docs/formats.md, "What fit writes with another model".
[[nodiscard]] core::Json TransitionsJson(const Transitions& fit);

}  // namespace selvedge::responses
