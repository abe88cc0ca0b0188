#include "instruments/mixed_hill.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>

#include "instruments/cloud.h"
#include "instruments/pieces.h"
#include "instruments/rotation.h"

namespace selvedge::instruments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

bool SaidNothing(std::span<const std::uint8_t> answers) {
  return std::ranges::all_of(answers, [](std::uint8_t code) { return code == kUnanswered; });
}

/// 1, θ_d and θ_d θ_e, d ≤ e, at every node, times its weight.
MatrixXd WeightedPowers(const Cloud& cloud) {
  const MatrixXd& theta = cloud.nodes();
  const Index dimensions = theta.cols();
  MatrixXd powers(theta.rows(), 1 + dimensions + dimensions * (dimensions + 1) / 2);
  powers.col(0) = cloud.weights();
  Index next = 1;
  for (Index d = 0; d < dimensions; ++d) powers.col(next++) = theta.col(d).cwiseProduct(cloud.weights());
  for (Index d = 0; d < dimensions; ++d) {
    for (Index e = d; e < dimensions; ++e) powers.col(next++) = theta.col(e).cwiseProduct(powers.col(1 + d));
  }
  return powers;
}

/// The share s of the way from one point to another, 0 ≤ s ≤ 1, after which it leaves a ball around 0.
double ShareWithin(const VectorXd& from, const VectorXd& to, double radius) {
  const VectorXd way = to - from;
  const double b = from.dot(way) / way.squaredNorm();
  const double c = (from.squaredNorm() - radius * radius) / way.squaredNorm();
  return std::sqrt(b * b - c) - b;
}

/// One of the two curves that bound an answer, σ(a · θ − t) with t in place `at`: adds to the gradient in a what it
/// takes away from it, and its part of the negative Hessian. Returns E[σ].
double AddCurve(const auto& share, const MatrixXd& powers, Index dimensions, Index at, ItemLikelihood& sums) {
  const VectorXd first = powers.leftCols(1 + dimensions).transpose() * share;
  sums.gradient.head(dimensions) -= first.tail(dimensions);
  // Of σ (1 − σ), with 1, θ_d and θ_d θ_e.
  const VectorXd moments = powers.transpose() * share.cwiseProduct(VectorXd::Ones(share.size()) - share);
  Index next = 1 + dimensions;
  for (Index d = 0; d < dimensions; ++d) {
    for (Index e = d; e < dimensions; ++e) {
      sums.curvature(d, e) += moments[next];
      if (d != e) sums.curvature(e, d) += moments[next];
      ++next;
    }
    sums.curvature(d, at) -= moments[1 + d];
    sums.curvature(at, d) -= moments[1 + d];
  }
  sums.curvature(at, at) += moments[0];
  return first[0];
}

/// What answer k adds to its item's expected log-likelihood: gradient and negative Hessian in (a_1 … a_N, t_1 … t_m),
/// ∂ log P / ∂a = (1 − σ(z_k) − σ(z_{k+1})) θ.
void AddAnswer(const Curve& curve, std::size_t k, std::size_t item, const Cloud& cloud, const MatrixXd& powers,
               ItemLikelihood& sums) {
  const Index dimensions = cloud.nodes().cols();
  const double G = SlopeOfLogWidth(curve, k);
  const double H = G * (1 + G);
  const Index lower = dimensions - 1 + static_cast<Index>(k);  // place of t_k
  const Index upper = lower + 1;
  if (k > 0) {  // else 1 − σ(z_0) = 0
    sums.gradient.head(dimensions) += cloud.mean();
    sums.gradient[lower] -= 1 - AddCurve(cloud.Lower(item), powers, dimensions, lower, sums) + G;
    sums.curvature(lower, lower) += H;
  }
  if (k < curve.thresholds.size()) {
    sums.gradient[upper] += AddCurve(cloud.Upper(item), powers, dimensions, upper, sums) + G;
    sums.curvature(upper, upper) += H;
  }
  if (H > 0) {
    sums.curvature(lower, upper) -= H;
    sums.curvature(upper, lower) -= H;
  }
}

/// The scores ∂ log P / ∂ξ of one person's answers at every node, and their covariance given the answers.
class ScoreCovariance {
 public:
  ScoreCovariance(const ItemBank& bank, Index parameters)
      : bank_(bank), cloud_(bank), sum_(MatrixXd::Zero(parameters, parameters)) {}

