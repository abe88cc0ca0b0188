#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace selvedge::instruments {

/// Curves of the graded response model (Samejima 1969) in the logistic metric: an item with categories 0 … m has
///
///     P(X ≥ k | θ) = σ(z_k),   z_k = a θ − t_k,   k = 1 … m,   t_1 < … < t_m.
///
/// Kept as slope a and thresholds t, not as the difficulties b_k = t_k / a that people read: log P is concave in
/// (a, t) together and in θ, an item that says nothing (a = 0) or runs against the others (a < 0) is a point like any
/// other, and the errors of a and t hang together far less.
///
/// Source: Samejima (1969), Estimation of latent ability using a response pattern of graded scores, Psychometrika
/// Monograph 17, doi:10.1007/BF03372160.
struct Curve {
  double slope = 1;                ///< a, per standard deviation of the dimension
  std::vector<double> thresholds;  ///< t_1 < … < t_m

  [[nodiscard]] std::size_t categories() const { return thresholds.size() + 1; }
  /// Where half of the people choose category k or more: b_k, k = 1 … m.
  [[nodiscard]] double Difficulty(std::size_t k) const { return thresholds[k - 1] / slope; }
};

/// One question of a questionnaire.
struct Item {
  std::string name;
  std::size_t dimension = 0;    ///< the one it is about, an index into ItemBank::dimensions
  std::vector<double> answers;  ///< as people write them, from least to most of the dimension
  Curve curve;
  /// The dimensions' shares in what the item is about where it may be about all of them: its curve is then one of
  /// x = mixture · θ instead of θ. Scaled so that x has variance 1 among people, so slope and difficulties do not
  /// depend on how the dimensions are turned. Empty for an item about `dimension` alone.
  Eigen::VectorXd mixture = {};
};

/// A questionnaire with everything needed to score it. People's positions are θ ~ N(0, R) with unit variances; either
/// every item is about one dimension, or any may be about all of them.
struct ItemBank {
  std::vector<std::string> dimensions;
  std::vector<Item> items;
  Eigen::MatrixXd correlations;  ///< R

  [[nodiscard]] bool IsMixed() const {
    return std::ranges::any_of(items, [](const Item& item) { return item.mixture.size() > 0; });
  }
  /// ∂(a x)/∂θ of each item: items × dimensions.
  [[nodiscard]] Eigen::MatrixXd Slopes() const;
  /// Makes these the slopes of a mixed bank.
  void SetSlopes(const Eigen::MatrixXd& slopes);
};

inline constexpr std::size_t kMostDimensions = 4;
inline constexpr std::size_t kMostMixed = 3;  ///< dimensions of a mixed bank
inline constexpr std::size_t kMostCategories = 20;
inline constexpr std::uint8_t kUnanswered = 255;

/// People's answers: for each person and item the number of the category, or kUnanswered.
struct Answers {
  std::size_t items = 0;
  std::vector<std::uint8_t> codes;  ///< people × items, one person after the other

  [[nodiscard]] std::size_t people() const { return items == 0 ? 0 : codes.size() / items; }
  [[nodiscard]] std::span<const std::uint8_t> Of(std::size_t person) const {
    return {codes.data() + person * items, items};
  }
};

}  // namespace selvedge::instruments
