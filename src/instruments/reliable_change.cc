#include "instruments/reliable_change.h"

#include <algorithm>
#include <cmath>
#include <expected>

#include "diary/refusal.h"
#include "numerics/normal.h"

namespace selvedge::instruments {
namespace {

constexpr double kTwoSided95 = 1.96;  // as published; Φ(1.96) = .975

core::Result<Change> ChangeWith(double difference, double standard_error) {
  const double index = difference / standard_error;
  if (!std::isfinite(index)) {
    return diary::Refuse("These scores do not give a change that can be computed.", "Give scores that are numbers.");
  }
  return Change{.difference = difference, .standard_error = standard_error, .index = index};
}

}  // namespace

std::optional<Reliability> PreferredReliability(std::span<const Reliability> known) {
  if (known.empty()) return std::nullopt;
  const auto retest = std::ranges::find(known, Reliability::Kind::kRetest, &Reliability::kind);
  return retest != known.end() ? *retest : known.front();
}

bool Change::IsReliable() const { return std::abs(index) > kTwoSided95; }

double Change::ProbabilityOfRise() const { return numerics::NormalProbability(index); }

core::Result<Change> ReliableChange(double before, double after, double sd, const Reliability& reliability) {
  if (!(reliability.value >= 0 && reliability.value < 1)) {
    return diary::Refuse("The reliability is not from 0 to below 1.", "Give the measure's reliability, such as 0.84.");
  }
  if (!(sd > 0)) {
    return diary::Refuse("The standard deviation of scores is not above 0.",
                         "Give the standard deviation among the people the reliability is from.");
  }
  return ChangeWith(after - before, sd * std::sqrt(2 * (1 - reliability.value)));
}

core::Result<Change> ConditionalChange(const Position& before, const Position& after) {
  const auto usable = [](double error) { return error > 0 && std::isfinite(error); };
  if (!usable(before.standard_error) || !usable(after.standard_error)) {
    return diary::Refuse("A standard error is not a number above 0.", "Give the standard error of each score.");
  }
  return ChangeWith(after.estimate - before.estimate, std::hypot(before.standard_error, after.standard_error));
}

}  // namespace selvedge::instruments