  /// @param place_of  of each item's first slope among the parameters
  void Add(std::span<const std::uint8_t> answers, const std::vector<Index>& place_of) {
    cloud_.Set(answers);
    const MatrixXd& theta = cloud_.nodes();
    const Index dimensions = theta.cols();
    values_.resize(theta.rows(), static_cast<Index>(answers.size()) * (dimensions + 2));
    parameters_.clear();
    const auto next = [&](Index parameter) {
      parameters_.push_back(parameter);
      return values_.col(static_cast<Index>(parameters_.size()) - 1);
    };
    for (std::size_t i = 0; i < answers.size(); ++i) {
      if (answers[i] == kUnanswered) continue;
      const Index k = answers[i];
      const VectorXd residual = 1 - cloud_.Lower(i).array() - cloud_.Upper(i).array();
      for (Index d = 0; d < dimensions; ++d) next(place_of[i] + d) = residual.cwiseProduct(theta.col(d));
      const Index before = place_of[i] + dimensions - 1;  // of t_0, had there been one
      // Constants are left out, since only the covariance is wanted.
      if (k > 0) next(before + k) = cloud_.Lower(i);
      if (k < static_cast<Index>(bank_.items[i].curve.thresholds.size())) next(before + k + 1) = cloud_.Upper(i);
    }
    const auto count = static_cast<Index>(parameters_.size());
    auto scores = values_.leftCols(count);
    const VectorXd mean = scores.transpose() * cloud_.weights();
    scores.rowwise() -= mean.transpose();
    scores.array().colwise() *= cloud_.weights().array().sqrt();
    block_.setZero(count, count);
    block_.selfadjointView<Eigen::Lower>().rankUpdate(scores.transpose());
    for (Index j = 0; j < count; ++j) {
      double* const column = &sum_(0, parameters_[static_cast<std::size_t>(j)]);
      for (Index i = j; i < count; ++i) column[parameters_[static_cast<std::size_t>(i)]] += block_(i, j);
    }
  }

  /// Only the part on and below the diagonal.
  [[nodiscard]] const MatrixXd& sum() const { return sum_; }

 private:
  const ItemBank& bank_;
  Cloud cloud_;
  MatrixXd values_;
  std::vector<Index> parameters_;
  MatrixXd block_;
  MatrixXd sum_;
};

}  // namespace

MixedHill::MixedHill(ItemBank start, const Answers& answers, core::Executor& executor)
    : answers_(answers), executor_(executor), bank_(std::move(start)) {
  for (const Item& item : bank_.items) {
    slopes_of_.push_back(size_);
    size_ += dimensions() + static_cast<Index>(item.curve.thresholds.size());
  }
  expectation_ = Expect();
}

VectorXd MixedHill::Place() const {
  VectorXd place(size_);
  const MatrixXd slopes = bank_.Slopes();
  for (std::size_t i = 0; i < bank_.items.size(); ++i) {
    place.segment(SlopesOf(i), dimensions()) = slopes.row(static_cast<Index>(i));
    const std::vector<double>& thresholds = bank_.items[i].curve.thresholds;
    for (std::size_t k = 1; k <= thresholds.size(); ++k) place[ThresholdOf(i, k)] = thresholds[k - 1];
  }
  return place;
}

/// An item whose slope would become too steep goes only as far as that allows, with its thresholds; one that is there
/// already stays there if it is held, and moves around.
bool MixedHill::MoveTo(const VectorXd& place) {
  const VectorXd here = Place();
  ItemBank next = bank_;
  MatrixXd slopes(static_cast<Index>(next.items.size()), dimensions());
  for (std::size_t i = 0; i < next.items.size(); ++i) {
    std::vector<double>& thresholds = next.items[i].curve.thresholds;
    const Index size = dimensions() + static_cast<Index>(thresholds.size());
    const auto from = here.segment(SlopesOf(i), size);
    VectorXd to = place.segment(SlopesOf(i), size);
    if (!to.allFinite()) return false;
    const double steep = to.head(dimensions()).norm();
    if (IsHeld(i) || (IsAtItsEnd(i) && steep > kSteepest)) {
      to.head(dimensions()) *= kSteepest / steep;
    } else if (steep > kSteepest) {
      to = from + ShareWithin(from.head(dimensions()), to.head(dimensions()), kSteepest) * (to - from);
    }
    slopes.row(static_cast<Index>(i)) = to.head(dimensions());
    std::copy(to.begin() + dimensions(), to.end(), thresholds.begin());
    if (!std::ranges::is_sorted(thresholds, std::ranges::less_equal{})) return false;
  }
  next.SetSlopes(slopes);
  bank_ = std::move(next);
  Take();
  return true;
}

