#include "recovery/ordinary_couple.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <vector>

#include "theory/simulate.h"

namespace selvedge::recovery {
namespace {

constexpr std::uint32_t kCouples = 64;
constexpr int kNearWeeks = 4;

/// The weeks of a couple's first union.
using Union = std::vector<theory::Week>;

std::vector<Union> FirstUnions(const theory::Plan& plan) {
  std::vector<Union> unions;
  for (std::uint32_t number = 0; number < kCouples; ++number) {
    const theory::Block year = theory::SimulateCouple(plan, number);
    Union& weeks = unions.emplace_back();
    while (weeks.size() < year.weeks && year.At(0, weeks.size()).together == 1) {
      weeks.push_back(year.At(0, weeks.size()));
    }
  }
  return unions;
}

double Felt(const theory::Week& week) { return 0.5 * (week.people.a.felt_closeness + week.people.b.felt_closeness); }
double Real(const theory::Week& week) { return week.closeness; }

/// How far a union is from the mean of others, in one quantity, week by week.
double Distance(const Union& one, const std::vector<const Union*>& others, double (*quantity)(const theory::Week&)) {
  double distance = 0;
  for (std::size_t week = 0; week < one.size(); ++week) {
    double sum = 0;
    int count = 0;
    for (const Union* other : others) {
      if (week >= other->size()) continue;
      sum += quantity((*other)[week]);
      ++count;
    }
    const double off = quantity(one[week]) - sum / count;
    distance += off * off / static_cast<double>(one.size());
  }
  return distance;
}

}  // namespace

std::uint32_t OrdinaryCouple(const theory::Plan& plan) {
  const std::vector<Union> unions = FirstUnions(plan);
  std::vector<int> lengths;
  for (const Union& one : unions) lengths.push_back(static_cast<int>(one.size()));
  std::vector<int> sorted = lengths;
  std::ranges::nth_element(sorted, sorted.begin() + kCouples / 2);
  const int median = sorted[kCouples / 2];
  const auto is_near = [&](std::size_t couple) { return std::abs(lengths[couple] - median) <= kNearWeeks; };
  std::vector<const Union*> near;
  for (std::size_t couple = 0; couple < kCouples; ++couple) {
    if (is_near(couple)) near.push_back(&unions[couple]);
  }
  std::size_t best = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t couple = 0; couple < kCouples; ++couple) {
    if (!is_near(couple)) continue;
    const double distance = Distance(unions[couple], near, Felt) + Distance(unions[couple], near, Real);
    if (distance < least) {
      least = distance;
      best = couple;
    }
  }
  return static_cast<std::uint32_t>(best);
}

}  // namespace selvedge::recovery
