#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "instruments/calibrate.h"
#include "instruments/coding.h"
#include "instruments/item_fit.h"
#include "instruments/score.h"

namespace selvedge::instruments {

/// A calibration with everything that is told about it.
struct CalibrationReport {
  Calibration calibration;
  std::size_t rows = 0;        ///< in the file
  std::size_t incomplete = 0;  ///< of them left out
  std::vector<std::optional<ItemFit>> fit;
  std::vector<std::optional<double>> marginal_reliability;   ///< of each dimension; nothing for those of a mixed bank
  std::vector<std::optional<double>> empirical_reliability;  ///< of each dimension
  std::vector<Concern> concerns;
  double seconds = 0;  ///< from coded answers to here
};

/// Everything after the search: fit, reliability and concerns. `seconds` is left to who has a clock.
[[nodiscard]] CalibrationReport Report(Calibration calibration, CodedAnswers coded, core::Executor& executor);

/// Format "selvedge-items", version 1 (content/items.schema.json).
[[nodiscard]] core::Json ItemsJson(const CalibrationReport& report);

/// The bank in a file that ItemsJson wrote.
///
/// @error kRefused  no such file, or parameters that are none of a model; the field is named
[[nodiscard]] core::Result<ItemBank> ReadItems(std::string_view text);

/// Format "selvedge-scores", version 1: for each person and dimension the EAP score and its posterior SD, or
/// nothing for who answered nothing.
[[nodiscard]] core::Json ScoresJson(const ItemBank& bank, const std::vector<std::string>& people,
                                    const std::vector<Score>& scores);

/// The same as a table, one line a person.
[[nodiscard]] std::string ScoresCsv(const ItemBank& bank, const std::vector<std::string>& people,
                                    const std::vector<Score>& scores);

}  // namespace selvedge::instruments