void MixedHill::Take() {
  expectation_ = Expect();
  ++passes_;
}

MixedHill::Expectation MixedHill::Nothing() const {
  Expectation nothing{
      .items = {}, .mean = VectorXd::Zero(dimensions()), .second_moment = MatrixXd::Zero(dimensions(), dimensions())};
  for (const Item& item : bank_.items) {
    const Index size = dimensions() + static_cast<Index>(item.curve.thresholds.size());
    nothing.items.push_back({.value = 0, .gradient = VectorXd::Zero(size), .curvature = MatrixXd::Zero(size, size)});
  }
  return nothing;
}

/// One pass over all people, in pieces whose limits depend on their number alone.
MixedHill::Expectation MixedHill::Expect() const {
  constexpr std::size_t kFewestPeople = 64;
  constexpr std::size_t kMostPieces = 64;
  const Pieces pieces(answers_.people(), kFewestPeople, kMostPieces);
  std::vector<Expectation> parts(pieces.count());
  const auto work = [&](std::size_t piece) {
    Expectation& part = parts[piece] = Nothing();
    Cloud cloud(bank_);
    for (std::size_t person = pieces.Begin(piece); person < pieces.End(piece); ++person) {
      const std::span<const std::uint8_t> given = answers_.Of(person);
      if (SaidNothing(given)) continue;
      cloud.Set(given);
      part.loglik += cloud.loglik();
      part.people += 1;
      part.mean += cloud.mean();
      part.second_moment += cloud.second_moment();
      const MatrixXd powers = WeightedPowers(cloud);
      for (std::size_t i = 0; i < given.size(); ++i) {
        if (given[i] != kUnanswered) AddAnswer(bank_.items[i].curve, given[i], i, cloud, powers, part.items[i]);
      }
    }
  };
  executor_.ForEach(parts.size(), work);

  Expectation whole = Nothing();
  for (const Expectation& part : parts) {
    whole.loglik += part.loglik;
    whole.people += part.people;
    whole.mean += part.mean;
    whole.second_moment += part.second_moment;
    for (std::size_t i = 0; i < whole.items.size(); ++i) {
      whole.items[i].gradient += part.items[i].gradient;
      whole.items[i].curvature += part.items[i].curvature;
    }
  }
  if (whole.people > 0) {
    whole.mean /= whole.people;
    whole.second_moment /= whole.people;
  }
  return whole;
}

void MixedHill::Approach() {
  constexpr int kSteps = 6;
  for (int step = 0; step < kSteps; ++step) StepByExpectation();
}

/// One Newton step for each item towards the maximum of the expected log-likelihood, and means and covariances of the
/// dimensions that also move, written back to 0 and I: a · θ − t with θ = μ + L θ′ is (Lᵀ a) · θ′ − (t − a · μ).
void MixedHill::StepByExpectation() {
  constexpr int kMostHalvings = 20;
  const VectorXd from = Place();
  const VectorXd& mean = expectation_.mean;
  const MatrixXd covariance = expectation_.second_moment - mean * mean.transpose();
  const MatrixXd root = covariance.llt().matrixL();
  VectorXd step(size_);
  for (std::size_t i = 0; i < bank_.items.size(); ++i) {
    const ItemLikelihood& item = expectation_.items[i];
    step.segment(SlopesOf(i), item.gradient.size()) = item.curvature.ldlt().solve(item.gradient);
  }
  double length = 1;
  for (int halving = 0; halving < kMostHalvings; ++halving, length *= 0.5) {
    VectorXd place = from + length * step;
    for (std::size_t i = 0; i < bank_.items.size(); ++i) {
      auto slopes = place.segment(SlopesOf(i), dimensions());
      const double shift = slopes.dot(mean);
      for (std::size_t k = 1; k <= bank_.items[i].curve.thresholds.size(); ++k) place[ThresholdOf(i, k)] -= shift;
      slopes = (root.transpose() * slopes).eval();
    }
    if (MoveTo(place)) return;
  }
}

