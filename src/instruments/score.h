#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/executor.h"
#include "instruments/item_bank.h"

namespace selvedge::instruments {

/// Where one person stands on each dimension, as far as their answers tell.
struct Score {
  Eigen::VectorXd mean;        ///< EAP: E[θ | answers]
  Eigen::MatrixXd covariance;  ///< of θ given the answers
  std::size_t answered = 0;    ///< items

  [[nodiscard]] double Sd(std::size_t dimension) const;
};

/// EAP scores of everybody, in order. Without an answer a person has the prior: mean 0, covariance R.
[[nodiscard]] std::vector<Score> ScoreAll(const ItemBank& bank, const Answers& answers, core::Executor& executor);

/// The most probable position (MAP), and the inverse curvature of the log posterior there. The log posterior is
/// strictly concave, so there is exactly one.
struct Mode {
  Eigen::VectorXd at;
  Eigen::MatrixXd covariance;
};
[[nodiscard]] Mode FindMode(const ItemBank& bank, std::span<const std::uint8_t> answers);

/// What all items about a dimension tell together about somebody at θ; 1 / √(1 + this) is about the posterior SD.
[[nodiscard]] double TestInformation(const ItemBank& bank, std::size_t dimension, double theta);

/// ∫ I(θ) / (I(θ) + 1) φ(θ) dθ: the share of variance among people that scores of one dimension's items catch.
///
/// Source: Green, Bock, Humphreys, Linn & Reckase (1984), Technical guidelines for assessing computerized adaptive
/// tests, J. Educational Measurement 21(4), 347–360, doi:10.1111/j.1745-3984.1984.tb01039.x, in the form that weighs
/// reliabilities instead of error variances.
[[nodiscard]] double MarginalReliability(const ItemBank& bank, std::size_t dimension);

/// Variance of the EAP scores / (that + mean posterior variance); people without any answer left out. Nothing for fewer
/// than two people.
[[nodiscard]] std::optional<double> EmpiricalReliability(const std::vector<Score>& scores, std::size_t dimension);

}  // namespace selvedge::instruments
