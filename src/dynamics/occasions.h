#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/days.h"
#include "core/side.h"

namespace selvedge::dynamics {

/// What both said at one time. A missing answer is absent.
struct Observation {
  core::Days time;
  core::BySide<std::optional<double>> own;
};

/// One or more dyads' observations, laid out for the filter: rows in order of time, one after another, and every
/// length of gap that occurs listed once, so that what depends on a gap alone is computed once for all rows.
class Occasions {
 public:
  enum class Seen : std::uint8_t { kNone, kA, kB, kBoth };

  struct Row {
    double own_a = 0;  ///< meaningful only where `seen` says so
    double own_b = 0;
    std::uint32_t gap = 0;  ///< index into `gaps()` of the time since the row before; unused in a dyad's first row
    Seen seen = Seen::kBoth;
  };

  /// Adds one dyad. Observations are in strictly ascending time. One with nothing from either is passed over, unless
  /// it is the first: a unit start begins there.
  void AddDyad(std::span<const Observation> observations);

  [[nodiscard]] std::size_t dyads() const { return first_row_.size() - 1; }
  [[nodiscard]] std::span<const Row> rows(std::size_t dyad) const {
    return std::span(rows_).subspan(first_row_[dyad], first_row_[dyad + 1] - first_row_[dyad]);
  }
  [[nodiscard]] std::size_t most_rows() const;                          ///< in one dyad
  [[nodiscard]] std::span<const double> gaps() const { return gaps_; }  ///< days, each > 0

  /// How many answers there are from each, and over all dyads their mean and standard deviation (0 where undefined).
  struct Summary {
    std::size_t answers = 0;
    double mean = 0;
    double sd = 0;
  };
  [[nodiscard]] core::BySide<Summary> Summarise() const;
  /// The median of all gaps between rows; 1 day when there are none.
  [[nodiscard]] core::Days MedianGap() const;

 private:
  std::uint32_t IndexOf(double gap);

  std::vector<Row> rows_;
  std::vector<std::size_t> first_row_{0};
  std::vector<double> gaps_;
  std::unordered_map<double, std::uint32_t> index_of_gap_;
};

}  // namespace selvedge::dynamics
