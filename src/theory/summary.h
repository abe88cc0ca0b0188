#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "theory/trajectories.h"

namespace selvedge::theory {

/// What many couples' weeks come to: of every column of trajectories the mean, the standard deviation and quantiles
/// over couples, week by week. Memory does not grow with couples: values are counted on a grid as fine as a thousandth
/// of a share and a hundredth of a feeling, from which quantiles are read; means and deviations are exact.
class Summary {
 public:
  explicit Summary(std::size_t weeks);

  /// Blocks must be taken in the order of their couples: sums depend on it in their last digits.
  void Take(const Block& block);

  [[nodiscard]] std::uint32_t couples() const { return couples_; }
  [[nodiscard]] std::size_t weeks() const { return weeks_; }
  [[nodiscard]] double Mean(std::size_t week, std::size_t column) const;
  [[nodiscard]] double Deviation(std::size_t week, std::size_t column) const;
  /// The smallest value on the grid that so large a share of couples does not lie above; 0 < share < 1.
  [[nodiscard]] double Quantile(std::size_t week, std::size_t column, double share) const;

  /// One line a week and column.
  [[nodiscard]] std::string Csv(std::string_view population) const;

  /// Everything, so that counting can go on another day.
  [[nodiscard]] core::Json ToJson() const;
  /// @error  not what `ToJson` wrote for so many weeks.
  [[nodiscard]] static core::Result<Summary> FromJson(const core::Json& json, std::size_t weeks);

 private:
  [[nodiscard]] std::span<const std::uint32_t> CountsOf(std::size_t week, std::size_t column) const;

  std::size_t weeks_;
  std::uint32_t couples_ = 0;
  std::vector<double> sums_;     // week by week, column by column
  std::vector<double> squares_;  // the same
  std::vector<std::uint32_t> counts_;
};

}  // namespace selvedge::theory
