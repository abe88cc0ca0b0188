#include "instruments/axis_hill.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "core/contract.h"
#include "instruments/curve.h"

namespace selvedge::instruments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Fits one curve to expected counts: Newton steps, halved until they rise. The problem is concave.
Curve Refitted(const Curve& curve, std::span<const double> counts, const Axis& axis) {
  constexpr int kMostSteps = 8;
  constexpr int kMostHalvings = 20;
  constexpr double kEnough = 1e-6;  // rise still to be had; the next pass changes the counts by more
  Curve best = curve;
  auto now = ExpectedLikelihood(best, counts, axis);
  SELVEDGE_EXPECT(now.has_value());
  for (int step = 0; step < kMostSteps; ++step) {
    const VectorXd newton = now->curvature.ldlt().solve(now->gradient);
    if (!(newton.dot(now->gradient) > kEnough)) break;
    double length = 1;
    for (int halving = 0; halving < kMostHalvings; ++halving, length *= 0.5) {
      Curve next = best;
      next.slope = std::clamp(best.slope + length * newton[0], -kSteepest, kSteepest);
      for (std::size_t k = 0; k < next.thresholds.size(); ++k) {
        next.thresholds[k] += length * newton[static_cast<Index>(k) + 1];
      }
      auto there = ExpectedLikelihood(next, counts, axis);
      if (!there || !(there->value >= now->value)) continue;
      best = std::move(next);
      now = std::move(there);
      break;
    }
  }
  return best;
}

/// Draws correlations towards 0 until none is beyond kClosest and the lattice can hold them.
void Bound(MatrixXd& correlations) {
  constexpr double kCloser = 0.98;
  const Index size = correlations.rows();
  const double largest = (correlations - MatrixXd::Identity(size, size)).cwiseAbs().maxCoeff();
  double share = std::min(1.0, kClosest / largest);
  const MatrixXd free = correlations;
  do {
    correlations = share * free;
    correlations.diagonal().setOnes();
    share *= kCloser;
  } while (!Grid::CanHold(correlations));
}

/// Turns every dimension round whose slopes have a sum below 0; whether there was one.
bool PointForward(ItemBank& bank) {
  bool turned = false;
  for (std::size_t d = 0; d < bank.dimensions.size(); ++d) {
    double sum = 0;
    for (const Item& item : bank.items) sum += item.dimension == d ? item.curve.slope : 0;
    if (sum >= 0) continue;
    turned = true;
    for (Item& item : bank.items) {
      if (item.dimension == d) item.curve.slope = -item.curve.slope;
    }
    const auto index = static_cast<Index>(d);
    bank.correlations.row(index) *= -1;
    bank.correlations.col(index) *= -1;
  }
  return turned;
}

}  // namespace

AxisHill::AxisHill(ItemBank start, const Answers& answers, core::Executor& executor)
    : answers_(answers),
      executor_(executor),
      bank_(std::move(start)),
      map_(bank_),
      tables_(bank_, Grid::For(bank_)),
      expectation_(Expect(tables_, answers, executor)) {}

void AxisHill::Take() {
  tables_.Set(bank_);
  expectation_ = Expect(tables_, answers_, executor_);
  ++passes_;
}

VectorXd AxisHill::Ends() const {
  VectorXd ends = VectorXd::Constant(map_.size(), kWithoutEnd);
  for (std::size_t i = 0; i < bank_.items.size(); ++i) ends[map_.SlopeOf(i)] = kSteepest;
  for (std::size_t p = 0; p < map_.pairs().size(); ++p) ends[map_.CorrelationOf(p)] = kClosest;
  return ends;
}

void AxisHill::Approach() {
  constexpr int kSteps = 6;  // from the starting values, enough for Newton's steps to rise in all data seen so far
  for (int step = 0; step < kSteps; ++step) StepByExpectation();
  if (PointForward(bank_)) Take();
}

