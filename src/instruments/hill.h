#pragma once

#include <Eigen/Core>
#include <limits>
#include <memory>
#include <vector>

#include "instruments/calibrate.h"
#include "instruments/item_bank.h"

namespace selvedge::instruments {

inline constexpr double kWithoutEnd = std::numeric_limits<double>::infinity();

/// What is certified about the place where a climb ended.
struct Summit {
  bool converged = false;
  double remaining_rise = 0;
  Eigen::MatrixXd information;  ///< observed, there
  /// Of the estimates: its inverse, with zeros in the rows of parameters that lie at their end, and everywhere if
  /// nothing is certified or the information is not positive definite.
  Eigen::MatrixXd covariance;
  std::vector<bool> known;  ///< which parameters have an error
};

/// The marginal log-likelihood of one set of answers, and a place on it: what a search needs to climb it, whichever way
/// integrals over positions are taken.
class Hill {
 public:
  Hill() = default;
  Hill(const Hill&) = delete;
  Hill& operator=(const Hill&) = delete;
  virtual ~Hill() = default;

  [[nodiscard]] virtual const ItemBank& bank() const = 0;
  [[nodiscard]] virtual double loglik() const = 0;
  [[nodiscard]] virtual Eigen::VectorXd Place() const = 0;
  /// Every parameter stays within ± its end.
  [[nodiscard]] virtual Eigen::VectorXd Ends() const = 0;
  [[nodiscard]] virtual Eigen::VectorXd Gradient() const = 0;
  [[nodiscard]] virtual Eigen::MatrixXd Information() const = 0;
  /// False, and nothing changed, where the parameters are none of a model.
  virtual bool MoveTo(const Eigen::VectorXd& place) = 0;
  /// A few steps by expectation and maximisation, which rise from anywhere.
  virtual void Approach() = 0;
  /// Brings what integrals are taken on up to date with the place. Called before every information.
  virtual void FollowWithGrid() = 0;

  /// The same place with other people's answers.
  [[nodiscard]] virtual std::unique_ptr<Hill> With(const Answers& answers) const = 0;
  [[nodiscard]] virtual Calibration Result(const Summit& summit) const = 0;
};

/// Steps by expectation come close; Newton steps with the observed information finish and certify.
///
/// @param nearby  where the hill stands on the optimum for a part of its people: their information, scaled up to all;
///                otherwise null
[[nodiscard]] Summit Climb(Hill& hill, const Eigen::MatrixXd* nearby);

}  // namespace selvedge::instruments
