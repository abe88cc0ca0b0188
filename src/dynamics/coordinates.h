#pragma once

#include <optional>

#include "core/side.h"
#include "dynamics/likelihood.h"
#include "dynamics/system.h"
#include "numerics/minimise.h"

namespace selvedge::dynamics {

/// A way to write a system as eleven unbounded numbers, for searching and for intervals.
class Coordinates {
 public:
  Coordinates() = default;
  Coordinates(const Coordinates&) = delete;
  Coordinates& operator=(const Coordinates&) = delete;
  virtual ~Coordinates() = default;

  /// The system at a point; nothing where the point stands for none.
  [[nodiscard]] virtual std::optional<System> SystemAt(const numerics::Point& point) const = 0;

  /// Adds to `gradient` the derivatives with respect to the point, given those with respect to its system.
  virtual void PullBack(const numerics::Point& point, const System& system, const SystemAdjoint& adjoint,
                        numerics::Point& gradient) const = 0;
};

/// Coordinates for maximum likelihood: every point is a stable system.
///
/// With P = L_P L_Pᵀ (log diagonal) the stationary covariance, Q = L Lᵀ and K = [0 k; −k 0],
///
///     A = (K − ½ Q) P⁻¹     so that     A P + P Aᵀ = −Q,
///
/// which reaches every stable A exactly once for each P, Q. L and the noise SDs ρ (r = ρ²) carry no logarithm: a
/// boundary (r = 0, singular Q) is then an ordinary stationary point at zero which a search reaches in a few steps,
/// instead of a valley running to −∞ (docs/decisions/0001). All in units of the data: see `Units`.
class StableCoordinates final : public Coordinates {
 public:
  enum Index : int { kLogPaa, kPba, kLogPbb, kQaa, kQba, kQbb, kTurn, kNoiseA, kNoiseB, kMeanA, kMeanB };

  /// Typical sizes that make every coordinate about one: the spread and the centre of each person's answers, and a
  /// length of time.
  struct Units {
    core::BySide<double> spread{1, 1};
    core::BySide<double> centre{0, 0};
    double days = 1;
  };

  explicit StableCoordinates(const Units& units) : units_(units) {}

  [[nodiscard]] std::optional<System> SystemAt(const numerics::Point& point) const override;
  void PullBack(const numerics::Point& point, const System& system, const SystemAdjoint& adjoint,
                numerics::Point& gradient) const override;

  /// The point of a system with positive definite stationary covariance.
  [[nodiscard]] numerics::Point PointOf(const System& system) const;

 private:
  Units units_;
};

/// Coordinates for people: each has a meaning of its own, and the prior is written in them.
///
/// κ return rates (log), γ pulls, s own spread (log; the SD feelings would have without the other, so that the jolts
/// are σ² = 2 κ s²), ρ shared jolts (Fisher z), noise SDs (log), μ usual levels. Points whose drift is not stable stand
/// for no system.
class PersonCoordinates final : public Coordinates {
 public:
  enum Index : int {
    kLogReturnA,
    kLogReturnB,
    kPullA,
    kPullB,
    kLogSpreadA,
    kLogSpreadB,
    kSharedJolts,
    kLogNoiseA,
    kLogNoiseB,
    kUsualA,
    kUsualB
  };

  /// Without noise the two noise coordinates have no effect.
  explicit PersonCoordinates(bool with_noise) : with_noise_(with_noise) {}

  [[nodiscard]] std::optional<System> SystemAt(const numerics::Point& z) const override;
  void PullBack(const numerics::Point& z, const System& system, const SystemAdjoint& adjoint,
                numerics::Point& gradient) const override;

 private:
  bool with_noise_;
};

}  // namespace selvedge::dynamics
