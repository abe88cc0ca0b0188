#include "instruments/starting_values.h"

#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <vector>

#include "instruments/calibrate.h"

namespace selvedge::instruments {
namespace {

constexpr double kLogisticSd = 1.8137993642342178;  // π / √3: a logistic curve in units of a normal one

/// Correlation of each item with the first principal component, by power iteration.
Eigen::VectorXd FirstComponent(const Eigen::MatrixXd& correlations) {
  constexpr int kIterations = 30;  // a start need not be exact
  const Eigen::Index items = correlations.rows();
  // Rows of all ones could be orthogonal to the component when half of the items run the other way; this is not.
  Eigen::VectorXd direction = correlations.col(0) + Eigen::VectorXd::Constant(items, 1e-3);
  double variance = 1;
  for (int i = 0; i < kIterations; ++i) {
    direction.normalize();
    const Eigen::VectorXd next = correlations * direction;
    variance = next.norm();
    if (!(variance > 0)) return Eigen::VectorXd::Zero(items);
    direction = next;
  }
  direction.normalize();
  if (direction.sum() < 0) direction = -direction;
  return std::sqrt(variance) * direction;
}

std::vector<double> SharesAtLeast(const Answers& answers, std::size_t item, std::size_t categories) {
  std::vector<double> counts(categories, 0.0);
  double people = 0;
  for (std::size_t person = 0; person < answers.people(); ++person) {
    const std::uint8_t code = answers.Of(person)[item];
    if (code == kUnanswered) continue;
    counts[code] += 1;
    people += 1;
  }
  std::vector<double> shares;
  double at_least = people;
  for (std::size_t k = 1; k < categories; ++k) {
    at_least -= counts[k - 1];
    shares.push_back(at_least / people);
  }
  return shares;
}

constexpr double kLargestLoading = 0.9;

/// The slope that makes an answer correlate so far with what the item is about.
double SlopeFor(double loading) { return kLogisticSd * loading / std::sqrt(1 - loading * loading); }

/// Thresholds from the shares of the answers, given the slope.
void SetThresholds(Item& item, const Answers& answers, std::size_t index) {
  const double spread = std::sqrt(1 + std::pow(item.curve.slope / kLogisticSd, 2));
  item.curve.thresholds.clear();
  for (const double share : SharesAtLeast(answers, index, item.answers.size())) {
    item.curve.thresholds.push_back(spread * std::log((1 - share) / share));
  }
}

/// Slopes of items that may be about all dimensions: as many principal components as there are dimensions.
Eigen::MatrixXd ComponentSlopes(const Eigen::MatrixXd& correlations, Eigen::Index dimensions) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> components(correlations);
  Eigen::MatrixXd slopes(correlations.rows(), dimensions);
  for (Eigen::Index d = 0; d < dimensions; ++d) {
    const Eigen::Index from = correlations.rows() - 1 - d;  // variances rise
    slopes.col(d) = std::sqrt(std::max(0.0, components.eigenvalues()[from])) * components.eigenvectors().col(from);
  }
  for (Eigen::Index i = 0; i < slopes.rows(); ++i) {
    const double loading = slopes.row(i).norm();
    if (loading > 0) slopes.row(i) *= SlopeFor(std::min(loading, kLargestLoading)) / loading;
  }
  return slopes;
}

}  // namespace

