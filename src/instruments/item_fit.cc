#include "instruments/item_fit.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "instruments/curve.h"
#include "instruments/grid.h"
#include "numerics/chi_square.h"
#include "numerics/normal.h"

namespace selvedge::instruments {
namespace {

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using Eigen::Index;

/// The items of one dimension and the people who answered all of them.
struct Scale {
  std::vector<std::size_t> items;
  std::vector<ArrayXXd> probabilities;  // of each item: nodes × categories
  ArrayXd density;                      // of the nodes
  std::vector<std::size_t> people;
  std::vector<Index> sums;  // of each of them
  Index highest = 0;        // sum score
};

Scale ScaleOf(const ItemBank& bank, const Axis& axis, std::size_t dimension, const Answers& answers) {
  Scale scale;
  const auto nodes = static_cast<Index>(axis.size());
  scale.density.resize(nodes);
  for (Index q = 0; q < nodes; ++q) {
    scale.density[q] = axis.step * numerics::NormalDensity(axis.At(static_cast<std::size_t>(q)));
  }
  for (std::size_t i = 0; i < bank.items.size(); ++i) {
    if (bank.items[i].dimension != dimension) continue;
    const Curve& curve = bank.items[i].curve;
    scale.items.push_back(i);
    ArrayXXd probabilities(nodes, static_cast<Index>(curve.categories()));
    for (Index q = 0; q < nodes; ++q) {
      for (std::size_t k = 0; k < curve.categories(); ++k) {
        probabilities(q, static_cast<Index>(k)) =
            std::exp(LogProbability(curve, k, axis.At(static_cast<std::size_t>(q))));
      }
    }
    scale.probabilities.push_back(std::move(probabilities));
    scale.highest += static_cast<Index>(curve.thresholds.size());
  }
  for (std::size_t person = 0; person < answers.people(); ++person) {
    Index sum = 0;
    bool complete = true;
    for (const std::size_t item : scale.items) {
      const std::uint8_t code = answers.Of(person)[item];
      complete = complete && code != kUnanswered;
      sum += code;
    }
    if (!complete) continue;
    scale.people.push_back(person);
    scale.sums.push_back(sum);
  }
  return scale;
}

/// P(sum score of all items but one | node): sums × nodes, by the recursion of Lord & Wingersky (1984).
ArrayXXd SumsWithout(const Scale& scale, std::size_t left_out) {
  const Index nodes = scale.density.size();
  ArrayXXd sums = ArrayXXd::Zero(nodes, scale.highest + 1);
  sums.col(0).setOnes();
  Index highest = 0;
  for (std::size_t i = 0; i < scale.items.size(); ++i) {
    if (i == left_out) continue;
    const ArrayXXd& p = scale.probabilities[i];
    const Index steps = p.cols() - 1;
    for (Index s = highest + steps; s >= 0; --s) {
      // From the top down, so that what is read has not been written yet.
      ArrayXd sum = ArrayXd::Zero(nodes);
      for (Index k = std::max<Index>(0, s - highest); k <= std::min(steps, s); ++k) sum += sums.col(s - k) * p.col(k);
      sums.col(s) = sum;
    }
    highest += steps;
  }
  return sums;
}

struct Cell {
  double observed = 0;
  double expected = 0;
};

/// Adds up (O − E)² / E over the answers at one sum score; returns how many cells were left after joining.
int AddCells(const std::vector<Cell>& answers, double& statistic) {
  constexpr double kFewestExpected = 1;
  std::vector<Cell> cells;
  Cell open;
  for (const Cell& answer : answers) {
    open.observed += answer.observed;
    open.expected += answer.expected;
    if (open.expected < kFewestExpected) continue;
    cells.push_back(open);
    open = {};
  }
  if (cells.empty()) return 0;
  cells.back().observed += open.observed;
  cells.back().expected += open.expected;
  if (cells.size() < 2) return 0;
  for (const Cell& cell : cells) {
    statistic += (cell.observed - cell.expected) * (cell.observed - cell.expected) / cell.expected;
  }
  return static_cast<int>(cells.size());
}

std::optional<ItemFit> FitOf(const Scale& scale, std::size_t which, const Answers& answers) {
  const ArrayXXd& p = scale.probabilities[which];
  const Index steps = p.cols() - 1;
  ArrayXXd observed = ArrayXXd::Zero(scale.highest + 1, steps + 1);
  for (std::size_t n = 0; n < scale.people.size(); ++n) {
    observed(scale.sums[n], answers.Of(scale.people[n])[scale.items[which]]) += 1;
  }
  const ArrayXXd rest = SumsWithout(scale, which);

  ItemFit fit{.people = scale.people.size()};
  // Only sum scores at which every answer is possible.
  for (Index s = steps; s <= scale.highest - steps; ++s) {
    const double people = observed.row(s).sum();
    if (people == 0) continue;
    std::vector<Cell> cells;
    double total = 0;
    for (Index k = 0; k <= steps; ++k) {
      const double share = (scale.density * p.col(k) * rest.col(s - k)).sum();
      cells.push_back({.observed = observed(s, k), .expected = people * share});
      total += share;
    }
    for (Cell& cell : cells) cell.expected /= total;
    const int left = AddCells(cells, fit.statistic);
    fit.degrees += std::max(0, left - 1);
  }
  fit.degrees -= static_cast<int>(steps + 1);  // slope and thresholds
  if (fit.degrees < 1) return std::nullopt;
  fit.p = numerics::ChiSquareTail(fit.statistic, fit.degrees);
  const double excess = fit.statistic - fit.degrees;
  fit.rmsea = std::sqrt(std::max(0.0, excess) / (fit.degrees * (static_cast<double>(fit.people) - 1)));
  return fit;
}

}  // namespace

std::vector<std::optional<ItemFit>> FitOfItems(const ItemBank& bank, const Answers& answers, core::Executor& executor) {
  std::vector<std::optional<ItemFit>> fits(bank.items.size());
  if (bank.IsMixed()) return fits;
  const std::vector<Axis> axes = Grid::AxesFor(bank);
  for (std::size_t d = 0; d < bank.dimensions.size(); ++d) {
    const Scale scale = ScaleOf(bank, axes[d], d, answers);
    if (scale.people.size() < 2) continue;
    executor.ForEach(scale.items.size(), [&](std::size_t i) { fits[scale.items[i]] = FitOf(scale, i, answers); });
  }
  return fits;
}

}  // namespace selvedge::instruments
