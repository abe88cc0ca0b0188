#include "responses/dyadic_regression.h"

#include <Eigen/Cholesky>
#include <Eigen/QR>
#include <array>
#include <cmath>

#include "numerics/minimise.h"
#include "numerics/normal.h"

namespace selvedge::responses {
namespace {

using core::Side;
using numerics::Point;
using TermsMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, kMostTerms, kMostTerms>;
using CoupleMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, 2, 2>;
using CoupleVector = Eigen::Matrix<double, Eigen::Dynamic, 1, Eigen::ColMajor, 2, 1>;
using CoupleTerms = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, 2, kMostTerms>;

/// A couple's rows stacked, and which sides they are.
struct Block {
  std::vector<Side> sides;
  CoupleTerms X;
  CoupleVector y;
};

/// V as free numbers: log σ, log σ_b (or not), Fisher z of ρ.
struct Covariance {
  core::BySide<double> sd;
  double correlation = 0;

  [[nodiscard]] static Covariance At(const Point& point) {
    const Eigen::Index last = point.size() - 1;
    return {.sd = {.a = std::exp(point(0)), .b = std::exp(point(last - 1))}, .correlation = std::tanh(point(last))};
  }
  [[nodiscard]] CoupleMatrix Of(const Block& block) const {
    const auto size = static_cast<Eigen::Index>(block.sides.size());
    CoupleMatrix V(size, size);
    for (Eigen::Index i = 0; i < size; ++i) {
      for (Eigen::Index j = 0; j < size; ++j) {
        V(i, j) = sd[block.sides[static_cast<std::size_t>(i)]] * sd[block.sides[static_cast<std::size_t>(j)]] *
                  (i == j ? 1 : correlation);
      }
    }
    return V;
  }
};

/// ∂V/∂ of one free number. `both`: the first stands for both standard deviations.
CoupleMatrix Derivative(const Covariance& covariance, const Block& block, Eigen::Index k, Eigen::Index free) {
  CoupleMatrix D = covariance.Of(block);
  const auto size = static_cast<Eigen::Index>(block.sides.size());
  const bool is_correlation = k == free - 1;
  for (Eigen::Index i = 0; i < size; ++i) {
    for (Eigen::Index j = 0; j < size; ++j) {
      if (is_correlation) {
        const double rho = covariance.correlation;
        D(i, j) = i == j ? 0 : covariance.sd.a * covariance.sd.b * (1 - rho * rho);
        continue;
      }
      // log σ moves an entry once for each of its two sides that it belongs to.
      int times = 0;
      for (const Eigen::Index at : {i, j}) {
        const Side side = block.sides[static_cast<std::size_t>(at)];
        times += free == 2 || (side == Side::kA) == (k == 0) ? 1 : 0;
      }
      D(i, j) *= times;
    }
  }
  return D;
}

class RestrictedLikelihood {
 public:
  explicit RestrictedLikelihood(std::span<const CoupleRows> couples) {
    for (const CoupleRows& couple : couples) {
      Block block;
      for (const Side side : core::kSides) {
        if (couple[side]) block.sides.push_back(side);
      }
      if (block.sides.empty()) continue;
      const auto size = static_cast<Eigen::Index>(block.sides.size());
      terms_ = couple[block.sides.front()]->terms.size();
      block.X.resize(size, terms_);
      block.y.resize(size);
      for (Eigen::Index i = 0; i < size; ++i) {
        const PartnerRow& row = *couple[block.sides[static_cast<std::size_t>(i)]];
        block.X.row(i) = row.terms.transpose();
        block.y(i) = row.outcome;
      }
      rows_ += size;
      whole_ += size == 2 ? 1 : 0;
      blocks_.push_back(block);
    }
  }

  [[nodiscard]] Eigen::Index rows() const { return rows_; }
  [[nodiscard]] Eigen::Index terms() const { return terms_; }
  [[nodiscard]] int whole_couples() const { return whole_; }

  /// The standard deviation left by ordinary least squares; nothing where the terms cannot be told apart or explain
  /// everything.
  [[nodiscard]] std::optional<double> PlainResidual() const {
    if (whole_ < 2 || rows_ <= terms_) return std::nullopt;
    Eigen::MatrixXd X(rows_, terms_);
    Eigen::VectorXd y(rows_);
    Eigen::Index at = 0;
    for (const Block& block : blocks_) {
      X.middleRows(at, block.X.rows()) = block.X;
      y.segment(at, block.y.size()) = block.y;
      at += block.X.rows();
    }
    const Eigen::ColPivHouseholderQR<Eigen::MatrixXd> factor(X);
    if (factor.rank() < terms_) return std::nullopt;
    const double left = (y - X * factor.solve(y)).squaredNorm();
    if (!(left > 1e-20 * y.squaredNorm())) return std::nullopt;
    return std::sqrt(left / static_cast<double>(rows_ - terms_));
  }

