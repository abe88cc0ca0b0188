#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/result.h"

/// Whether somebody changed more than the measure wobbles.
namespace selvedge::instruments {

/// How steady a measure is, and how that was found out. Retests over a short time tell how far scores wander without
/// any change; the agreement of a measure's parts (internal consistency) says less about that and makes small changes
/// look reliable.
struct Reliability {
  enum class Kind : std::uint8_t { kRetest, kInternal };

  double value = 0;
  Kind kind = Kind::kRetest;
  std::string source;
};

/// The one to use: a retest where there is any, of several of a kind the first.
[[nodiscard]] std::optional<Reliability> PreferredReliability(std::span<const Reliability> known);

/// A difference between two occasions and how far it can be told from none.
struct Change {
  double difference = 0;      ///< after − before
  double standard_error = 0;  ///< of the difference, if nothing changed
  double index = 0;           ///< difference / standard_error

  /// |index| > 1.96: so far apart, two scores of somebody who did not change lie in five of a hundred cases.
  [[nodiscard]] bool IsReliable() const;
  /// P(after > before | both scores) = Φ(index), when beforehand every change was held equally likely.
  [[nodiscard]] double ProbabilityOfRise() const;
};

/// The reliable change index, (after − before) / (sd √(2 (1 − r))) [1].
///
/// @param sd      of scores among people, in the unit of the scores; > 0
/// @error kRefused for a reliability outside 0 … 1 (1 itself: a measure without error needs no index), or an sd that is
///                not above 0, or scores that are not numbers
///
/// [1] Jacobson & Truax (1991), Clinical significance: a statistical approach to defining meaningful change in
/// psychotherapy research, J. Consulting and Clinical Psychology 59(1), 12–19, doi:10.1037/0022-006X.59.1.12.
[[nodiscard]] core::Result<Change> ReliableChange(double before, double after, double sd,
                                                  const Reliability& reliability);

/// A position and its standard error, which depends on where one is and what one answered.
struct Position {
  double estimate = 0;
  double standard_error = 0;
};

/// The same from the standard errors of the two occasions themselves: (θ₂ − θ₁) / √(se₁² + se₂²).
///
/// With posterior means and standard deviations, ProbabilityOfRise is the posterior probability for two occasions that
/// are independent beforehand.
///
/// @error kRefused unless both standard errors are finite and above 0
[[nodiscard]] core::Result<Change> ConditionalChange(const Position& before, const Position& after);

}  // namespace selvedge::instruments
