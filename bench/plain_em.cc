#include "bench/plain_em.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "instruments/curve.h"
#include "numerics/normal.h"

namespace selvedge::bench {
namespace {

using instruments::Answers;
using instruments::Curve;
using instruments::ItemBank;
using instruments::kUnanswered;

constexpr instruments::Axis kAxis{.step = 0.3, .reach = 20};

double Share(const Curve& curve, std::size_t k, double theta) {
  if (k == 0) return 1;
  return k > curve.thresholds.size() ? 0 : 1 / (1 + std::exp(curve.thresholds[k - 1] - curve.slope * theta));
}

std::vector<double> Density() {
  std::vector<double> density;
  for (std::size_t q = 0; q < kAxis.size(); ++q) density.push_back(kAxis.step * numerics::NormalDensity(kAxis.At(q)));
  return density;
}

/// One pass: expected counts of every item, categories × nodes.
double Expect(const ItemBank& bank, const Answers& answers, std::vector<std::vector<double>>& counts) {
  const std::size_t nodes = kAxis.size();
  const std::vector<double> density = Density();
  std::vector<std::vector<double>> probability(bank.items.size());
  for (std::size_t i = 0; i < bank.items.size(); ++i) {
    const Curve& curve = bank.items[i].curve;
    counts[i].assign(curve.categories() * nodes, 0.0);
    for (std::size_t k = 0; k < curve.categories(); ++k) {
      for (std::size_t q = 0; q < nodes; ++q) {
        probability[i].push_back(Share(curve, k, kAxis.At(q)) - Share(curve, k + 1, kAxis.At(q)));
      }
    }
  }
  double loglik = 0;
  std::vector<double> weight(nodes);
  for (std::size_t person = 0; person < answers.people(); ++person) {
    const auto given = answers.Of(person);
    weight = density;
    for (std::size_t i = 0; i < given.size(); ++i) {
      if (given[i] == kUnanswered) continue;
      for (std::size_t q = 0; q < nodes; ++q) weight[q] *= probability[i][given[i] * nodes + q];
    }
    double total = 0;
    for (const double w : weight) total += w;
    loglik += std::log(total);
    for (double& w : weight) w /= total;
    for (std::size_t i = 0; i < given.size(); ++i) {
      if (given[i] == kUnanswered) continue;
      for (std::size_t q = 0; q < nodes; ++q) counts[i][given[i] * nodes + q] += weight[q];
    }
  }
  return loglik;
}

/// Newton steps of one item; returns the largest change of a parameter.
double Maximise(Curve& curve, const std::vector<double>& counts) {
  constexpr int kSteps = 5;
  const Curve before = curve;
  for (int step = 0; step < kSteps; ++step) {
    const auto now = instruments::ExpectedLikelihood(curve, counts, kAxis);
    if (!now) break;
    const Eigen::VectorXd newton = now->curvature.ldlt().solve(now->gradient);
    curve.slope += newton[0];
    for (std::size_t k = 0; k < curve.thresholds.size(); ++k) {
      curve.thresholds[k] += newton[static_cast<Eigen::Index>(k) + 1];
    }
    if (newton.cwiseAbs().maxCoeff() < 1e-6) break;
  }
  double moved = std::fabs(curve.slope - before.slope);
  for (std::size_t k = 0; k < curve.thresholds.size(); ++k) {
    moved = std::max(moved, std::fabs(curve.thresholds[k] - before.thresholds[k]));
  }
  return moved;
}

}  // namespace

PlainEm CalibratePlainly(ItemBank start, const Answers& answers) {
  constexpr int kMostPasses = 500;
  constexpr double kStill = 1e-4;
  PlainEm em{.bank = std::move(start)};
  std::vector<std::vector<double>> counts(em.bank.items.size());
  double moved = 1;
  while (moved > kStill && em.passes < kMostPasses) {
    em.loglik = Expect(em.bank, answers, counts);
    ++em.passes;
    moved = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      moved = std::max(moved, Maximise(em.bank.items[i].curve, counts[i]));
    }
  }
  return em;
}

std::vector<double> ScorePlainly(const ItemBank& bank, const Answers& answers) {
  const std::vector<double> density = Density();
  std::vector<double> scores;
  for (std::size_t person = 0; person < answers.people(); ++person) {
    const auto given = answers.Of(person);
    double total = 0;
    double sum = 0;
    for (std::size_t q = 0; q < kAxis.size(); ++q) {
      const double theta = kAxis.At(q);
      double weight = density[q];
      for (std::size_t i = 0; i < given.size(); ++i) {
        if (given[i] == kUnanswered) continue;
        const Curve& curve = bank.items[i].curve;
        weight *= Share(curve, given[i], theta) - Share(curve, given[i] + 1U, theta);
      }
      total += weight;
      sum += weight * theta;
    }
    scores.push_back(sum / total);
  }
  return scores;
}

}  // namespace selvedge::bench