/// One EM step in the model that also lets means and variances of the dimensions move, written back to means of 0 and
/// variances of 1: a θ − t with θ = μ + s θ′ is (a s) θ′ − (t − a μ).
void AxisHill::StepByExpectation() {
  for (std::size_t i = 0; i < bank_.items.size(); ++i) {
    Curve& curve = bank_.items[i].curve;
    const Axis& axis = tables_.AxisOf(i);
    curve = Refitted(curve, {expectation_.counts.data() + tables_.RowOf(i, 0), curve.categories() * axis.size()}, axis);
  }
  const VectorXd& mean = expectation_.mean;
  const MatrixXd covariance = expectation_.second_moment - mean * mean.transpose();
  const VectorXd sd = covariance.diagonal().array().sqrt();
  for (Item& item : bank_.items) {
    const auto d = static_cast<Index>(item.dimension);
    for (double& threshold : item.curve.thresholds) threshold -= item.curve.slope * mean[d];
    item.curve.slope = std::clamp(item.curve.slope * sd[d], -kSteepest, kSteepest);
  }
  bank_.correlations = covariance.cwiseQuotient(sd * sd.transpose());
  bank_.correlations.diagonal().setOnes();
  Bound(bank_.correlations);
  Take();
}

/// Lays the lattice anew where the items have become sharper (or much flatter) than it was made for.
void AxisHill::FollowWithGrid() {
  constexpr double kMuchFlatter = 1.3;
  const std::vector<Axis> wanted = Grid::AxesFor(bank_);
  bool fits = true;
  for (std::size_t d = 0; d < wanted.size(); ++d) {
    const double now = tables_.grid().axes[d].step;
    fits = fits && wanted[d].step >= 0.99 * now && wanted[d].step <= kMuchFlatter * now;
  }
  if (fits) return;
  tables_ = Tables(bank_, Grid::For(bank_));
  Take();
}

bool AxisHill::MoveTo(const VectorXd& place) {
  ItemBank next = bank_;
  map_.SetValues(place, next);
  for (Item& item : next.items) {
    item.curve.slope = std::clamp(item.curve.slope, -kSteepest, kSteepest);
    if (!std::ranges::is_sorted(item.curve.thresholds, std::ranges::less_equal{})) return false;
  }
  next.correlations = next.correlations.cwiseMax(-kClosest).cwiseMin(kClosest);
  next.correlations.diagonal().setOnes();
  if (!Grid::CanHold(next.correlations)) return false;
  bank_ = std::move(next);
  Take();
  return true;
}

Calibration AxisHill::Result(const Summit& summit) const {
  Calibration result{.bank = bank_,
                     .loglik = expectation_.loglik,
                     .people = static_cast<std::size_t>(expectation_.people),
                     .free_parameters = static_cast<int>(map_.size()),
                     .converged = summit.converged,
                     .remaining_rise = summit.remaining_rise,
                     .passes = passes_,
                     .item_errors = {},
                     .correlation_errors = {}};
  const auto error = [&](Index p) -> std::optional<double> {
    if (!summit.known[static_cast<std::size_t>(p)]) return std::nullopt;
    return std::sqrt(summit.covariance(p, p));
  };
  for (std::size_t i = 0; i < bank_.items.size(); ++i) {
    const Curve& curve = bank_.items[i].curve;
    const Index a = map_.SlopeOf(i);
    Calibration::ItemErrors errors{.slope = error(a), .thresholds = {}, .difficulties = {}};
    for (std::size_t k = 1; k <= curve.thresholds.size(); ++k) {
      const Index t = map_.ThresholdOf(i, k);
      errors.thresholds.push_back(error(t));
      // b = t / a: Var(b) = (Var t − 2 b Cov(t, a) + b² Var a) / a². A slope at its end counts as given.
      const double b = curve.Difficulty(k);
      const double variance =
          summit.covariance(t, t) - 2 * b * summit.covariance(t, a) + b * b * summit.covariance(a, a);
      errors.difficulties.push_back(errors.thresholds.back() && variance > 0 && curve.slope != 0
                                        ? std::optional(std::sqrt(variance) / std::fabs(curve.slope))
                                        : std::nullopt);
    }
    result.item_errors.push_back(std::move(errors));
  }
  result.correlation_errors.resize(bank_.dimensions.size());
  for (std::size_t p = 0; p < map_.pairs().size(); ++p) {
    result.correlation_errors[static_cast<std::size_t>(map_.pairs()[p].other)].push_back(error(map_.CorrelationOf(p)));
  }
  return result;
}

}  // namespace selvedge::instruments
