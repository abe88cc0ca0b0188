#include "instruments/parameters.h"

#include <Eigen/Cholesky>
#include <span>

#include "core/contract.h"
#include "instruments/curve.h"

namespace selvedge::instruments {

ParameterMap::ParameterMap(const ItemBank& bank) {
  for (const Item& item : bank.items) {
    slope_of_.push_back(size_);
    size_ += static_cast<Eigen::Index>(item.curve.categories());
  }
  for (Eigen::Index other = 1; other < bank.correlations.rows(); ++other) {
    for (Eigen::Index one = 0; one < other; ++one) pairs_.push_back({.one = one, .other = other});
  }
  size_ += static_cast<Eigen::Index>(pairs_.size());
}

Eigen::VectorXd ParameterMap::Values(const ItemBank& bank) const {
  Eigen::VectorXd values(size_);
  for (std::size_t i = 0; i < slope_of_.size(); ++i) {
    const Curve& curve = bank.items[i].curve;
    values[SlopeOf(i)] = curve.slope;
    for (std::size_t k = 1; k <= curve.thresholds.size(); ++k) values[ThresholdOf(i, k)] = curve.thresholds[k - 1];
  }
  for (std::size_t p = 0; p < pairs_.size(); ++p) {
    values[CorrelationOf(p)] = bank.correlations(pairs_[p].one, pairs_[p].other);
  }
  return values;
}

void ParameterMap::SetValues(const Eigen::VectorXd& values, ItemBank& bank) const {
  for (std::size_t i = 0; i < slope_of_.size(); ++i) {
    Curve& curve = bank.items[i].curve;
    curve.slope = values[SlopeOf(i)];
    for (std::size_t k = 1; k <= curve.thresholds.size(); ++k) curve.thresholds[k - 1] = values[ThresholdOf(i, k)];
  }
  for (std::size_t p = 0; p < pairs_.size(); ++p) {
    bank.correlations(pairs_[p].one, pairs_[p].other) = values[CorrelationOf(p)];
    bank.correlations(pairs_[p].other, pairs_[p].one) = values[CorrelationOf(p)];
  }
}

Eigen::VectorXd ParameterMap::Gradient(const ItemBank& bank, const Tables& tables,
                                       const Expectation& expectation) const {
  Eigen::VectorXd gradient(size_);
  for (std::size_t i = 0; i < slope_of_.size(); ++i) {
    const Curve& curve = bank.items[i].curve;
    const Axis& axis = tables.AxisOf(i);
    const std::span<const double> counts(expectation.counts.data() + tables.RowOf(i, 0),
                                         curve.categories() * axis.size());
    const auto likelihood = ExpectedLikelihood(curve, counts, axis);
    SELVEDGE_EXPECT(likelihood.has_value());
    gradient.segment(SlopeOf(i), likelihood->gradient.size()) = likelihood->gradient;
  }
  // log φ(θ; R) = −½ log|R| − ½ θᵀ R⁻¹ θ: its slope in ρ_ab is (R⁻¹ θ θᵀ R⁻¹ − R⁻¹)_ab.
  const Eigen::Index dimensions = bank.correlations.rows();
  const Eigen::MatrixXd precision = bank.correlations.llt().solve(Eigen::MatrixXd::Identity(dimensions, dimensions));
  const Eigen::MatrixXd slopes = precision * expectation.second_moment * precision - precision;
  for (std::size_t p = 0; p < pairs_.size(); ++p) {
    gradient[CorrelationOf(p)] = expectation.people * slopes(pairs_[p].one, pairs_[p].other);
  }
  return gradient;
}

}  // namespace selvedge::instruments
