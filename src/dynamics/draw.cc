#include "dynamics/draw.h"

#include <Eigen/Cholesky>
#include <cstddef>
#include <optional>

#include "dynamics/coordinates.h"
#include "numerics/exponential.h"
#include "numerics/normal.h"

namespace selvedge::dynamics {
namespace {

using numerics::Sym2;
using numerics::Vec2;

/// A draw from N(0, covariance).
Vec2 DrawVector(Sym2 covariance, core::RandomStream& stream) {
  const numerics::Lower2 L = Cholesky(covariance);
  const double first = numerics::DrawNormal(stream);
  const double second = numerics::DrawNormal(stream);
  return {L.aa * first, L.ba * first + L.bb * second};
}

}  // namespace

std::vector<Observation> DrawAnswers(const System& system, Start start, std::span<const core::Days> times,
                                     core::RandomStream& stream) {
  const numerics::MatrixExponential exponential(system.drift);
  std::vector<Observation> answers;
  answers.reserve(times.size());
  Vec2 x = DrawVector(start == Start::kStationary ? system.stationary : Sym2{.aa = 1, .ab = 0, .bb = 1}, stream);
  std::optional<core::Days> before;
  for (const core::Days now : times) {
    if (before) {
      const double gap = (now - *before).count;
      const numerics::Mat2 E = exponential.MinusIdentity(exponential(gap));
      x = x + E * x;
      const Sym2 P = system.stationary;
      x += DrawVector(-1.0 * (PlusTranspose(E * P) + Sandwich(E, P)), stream);  // Q(Δ), as in likelihood.h
    }
    before = now;
    const Vec2 noise = DrawVector({.aa = system.noise.a, .ab = 0, .bb = system.noise.b}, stream);
    answers.push_back({.time = now, .own = {.a = system.mean.a + x.a + noise.a, .b = system.mean.b + x.b + noise.b}});
  }
  return answers;
}

std::vector<System> DrawSystems(const Laplace& laplace, std::size_t count, core::RandomStream& stream) {
  // LDLᵀ, since coordinates that are held fixed have no variance.
  const Eigen::LDLT<numerics::SquareMatrix> factor(laplace.covariance);
  const numerics::Point scales = factor.vectorD().cwiseMax(0).cwiseSqrt();
  const numerics::SquareMatrix root =
      factor.transpositionsP().transpose() *
      numerics::SquareMatrix(numerics::SquareMatrix(factor.matrixL()) * scales.asDiagonal());
  const PersonCoordinates coordinates(laplace.with_noise);
  std::vector<System> systems;
  systems.reserve(count);
  const std::size_t most_trials = 20 * count;
  for (std::size_t trial = 0; trial < most_trials && systems.size() < count; ++trial) {
    numerics::Point z(laplace.mode.size());
    for (Eigen::Index i = 0; i < z.size(); ++i) z(i) = numerics::DrawNormal(stream);
    if (const std::optional<System> system = coordinates.SystemAt(laplace.mode + root * z)) systems.push_back(*system);
  }
  return systems;
}

System DrawSystem(const Prior& prior, core::RandomStream& stream) {
  const PersonCoordinates coordinates(true);
  const numerics::Point centre = prior.Centre();
  const numerics::Point widths = prior.Widths();
  for (;;) {
    numerics::Point z(centre.size());
    for (Eigen::Index i = 0; i < z.size(); ++i) z(i) = centre(i) + widths(i) * numerics::DrawNormal(stream);
    if (const std::optional<System> system = coordinates.SystemAt(z)) return *system;
  }
}

}  // namespace selvedge::dynamics
