#pragma once

#include <string>
#include <vector>

#include "theory/life.h"

namespace selvedge::recovery {

/// What a population's diaries come to in one respect, and where it is in real couples' (design: science 2.1, 2.5).
struct Bar {
  std::string name;
  double low = 0;
  double high = 0;
  double value = 0;

  [[nodiscard]] bool IsMet() const { return value >= low && value <= high; }
};

/// Measures diaries of this many couples of a plan as diaries of real couples were: 35 evenings, person-mean-centred
/// lags; and two weeks of six prompts a day for what contact does.
[[nodiscard]] std::vector<Bar> MeasureBars(const theory::Plan& plan, int couples);

/// The bars as a table of docs/populations.md.
[[nodiscard]] std::string BarsTable(const std::vector<Bar>& bars);

}  // namespace selvedge::recovery
