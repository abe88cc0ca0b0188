#pragma once

#include "instruments/expectation.h"
#include "instruments/hill.h"
#include "instruments/parameters.h"

namespace selvedge::instruments {

/// The hill of items that are about one dimension each: integrals on one lattice for everybody, along whose axes the
/// items lie.
class AxisHill final : public Hill {
 public:
  AxisHill(ItemBank start, const Answers& answers, core::Executor& executor);

  [[nodiscard]] const ItemBank& bank() const override { return bank_; }
  [[nodiscard]] double loglik() const override { return expectation_.loglik; }
  [[nodiscard]] Eigen::VectorXd Place() const override { return map_.Values(bank_); }
  [[nodiscard]] Eigen::VectorXd Ends() const override;
  [[nodiscard]] Eigen::VectorXd Gradient() const override { return map_.Gradient(bank_, tables_, expectation_); }
  [[nodiscard]] Eigen::MatrixXd Information() const override {
    return ObservedInformation(map_, bank_, tables_, answers_, expectation_, executor_);
  }
  bool MoveTo(const Eigen::VectorXd& place) override;
  void Approach() override;
  void FollowWithGrid() override;
  [[nodiscard]] std::unique_ptr<Hill> With(const Answers& answers) const override {
    return std::make_unique<AxisHill>(bank_, answers, executor_);
  }
  [[nodiscard]] Calibration Result(const Summit& summit) const override;

 private:
  void StepByExpectation();
  void Take();

  const Answers& answers_;
  core::Executor& executor_;
  ItemBank bank_;
  ParameterMap map_;
  Tables tables_;
  Expectation expectation_;
  int passes_ = 1;
};

}  // namespace selvedge::instruments