bool MixedHill::IsAtItsEnd(std::size_t item) const {
  constexpr double kRounded = 1 - 1e-9;
  return bank_.items[item].curve.slope >= kRounded * kSteepest;
}

bool MixedHill::IsHeld(std::size_t item) const {
  return IsAtItsEnd(item) && bank_.items[item].mixture.dot(expectation_.items[item].gradient.head(dimensions())) > 0;
}

VectorXd MixedHill::Gradient() const {
  VectorXd gradient(size_);
  for (std::size_t i = 0; i < bank_.items.size(); ++i) {
    const VectorXd& of_item = expectation_.items[i].gradient;
    gradient.segment(SlopesOf(i), of_item.size()) = of_item;
    if (!IsHeld(i)) continue;
    const VectorXd& outward = bank_.items[i].mixture;
    auto slopes = gradient.segment(SlopesOf(i), dimensions());
    slopes -= slopes.dot(outward) * outward;
  }
  return gradient;
}

/// By Louis' identity, as in ObservedInformation.
MatrixXd MixedHill::Information() const {
  constexpr std::size_t kFewestPeople = 64;
  constexpr std::size_t kMostPieces = 16;  // each holds a matrix of parameters × parameters
  const Pieces pieces(answers_.people(), kFewestPeople, kMostPieces);
  std::vector<MatrixXd> parts(pieces.count());
  const auto work = [&](std::size_t piece) {
    ScoreCovariance covariance(bank_, size_);
    for (std::size_t person = pieces.Begin(piece); person < pieces.End(piece); ++person) {
      const std::span<const std::uint8_t> given = answers_.Of(person);
      if (!SaidNothing(given)) covariance.Add(given, slopes_of_);
    }
    parts[piece] = covariance.sum();
  };
  executor_.ForEach(parts.size(), work);
  MatrixXd information = MatrixXd::Zero(size_, size_);
  for (const MatrixXd& part : parts) information -= part;
  information.triangularView<Eigen::StrictlyUpper>() = information.transpose();
  for (std::size_t i = 0; i < bank_.items.size(); ++i) {
    const MatrixXd& curvature = expectation_.items[i].curvature;
    information.block(SlopesOf(i), SlopesOf(i), curvature.rows(), curvature.cols()) += curvature;
  }
  for (const VectorXd& direction : HeldDirections()) {
    constexpr double kStiff = 10;
    information += kStiff * information.diagonal().mean() * direction * direction.transpose();
  }
  return information;
}

/// Of length 1: where nothing changes because the dimensions only turn, and where slopes may go no further.
std::vector<VectorXd> MixedHill::HeldDirections() const {
  std::vector<VectorXd> directions;
  const MatrixXd slopes = bank_.Slopes();
  for (Index d = 0; d < dimensions(); ++d) {
    for (Index e = 0; e < d; ++e) {
      VectorXd turn = VectorXd::Zero(size_);
      for (std::size_t i = 0; i < bank_.items.size(); ++i) {
        turn[SlopesOf(i) + d] = slopes(static_cast<Index>(i), e);
        turn[SlopesOf(i) + e] = -slopes(static_cast<Index>(i), d);
      }
      directions.push_back(turn.normalized());
    }
  }
  for (std::size_t i = 0; i < bank_.items.size(); ++i) {
    if (!IsHeld(i)) continue;
    VectorXd outward = VectorXd::Zero(size_);
    outward.segment(SlopesOf(i), dimensions()) = bank_.items[i].mixture;
    directions.push_back(std::move(outward));
  }
  return directions;
}

