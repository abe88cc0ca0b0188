#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "instruments/grid.h"
#include "instruments/item_bank.h"

namespace selvedge::instruments {

/// A bank laid out for speed: log P of every answer at every position of the grid. Changed by nobody once it is built;
/// many workspaces may read it at the same time.
class Tables {
 public:
  Tables(const ItemBank& bank, Grid grid);

  /// The same questionnaire with other numbers, on the same lattice.
  void Set(const ItemBank& bank);

  [[nodiscard]] const Grid& grid() const { return grid_; }
  [[nodiscard]] const Axis& AxisOf(std::size_t item) const { return grid_.axes[dimension_[item]]; }
  [[nodiscard]] std::size_t dimensions() const { return grid_.axes.size(); }
  [[nodiscard]] const std::vector<std::size_t>& ItemsOf(std::size_t dimension) const { return items_of_[dimension]; }
  [[nodiscard]] std::size_t categories(std::size_t item) const { return categories_[item]; }

  /// Where the row of an answer (one number a node of its axis) begins; rows of one item follow one another.
  [[nodiscard]] std::size_t RowOf(std::size_t item, std::size_t category) const {
    return offset_[item] + category * AxisOf(item).size();
  }
  [[nodiscard]] std::size_t size() const { return log_probability_.size(); }
  [[nodiscard]] const double* LogProbability(std::size_t item, std::size_t category) const {
    return log_probability_.data() + RowOf(item, category);
  }

 private:
  Grid grid_;
  std::vector<std::size_t> dimension_;              // of each item
  std::vector<std::size_t> categories_;             // of each item
  std::vector<std::size_t> offset_;                 // of each item's first row
  std::vector<std::vector<std::size_t>> items_of_;  // of each dimension
  std::vector<double> log_probability_;
};

/// What one person's answers say about where they are: p(θ | answers) on the grid. A workspace: made once, then set to
/// one person after the other without allocating.
class Posterior {
 public:
  explicit Posterior(const Tables& tables);

  /// Takes the answers in; any may be missing.
  void Set(std::span<const std::uint8_t> answers);

  /// log p(answers); 0 for a person without any.
  [[nodiscard]] double loglik() const { return loglik_; }

  /// E[θ | answers], the EAP score.
  [[nodiscard]] const Eigen::VectorXd& mean() const { return mean_; }

  /// E[θ θᵀ | answers].
  [[nodiscard]] const Eigen::MatrixXd& second_moment() const { return second_moment_; }

  [[nodiscard]] Eigen::MatrixXd Covariance() const { return second_moment_ - mean_ * mean_.transpose(); }

  /// The part of an axis on which the posterior is not nothing, and its shares there, which add up to 1.
  struct Shares {
    std::size_t first = 0;
    std::span<const double> weight;
  };
  [[nodiscard]] Shares Of(std::size_t dimension) const;

  /// Calls visit(at, weight) for every position of the lattice within those parts; `at` counts from the part's first
  /// position on each axis. Weights add up to 1.
  template <typename Visit>
  void ForEachNode(Visit&& visit) const;

 private:
  struct Window {
    std::size_t first = 0;
    std::size_t count = 0;
  };

  double SetLikelihood(std::size_t dimension, std::span<const std::uint8_t> answers);
  void Integrate();
  [[nodiscard]] bool NextOuter(std::vector<std::size_t>& at) const;
  [[nodiscard]] std::size_t RowAt(const std::vector<std::size_t>& at) const;

  const Tables& tables_;
  std::vector<std::size_t> strides_;
  std::vector<Window> windows_;
  std::vector<Eigen::ArrayXd> likelihood_;  // per dimension and node; largest 1; meaningful within the window
  std::vector<Eigen::ArrayXd> shares_;
  Eigen::ArrayXd inner_;
  std::vector<const double*> rows_;
  std::vector<std::size_t> at_;
  Eigen::VectorXd theta_;
  double total_ = 1;
  double loglik_ = 0;
  Eigen::VectorXd mean_;
  Eigen::MatrixXd second_moment_;
};

template <typename Visit>
void Posterior::ForEachNode(Visit&& visit) const {
  const std::size_t last = windows_.size() - 1;
  std::vector<std::size_t> at(windows_.size(), 0);
  do {
    double outer = 1 / total_;
    for (std::size_t d = 0; d < last; ++d) {
      outer *= likelihood_[d][static_cast<Eigen::Index>(windows_[d].first + at[d])];
    }
    const double* const prior = tables_.grid().prior.data() + RowAt(at);
    for (at[last] = 0; at[last] < windows_[last].count; ++at[last]) {
      const std::size_t q = windows_[last].first + at[last];
      visit(std::as_const(at), outer * prior[at[last]] * likelihood_[last][static_cast<Eigen::Index>(q)]);
    }
  } while (NextOuter(at));
}

}  // namespace selvedge::instruments
