#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/executor.h"
#include "theory/claims.h"
#include "theory/sensitivity.h"
#include "theory/simulate.h"

/// Tries claims: the same couples live in worlds that differ in one thing, with their mechanisms on and off.
namespace selvedge::theory {

/// The mean of an effect over couples, and its 95 % interval by the normal distribution: couples are independent of
/// each other and of bounded effect, and there are hundreds of them.
struct Estimate {
  double effect = 0;
  double low = 0;
  double high = 0;

  bool operator==(const Estimate&) const = default;
};

/// @param effects  one a couple, two at least.
[[nodiscard]] Estimate EstimateOf(std::span<const double> effects);

/// Never "supported": that is for data to say.
enum class Verdict { kHolds, kFails, kCantTell };

/// Why a claim does not hold.
enum class Because {
  kHolds,
  kTooSmall,                 ///< the effect is smaller than what counts
  kOtherWay,                 ///< it counts, but against the prediction
  kTooUncertain,             ///< the interval spans what counts
  kCarriedOtherwise,         ///< it is there, and still is with its mechanisms off
  kPerhapsCarriedOtherwise,  ///< it is there, and may still be with its mechanisms off
};

[[nodiscard]] Verdict VerdictOf(Because because);

/// What is to be said of an effect. It holds when its whole interval is on the predicted side and beyond the smallest
/// effect, and the effect without its mechanisms is gone: the interval is within the smallest effect, or within what is
/// left after `gone_share` of the effect.
[[nodiscard]] Because Judge(const Estimate& effect, const Estimate& ablated, int sign, double smallest,
                            double gone_share);

/// How far a part's effect depends on one constant.
struct Influence {
  std::size_t constant = 0;  ///< in kConstantFields
  ElementaryEffects effects;
  std::optional<SobolIndices> shares{};  ///< of those that matter most
};

struct PartSensitivity {
  double sign_share = 0;                ///< of constant sets: the effect is on the predicted side
  double counts_share = 0;              ///< of constant sets: and beyond the smallest effect
  std::vector<Influence> influences{};  ///< those that matter most, most first
};

struct PartTrial {
  Estimate effect;
  Estimate ablated;
  Because because = Because::kTooUncertain;
  std::vector<Estimate> rivals{};  ///< the effect under each rival model; none unless the claim has rivals
  std::optional<PartSensitivity> sensitivity{};
};

struct ClaimTrial {
  std::size_t claim = 0;  ///< in Claims::claims
  Verdict verdict = Verdict::kCantTell;
  std::vector<PartTrial> parts{};
};

/// When the difference between two kinds of couples passes from above zero to below, for good.
struct Crossing {
  std::optional<double> week{};  ///< none: it does not
  double low = 0;                ///< 95 % of couples drawn again (bootstrap); of those draws that cross
  double high = 0;
  double share = 0;  ///< of draws that cross
};

struct SeriesTrial {
  std::string state;
  std::vector<double> without{}, with{};  ///< mean of both, week by week
  std::vector<double> ablated_without{}, ablated_with{};
  Estimate short_term, long_term;  ///< with minus without
  Estimate ablated_long_term;
  Crossing crossing;
};

/// One practice, taken up by one or both, in one kind of couple.
struct InterventionTrial {
  std::string population;
  std::size_t path = 0;  ///< 0 for PATH-1
  std::vector<core::Side> doers{};
  struct Outcome {
    std::string state;
    std::optional<core::Side> side{};  ///< whose; none: of the couple
    Estimate during{}, after{};
  };
  std::vector<Outcome> outcomes{};
};

struct TrialOptions {
  std::vector<std::size_t> chosen{};  ///< in Claims::claims; empty: all, the central contrast and the interventions
  std::size_t couples = 400;
  std::uint64_t seed = 1;
  bool with_sensitivity = false;
};

struct Trial {
  std::vector<ClaimTrial> claims{};
  std::vector<SeriesTrial> central{};
  std::vector<InterventionTrial> interventions{};
};

/// How many constant sets and couples sensitivity is measured on.
struct SensitivitySize {
  std::size_t couples = 32;
  std::size_t sets = 100;        ///< with all constants drawn together, for the shares of signs
  std::size_t trajectories = 4;  ///< Morris, over all constants
  std::size_t kept = 6;          ///< of which so many go on
  std::size_t base = 64;         ///< Sobol', over these
};

/// The claims with these ids, in the order of content.
/// @error  there is no claim of one of them.
[[nodiscard]] core::Result<std::vector<std::size_t>> ChooseClaims(const Claims& claims,
                                                                  const std::vector<std::string>& ids);

/// Tries the claims. Sensitivity is measured for emergent ones alone: of a rule, it would be that of its own constant.
/// @returns  nothing when it was cancelled.
[[nodiscard]] std::optional<Trial> TryClaims(const Theory& theory, const Claims& claims, const TrialOptions& options,
                                             core::Executor& executor, SimulationHooks hooks,
                                             const SensitivitySize& size = {});

}  // namespace selvedge::theory
