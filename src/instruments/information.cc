#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "core/contract.h"
#include "instruments/curve.h"
#include "instruments/parameters.h"
#include "instruments/pieces.h"

namespace selvedge::instruments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// σ(z_k) of every item and threshold at every node.
class ShareTables {
 public:
  ShareTables(const ItemBank& bank, const Tables& tables) {
    for (std::size_t i = 0; i < bank.items.size(); ++i) {
      const Curve& curve = bank.items[i].curve;
      const Axis& axis = tables.AxisOf(i);
      Eigen::ArrayXXd shares(static_cast<Index>(axis.size()), static_cast<Index>(curve.categories() + 1));
      for (std::size_t k = 0; k <= curve.categories(); ++k) {
        for (std::size_t q = 0; q < axis.size(); ++q) {
          shares(static_cast<Index>(q), static_cast<Index>(k)) = ShareAtLeast(curve, k, axis.At(q));
        }
      }
      shares_.push_back(std::move(shares));
    }
    for (const Axis& axis : tables.grid().axes) {
      Eigen::ArrayXd positions(static_cast<Index>(axis.size()));
      for (std::size_t q = 0; q < axis.size(); ++q) positions[static_cast<Index>(q)] = axis.At(q);
      positions_.push_back(std::move(positions));
    }
  }

  [[nodiscard]] auto Of(std::size_t item, std::size_t k, Index first, Index count) const {
    return shares_[item].col(static_cast<Index>(k)).segment(first, count);
  }
  [[nodiscard]] auto Positions(std::size_t dimension, Index first, Index count) const {
    return positions_[dimension].segment(first, count);
  }

 private:
  std::vector<Eigen::ArrayXXd> shares_;    // of each item: nodes × (categories + 1)
  std::vector<Eigen::ArrayXd> positions_;  // of each dimension
};

/// The scores ∂ log P / ∂ξ of one person's answers about one dimension, as functions of θ on the part of the axis where
/// the person may be. Constants are left out, since only their covariance is wanted.
struct Scores {
  std::vector<Index> parameters;  // rising
  MatrixXd values;                // room for nodes × parameters
  VectorXd weight;
  VectorXd mean;  // of each score
  Index first = 0;
  Index nodes = 0;

  [[nodiscard]] Index count() const { return static_cast<Index>(parameters.size()); }
  [[nodiscard]] auto Values() const { return values.topLeftCorner(nodes, count()); }
};

/// One piece of people: adds up Cov(scores | answers).
class ScoreCovariance {
 public:
  ScoreCovariance(const ParameterMap& map, const Tables& tables, const ShareTables& shares, const MatrixXd& precision)
      : map_(map),
        tables_(tables),
        shares_(shares),
        precision_(precision),
        posterior_(tables),
        scores_(tables.dimensions()),
        sum_(MatrixXd::Zero(map.size(), map.size())) {
    constexpr Index kMostAnItem = 3;  // an answer bears on its item's slope and on the thresholds on both sides
    for (std::size_t d = 0; d < scores_.size(); ++d) {
      scores_[d].values.resize(static_cast<Index>(tables.grid().axes[d].size()),
                               kMostAnItem * static_cast<Index>(tables.ItemsOf(d).size()));
    }
  }

  void Add(std::span<const std::uint8_t> answers) {
    posterior_.Set(answers);
    for (std::size_t d = 0; d < scores_.size(); ++d) {
      SetScores(d, answers);
      AddWithin(scores_[d]);
    }
    if (scores_.size() > 1) AddBetween();
  }

  /// Only the part on and below the diagonal.
  [[nodiscard]] const MatrixXd& sum() const { return sum_; }

 private:
  void SetScores(std::size_t dimension, std::span<const std::uint8_t> answers) {
    constexpr double kNothing = 1e-10;  // shares left out; far below the error of any standard error
    const Posterior::Shares shares = posterior_.Of(dimension);
    std::size_t begin = 0;
    std::size_t end = shares.weight.size();
    while (shares.weight[begin] < kNothing) ++begin;
    while (shares.weight[end - 1] < kNothing) --end;

    Scores& scores = scores_[dimension];
    scores.first = static_cast<Index>(begin);
    scores.nodes = static_cast<Index>(end - begin);
    scores.weight = Eigen::Map<const VectorXd>(shares.weight.data() + begin, scores.nodes);
    const auto on_axis = static_cast<Index>(shares.first + begin);
    const auto theta = shares_.Positions(dimension, on_axis, scores.nodes);
    scores.parameters.clear();
    for (const std::size_t item : tables_.ItemsOf(dimension)) {
      if (answers[item] == kUnanswered) continue;
      const std::size_t k = answers[item];
      const auto lower = shares_.Of(item, k, on_axis, scores.nodes);
      const auto upper = shares_.Of(item, k + 1, on_axis, scores.nodes);
      const auto next = [&](Index parameter) {
        scores.parameters.push_back(parameter);
        return scores.values.col(scores.count() - 1).head(scores.nodes).array();
      };
      next(map_.SlopeOf(item)) = theta * (1 - lower - upper);
      if (k > 0) next(map_.ThresholdOf(item, k)) = lower;
      if (k + 1 < tables_.categories(item)) next(map_.ThresholdOf(item, k + 1)) = upper;
    }
    scores.mean = scores.Values().transpose() * scores.weight;
  }

