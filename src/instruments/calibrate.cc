#include "instruments/calibrate.h"

#include <algorithm>
#include <memory>

#include "instruments/axis_hill.h"
#include "instruments/hill.h"
#include "instruments/mixed_hill.h"
#include "instruments/starting_values.h"

namespace selvedge::instruments {
namespace {

std::unique_ptr<Hill> HillOf(const ItemBank& skeleton, const Answers& answers, core::Executor& executor) {
  ItemBank start = StartingValues(skeleton, answers);
  if (skeleton.IsMixed()) return std::make_unique<MixedHill>(std::move(start), answers, executor);
  return std::make_unique<AxisHill>(std::move(start), answers, executor);
}

/// Every n-th person.
Answers Thinned(const Answers& answers, std::size_t n) {
  Answers part{.items = answers.items, .codes = {}};
  for (std::size_t person = 0; person < answers.people(); person += n) {
    const auto given = answers.Of(person);
    part.codes.insert(part.codes.end(), given.begin(), given.end());
  }
  return part;
}

/// Whether every answer of every item was given by at least so many people.
bool EachGivenBy(std::size_t people, const ItemBank& bank, const Answers& answers) {
  std::vector<std::size_t> counts(answers.items * kMostCategories, 0);
  for (std::size_t c = 0; c < answers.codes.size(); ++c) {
    if (answers.codes[c] != kUnanswered) ++counts[(c % answers.items) * kMostCategories + answers.codes[c]];
  }
  for (std::size_t i = 0; i < bank.items.size(); ++i) {
    for (std::size_t k = 0; k < bank.items[i].answers.size(); ++k) {
      if (counts[i * kMostCategories + k] < people) return false;
    }
  }
  return true;
}

}  // namespace

Calibration Calibrate(const ItemBank& skeleton, const Answers& answers, core::Executor& executor) {
  constexpr std::size_t kPartOfPeople = 2000;  // enough to end within a step or two of the optimum for all
  constexpr std::size_t kFewestAnAnswer = 5;
  const std::size_t n = answers.people() / kPartOfPeople;
  const Answers part = Thinned(answers, std::max<std::size_t>(n, 1));
  if (n < 2 || !EachGivenBy(kFewestAnAnswer, skeleton, part)) {
    const std::unique_ptr<Hill> hill = HillOf(skeleton, answers, executor);
    const Summit summit = Climb(*hill, nullptr);
    return hill->Result(summit);
  }
  const std::unique_ptr<Hill> first = HillOf(skeleton, part, executor);
  const Eigen::MatrixXd information = static_cast<double>(n) * Climb(*first, nullptr).information;
  const std::unique_ptr<Hill> all = first->With(answers);
  const Summit summit = Climb(*all, &information);
  return all->Result(summit);
}

}  // namespace selvedge::instruments