/// Of all slopes after the turn, dimension after dimension, and then of the correlations below the diagonal: how they
/// change with the slopes before it. By differences, each following the turn to where changed slopes have theirs.
MatrixXd MixedHill::DerivativesOfTurned(const MatrixXd& slopes, const MatrixXd& turn) const {
  constexpr double kStep = 1e-3;  // the turn is found to 1e-8, and curves over 1e-3 by about 1e-6
  const auto values = [&](const MatrixXd& at) {
    const MatrixXd T = FollowTurn(at, turn);
    const MatrixXd turned = Turned(at, T);
    const MatrixXd correlations = T.transpose() * T;
    VectorXd all(turned.size() + dimensions() * (dimensions() - 1) / 2);
    all.head(turned.size()) = turned.reshaped();
    Index next = turned.size();
    for (Index b = 0; b < dimensions(); ++b) {
      for (Index a = 0; a < b; ++a) all[next++] = correlations(a, b);
    }
    return all;
  };
  MatrixXd derivatives(slopes.size() + dimensions() * (dimensions() - 1) / 2, slopes.size());
  for (Index i = 0; i < slopes.rows(); ++i) {
    for (Index d = 0; d < dimensions(); ++d) {
      MatrixXd up = slopes;
      MatrixXd down = slopes;
      up(i, d) += kStep;
      down(i, d) -= kStep;
      derivatives.col(i * dimensions() + d) = (values(up) - values(down)) / (2 * kStep);
    }
  }
  return derivatives;
}

Calibration MixedHill::Result(const Summit& summit) const {
  const MatrixXd slopes = bank_.Slopes();
  const MatrixXd turn = TurnToSimple(slopes);
  Calibration result{.bank = bank_,
                     .loglik = expectation_.loglik,
                     .people = static_cast<std::size_t>(expectation_.people),
                     .free_parameters = static_cast<int>(size_ - dimensions() * (dimensions() - 1) / 2),
                     .converged = summit.converged,
                     .remaining_rise = summit.remaining_rise,
                     .passes = passes_,
                     .item_errors = {},
                     .correlation_errors = {}};
  result.bank.correlations = turn.transpose() * turn;
  result.bank.correlations.diagonal().setOnes();
  result.bank.SetSlopes(Turned(slopes, turn));

  std::vector<Index> of_slopes;
  for (std::size_t i = 0; i < bank_.items.size(); ++i) {
    for (Index d = 0; d < dimensions(); ++d) of_slopes.push_back(SlopesOf(i) + d);
  }
  const MatrixXd derivatives = DerivativesOfTurned(slopes, turn);
  const VectorXd variances =
      (derivatives * summit.covariance(of_slopes, of_slopes)).cwiseProduct(derivatives).rowwise().sum();
  const auto error = [&](double variance, bool held) -> std::optional<double> {
    return summit.known.front() && !held && variance > 0 ? std::optional(std::sqrt(variance)) : std::nullopt;
  };
  for (std::size_t i = 0; i < bank_.items.size(); ++i) {
    const Curve& curve = bank_.items[i].curve;
    const bool held = IsHeld(i);
    // The slope along the item's own mixture is √(a · a): its derivative is the mixture before the turn.
    const VectorXd& u = bank_.items[i].mixture;
    const auto at = Eigen::seqN(SlopesOf(i), dimensions());
    const double variance = u.dot(summit.covariance(at, at) * u);
    Calibration::ItemErrors errors{.slope = error(variance, held), .thresholds = {}, .difficulties = {}};
    for (std::size_t k = 1; k <= curve.thresholds.size(); ++k) {
      const Index t = ThresholdOf(i, k);
      const double b = curve.Difficulty(k);
      errors.thresholds.push_back(error(summit.covariance(t, t), false));
      const double of_b = summit.covariance(t, t) - 2 * b * u.dot(summit.covariance(at, t)) + b * b * variance;
      errors.difficulties.push_back(error(of_b / (curve.slope * curve.slope), curve.slope == 0));
    }
    for (Index d = 0; d < dimensions(); ++d) {
      errors.slopes.push_back(error(variances[d * slopes.rows() + static_cast<Index>(i)], held));
    }
    result.item_errors.push_back(std::move(errors));
  }
  result.correlation_errors.resize(bank_.dimensions.size());
  Index next = slopes.size();
  for (std::size_t b = 0; b < bank_.dimensions.size(); ++b) {
    for (std::size_t a = 0; a < b; ++a) result.correlation_errors[b].push_back(error(variances[next++], false));
  }
  return result;
}

}  // namespace selvedge::instruments