  void AddWithin(const Scores& scores) {
    if (scores.count() == 0) return;
    centred_ = scores.Values().rowwise() - scores.mean.transpose();
    centred_.array().colwise() *= scores.weight.array().sqrt();
    block_.setZero(scores.count(), scores.count());
    block_.selfadjointView<Eigen::Lower>().rankUpdate(centred_.transpose());
    for (Index j = 0; j < scores.count(); ++j) {
      double* const column = &sum_(0, scores.parameters[static_cast<std::size_t>(j)]);
      for (Index i = j; i < scores.count(); ++i) column[scores.parameters[static_cast<std::size_t>(i)]] += block_(i, j);
    }
  }

  /// What two dimensions' scores, and the scores of the correlations, have to do with each other.
  void AddBetween() {
    const auto& pairs = map_.pairs();
    const auto count = static_cast<Index>(pairs.size());
    const auto dimensions = static_cast<Index>(scores_.size());
    std::vector<MatrixXd> together(pairs.size());  // P(θ_one, θ_other), on the two windows
    std::vector<MatrixXd> along(scores_.size());   // E[score of each correlation; θ_d], on d's window
    for (std::size_t p = 0; p < pairs.size(); ++p) {
      together[p].setZero(ScoresOf(pairs[p].one).nodes, ScoresOf(pairs[p].other).nodes);
    }
    for (std::size_t d = 0; d < scores_.size(); ++d) along[d].setZero(scores_[d].nodes, count);
    MatrixXd squares = MatrixXd::Zero(count, count);
    VectorXd mean = VectorXd::Zero(count);
    VectorXd theta(dimensions);
    VectorXd y(dimensions);
    VectorXd score(count);
    posterior_.ForEachNode([&](const std::vector<std::size_t>& at, double weight) {
      for (Index d = 0; d < dimensions; ++d) {
        const auto u = static_cast<std::size_t>(d);
        const Index q = static_cast<Index>(at[u]) - scores_[u].first;
        if (q < 0 || q >= scores_[u].nodes) return;
        theta[d] = tables_.grid().axes[u].At(posterior_.Of(u).first + at[u]);
      }
      y.noalias() = precision_ * theta;
      for (Index p = 0; p < count; ++p) {
        const auto [one, other] = pairs[static_cast<std::size_t>(p)];
        score[p] = y[one] * y[other];
        together[static_cast<std::size_t>(p)](NodeOf(at, one), NodeOf(at, other)) += weight;
      }
      for (Index d = 0; d < dimensions; ++d) {
        along[static_cast<std::size_t>(d)].row(NodeOf(at, d)) += weight * score.transpose();
      }
      squares.noalias() += weight * score * score.transpose();
      mean += weight * score;
    });

    for (std::size_t p = 0; p < pairs.size(); ++p) {
      const Scores& one = ScoresOf(pairs[p].one);
      const Scores& other = ScoresOf(pairs[p].other);
      block_.noalias() = one.Values().transpose() * (together[p] * other.Values()) - one.mean * other.mean.transpose();
      for (Index j = 0; j < other.count(); ++j) {
        for (Index i = 0; i < one.count(); ++i) {
          AddTo(one.parameters[static_cast<std::size_t>(i)], other.parameters[static_cast<std::size_t>(j)],
                block_(i, j));
        }
      }
    }
    for (std::size_t d = 0; d < scores_.size(); ++d) {
      block_.noalias() = scores_[d].Values().transpose() * along[d] - scores_[d].mean * mean.transpose();
      for (Index p = 0; p < count; ++p) {
        for (Index i = 0; i < scores_[d].count(); ++i) {
          AddTo(scores_[d].parameters[static_cast<std::size_t>(i)], map_.CorrelationOf(static_cast<std::size_t>(p)),
                block_(i, p));
        }
      }
    }
    const Index first = map_.CorrelationOf(0);
    sum_.block(first, first, count, count) += squares - mean * mean.transpose();
  }

