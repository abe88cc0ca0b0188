#pragma once

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <Eigen/LU>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <span>
#include <string>
#include <vector>

#include "core/random.h"
#include "instruments/item_bank.h"
#include "numerics/normal.h"

/// The graded response model as a textbook writes it: probabilities as differences of logistic curves, integrals as
/// sums over a fine lattice, nothing shared with the engine but the types.
namespace selvedge::oracle {

using instruments::Answers;
using instruments::Curve;
using instruments::Item;
using instruments::ItemBank;
using instruments::kUnanswered;

inline double PlainProbability(const Curve& curve, std::size_t category, double theta) {
  const auto at_least = [&](std::size_t k) -> long double {
    if (k == 0) return 1;
    if (k > curve.thresholds.size()) return 0;
    return 1 / (1 + std::exp(-(static_cast<long double>(curve.slope) * theta - curve.thresholds[k - 1])));
  };
  return static_cast<double>(at_least(category) - at_least(category + 1));
}

struct PlainPosterior {
  double loglik = 0;
  Eigen::VectorXd mean;
  Eigen::MatrixXd covariance;
};

/// Sums over every point of a lattice of the given step within ±reach on each dimension.
inline PlainPosterior IntegratePlainly(const ItemBank& bank, std::span<const std::uint8_t> answers, double step,
                                       double reach) {
  const Eigen::Index dimensions = bank.correlations.rows();
  const auto half = static_cast<int>(std::lround(reach / step));
  // The likelihood along each dimension first: items are about one dimension each.
  std::vector<std::vector<double>> likelihood(static_cast<std::size_t>(dimensions));
  for (std::size_t d = 0; d < likelihood.size(); ++d) {
    for (int q = -half; q <= half; ++q) {
      double product = 1;
      for (std::size_t i = 0; i < bank.items.size(); ++i) {
        if (bank.items[i].dimension != d || answers[i] == kUnanswered) continue;
        product *= PlainProbability(bank.items[i].curve, answers[i], step * q);
      }
      likelihood[d].push_back(product);
    }
  }
  const Eigen::MatrixXd precision = bank.correlations.inverse();
  const double density = std::pow(2 * std::numbers::pi, -0.5 * static_cast<double>(dimensions)) /
                         std::sqrt(bank.correlations.determinant()) * std::pow(step, static_cast<double>(dimensions));
  double total = 0;
  Eigen::VectorXd first = Eigen::VectorXd::Zero(dimensions);
  Eigen::MatrixXd second = Eigen::MatrixXd::Zero(dimensions, dimensions);
  std::vector<int> at(static_cast<std::size_t>(dimensions), -half);
  for (;;) {
    Eigen::VectorXd theta(dimensions);
    double weight = density;
    for (std::size_t d = 0; d < at.size(); ++d) {
      theta[static_cast<Eigen::Index>(d)] = step * at[d];
      const int node = at[d] + half;
      weight *= likelihood[d][static_cast<std::size_t>(node)];
    }
    weight *= std::exp(-0.5 * theta.dot(precision * theta));
    total += weight;
    first += weight * theta;
    second += weight * theta * theta.transpose();
    std::size_t d = 0;
    while (d < at.size() && ++at[d] > half) at[d++] = -half;
    if (d == at.size()) break;
  }
  first /= total;
  return {.loglik = std::log(total), .mean = first, .covariance = second / total - first * first.transpose()};
}

/// The same where items may be about all dimensions at once.
inline PlainPosterior IntegrateMixedPlainly(const ItemBank& bank, std::span<const std::uint8_t> answers, double step,
                                            double reach) {
  const Eigen::Index dimensions = bank.correlations.rows();
  const Eigen::MatrixXd precision = bank.correlations.inverse();
  const double density = std::pow(2 * std::numbers::pi, -0.5 * static_cast<double>(dimensions)) /
                         std::sqrt(bank.correlations.determinant()) * std::pow(step, static_cast<double>(dimensions));
  const auto half = static_cast<int>(std::lround(reach / step));
  PlainPosterior sums{.loglik = 0,
                      .mean = Eigen::VectorXd::Zero(dimensions),
                      .covariance = Eigen::MatrixXd::Zero(dimensions, dimensions)};
  double total = 0;
  Eigen::VectorXd theta(dimensions);
  const auto sum = [&](auto&& self, Eigen::Index d) -> void {
    if (d < dimensions) {
      for (int q = -half; q <= half; ++q) {
        theta[d] = step * q;
        self(self, d + 1);
      }
      return;
    }
    double weight = density * std::exp(-0.5 * theta.dot(precision * theta));
    for (std::size_t i = 0; i < bank.items.size(); ++i) {
      const Item& item = bank.items[i];
      if (answers[i] != kUnanswered) weight *= PlainProbability(item.curve, answers[i], item.mixture.dot(theta));
    }
    total += weight;
    sums.mean += weight * theta;
    sums.covariance += weight * theta * theta.transpose();
  };
  sum(sum, 0);
  sums.loglik = std::log(total);
  sums.mean /= total;
  sums.covariance = (sums.covariance / total - sums.mean * sums.mean.transpose()).eval();
  return sums;
}

/// Makes every item of a bank about all dimensions: mostly about its own, by draws of up to ± `across` about the
/// others.
inline ItemBank Mixed(ItemBank bank, double across, core::RandomStream& stream) {
  Eigen::MatrixXd slopes = bank.Slopes();
  for (std::size_t i = 0; i < bank.items.size(); ++i) {
    for (std::size_t d = 0; d < bank.dimensions.size(); ++d) {
      if (d == bank.items[i].dimension) continue;
      slopes(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(d)) = across * (2 * stream.Uniform() - 1);
    }
  }
  bank.SetSlopes(slopes);
  return bank;
}

/// Items with slopes of 0.7 to 2.7 and five answers, shared out among the dimensions in turn; neighbouring dimensions
/// correlate by `correlation`.
inline ItemBank RandomBank(std::size_t items, std::size_t dimensions, double correlation, core::RandomStream& stream) {
  ItemBank bank;
  for (std::size_t d = 0; d < dimensions; ++d) bank.dimensions.push_back("d" + std::to_string(d + 1));
  const auto size = static_cast<Eigen::Index>(dimensions);
  bank.correlations = Eigen::MatrixXd::Identity(size, size);
  for (Eigen::Index a = 0; a < size; ++a) {
    for (Eigen::Index b = 0; b < size; ++b) {
      bank.correlations(a, b) = std::pow(correlation, static_cast<double>(std::abs(a - b)));
    }
  }
  for (std::size_t i = 0; i < items; ++i) {
    Item item{
        .name = "q" + std::to_string(i + 1), .dimension = i % dimensions, .answers = {1, 2, 3, 4, 5}, .curve = {}};
    item.curve.slope = 0.7 + 2 * stream.Uniform();
    double difficulty = -2.2 + 1.2 * stream.Uniform();
    for (int k = 0; k < 4; ++k) {
      item.curve.thresholds.push_back(item.curve.slope * difficulty);
      difficulty += 0.5 + 0.8 * stream.Uniform();
    }
    bank.items.push_back(item);
  }
  return bank;
}

/// People drawn from the model, each answer missing with the given chance.
inline Answers DrawAnswers(const ItemBank& bank, std::size_t people, double missing, core::RandomStream& stream) {
  Answers answers{.items = bank.items.size(), .codes = {}};
  const Eigen::MatrixXd root = bank.correlations.llt().matrixL();
  for (std::size_t person = 0; person < people; ++person) {
    Eigen::VectorXd theta(root.rows());
    for (double& value : theta) value = numerics::DrawNormal(stream);
    theta = root * theta;
    for (const Item& item : bank.items) {
      double left = stream.Uniform();
      std::uint8_t category = 0;
      while (category + 1U < item.curve.categories()) {
        const double x =
            item.mixture.size() > 0 ? item.mixture.dot(theta) : theta[static_cast<Eigen::Index>(item.dimension)];
        left -= PlainProbability(item.curve, category, x);
        if (left < 0) break;
        ++category;
      }
      answers.codes.push_back(stream.Uniform() < missing ? kUnanswered : category);
    }
  }
  return answers;
}

}  // namespace selvedge::oracle
