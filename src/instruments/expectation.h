#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <vector>

#include "core/executor.h"
#include "instruments/item_bank.h"
#include "instruments/posterior.h"

namespace selvedge::instruments {

/// Everything a step of the search needs to know about everybody's answers, at one set of parameters.
struct Expectation {
  double loglik = 0;
  double people = 0;              ///< who answered anything
  std::vector<double> counts;     ///< how many are expected at each node with each answer, in the rows of Tables
  Eigen::VectorXd mean;           ///< of E[θ | answers] over people
  Eigen::MatrixXd second_moment;  ///< of E[θ θᵀ | answers] over people
};

/// One pass over all people. Sums are taken in pieces whose limits depend on the number of people alone and added in
/// their order, so any executor gives the same bits.
[[nodiscard]] Expectation Expect(const Tables& tables, const Answers& answers, core::Executor& executor);

}  // namespace selvedge::instruments
