#include "instruments/hill.h"

#include <Eigen/Cholesky>
#include <cmath>
#include <optional>

namespace selvedge::instruments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double kCertified = 1e-7;  // of log-likelihood: 5e-4 standard errors in any one direction

/// The parameters that may still move: all but those at the end of their range that would go further.
std::vector<Index> Free(const Hill& hill, const VectorXd& gradient) {
  const VectorXd place = hill.Place();
  const VectorXd ends = hill.Ends();
  std::vector<Index> free;
  for (Index p = 0; p < place.size(); ++p) {
    if (std::fabs(place[p]) < ends[p] || place[p] * gradient[p] <= 0) free.push_back(p);
  }
  return free;
}

/// The factor of an information that is positive definite, or is made so by adding as little as helps to its diagonal,
/// in proportion: where it curves the other way, the step then leads far up along what hardly curves at all.
struct Damped {
  Eigen::LLT<MatrixXd> factor;
  double damping = 0;
};

std::optional<Damped> Factored(const MatrixXd& information) {
  constexpr double kLeast = 1e-5;
  constexpr double kMost = 0.1;
  if (!information.allFinite()) return std::nullopt;
  Damped damped{.factor = Eigen::LLT<MatrixXd>(information)};
  while (damped.factor.info() != Eigen::Success) {
    damped.damping = damped.damping == 0 ? kLeast : 10 * damped.damping;
    if (damped.damping > kMost) return std::nullopt;
    MatrixXd stiffer = information;
    stiffer.diagonal() += damped.damping * information.diagonal().cwiseAbs();
    damped.factor.compute(stiffer);
  }
  return damped;
}

/// Newton steps with the information at hand, as long as they do well; certifies when nothing is left to gain. False if
/// not even one of them led upwards.
bool StepByNewton(Hill& hill, Summit& summit) {
  constexpr int kMostSteps = 15;
  constexpr int kMostHalvings = 4;
  constexpr double kDoingWell = 0.3;  // each step should leave less than this of the rise that was to be had
  double before = 0;
  for (int step = 0; step < kMostSteps; ++step) {
    const VectorXd gradient = hill.Gradient();
    const std::vector<Index> free = Free(hill, gradient);
    const std::optional<Damped> damped = Factored(summit.information(free, free));
    if (!damped) return step > 0;
    const VectorXd slope = gradient(free);
    const VectorXd newton = damped->factor.solve(slope);
    summit.remaining_rise = 0.5 * newton.dot(slope);
    summit.converged = damped->damping == 0 && summit.remaining_rise < kCertified;
    if (summit.converged || (step > 0 && summit.remaining_rise > kDoingWell * before)) return true;
    before = summit.remaining_rise;

    const double height = hill.loglik();
    const VectorXd from = hill.Place();
    bool rose = false;
    double length = 1;
    for (int halving = 0; halving < kMostHalvings && !rose; ++halving, length *= 0.5) {
      VectorXd place = from;
      place(free) += length * newton;
      rose = hill.MoveTo(place) && hill.loglik() > height;
    }
    if (rose) continue;
    hill.MoveTo(from);
    return step > 0;
  }
  return true;
}

}  // namespace

Summit Climb(Hill& hill, const MatrixXd* nearby) {
  constexpr int kMostRounds = 25;
  Summit summit;
  bool near = nearby != nullptr;
  for (int round = 0; round < kMostRounds && !summit.converged; ++round) {
    if (!near) hill.Approach();
    hill.FollowWithGrid();
    summit.information = round == 0 && nearby != nullptr ? *nearby : hill.Information();
    near = StepByNewton(hill, summit);
  }
  // What was certified with the information of a point nearby is told with that of the optimum itself.
  summit.information = hill.Information();
  const std::vector<Index> free = Free(hill, hill.Gradient());
  const Eigen::LLT<MatrixXd> factor(summit.information(free, free));
  const Index size = summit.information.rows();
  summit.covariance = MatrixXd::Zero(size, size);
  summit.known.assign(static_cast<std::size_t>(size), false);
  if (!summit.converged || !summit.information.allFinite() || factor.info() != Eigen::Success) return summit;
  const auto count = static_cast<Index>(free.size());
  const MatrixXd inverse = factor.solve(MatrixXd::Identity(count, count));
  summit.covariance(free, free) = inverse;
  for (const Index p : free) summit.known[static_cast<std::size_t>(p)] = true;
  return summit;
}

}  // namespace selvedge::instruments
