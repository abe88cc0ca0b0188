#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "theory/constants.h"
#include "theory/simulate.h"

/// What the articles say causes what, as definitions (content/claims.json): contrasts between worlds that differ in one
/// thing, with a prediction. `trial.h` tries them.
namespace selvedge::theory {

/// A constant by its place in kConstantFields, with another value.
struct ConstantValue {
  std::size_t constant = 0;
  float value = 0;
};

/// Another centre of a trait; its spread stays.
struct TraitCentre {
  core::Side side = core::Side::kA;
  std::size_t trait = 0;  ///< in the order of kTraitFields
  float centre = 0;
};

/// In what a world differs from a population and from the theory's constants as they are.
struct Difference {
  std::string text;        ///< as it is written; the same words are the same difference
  std::string population;  ///< another one, or empty
  std::vector<TraitCentre> traits{};
  std::vector<ConstantValue> constants{};
  std::vector<std::string> off{};  ///< mechanisms
  std::vector<Practice> practices{};
  std::vector<ExtraMoment> extra_moments{};
};

/// From the first day to before the last.
struct Days {
  int from = 0;
  int to = 0;

  bool operator==(const Days&) const = default;
};

/// A number that one couple's life comes to: the mean of a state over some days, or how often moments happened a week.
struct Measure {
  enum class Of { kPerson, kFeelingSwing, kMoments, kCloseness, kParted };

  Of of = Of::kPerson;
  std::size_t state = 0;             ///< kPerson: in the order of kPersonFields
  std::vector<std::size_t> rules{};  ///< kMoments: which are counted together
  std::vector<core::Side> sides{};   ///< whose; of both the mean is taken; none for what is of the couple
  Days days{};

  bool operator==(const Measure&) const = default;
};

/// An effect this large begins to count, in the unit of the outcome.
struct SmallestEffect {
  std::string id;
  double value = 0;
  std::string reason;
};

/// One contrast with one outcome. The effect is the outcome with, minus the outcome without; where there is `at`, the
/// effect there at high, minus that at low.
struct Part {
  struct At {
    Difference low, high;
  };

  std::string words;
  std::string population;
  std::vector<Difference> given{};  ///< in every world of it
  Difference without, with;
  std::optional<At> at{};
  Measure outcome{};
  int sign = 1;              ///< predicted: 1 or −1
  std::size_t smallest = 0;  ///< in Claims::smallest_effects
  std::vector<std::string> carried_by{};
};

/// Rule: written in, so that switching it off proves only that the switch works. Emergent: written nowhere.
enum class ClaimKind { kRule, kEmergent };

struct Claim {
  std::string id;
  std::string words;
  std::string scale;  ///< how long it takes, by the articles
  ClaimKind kind = ClaimKind::kRule;
  std::string evidence;  ///< from outside the articles: ++, +, ± or ?
  bool has_rivals = false;
  std::string note;  ///< what there is to say of its result; may be empty
  std::vector<Part> parts{};
};

/// The contrast of short against long: two kinds of couples, week by week.
struct CentralContrast {
  std::string words;
  Difference without, with;
  Difference while_together;
  std::vector<std::string> series{};
  std::vector<Measure> measures{};  ///< of the series; their days are not set
  Days short_term{}, long_term{};
  std::size_t smallest = 0;
  std::vector<std::string> carried_by{};
};

/// One of several ways in which the articles can be read.
struct RivalModel {
  std::string id;
  std::string words;
  Difference difference;
};

/// Between which multiples of their values constants are tried.
struct SensitivityRange {
  double low = 0;
  double high = 0;
  std::vector<std::size_t> fixed{};  ///< constants that keep their values
};

/// What practices are tried on, and what is looked at.
struct Interventions {
  std::vector<std::string> populations{};
  std::string where_it_does_harm;
  int from_day = 0;
  int days = 0;
  Days during{}, after{};
  std::vector<std::string> outcomes{};  ///< states of a person
  std::vector<std::string> couple{};    ///< states of the couple
};

struct Claims {
  std::vector<SmallestEffect> smallest_effects{};
  double gone_share = 0;  ///< an effect is gone when at least so much of it is
  CentralContrast central{};
  std::vector<RivalModel> rivals{};
  SensitivityRange sensitivity{};
  Interventions interventions{};
  std::vector<Claim> claims{};
};

/// Reads claims in the format of content/claims.json.
/// @error  something is missing, or names what the theory does not have.
[[nodiscard]] core::Result<Claims> ParseClaims(std::string_view json, const Theory& theory);

/// content/claims.json.
[[nodiscard]] core::Result<Claims> ShippedClaims(const Theory& theory);

/// Takes away what mechanisms do: their constants are 0.
void SwitchOff(const std::vector<std::string>& mechanisms, const Theory& theory, Constants<float>& constants);

/// What is measured, by its name: a state of a person, "feeling_swing" (the standard deviation of a feeling),
/// "closeness" or "parted". Its days are left open.
/// @param sides  whose; empty for what is of the couple.
/// @error  there is no such state, or it is not clear whose.
[[nodiscard]] core::Result<Measure> NamedMeasure(std::string_view state, std::vector<core::Side> sides);

/// The plan of a world: a population and the theory's constants, changed by differences in their order.
[[nodiscard]] Plan PlanOf(const Theory& theory, std::string_view population,
                          const std::vector<const Difference*>& differences);

/// What a couple's life comes to.
/// @param block  weeks of `days_a_week` days; the measure's days begin and end with weeks.
[[nodiscard]] double ValueOf(const Measure& measure, const Block& block, std::size_t couple, int days_a_week);

}  // namespace selvedge::theory
