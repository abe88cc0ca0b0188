#include "dynamics/occasions.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/contract.h"

namespace selvedge::dynamics {
namespace {

/// Collects mean and spread without losing digits (Welford 1962, doi:10.1080/00401706.1962.10490022).
class RunningSummary {
 public:
  void Add(double value) {
    ++count_;
    const double from_mean = value - mean_;
    mean_ += from_mean / static_cast<double>(count_);
    squares_ += from_mean * (value - mean_);
  }
  [[nodiscard]] Occasions::Summary Get() const {
    return {
        .answers = count_, .mean = mean_, .sd = count_ > 1 ? std::sqrt(squares_ / static_cast<double>(count_ - 1)) : 0};
  }

 private:
  std::size_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

Occasions::Seen SeenIn(const Observation& observation) {
  using Seen = Occasions::Seen;
  if (observation.own.a) return observation.own.b ? Seen::kBoth : Seen::kA;
  return observation.own.b ? Seen::kB : Seen::kNone;
}

}  // namespace

void Occasions::AddDyad(std::span<const Observation> observations) {
  std::optional<core::Days> before;
  for (const Observation& observation : observations) {
    const Seen seen = SeenIn(observation);
    if (before && seen == Seen::kNone) continue;
    Row row{.own_a = observation.own.a.value_or(0), .own_b = observation.own.b.value_or(0), .gap = 0, .seen = seen};
    if (before) {
      SELVEDGE_EXPECT(observation.time > *before);
      row.gap = IndexOf((observation.time - *before).count);
    }
    before = observation.time;
    rows_.push_back(row);
  }
  first_row_.push_back(rows_.size());
}

std::uint32_t Occasions::IndexOf(double gap) {
  const auto [place, is_new] = index_of_gap_.try_emplace(gap, static_cast<std::uint32_t>(gaps_.size()));
  if (is_new) gaps_.push_back(gap);
  return place->second;
}

std::size_t Occasions::most_rows() const {
  std::size_t most = 0;
  for (std::size_t dyad = 0; dyad < dyads(); ++dyad) most = std::max(most, rows(dyad).size());
  return most;
}

core::BySide<Occasions::Summary> Occasions::Summarise() const {
  core::BySide<RunningSummary> summaries;
  for (const Row& row : rows_) {
    if (row.seen == Seen::kA || row.seen == Seen::kBoth) summaries.a.Add(row.own_a);
    if (row.seen == Seen::kB || row.seen == Seen::kBoth) summaries.b.Add(row.own_b);
  }
  return {.a = summaries.a.Get(), .b = summaries.b.Get()};
}

core::Days Occasions::MedianGap() const {
  std::vector<double> lengths;
  lengths.reserve(rows_.size());
  for (std::size_t dyad = 0; dyad < dyads(); ++dyad) {
    for (const Row& row : rows(dyad).subspan(rows(dyad).empty() ? 0 : 1)) lengths.push_back(gaps_[row.gap]);
  }
  if (lengths.empty()) return {1.0};
  const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
  std::ranges::nth_element(lengths, middle);
  return {*middle};
}

}  // namespace selvedge::dynamics
