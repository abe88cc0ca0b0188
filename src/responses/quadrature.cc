#include "responses/quadrature.h"

#include <Eigen/Eigenvalues>
#include <cmath>

#include "core/contract.h"

namespace selvedge::responses {

NormalQuadrature GaussHermite(int count) {
  SELVEDGE_EXPECT(count >= 1);
  // He_{k+1}(z) = z He_k(z) − k He_{k−1}(z): the points are the eigenvalues of the recurrence's symmetric matrix.
  const Eigen::VectorXd diagonal = Eigen::VectorXd::Zero(count);
  Eigen::VectorXd beside(count - 1);
  for (Eigen::Index k = 0; k + 1 < count; ++k) beside(k) = std::sqrt(static_cast<double>(k + 1));
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
  solver.computeFromTridiagonal(diagonal, beside);
  SELVEDGE_EXPECT(solver.info() == Eigen::Success);
  NormalQuadrature rule;
  for (Eigen::Index k = 0; k < count; ++k) {
    const Eigen::Index mirrored = count - 1 - k;
    rule.points.push_back(0.5 * (solver.eigenvalues()(k) - solver.eigenvalues()(mirrored)));
    const double first = solver.eigenvectors()(0, k);
    const double last = solver.eigenvectors()(0, mirrored);
    rule.weights.push_back(0.5 * (first * first + last * last));
  }
  return rule;
}

}  // namespace selvedge::responses
