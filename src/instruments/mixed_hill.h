#pragma once

#include <vector>

#include "instruments/curve.h"
#include "instruments/hill.h"

namespace selvedge::instruments {

/// The hill of items that may be about every dimension: integrals on a cloud of each person's own (cloud.h).
///
/// The dimensions are uncorrelated here and as they happen to lie: turning them changes no likelihood. That freedom of
/// N (N − 1) / 2 numbers is not taken away by holding slopes of some items at 0, which makes the search depend on which
/// items those are, but by making the information stiff along it. Gradients have nothing there, so no step goes there,
/// and errors of what does not depend on the turn (all that is reported: the turn is chosen afterwards, rotation.h) are
/// the same as with any other way to hold it.
class MixedHill final : public Hill {
 public:
  /// @param start  a mixed bank with uncorrelated dimensions
  MixedHill(ItemBank start, const Answers& answers, core::Executor& executor);

  [[nodiscard]] const ItemBank& bank() const override { return bank_; }
  [[nodiscard]] double loglik() const override { return expectation_.loglik; }
  [[nodiscard]] Eigen::VectorXd Place() const override;
  [[nodiscard]] Eigen::VectorXd Ends() const override { return Eigen::VectorXd::Constant(size_, kWithoutEnd); }
  /// Without the part that would make the slope of an item steeper than kSteepest.
  [[nodiscard]] Eigen::VectorXd Gradient() const override;
  [[nodiscard]] Eigen::MatrixXd Information() const override;
  bool MoveTo(const Eigen::VectorXd& place) override;
  void Approach() override;
  void FollowWithGrid() override {}  // clouds always do
  [[nodiscard]] std::unique_ptr<Hill> With(const Answers& answers) const override {
    return std::make_unique<MixedHill>(bank_, answers, executor_);
  }
  /// The dimensions turned to simple structure, with errors.
  [[nodiscard]] Calibration Result(const Summit& summit) const override;

 private:
  struct Expectation {
    double loglik = 0;
    double people = 0;                  ///< who answered anything
    std::vector<ItemLikelihood> items;  ///< gradient and negative Hessian in (a_1 … a_N, t_1 … t_m)
    Eigen::VectorXd mean;               ///< of E[θ | answers] over people
    Eigen::MatrixXd second_moment;      ///< of E[θ θᵀ | answers] over people
  };
  [[nodiscard]] Expectation Nothing() const;
  [[nodiscard]] Expectation Expect() const;
  void Take();
  void StepByExpectation();
  [[nodiscard]] bool IsAtItsEnd(std::size_t item) const;
  /// Whether an item's slope has come to its end and would go further.
  [[nodiscard]] bool IsHeld(std::size_t item) const;
  [[nodiscard]] std::vector<Eigen::VectorXd> HeldDirections() const;
  [[nodiscard]] Eigen::MatrixXd DerivativesOfTurned(const Eigen::MatrixXd& slopes, const Eigen::MatrixXd& turn) const;

  [[nodiscard]] Eigen::Index dimensions() const { return bank_.correlations.rows(); }
  [[nodiscard]] Eigen::Index SlopesOf(std::size_t item) const { return slopes_of_[item]; }
  /// Of t_k, k from 1.
  [[nodiscard]] Eigen::Index ThresholdOf(std::size_t item, std::size_t k) const {
    return slopes_of_[item] + dimensions() - 1 + static_cast<Eigen::Index>(k);
  }

  const Answers& answers_;
  core::Executor& executor_;
  ItemBank bank_;
  std::vector<Eigen::Index> slopes_of_;
  Eigen::Index size_ = 0;
  Expectation expectation_;
  int passes_ = 1;
};

}  // namespace selvedge::instruments
