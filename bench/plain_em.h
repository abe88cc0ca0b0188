#pragma once

#include <vector>

#include "instruments/item_bank.h"

namespace selvedge::bench {

/// One-dimensional graded response model by EM as a textbook describes it: 41 fixed points over ±6, a table of
/// probabilities, every person at every point, Newton steps for each item, until no parameter moves by 1e-4. No
/// acceleration and no standard errors.
struct PlainEm {
  instruments::ItemBank bank;
  double loglik = 0;
  int passes = 0;
};
[[nodiscard]] PlainEm CalibratePlainly(instruments::ItemBank start, const instruments::Answers& answers);

/// EAP scores by the same sums, with the probabilities worked out where they are needed.
[[nodiscard]] std::vector<double> ScorePlainly(const instruments::ItemBank& bank, const instruments::Answers& answers);

}  // namespace selvedge::bench