  struct Solution {
    Terms beta;
    TermsMatrix covariance;
  };

  /// −log restricted likelihood and its gradient; β under this V into `solution`.
  std::optional<double> operator()(const Point& point, Point& gradient, Solution& solution) const {
    const Covariance covariance = Covariance::At(point);
    TermsMatrix A = TermsMatrix::Zero(terms_, terms_);
    Terms b = Terms::Zero(terms_);
    double log_det = 0;
    for (const Block& block : blocks_) {
      const Eigen::LLT<CoupleMatrix> V(covariance.Of(block));
      if (V.info() != Eigen::Success) return std::nullopt;
      A += block.X.transpose() * V.solve(block.X);
      b += block.X.transpose() * V.solve(block.y);
      log_det += 2 * CoupleMatrix(V.matrixL()).diagonal().array().log().sum();
    }
    const Eigen::LLT<TermsMatrix> factor(A);
    if (factor.info() != Eigen::Success || !A.allFinite()) return std::nullopt;
    solution.beta = factor.solve(b);
    solution.covariance = factor.solve(TermsMatrix::Identity(terms_, terms_));
    log_det += 2 * TermsMatrix(factor.matrixL()).diagonal().array().log().sum();

    double squares = 0;
    gradient.setZero();
    for (const Block& block : blocks_) {
      const Eigen::LLT<CoupleMatrix> V(covariance.Of(block));
      const CoupleVector r = block.y - block.X * solution.beta;
      const CoupleVector Vr = V.solve(r);
      squares += r.dot(Vr);
      // ½ [ tr(P D) − rᵀ V⁻¹ D V⁻¹ r ], with P = V⁻¹ − V⁻¹ X A⁻¹ Xᵀ V⁻¹
      const CoupleTerms VX = V.solve(block.X);
      const auto size = block.y.size();
      const CoupleMatrix P =
          CoupleMatrix(V.solve(CoupleMatrix::Identity(size, size))) - VX * solution.covariance * VX.transpose();
      for (Eigen::Index k = 0; k < point.size(); ++k) {
        const CoupleMatrix D = Derivative(covariance, block, k, point.size());
        gradient(k) += 0.5 * (P.cwiseProduct(D).sum() - Vr.dot(D * Vr));
      }
    }
    return 0.5 * (log_det + squares + static_cast<double>(rows_ - terms_) * numerics::kLogTwoPi);
  }

 private:
  std::vector<Block> blocks_;
  Eigen::Index rows_ = 0;
  Eigen::Index terms_ = 0;
  int whole_ = 0;
};

}  // namespace

std::optional<Regression> FitRegression(std::span<const CoupleRows> couples, Variances variances) {
  const RestrictedLikelihood likelihood(couples);
  const std::optional<double> residual = likelihood.PlainResidual();
  if (!residual) return std::nullopt;
  RestrictedLikelihood::Solution solution;
  const auto objective = [&](const Point& point, Point& gradient) { return likelihood(point, gradient, solution); };
  Point start(variances == Variances::kAlike ? 2 : 3);
  start.setConstant(std::log(*residual));
  start(start.size() - 1) = 0;
  std::optional<numerics::SquareMatrix> hessian;
  const numerics::Minimum minimum =
      numerics::PolishByNewton(objective, numerics::MinimiseBfgs(objective, start, {}), hessian);
  Point gradient(start.size());
  if (!objective(minimum.point, gradient)) return std::nullopt;

  const Covariance covariance = Covariance::At(minimum.point);
  Regression regression{.estimates = {solution.beta.begin(), solution.beta.end()},
                        .standard_errors = {},
                        .residual_sd = covariance.sd,
                        .residual_correlation = covariance.correlation,
                        .restricted_loglik = -minimum.value,
                        .rows = static_cast<int>(likelihood.rows()),
                        .couples = likelihood.whole_couples(),
                        .converged = minimum.termination == numerics::Termination::kConverged};
  for (Eigen::Index j = 0; j < likelihood.terms(); ++j) {
    regression.standard_errors.push_back(std::sqrt(solution.covariance(j, j)));
  }
  return regression;
}

}  // namespace selvedge::responses
