#include "leaning/position.h"

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

namespace selvedge::leaning {
namespace {

using Eigen::Matrix2d;
using Eigen::MatrixXd;
using Eigen::VectorXd;

std::unexpected<core::Error> Refuse(std::string message, std::string remedy) {
  return std::unexpected(core::Error{
      .code = core::ErrorCode::kRefused, .message = std::move(message), .remedy = std::move(remedy), .place = {}});
}

struct Found {
  const Evidence* evidence = nullptr;
  const Indicator* indicator = nullptr;
};

core::Result<std::vector<Found>> InOrder(const Map& map, const std::vector<Evidence>& evidence) {
  std::vector<Found> found;
  for (const Evidence& piece : evidence) {
    const Indicator* const indicator = map.Find(piece.indicator);
    if (indicator == nullptr) {
      return Refuse("The map knows no indicator \"" + piece.indicator + "\".", "Use the ids of content/map.json.");
    }
    const auto size = static_cast<Eigen::Index>(indicator->components.size());
    const Likelihood& likelihood = piece.likelihood;
    if (likelihood.information.size() != size || likelihood.precision.rows() != size ||
        likelihood.precision.cols() != size || !likelihood.information.allFinite() ||
        !likelihood.precision.allFinite()) {
      return Refuse("\"" + piece.indicator + "\" needs one finite number for each of its components.",
                    "Give them in the order of content/map.json; what is not known has precision 0.");
    }
    if (!likelihood.precision.isZero(0)) found.push_back({.evidence = &piece, .indicator = indicator});
  }
  const auto id = [](const Found& one) { return std::string_view(one.indicator->id); };
  std::ranges::sort(found, {}, id);
  const auto twice = std::ranges::adjacent_find(found, {}, id);
  if (twice != found.end()) {
    return Refuse("\"" + twice->indicator->id + "\" is given twice for one season.",
                  "Join the two before placing them on the map.");
  }
  return found;
}

}  // namespace

numerics::Estimate AxisOf(const Position& position, Eigen::Index axis) {
  return numerics::NormalEstimate(position.posterior.mean[axis], std::sqrt(position.posterior.covariance(axis, axis)));
}

core::Result<Position> Locate(const Map& map, const std::vector<Evidence>& evidence) {
  const std::vector<Found> found = SELVEDGE_TRY(InOrder(map, evidence));
  Position position;
  Matrix2d P = map.Spread().inverse();
  for (const Found& one : found) {
    const std::vector<Component>& components = one.indicator->components;
    const auto size = static_cast<Eigen::Index>(components.size());
    MatrixXd loadings(size, 2);
    VectorXd centre(size);
    VectorXd residual(size);
    for (Eigen::Index k = 0; k < size; ++k) {
      const Component& component = components[static_cast<std::size_t>(k)];
      loadings.row(k) = component.loading.transpose();
      centre[k] = component.centre;
      residual[k] = component.residual_variance;
    }
    const MatrixXd& precision = one.evidence->likelihood.precision;
    const Eigen::PartialPivLU<MatrixXd> with_residual(MatrixXd::Identity(size, size) +
                                                      precision * residual.asDiagonal());
    const VectorXd w = with_residual.solve(one.evidence->likelihood.information - precision * centre);
    const Matrix2d A = loadings.transpose() * with_residual.solve(precision * loadings);
    P += 0.5 * (A + A.transpose());
    for (Eigen::Index k = 0; k < size; ++k) {
      if (precision.row(k).isZero(0)) continue;
      const Component& component = components[static_cast<std::size_t>(k)];
      position.contributions.push_back({.component = &component, .shift = w[k] * component.loading});
    }
    position.answers += one.evidence->answers;
    position.days = std::max(position.days, one.evidence->days);
  }
  const Eigen::LLT<Matrix2d> factor(P);
  if (factor.info() != Eigen::Success || !P.allFinite()) {
    return std::unexpected(core::Error{.code = core::ErrorCode::kNotFinite,
                                       .message = "The evidence is too precise to be computed with.",
                                       .remedy = "Check the standard errors: one of them is close to 0.",
                                       .place = {}});
  }
  for (Contribution& contribution : position.contributions) {
    contribution.shift = factor.solve(contribution.shift).eval();
    position.posterior.mean += contribution.shift;
  }
  position.posterior.covariance = factor.solve(Matrix2d::Identity());
  return position;
}

}  // namespace selvedge::leaning
