#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <vector>

#include "instruments/expectation.h"
#include "instruments/item_bank.h"
#include "instruments/posterior.h"

namespace selvedge::instruments {

/// The free numbers of a bank in one row: for each item a, t_1 … t_m; then the correlations ρ_12, ρ_13, ρ_23, ρ_14 …
class ParameterMap {
 public:
  explicit ParameterMap(const ItemBank& bank);

  [[nodiscard]] Eigen::Index size() const { return size_; }
  [[nodiscard]] Eigen::Index SlopeOf(std::size_t item) const { return slope_of_[item]; }
  /// Of t_k, k from 1.
  [[nodiscard]] Eigen::Index ThresholdOf(std::size_t item, std::size_t k) const {
    return slope_of_[item] + static_cast<Eigen::Index>(k);
  }
  struct Pair {
    Eigen::Index one = 0;
    Eigen::Index other = 0;  ///< larger than `one`
  };
  [[nodiscard]] const std::vector<Pair>& pairs() const { return pairs_; }
  [[nodiscard]] Eigen::Index CorrelationOf(std::size_t pair) const {
    return size_ - static_cast<Eigen::Index>(pairs_.size() - pair);
  }

  [[nodiscard]] Eigen::VectorXd Values(const ItemBank& bank) const;
  void SetValues(const Eigen::VectorXd& values, ItemBank& bank) const;

  /// Slope of the marginal log-likelihood at the parameters the expectation was taken at: by Fisher's identity that of
  /// the expected complete-data log-likelihood.
  [[nodiscard]] Eigen::VectorXd Gradient(const ItemBank& bank, const Tables& tables,
                                         const Expectation& expectation) const;

 private:
  std::vector<Eigen::Index> slope_of_;
  std::vector<Pair> pairs_;
  Eigen::Index size_ = 0;
};

/// −∂² log p(answers) / ∂ξ ∂ξᵀ, the observed information of all people together, by Louis' identity
///
///     I = Σ_people  E[−∂² log p(answers, θ)] − Cov(∂ log p(answers, θ)),
///
/// both given the answers. Exact on the lattice: no differences are taken. Costs about as much as ten passes.
///
/// Source: Louis (1982), J. Royal Statistical Society B 44(2), 226–233, doi:10.1111/j.2517-6161.1982.tb01203.x.
[[nodiscard]] Eigen::MatrixXd ObservedInformation(const ParameterMap& map, const ItemBank& bank, const Tables& tables,
                                                  const Answers& answers, const Expectation& expectation,
                                                  core::Executor& executor);

}  // namespace selvedge::instruments
