#include "theory/summary.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/contract.h"
#include "core/text.h"

namespace selvedge::theory {
namespace {

using core::Json;
using core::Result;

/// Where the values of a column are counted.
struct Grid {
  float low = 0;
  float steps_a_unit = 1;
  std::size_t points = 0;
};

constexpr Grid GridOf(Kind kind) {
  switch (kind) {
    case Kind::kShare:
      return {.low = 0, .steps_a_unit = 1000, .points = 1001};
    case Kind::kNeed:
      return {.low = 0, .steps_a_unit = 500, .points = 1001};
    case Kind::kFeeling:
      return {.low = -8, .steps_a_unit = 100, .points = 1601};
    case Kind::kSpread:
      return {.low = 0, .steps_a_unit = 100, .points = 801};
    case Kind::kCount:
      return {.low = 0, .steps_a_unit = 1, .points = 101};
  }
  return {};
}

/// A column's grid, and where its counts begin among those of a week.
struct Placed {
  Grid grid;
  std::size_t begin = 0;
};

struct Layout {
  std::array<Placed, kColumns> columns{};
  std::size_t points = 0;  ///< of a week
};

const Layout& LayoutOfWeek() {
  static const Layout kLayout = [] {
    Layout layout;
    for (std::size_t column = 0; column < kColumns; ++column) {
      layout.columns[column] = {.grid = GridOf(Columns()[column].kind), .begin = layout.points};
      layout.points += layout.columns[column].grid.points;
    }
    return layout;
  }();
  return kLayout;
}

std::unexpected<core::Error> NotOurs() {
  return std::unexpected(core::Error{.code = core::ErrorCode::kRefused,
                                     .message = "This is not the summary of an unfinished simulation.",
                                     .remedy = "Delete the folder and simulate anew.",
                                     .place = {}});
}

Json NumbersJson(std::span<const double> numbers) {
  Json json = Json::Array();
  for (const double number : numbers) json.Push(number);
  return json;
}

}  // namespace

Summary::Summary(std::size_t weeks)
    : weeks_(weeks), sums_(weeks * kColumns), squares_(weeks * kColumns), counts_(weeks * LayoutOfWeek().points) {}

void Summary::Take(const Block& block) {
  SELVEDGE_EXPECT(block.weeks == weeks_);
  const Layout& layout = LayoutOfWeek();
  ForEachRow(block, [&](std::size_t, std::size_t week, const Row& row) {
    double* sums = &sums_[week * kColumns];
    double* squares = &squares_[week * kColumns];
    std::uint32_t* counts = &counts_[week * layout.points];
    for (std::size_t column = 0; column < kColumns; ++column) {
      const auto& [grid, begin] = layout.columns[column];
      const auto value = static_cast<double>(row[column]);
      sums[column] += value;
      squares[column] += value * value;
      const float step = (row[column] - grid.low) * grid.steps_a_unit + 0.5F;
      const auto point = static_cast<std::size_t>(Between(0.0F, step, static_cast<float>(grid.points - 1)));
      ++counts[begin + point];
    }
  });
  couples_ += static_cast<std::uint32_t>(block.couples);
}

double Summary::Mean(std::size_t week, std::size_t column) const { return sums_[week * kColumns + column] / couples_; }

double Summary::Deviation(std::size_t week, std::size_t column) const {
  if (couples_ < 2) return 0;
  const double mean = Mean(week, column);
  const double squares = squares_[week * kColumns + column] - couples_ * mean * mean;
  return std::sqrt(std::max(0.0, squares) / (couples_ - 1));
}

std::span<const std::uint32_t> Summary::CountsOf(std::size_t week, std::size_t column) const {
  const Layout& layout = LayoutOfWeek();
  const auto& [grid, begin] = layout.columns[column];
  return std::span(counts_).subspan(week * layout.points + begin, grid.points);
}

double Summary::Quantile(std::size_t week, std::size_t column, double share) const {
  const std::span<const std::uint32_t> counts = CountsOf(week, column);
  const Grid grid = LayoutOfWeek().columns[column].grid;
  double below = share * couples_;
  std::size_t point = 0;
  while (point + 1 < counts.size() && below > counts[point]) below -= counts[point++];
  return static_cast<double>(grid.low) + static_cast<double>(point) / static_cast<double>(grid.steps_a_unit);
}

std::string Summary::Csv(std::string_view population) const {
  constexpr int kDecimals = 5;
  std::string csv = "simulated,week,variable,couples,mean,sd,q05,q25,q50,q75,q95\n";
  const std::string label = core::CsvField(population);
  for (std::size_t week = 0; week < weeks_; ++week) {
    for (std::size_t column = 0; column < kColumns; ++column) {
      csv += label + "," + std::to_string(week + 1) + "," + Columns()[column].name + "," + std::to_string(couples_) +
             "," + core::FixedNumber(Mean(week, column), kDecimals) + "," +
             core::FixedNumber(Deviation(week, column), kDecimals);
      for (const double share : {0.05, 0.25, 0.5, 0.75, 0.95}) {
        csv += "," + core::ShortestNumber(Quantile(week, column, share));
      }
      csv += '\n';
    }
  }
  return csv;
}

Json Summary::ToJson() const {
  // Most points were never met: each that was, by its number and its count.
  Json met = Json::Array();
  for (std::size_t point = 0; point < counts_.size(); ++point) {
    if (counts_[point] > 0) met.Push(point).Push(counts_[point]);
  }
  return Json::Object()
      .Set("couples", couples_)
      .Set("sums", NumbersJson(sums_))
      .Set("squares", NumbersJson(squares_))
      .Set("counts", std::move(met));
}

Result<Summary> Summary::FromJson(const Json& json, std::size_t weeks) {
  Summary summary(weeks);
  const double couples = SELVEDGE_TRY(json.Number("couples"));
  const std::vector<double> met = SELVEDGE_TRY(json.Numbers("counts"));
  std::vector<double> sums = SELVEDGE_TRY(json.Numbers("sums"));
  std::vector<double> squares = SELVEDGE_TRY(json.Numbers("squares"));
  if (sums.size() != summary.sums_.size() || squares.size() != sums.size() || met.size() % 2 != 0) return NotOurs();
  const auto is_below = [](double number, double limit) {
    return number >= 0 && number < limit && number == std::floor(number);
  };
  constexpr double kMost = 4294967296.0;  // of what 32 bits hold
  if (!is_below(couples, kMost)) return NotOurs();
  for (std::size_t i = 0; i < met.size(); i += 2) {
    if (!is_below(met[i], static_cast<double>(summary.counts_.size())) || !is_below(met[i + 1], kMost))
      return NotOurs();
    summary.counts_[static_cast<std::size_t>(met[i])] = static_cast<std::uint32_t>(met[i + 1]);
  }
  for (std::size_t week = 0; week < weeks; ++week) {
    for (std::size_t column = 0; column < kColumns; ++column) {
      const std::span<const std::uint32_t> counts = summary.CountsOf(week, column);
      if (std::accumulate(counts.begin(), counts.end(), 0.0) != couples) return NotOurs();
    }
  }
  summary.couples_ = static_cast<std::uint32_t>(couples);
  summary.sums_ = std::move(sums);
  summary.squares_ = std::move(squares);
  return summary;
}

}  // namespace selvedge::theory
