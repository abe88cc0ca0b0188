#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "instruments/adaptive.h"

/// How well a few questions tell where somebody stands: people drawn from the map, answering as the curves say.
namespace selvedge::recovery {

enum class Order { kAdaptive, kOfTheFile };

/// What is known after so many questions, over both axes.
struct AtLength {
  std::size_t questions = 0;
  double posterior_sd = 0;  ///< root of the mean posterior variance
  double error = 0;         ///< root of the mean squared distance of the posterior mean from the truth
  double covered = 0;       ///< share of 90 % intervals that hold the truth
};

/// @param lengths  rising
[[nodiscard]] std::vector<AtLength> StudyLength(const instruments::Instrument& instrument,
                                                const instruments::TwoAxes& axes, Order order,
                                                const std::vector<std::size_t>& lengths, std::uint32_t people);

/// The same questionnaire with curves that differ, as a calibration would find them: slopes exp(N(0.4, 0.3)) and
/// difficulties moved by N(0, 0.7).
[[nodiscard]] instruments::Instrument WithCurvesThatDiffer(instruments::Instrument instrument);

}  // namespace selvedge::recovery
