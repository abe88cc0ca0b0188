#include "instruments/grid.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "core/contract.h"
#include "instruments/curve.h"
#include "numerics/exp_minus_one.h"
#include "numerics/normal.h"

namespace selvedge::instruments {
namespace {

constexpr double kReach = 6;       // standard deviations; 2e-9 of people are further out
constexpr double kFinest = 0.05;   // finer than any slope in bounds needs
constexpr double kCoarsest = 0.5;  // for the prior alone: 5e-34

Axis AxisOf(double step) { return {.step = step, .reach = static_cast<std::size_t>(std::ceil(kReach / step))}; }

/// The most that answers to all items of a dimension can sharpen a posterior there: each the answer that is sharpest.
/// The expected information would not do: answers that agree more than expected leave a narrower posterior.
double SharpestAnswers(const ItemBank& bank, std::size_t dimension, double theta) {
  double sum = 0;
  for (const Item& item : bank.items) {
    if (item.dimension != dimension) continue;
    double sharpest = 0;
    for (std::size_t category = 0; category < item.curve.categories(); ++category)
      sharpest = std::max(sharpest, -SlopesOfLogProbability(item.curve, category, theta).second);
    sum += sharpest;
  }
  return sum;
}

/// The largest step that is fine enough for one dimension, given its prior's conditional precision.
double StepFor(const ItemBank& bank, std::size_t dimension, double prior_precision) {
  constexpr double kLookEvery = 0.25;
  constexpr double kPolesAt = 0.8;
  double sharpest = 0;
  for (double theta = -kReach; theta <= kReach; theta += kLookEvery) {
    sharpest = std::max(sharpest, SharpestAnswers(bank, dimension, theta));
  }
  double step = 1 / std::sqrt(prior_precision + sharpest);
  for (const Item& item : bank.items) {
    if (item.dimension == dimension) step = std::min(step, kPolesAt / std::fabs(item.curve.slope));
  }
  return std::clamp(step, kFinest, kCoarsest);
}

std::size_t NodesOf(const std::vector<Axis>& axes) {
  std::size_t nodes = 1;
  for (const Axis& axis : axes) nodes *= axis.size();
  return nodes;
}

}  // namespace

bool Grid::CanHold(const Eigen::MatrixXd& correlations) {
  constexpr double kNarrowest = 0.1;  // standard deviations: twice the finest step
  const Eigen::LLT<Eigen::MatrixXd> factor(correlations);
  return correlations.allFinite() && factor.info() == Eigen::Success &&
         factor.matrixLLT().diagonal().minCoeff() > kNarrowest;
}

std::vector<Axis> Grid::AxesFor(const ItemBank& bank) {
  const Eigen::Index dimensions = bank.correlations.rows();
  const Eigen::MatrixXd precision = bank.correlations.llt().solve(Eigen::MatrixXd::Identity(dimensions, dimensions));
  std::vector<Axis> axes;
  for (Eigen::Index d = 0; d < dimensions; ++d) {
    axes.push_back(AxisOf(StepFor(bank, static_cast<std::size_t>(d), precision(d, d))));
  }
  constexpr double kWider = 1.05;
  while (NodesOf(axes) > kMostNodes) {
    for (Axis& axis : axes) axis = AxisOf(kWider * axis.step);
  }
  return axes;
}

Grid Grid::For(const ItemBank& bank) {
  Grid grid;
  grid.axes = AxesFor(bank);
  grid.SetCorrelations(bank.correlations);
  return grid;
}

void Grid::SetCorrelations(const Eigen::MatrixXd& correlations) {
  const Eigen::LLT<Eigen::MatrixXd> factor(correlations);
  SELVEDGE_EXPECT(factor.info() == Eigen::Success);
  const auto dimensions = static_cast<Eigen::Index>(axes.size());
  const Eigen::MatrixXd precision = factor.solve(Eigen::MatrixXd::Identity(dimensions, dimensions));
  double log_volume = -0.5 * static_cast<double>(dimensions) * numerics::kLogTwoPi;
  for (Eigen::Index d = 0; d < dimensions; ++d) {
    log_volume += std::log(axes[static_cast<std::size_t>(d)].step) - std::log(factor.matrixL()(d, d));
  }

  prior.resize(NodesOf(axes));
  const Axis& last = axes.back();
  std::vector<std::size_t> at(axes.size(), 0);
  Eigen::VectorXd theta(dimensions);
  for (std::size_t row = 0; row < prior.size(); row += last.size()) {
    for (Eigen::Index d = 0; d + 1 < dimensions; ++d) {
      theta[d] = axes[static_cast<std::size_t>(d)].At(at[static_cast<std::size_t>(d)]);
    }
    // −½ θᵀ R⁻¹ θ as a parabola in the last coordinate.
    theta[dimensions - 1] = 0;
    const double level = log_volume - 0.5 * theta.dot(precision * theta);
    const double slope = precision.row(dimensions - 1).dot(theta);
    const double curvature = precision(dimensions - 1, dimensions - 1);
    for (std::size_t q = 0; q < last.size(); ++q) {
      const double x = last.At(q);
      prior[row + q] = numerics::Exp(level - x * (slope + 0.5 * curvature * x));
    }
    for (std::size_t d = axes.size() - 1; d-- > 0;) {
      if (++at[d] < axes[d].size()) break;
      at[d] = 0;
    }
  }
}

std::vector<std::size_t> Grid::Strides() const {
  std::vector<std::size_t> strides(axes.size(), 1);
  for (std::size_t d = axes.size() - 1; d-- > 0;) strides[d] = strides[d + 1] * axes[d + 1].size();
  return strides;
}

}  // namespace selvedge::instruments