  [[nodiscard]] const Scores& ScoresOf(Index dimension) const { return scores_[static_cast<std::size_t>(dimension)]; }
  [[nodiscard]] Index NodeOf(const std::vector<std::size_t>& at, Index dimension) const {
    return static_cast<Index>(at[static_cast<std::size_t>(dimension)]) - ScoresOf(dimension).first;
  }
  void AddTo(Index one, Index other, double value) { sum_(std::max(one, other), std::min(one, other)) += value; }

  const ParameterMap& map_;
  const Tables& tables_;
  const ShareTables& shares_;
  const MatrixXd& precision_;
  Posterior posterior_;
  std::vector<Scores> scores_;
  MatrixXd centred_;
  MatrixXd block_;
  MatrixXd sum_;
};

/// E[−∂² log p(answers, θ) | answers], summed over people.
MatrixXd CompleteInformation(const ParameterMap& map, const ItemBank& bank, const Tables& tables,
                             const Expectation& expectation, const MatrixXd& precision) {
  MatrixXd information = MatrixXd::Zero(map.size(), map.size());
  for (std::size_t i = 0; i < bank.items.size(); ++i) {
    const Curve& curve = bank.items[i].curve;
    const Axis& axis = tables.AxisOf(i);
    const std::span<const double> counts(expectation.counts.data() + tables.RowOf(i, 0),
                                         curve.categories() * axis.size());
    const auto likelihood = ExpectedLikelihood(curve, counts, axis);
    SELVEDGE_EXPECT(likelihood.has_value());
    const Index size = likelihood->gradient.size();
    information.block(map.SlopeOf(i), map.SlopeOf(i), size, size) = likelihood->curvature;
  }
  // With D = ∂R/∂ρ, E = ∂R/∂ρ′: −∂² log φ / ∂ρ ∂ρ′ = −½ tr(R⁻¹D R⁻¹E) + θᵀ R⁻¹D R⁻¹E R⁻¹ θ.
  const auto derivative = [&](const ParameterMap::Pair& pair) {
    MatrixXd D = MatrixXd::Zero(precision.rows(), precision.cols());
    D(pair.one, pair.other) = D(pair.other, pair.one) = 1;
    return D;
  };
  for (std::size_t p = 0; p < map.pairs().size(); ++p) {
    for (std::size_t r = 0; r < map.pairs().size(); ++r) {
      const MatrixXd product = precision * derivative(map.pairs()[p]) * precision * derivative(map.pairs()[r]);
      information(map.CorrelationOf(p), map.CorrelationOf(r)) =
          expectation.people * (-0.5 * product.trace() + (product * precision * expectation.second_moment).trace());
    }
  }
  return information;
}

}  // namespace

MatrixXd ObservedInformation(const ParameterMap& map, const ItemBank& bank, const Tables& tables,
                             const Answers& answers, const Expectation& expectation, core::Executor& executor) {
  constexpr std::size_t kFewestPeople = 64;
  constexpr std::size_t kMostPieces = 16;  // each holds a matrix of parameters × parameters
  const Index dimensions = bank.correlations.rows();
  const MatrixXd precision = bank.correlations.llt().solve(MatrixXd::Identity(dimensions, dimensions));
  const ShareTables shares(bank, tables);
  const Pieces pieces(answers.people(), kFewestPeople, kMostPieces);
  std::vector<MatrixXd> parts(pieces.count());
  const auto work = [&](std::size_t piece) {
    ScoreCovariance covariance(map, tables, shares, precision);
    for (std::size_t person = pieces.Begin(piece); person < pieces.End(piece); ++person) {
      const std::span<const std::uint8_t> given = answers.Of(person);
      if (!std::ranges::all_of(given, [](std::uint8_t code) { return code == kUnanswered; })) covariance.Add(given);
    }
    parts[piece] = covariance.sum();
  };
  executor.ForEach(parts.size(), work);

  MatrixXd covariance = MatrixXd::Zero(map.size(), map.size());
  for (const MatrixXd& part : parts) covariance += part;
  covariance.triangularView<Eigen::StrictlyUpper>() = covariance.transpose();
  return CompleteInformation(map, bank, tables, expectation, precision) - covariance;
}

}  // namespace selvedge::instruments