Eigen::MatrixXd AnswerCorrelations(const Answers& answers) {
  const auto items = static_cast<Eigen::Index>(answers.items);
  Eigen::ArrayXd sum = Eigen::ArrayXd::Zero(items);
  Eigen::ArrayXd count = Eigen::ArrayXd::Zero(items);
  for (std::size_t person = 0; person < answers.people(); ++person) {
    const auto given = answers.Of(person);
    for (Eigen::Index i = 0; i < items; ++i) {
      const std::uint8_t code = given[static_cast<std::size_t>(i)];
      if (code == kUnanswered) continue;
      sum[i] += code;
      count[i] += 1;
    }
  }
  const Eigen::ArrayXd mean = sum / count.max(1);

  // Sums over the people who answered both, some people at a time; values are taken from each item's mean, so that
  // nothing cancels.
  constexpr Eigen::Index kPeopleAtATime = 256;
  Eigen::MatrixXd values(kPeopleAtATime, items);
  Eigen::MatrixXd known(kPeopleAtATime, items);
  Eigen::MatrixXd products = Eigen::MatrixXd::Zero(items, items);
  Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(items, items);  // of the row's item, where the column's was answered
  Eigen::MatrixXd squares = Eigen::MatrixXd::Zero(items, items);
  Eigen::MatrixXd both = Eigen::MatrixXd::Zero(items, items);
  const auto people = static_cast<Eigen::Index>(answers.people());
  for (Eigen::Index begin = 0; begin < people; begin += kPeopleAtATime) {
    const Eigen::Index rows = std::min(kPeopleAtATime, people - begin);
    for (Eigen::Index row = 0; row < rows; ++row) {
      const auto given = answers.Of(static_cast<std::size_t>(begin + row));
      for (Eigen::Index i = 0; i < items; ++i) {
        const std::uint8_t code = given[static_cast<std::size_t>(i)];
        known(row, i) = code == kUnanswered ? 0 : 1;
        values(row, i) = code == kUnanswered ? 0 : code - mean[i];
      }
    }
    const auto x = values.topRows(rows);
    const auto k = known.topRows(rows);
    products.noalias() += x.transpose() * x;
    sums.noalias() += x.transpose() * k;
    squares.noalias() += x.cwiseAbs2().transpose() * k;
    both.noalias() += k.transpose() * k;
  }
  Eigen::MatrixXd correlations = Eigen::MatrixXd::Identity(items, items);
  for (Eigen::Index i = 0; i < items; ++i) {
    for (Eigen::Index j = 0; j < i; ++j) {
      const double n = std::max(both(i, j), 1.0);
      const double variance_i = squares(i, j) - sums(i, j) * sums(i, j) / n;
      const double variance_j = squares(j, i) - sums(j, i) * sums(j, i) / n;
      const double scale = std::sqrt(std::max(0.0, variance_i) * std::max(0.0, variance_j));
      const double covariance = products(i, j) - sums(i, j) * sums(j, i) / n;
      correlations(i, j) = correlations(j, i) = scale > 0 ? covariance / scale : 0;
    }
  }
  return correlations;
}

ItemBank StartingValues(ItemBank skeleton, const Answers& answers) {
  ItemBank bank = std::move(skeleton);
  const auto dimensions = static_cast<Eigen::Index>(bank.dimensions.size());
  bank.correlations = Eigen::MatrixXd::Identity(dimensions, dimensions);
  const Eigen::MatrixXd correlations = AnswerCorrelations(answers);
  if (bank.IsMixed()) {
    bank.SetSlopes(ComponentSlopes(correlations, dimensions));
    for (std::size_t i = 0; i < bank.items.size(); ++i) SetThresholds(bank.items[i], answers, i);
    return bank;
  }
  for (std::size_t d = 0; d < bank.dimensions.size(); ++d) {
    std::vector<Eigen::Index> members;
    for (std::size_t i = 0; i < bank.items.size(); ++i) {
      if (bank.items[i].dimension == d) members.push_back(static_cast<Eigen::Index>(i));
    }
    if (members.empty()) continue;
    const Eigen::VectorXd loadings = FirstComponent(correlations(members, members));
    for (std::size_t m = 0; m < members.size(); ++m) {
      const auto index = static_cast<std::size_t>(members[m]);
      Item& item = bank.items[index];
      item.curve.slope =
          SlopeFor(std::clamp(loadings[static_cast<Eigen::Index>(m)], -kLargestLoading, kLargestLoading));
      SetThresholds(item, answers, index);
    }
  }
  return bank;
}

}  // namespace selvedge::instruments
