#include "instruments/rotation.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <Eigen/QR>
#include <cmath>

#include "core/random.h"
#include "numerics/normal.h"

namespace selvedge::instruments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;

/// Items in turn about one of the dimensions alone, the first dimension with the steepest slopes.
MatrixXd Simple(Index items, Index dimensions) {
  MatrixXd slopes = MatrixXd::Zero(items, dimensions);
  for (Index i = 0; i < items; ++i) {
    slopes(i, i % dimensions) = 2.5 - 0.6 * static_cast<double>(i % dimensions) + 0.1 * static_cast<double>(i);
  }
  return slopes;
}

MatrixXd RandomMatrix(Index rows, Index columns, core::RandomStream& stream) {
  MatrixXd random(rows, columns);
  for (double& value : random.reshaped()) value = numerics::DrawNormal(stream);
  return random;
}

MatrixXd RandomTurn(Index dimensions, core::RandomStream& stream) {
  return RandomMatrix(dimensions, dimensions, stream).householderQr().householderQ();
}

TEST(TurnToSimple, FindsPerfectlySimpleSlopesAndTheirCorrelations) {
  core::RandomStream stream({.seed = 81});
  for (const Index dimensions : {2, 3}) {
    const MatrixXd simple = Simple(4 * dimensions, dimensions);
    MatrixXd correlations = MatrixXd::Constant(dimensions, dimensions, 0.4);
    correlations.diagonal().setOnes();
    // a · θ with θ = C η, C Cᵀ = R, is (Cᵀ a) · η.
    const MatrixXd slopes = simple * correlations.llt().matrixL().toDenseMatrix() * RandomTurn(dimensions, stream);
    const MatrixXd turn = TurnToSimple(slopes);
    EXPECT_LT((Turned(slopes, turn) - simple).cwiseAbs().maxCoeff(), 1e-6);
    EXPECT_LT((turn.transpose() * turn - correlations).cwiseAbs().maxCoeff(), 1e-6);
  }
}

/// At a minimum no small change of any column within length 1 lowers the criterion.
TEST(TurnToSimple, EndsWhereNothingIsLeftToGain) {
  core::RandomStream stream({.seed = 82});
  const auto complexity = [](const MatrixXd& loadings) {
    double sum = 0;
    for (Index i = 0; i < loadings.rows(); ++i) {
      for (Index d = 0; d < loadings.cols(); ++d) {
        for (Index e = 0; e < d; ++e) sum += std::pow(loadings(i, d) * loadings(i, e), 2);
      }
    }
    return sum;
  };
  const MatrixXd slopes = Simple(12, 3) + 0.4 * RandomMatrix(12, 3, stream);
  const MatrixXd loadings = Loadings(slopes, MatrixXd::Identity(3, 3));
  const MatrixXd turn = TurnToSimple(slopes);
  const double lowest = complexity(Turned(loadings, turn));
  for (int trial = 0; trial < 50; ++trial) {
    for (const double far : {1e-3, 1e-2, 0.3}) {
      const MatrixXd other = (turn + far * RandomMatrix(3, 3, stream)).colwise().normalized();
      EXPECT_GT(complexity(Turned(loadings, other)), lowest);
    }
  }
}

TEST(TurnToSimple, TellsTheStrongestDimensionFirstAndPointsForward) {
  core::RandomStream stream({.seed = 83});
  const MatrixXd slopes = -Simple(9, 3).rowwise().reverse() * RandomTurn(3, stream);
  const MatrixXd turned = Turned(slopes, TurnToSimple(slopes));
  const MatrixXd loadings = Turned(Loadings(slopes, MatrixXd::Identity(3, 3)), TurnToSimple(slopes));
  for (Index d = 0; d < 3; ++d) {
    EXPECT_GE(turned.col(d).sum(), 0);
    if (d > 0) EXPECT_GE(loadings.col(d - 1).squaredNorm(), loadings.col(d).squaredNorm());
  }
}

RC_GTEST_PROP(TurnToSimple, DoesNotDependOnHowTheDimensionsLay, ()) {
  core::RandomStream stream({.seed = *rc::gen::arbitrary<std::uint32_t>()});
  const Index dimensions = *rc::gen::inRange<Index>(2, 4);
  const MatrixXd slopes = Simple(5 * dimensions, dimensions) + 0.3 * RandomMatrix(5 * dimensions, dimensions, stream);
  const MatrixXd other = slopes * RandomTurn(dimensions, stream);
  const MatrixXd one = TurnToSimple(slopes);
  const MatrixXd two = TurnToSimple(other);
  RC_ASSERT((Turned(slopes, one) - Turned(other, two)).cwiseAbs().maxCoeff() < 1e-5);
  RC_ASSERT((one.transpose() * one - two.transpose() * two).cwiseAbs().maxCoeff() < 1e-5);
}

TEST(FollowTurn, GoesToTheNearestMinimum) {
  core::RandomStream stream({.seed = 84});
  const MatrixXd slopes = Simple(10, 2) + 0.3 * RandomMatrix(10, 2, stream);
  const MatrixXd turn = TurnToSimple(slopes);
  EXPECT_LT((FollowTurn(slopes, turn) - turn).cwiseAbs().maxCoeff(), 1e-7);
  const MatrixXd moved = slopes + 1e-3 * RandomMatrix(10, 2, stream);
  EXPECT_LT((FollowTurn(moved, turn) - TurnToSimple(moved)).cwiseAbs().maxCoeff(), 1e-6);
}

TEST(Loadings, AreCorrelationsOfWhatLiesBehindTheAnswers) {
  MatrixXd correlations(2, 2);
  correlations << 1, 0.5, 0.5, 1;
  MatrixXd slopes(1, 2);
  slopes << 2, 1;
  const double spread = std::sqrt(4 + 1 + 2 * 0.5 * 2 + std::pow(3.14159265358979, 2) / 3);
  EXPECT_NEAR(Loadings(slopes, correlations)(0, 0), 2 / spread, 1e-12);
  EXPECT_NEAR(Loadings(slopes, correlations)(0, 1), 1 / spread, 1e-12);
}

}  // namespace
}  // namespace selvedge::instruments
