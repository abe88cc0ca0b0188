#include "instruments/calibrate.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "core/contract.h"
#include "instruments/curve.h"
#include "instruments/expectation.h"
#include "instruments/parameters.h"
#include "instruments/starting_values.h"

namespace selvedge::instruments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double kCertified = 1e-7;  // of log-likelihood: 5e-4 standard errors in any one direction

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

/// The way from a start to the optimum, for one set of answers.
class Search {
 public:
  Search(ItemBank start, const Answers& answers, core::Executor& executor)
      : answers_(answers),
        executor_(executor),
        bank_(std::move(start)),
        map_(bank_),
        tables_(bank_, Grid::For(bank_)),
        expectation_(Expect(tables_, answers, executor)) {}

  /// @param nearby  where the start is the optimum for a part of these people: their information, scaled up to all;
  ///                otherwise null
  void Run(const MatrixXd* nearby) {
    constexpr int kMostRounds = 25;
    bool near = nearby != nullptr;
    for (int round = 0; round < kMostRounds && !converged_; ++round) {
      if (!near) ApproachByExpectation();
      FollowWithGrid();
      if (round == 0 && nearby != nullptr) {
        information_ = *nearby;
      } else {
        Inform();
      }
      near = StepByNewton();
    }
    // What was certified with the information of a point nearby is told with that of the optimum itself.
    Inform();
  }

  [[nodiscard]] const ItemBank& bank() const { return bank_; }
  [[nodiscard]] const MatrixXd& information() const { return information_; }
  [[nodiscard]] Calibration Result() const;

 private:
  void ApproachByExpectation();
  void StepByExpectation();
  void FollowWithGrid();
  void Inform() { information_ = ObservedInformation(map_, bank_, tables_, answers_, expectation_, executor_); }
  [[nodiscard]] bool StepByNewton();
  [[nodiscard]] std::vector<Index> Free(const VectorXd& gradient) const;
  [[nodiscard]] bool MoveTo(const VectorXd& values);
  void Take() {
    tables_.Set(bank_);
    expectation_ = Expect(tables_, answers_, executor_);
    ++passes_;
  }

  const Answers& answers_;
  core::Executor& executor_;
  ItemBank bank_;
  ParameterMap map_;
  Tables tables_;
  Expectation expectation_;
  MatrixXd information_;
  bool converged_ = false;
  double remaining_rise_ = 0;
  int passes_ = 1;
};

void Search::ApproachByExpectation() {
  constexpr int kSteps = 6;  // from the starting values, enough for Newton's steps to rise in all data seen so far
  for (int step = 0; step < kSteps; ++step) StepByExpectation();
  if (PointForward(bank_)) Take();
}

