#include "reading/together.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "numerics/normal.h"

namespace selvedge::reading {
namespace {

constexpr std::size_t kFewestPairs = 5;

struct Pair {
  double first;
  double second;
};

std::optional<double> Correlation(const std::vector<Pair>& pairs) {
  if (pairs.size() < kFewestPairs) return std::nullopt;
  // Updated one pair at a time (Welford), so that a series that never changes has a spread of exactly zero.
  double count = 0;
  double mean_first = 0;
  double mean_second = 0;
  double first = 0;
  double second = 0;
  double both = 0;
  for (const Pair& pair : pairs) {
    count += 1;
    const double from_first = pair.first - mean_first;
    const double from_second = pair.second - mean_second;
    mean_first += from_first / count;
    mean_second += from_second / count;
    first += from_first * (pair.first - mean_first);
    second += from_second * (pair.second - mean_second);
    both += from_first * (pair.second - mean_second);
  }
  if (!(first > 0) || !(second > 0)) return std::nullopt;
  return std::clamp(both / std::sqrt(first * second), -1.0, 1.0);
}

/// The pairs of a's day and b's day `shift` days later, around the circle of the first `length` days.
std::vector<Pair> PairsAtShift(std::span<const Day> days, std::size_t length, std::size_t shift) {
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < length; ++i) {
    const std::optional<double> first = days[i].own.a;
    const std::optional<double> second = days[(i + shift) % length].own.b;
    if (first && second) pairs.push_back({*first, *second});
  }
  return pairs;
}

/// The correlation of a person's day with their next; 0 where it can't be told.
double Inertia(std::span<const Day> days, core::Side side) {
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i + 1 < days.size(); ++i) {
    if (days[i].own[side] && days[i + 1].own[side]) pairs.push_back({*days[i].own[side], *days[i + 1].own[side]});
  }
  return Correlation(pairs).value_or(0);
}

}  // namespace

std::optional<Together> MovedTogether(std::span<const Day> days) {
  constexpr std::size_t kWeek = 7;
  constexpr std::size_t kApart = 14;

  const std::vector<Pair> pairs = PairsAtShift(days, days.size(), 0);
  const std::optional<double> correlation = Correlation(pairs);
  if (!correlation) return std::nullopt;
  Together together{
      .correlation = *correlation, .effective_days = 0, .estimate = {}, .probability_positive = 0.5, .null = {}};

  const double inertia = Inertia(days, core::Side::kA) * Inertia(days, core::Side::kB);
  const double worth = std::clamp((1 - inertia) / (1 + inertia), 0.2, 1.0);
  together.effective_days = std::fmax(static_cast<double>(kFewestPairs), worth * static_cast<double>(pairs.size()));
  const double z = std::atanh(std::clamp(*correlation, -0.999999, 0.999999));
  const double error = 1 / std::sqrt(together.effective_days - 3);
  const auto at = [&](double probability) { return std::tanh(z + error * numerics::NormalQuantile(probability)); };
  together.estimate = {.median = *correlation, .half = {at(0.25), at(0.75)}, .ninety = {at(0.05), at(0.95)}};
  together.probability_positive = numerics::NormalProbability(z / error);

  constexpr std::size_t kMostShifts = 520;  // ten years of weeks; longer diaries spread as many over their length
  const std::size_t whole_weeks = days.size() / kWeek * kWeek;  // so that weekdays stay on weekdays around the circle
  const std::size_t step = kWeek * std::max<std::size_t>(1, (whole_weeks / kWeek + kMostShifts - 1) / kMostShifts);
  for (std::size_t shift = kApart; shift + kApart <= whole_weeks; shift += step) {
    if (const std::optional<double> shifted = Correlation(PairsAtShift(days, whole_weeks, shift)))
      together.null.push_back(*shifted);
  }
  return together;
}

}  // namespace selvedge::reading
