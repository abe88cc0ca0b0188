#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <vector>

#include "instruments/item_bank.h"

namespace selvedge::instruments {

/// Equally spaced positions on one dimension, symmetric about 0.
struct Axis {
  double step = 0.5;
  std::size_t reach = 12;  ///< positions on each side of 0

  [[nodiscard]] std::size_t size() const { return 2 * reach + 1; }
  [[nodiscard]] double At(std::size_t q) const { return step * (static_cast<double>(q) - static_cast<double>(reach)); }
  bool operator==(const Axis&) const = default;
};

/// Where integrals over people's positions are taken: a rectangular lattice over ±6 standard deviations on each
/// dimension, and the trapezoid rule.
///
/// For smooth integrands on the whole line that rule is not crude [1]: with a posterior of standard deviation s its
/// relative error is about 2 exp(−2π² s² / h²), and with curves of slope a, which have poles at distance π / a from the
/// real line, exp(−2π² / (a h)). The step h follows the sharpness of the questionnaire instead of being fixed: it is at
/// most the smallest s that answers to all items could leave behind, whichever they are, and 0.8 / a, so that both
/// errors are below 1e-8. What lies beyond ±6 is left out: 2e-9 of people, and up to 1e-6 of somebody whose answers are
/// all at one end. (With four sharp dimensions the step is larger, so that the lattice stays below kMostNodes: 1e-4 for
/// four scales of 18 items.)
///
/// [1] Trefethen & Weideman (2014), The exponentially convergent trapezoidal rule, SIAM Review 56(3), 385–458,
/// doi:10.1137/130932132.
struct Grid {
  static constexpr std::size_t kMostNodes = std::size_t{1} << 22U;

  std::vector<Axis> axes;     ///< one per dimension
  std::vector<double> prior;  ///< density of N(0, R) times the cell's volume, the last axis running fastest

  /// Whether a lattice can hold N(0, R): positive definite, and no dimension all but given by those before it.
  [[nodiscard]] static bool CanHold(const Eigen::MatrixXd& correlations);

  /// @param bank  its correlations such that CanHold.
  [[nodiscard]] static Grid For(const ItemBank& bank);

  /// The axes For would choose.
  [[nodiscard]] static std::vector<Axis> AxesFor(const ItemBank& bank);

  /// The same lattice for other correlations.
  void SetCorrelations(const Eigen::MatrixXd& correlations);

  /// How far apart two neighbours along each axis are in `prior`.
  [[nodiscard]] std::vector<std::size_t> Strides() const;
};

}  // namespace selvedge::instruments
