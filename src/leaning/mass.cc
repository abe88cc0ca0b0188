#include "leaning/mass.h"

#include <Eigen/Cholesky>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <optional>

#include "core/contract.h"

namespace selvedge::leaning {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// A line as { h·n + t·along }, n of length one and pointing inside: n·x ≥ −h.
struct Line {
  Eigen::Vector2d inside;
  double h = 0;

  [[nodiscard]] Eigen::Vector2d Along() const { return {-inside.y(), inside.x()}; }
  [[nodiscard]] Eigen::Vector2d Foot() const { return -h * inside; }
};

struct Stretch {
  double from = -kInfinity;
  double to = kInfinity;
};

/// Directions that differ by less than this are parallel: beyond it the crossing lies outside of any normal's mass.
constexpr double kParallel = 1e-14;

/// The part of line i that is an edge of the region.
std::optional<Stretch> EdgeOf(const std::vector<Line>& lines, std::size_t i) {
  Stretch edge;
  for (std::size_t j = 0; j < lines.size(); ++j) {
    if (j == i) continue;
    // On line i, border j asks for slope · t ≥ bound.
    const double slope = lines[j].inside.dot(lines[i].Along());
    const double bound = -lines[j].h - lines[j].inside.dot(lines[i].Foot());
    if (std::fabs(slope) < kParallel) {
      const bool same = bound == 0 && lines[j].inside.dot(lines[i].inside) > 0;
      if (bound > 0 || (same && j < i)) return std::nullopt;  // a border named twice counts once
    } else if (slope > 0) {
      edge.from = std::fmax(edge.from, bound / slope);
    } else {
      edge.to = std::fmin(edge.to, bound / slope);
    }
  }
  if (!(edge.from < edge.to)) return std::nullopt;
  return edge;
}

/// A line this close to the centre passes through it: the mass between the two is less than that.
constexpr double kOnTheLine = 1e-14;

/// The angle the region fills around the centre: 2π inside, 0 outside, between them on its boundary.
double AngleAtCentre(const std::vector<Line>& lines) {
  double angle = 2 * std::numbers::pi;
  for (const Line& line : lines) {
    if (line.h < 0) return 0;
    if (line.h > 0) continue;
    angle = std::fmin(angle, std::numbers::pi);
    for (const Line& other : lines) {
      if (other.h != 0) continue;
      const double cosine = std::fmin(1.0, std::fmax(-1.0, line.inside.dot(other.inside)));
      angle = std::fmin(angle, std::numbers::pi - std::acos(cosine));
    }
  }
  return angle;
}

/// ∫ exp(−½ h² / cos²α) dα by ten points.
double GaussLegendre(double h, double from, double to) {
  constexpr std::array kNodes{0.1488743389816312, 0.4333953941292472, 0.6794095682990244, 0.8650633666889845,
                              0.9739065285171717};
  constexpr std::array kWeights{0.2955242247147529, 0.2692667193099963, 0.2190863625159820, 0.1494513491505806,
                                0.0666713443086881};
  const double middle = 0.5 * (from + to);
  const double reach = 0.5 * (to - from);
  const auto value = [h](double angle) {
    const double c = std::cos(angle);
    return std::exp(-0.5 * h * h / (c * c));
  };
  double sum = 0;
  for (std::size_t k = 0; k < kNodes.size(); ++k) {
    sum += kWeights[k] * (value(middle - reach * kNodes[k]) + value(middle + reach * kNodes[k]));
  }
  return reach * sum;
}

double Integrate(double h, double from, double to, double whole, int depth) {
  constexpr double kTolerance = 1e-14;
  constexpr int kDeepest = 40;
  const double middle = 0.5 * (from + to);
  const double left = GaussLegendre(h, from, middle);
  const double right = GaussLegendre(h, middle, to);
  if (depth >= kDeepest || std::fabs(left + right - whole) <= kTolerance) return left + right;
  return Integrate(h, from, middle, left, depth + 1) + Integrate(h, middle, to, right, depth + 1);
}

}  // namespace

double MassInside(const Normal2& normal, const std::vector<HalfPlane>& borders) {
  const Eigen::LLT<Eigen::Matrix2d> factor(normal.covariance);
  SELVEDGE_EXPECT(factor.info() == Eigen::Success && normal.covariance.allFinite());
  const Eigen::Matrix2d L = factor.matrixL();
  std::vector<Line> lines;
  for (const HalfPlane& border : borders) {
    // x = mean + L z: towards · x ≥ at_least  ⇔  (Lᵀ towards) · z ≥ at_least − towards · mean
    const Eigen::Vector2d across = L.transpose() * border.towards;
    const double length = across.norm();
    SELVEDGE_EXPECT(length > 0);
    const double h = (border.towards.dot(normal.mean) - border.at_least) / length;
    lines.push_back({.inside = across / length, .h = std::fabs(h) < kOnTheLine ? 0 : h});
  }
  double mass = AngleAtCentre(lines) / (2 * std::numbers::pi);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const double h = lines[i].h;
    if (h == 0) continue;  // seen from its own line, an edge fills no angle
    const std::optional<Stretch> edge = EdgeOf(lines, i);
    if (!edge) continue;
    const double distance = std::fabs(h);
    const double from = std::atan2(edge->from, distance);
    const double to = std::atan2(edge->to, distance);
    const double part = Integrate(h, from, to, GaussLegendre(h, from, to), 0) / (2 * std::numbers::pi);
    mass -= h > 0 ? part : -part;
  }
  return std::fmin(1.0, std::fmax(0.0, mass));
}

}  // namespace selvedge::leaning
