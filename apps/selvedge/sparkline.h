#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace selvedge::app {

/// How many days a bar has to stand for, so that `days` fit into `width` bars.
[[nodiscard]] std::size_t DaysPerBar(std::size_t days, std::size_t width);

/// A series as a line of small bars of eight heights from `low` to `high`, each the mean of `stretch` days; "·" where
/// nothing was answered.
[[nodiscard]] std::string Sparkline(std::span<const std::optional<double>> series, std::size_t stretch, double low,
                                    double high);

}  // namespace selvedge::app