/// One EM step in the model that also lets means and variances of the dimensions move, written back to means of 0 and
/// variances of 1: a θ − t with θ = μ + s θ′ is (a s) θ′ − (t − a μ).
void Search::StepByExpectation() {
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
void Search::FollowWithGrid() {
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

/// The parameters that may still move: all but those at the end of their range that would go further.
std::vector<Index> Search::Free(const VectorXd& gradient) const {
  const VectorXd values = map_.Values(bank_);
  std::vector<bool> fixed(static_cast<std::size_t>(map_.size()), false);
  const auto look_at = [&](Index parameter, double end) {
    const bool at_end = std::fabs(values[parameter]) >= end;
    fixed[static_cast<std::size_t>(parameter)] = at_end && values[parameter] * gradient[parameter] > 0;
  };
  for (std::size_t i = 0; i < bank_.items.size(); ++i) look_at(map_.SlopeOf(i), kSteepest);
  for (std::size_t p = 0; p < map_.pairs().size(); ++p) look_at(map_.CorrelationOf(p), kClosest);
  std::vector<Index> free;
  for (Index p = 0; p < map_.size(); ++p) {
    if (!fixed[static_cast<std::size_t>(p)]) free.push_back(p);
  }
  return free;
}

/// False, and nothing changed, where the parameters are none of a model.
bool Search::MoveTo(const VectorXd& values) {
  ItemBank next = bank_;
  map_.SetValues(values, next);
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

/// Newton steps with the information at hand, as long as they do well; certifies when nothing is left to gain. False if
/// not even one of them led upwards.
bool Search::StepByNewton() {
  constexpr int kMostSteps = 15;
  constexpr int kMostHalvings = 4;
  constexpr double kDoingWell = 0.3;  // each step should leave less than this of the rise that was to be had
  double before = 0;
  for (int step = 0; step < kMostSteps; ++step) {
    const VectorXd gradient = map_.Gradient(bank_, tables_, expectation_);
    const std::vector<Index> free = Free(gradient);
    const Eigen::LLT<MatrixXd> factor(information_(free, free));
    if (factor.info() != Eigen::Success || !information_.allFinite()) return step > 0;
    const VectorXd slope = gradient(free);
    const VectorXd newton = factor.solve(slope);
    remaining_rise_ = 0.5 * newton.dot(slope);
    converged_ = remaining_rise_ < kCertified;
    if (converged_ || (step > 0 && remaining_rise_ > kDoingWell * before)) return true;
    before = remaining_rise_;

    const Expectation was = expectation_;
    const ItemBank from = bank_;
    bool rose = false;
    double length = 1;
    for (int halving = 0; halving < kMostHalvings && !rose; ++halving, length *= 0.5) {
      VectorXd values = map_.Values(from);
      values(free) += length * newton;
      rose = MoveTo(values) && expectation_.loglik > was.loglik;
    }
    if (rose) continue;
    bank_ = from;
    tables_.Set(bank_);
    expectation_ = was;
    return step > 0;
  }
  return true;
}

Calibration Search::Result() const {
  Calibration result{.bank = bank_,
                     .loglik = expectation_.loglik,
                     .people = static_cast<std::size_t>(expectation_.people),
                     .free_parameters = static_cast<int>(map_.size()),
                     .converged = converged_,
                     .remaining_rise = remaining_rise_,
                     .passes = passes_,
                     .item_errors = {},
                     .correlation_errors = {}};
  const std::vector<Index> free = Free(map_.Gradient(bank_, tables_, expectation_));
  const Eigen::LLT<MatrixXd> factor(information_(free, free));
  const bool regular = converged_ && information_.allFinite() && factor.info() == Eigen::Success;
  MatrixXd covariance = MatrixXd::Zero(map_.size(), map_.size());
  std::vector<bool> known(static_cast<std::size_t>(map_.size()), false);
  if (regular) {
    const auto count = static_cast<Index>(free.size());
    const MatrixXd inverse = factor.solve(MatrixXd::Identity(count, count));
    covariance(free, free) = inverse;
    for (const Index p : free) known[static_cast<std::size_t>(p)] = true;
  }
  const auto error = [&](Index p) -> std::optional<double> {
    if (!known[static_cast<std::size_t>(p)]) return std::nullopt;
    return std::sqrt(covariance(p, p));
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
      const double variance = covariance(t, t) - 2 * b * covariance(t, a) + b * b * covariance(a, a);
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

/// Every n-th person.
Answers Thinned(const Answers& answers, std::size_t n) {
  Answers part{.items = answers.items, .codes = {}};
  for (std::size_t person = 0; person < answers.people(); person += n) {
    const auto given = answers.Of(person);
    part.codes.insert(part.codes.end(), given.begin(), given.end());
  }
  return part;
}

/// Whether every answer of every item was given by at least so many people.
bool EachGivenBy(std::size_t people, const ItemBank& bank, const Answers& answers) {
  std::vector<std::size_t> counts(answers.items * kMostCategories, 0);
  for (std::size_t c = 0; c < answers.codes.size(); ++c) {
    if (answers.codes[c] != kUnanswered) ++counts[(c % answers.items) * kMostCategories + answers.codes[c]];
  }
  for (std::size_t i = 0; i < bank.items.size(); ++i) {
    for (std::size_t k = 0; k < bank.items[i].answers.size(); ++k) {
      if (counts[i * kMostCategories + k] < people) return false;
    }
  }
  return true;
}

}  // namespace

Calibration Calibrate(const ItemBank& skeleton, const Answers& answers, core::Executor& executor) {
  constexpr std::size_t kPartOfPeople = 2000;  // enough to end within a step or two of the optimum for all
  constexpr std::size_t kFewestAnAnswer = 5;
  const std::size_t n = answers.people() / kPartOfPeople;
  const Answers part = Thinned(answers, std::max<std::size_t>(n, 1));
  if (n < 2 || !EachGivenBy(kFewestAnAnswer, skeleton, part)) {
    Search all(StartingValues(skeleton, answers), answers, executor);
    all.Run(nullptr);
    return all.Result();
  }
  Search first(StartingValues(skeleton, part), part, executor);
  first.Run(nullptr);
  Search all(first.bank(), answers, executor);
  const MatrixXd information = static_cast<double>(n) * first.information();
  all.Run(&information);
  return all.Result();
}

}  // namespace selvedge::instruments
