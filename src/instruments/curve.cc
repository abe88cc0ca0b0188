#include "instruments/curve.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "numerics/exp_minus_one.h"

namespace selvedge::instruments {
namespace {

/// σ(z), to full accuracy at both ends.
double Logistic(double z) {
  const double e = numerics::Exp(-std::fabs(z));
  return (z >= 0 ? 1 : e) / (1 + e);
}

/// log σ(z).
double LogLogistic(double z) { return std::fmin(z, 0) - std::log1p(numerics::Exp(-std::fabs(z))); }

double Z(const Curve& curve, std::size_t k, double theta) { return curve.slope * theta - curve.thresholds[k - 1]; }

/// t_{k+1} − t_k: how wide category k is. Only for categories between the first and the last.
double Width(const Curve& curve, std::size_t category) {
  return curve.thresholds[category] - curve.thresholds[category - 1];
}

bool IsBetween(const Curve& curve, std::size_t category) { return category > 0 && category < curve.thresholds.size(); }

}  // namespace

double ShareAtLeast(const Curve& curve, std::size_t k, double theta) {
  if (k == 0) return 1;
  return k > curve.thresholds.size() ? 0 : Logistic(Z(curve, k, theta));
}

double LogProbability(const Curve& curve, std::size_t category, double theta) {
  double sum = 0;
  if (category > 0) sum += LogLogistic(Z(curve, category, theta));
  if (category < curve.thresholds.size()) sum += LogLogistic(-Z(curve, category + 1, theta));
  return sum + LogWidth(curve, category);
}

double LogWidth(const Curve& curve, std::size_t category) {
  return IsBetween(curve, category) ? std::log(-numerics::ExpMinusOne(-Width(curve, category))) : 0;
}

double SlopeOfLogWidth(const Curve& curve, std::size_t category) {
  return IsBetween(curve, category) ? 1 / numerics::ExpMinusOne(std::min(Width(curve, category), 700.0)) : 0;
}

ThetaSlopes SlopesOfLogProbability(const Curve& curve, std::size_t category, double theta) {
  const double lower = ShareAtLeast(curve, category, theta);
  const double upper = ShareAtLeast(curve, category + 1, theta);
  const double a = curve.slope;
  return {.first = a * (1 - lower - upper), .second = -a * a * (lower * (1 - lower) + upper * (1 - upper))};
}

double Information(const Curve& curve, double theta) {
  double sum = 0;
  double lower = 1;
  for (std::size_t category = 0; category < curve.categories(); ++category) {
    const double upper = ShareAtLeast(curve, category + 1, theta);
    const double slope = 1 - lower - upper;
    sum += (lower - upper) * slope * slope;
    lower = upper;
  }
  return curve.slope * curve.slope * sum;
}

std::optional<ItemLikelihood> ExpectedLikelihood(const Curve& curve, std::span<const double> counts, const Axis& axis) {
  const std::size_t m = curve.thresholds.size();
  const std::size_t nodes = axis.size();
  for (std::size_t k = 1; k < m; ++k) {
    if (!(Width(curve, k) > 0)) return std::nullopt;
  }
  const auto index = [](std::size_t k) { return static_cast<Eigen::Index>(k); };  // of t_k; a has 0
  ItemLikelihood sums{.gradient = Eigen::VectorXd::Zero(index(m + 1)),
                      .curvature = Eigen::MatrixXd::Zero(index(m + 1), index(m + 1))};

  // Threshold k has category k − 1 below it and k above: both answers bear on it through σ(z_k).
  for (std::size_t k = 1; k <= m; ++k) {
    const double* const below = counts.data() + (k - 1) * nodes;
    const double* const above = counts.data() + k * nodes;
    double value = 0;
    double gradient_a = 0;
    double gradient_t = 0;
    double curvature_aa = 0;
    double curvature_at = 0;
    double curvature_tt = 0;
    for (std::size_t q = 0; q < nodes; ++q) {
      const double r = below[q] + above[q];
      if (r == 0) continue;
      const double theta = axis.At(q);
      const double z = Z(curve, k, theta);
      const double e = numerics::Exp(-std::fabs(z));
      const double share = (z >= 0 ? 1 : e) / (1 + e);
      value += above[q] * std::fmin(z, 0) - below[q] * std::fmax(z, 0) - r * std::log1p(e);
      const double residual = above[q] - r * share;  // d/dz
      const double weight = r * share * (1 - share);
      gradient_a += theta * residual;
      gradient_t -= residual;
      curvature_aa += theta * theta * weight;
      curvature_at -= theta * weight;
      curvature_tt += weight;
    }
    sums.value += value;
    sums.gradient[0] += gradient_a;
    sums.gradient[index(k)] += gradient_t;
    sums.curvature(0, 0) += curvature_aa;
    sums.curvature(0, index(k)) += curvature_at;
    sums.curvature(index(k), 0) += curvature_at;
    sums.curvature(index(k), index(k)) += curvature_tt;
  }
  for (std::size_t k = 1; k < m; ++k) {
    double r = 0;
    for (std::size_t q = 0; q < nodes; ++q) r += counts[k * nodes + q];
    const double G = SlopeOfLogWidth(curve, k);
    const double H = r * G * (1 + G);
    sums.value += r * LogWidth(curve, k);
    sums.gradient[index(k)] -= r * G;
    sums.gradient[index(k + 1)] += r * G;
    sums.curvature(index(k), index(k)) += H;
    sums.curvature(index(k + 1), index(k + 1)) += H;
    sums.curvature(index(k), index(k + 1)) -= H;
    sums.curvature(index(k + 1), index(k)) -= H;
  }
  return sums;
}

}  // namespace selvedge::instruments
