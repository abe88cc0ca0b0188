#include "theory/trial_sensitivity.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "theory/contrast.h"
#include "theory/worlds.h"

namespace selvedge::theory {
namespace {

/// A part whose sensitivity is measured, and where it goes.
struct Subject {
  const Part* part;
  PartTrial* trial;
};

std::vector<std::size_t> ConstantsToVary(const Theory& theory, const SensitivityRange& range) {
  std::vector<std::size_t> constants;
  for (std::size_t i = 0; i < kConstantFields<float>.size(); ++i) {
    const bool is_fixed = std::ranges::find(range.fixed, i) != range.fixed.end();
    if (!is_fixed && theory.constants.*kConstantFields<float>[i].member != 0) constants.push_back(i);
  }
  return constants;
}

/// The effects of parts at the points of a design.
class Study {
 public:
  Study(const Theory& theory, const SensitivityRange& range, std::uint64_t seed, std::size_t couples,
        core::Executor& executor, SimulationHooks hooks)
      : theory_(theory), range_(range), seed_(seed), couples_(couples), executor_(executor), hooks_(hooks) {}

  /// By part, then by point; nothing when it was cancelled.
  [[nodiscard]] std::optional<std::vector<std::vector<double>>> EffectsAt(const Design& design,
                                                                          const std::vector<std::size_t>& constants,
                                                                          const std::vector<Subject>& subjects) const {
    Worlds worlds(couples_, seed_);
    std::vector<Contrast> contrasts;
    for (std::size_t point = 0; point < design.Count(); ++point) {
      const Theory moved = TheoryAt(design.At(point), constants);
      for (const Subject& subject : subjects) {
        contrasts.push_back(Ask(worlds, moved, std::to_string(point), *subject.part, {}));
      }
    }
    if (!worlds.Live(executor_, hooks_)) return std::nullopt;
    std::vector<std::vector<double>> effects(subjects.size());
    for (std::size_t i = 0; i < contrasts.size(); ++i) {
      const std::vector<double> by_couple = EffectsIn(worlds, contrasts[i]);
      effects[i % subjects.size()].push_back(std::accumulate(by_couple.begin(), by_couple.end(), 0.0) /
                                             static_cast<double>(by_couple.size()));
    }
    return effects;
  }

 private:
  [[nodiscard]] Theory TheoryAt(std::span<const double> point, const std::vector<std::size_t>& constants) const {
    Theory moved = theory_;
    for (std::size_t i = 0; i < constants.size(); ++i) {
      moved.constants.*kConstantFields<float>[constants[i]].member *=
          static_cast<float>(range_.low + point[i] * (range_.high - range_.low));
    }
    return moved;
  }

  const Theory& theory_;
  const SensitivityRange& range_;
  std::uint64_t seed_;
  std::size_t couples_;
  core::Executor& executor_;
  SimulationHooks hooks_;
};

double ShareBeyond(const std::vector<double>& effects, int sign, double bound) {
  const auto beyond = std::ranges::count_if(effects, [&](double effect) { return sign * effect > bound; });
  return static_cast<double>(beyond) / static_cast<double>(effects.size());
}

}  // namespace

bool AddSensitivity(const Theory& theory, const Claims& claims, std::uint64_t seed, const SensitivitySize& size,
                    core::Executor& executor, SimulationHooks hooks, Trial& trial) {
  std::vector<Subject> subjects;
  for (ClaimTrial& of_claim : trial.claims) {
    const Claim& claim = claims.claims[of_claim.claim];
    if (claim.kind != ClaimKind::kEmergent) continue;
    for (std::size_t part = 0; part < claim.parts.size(); ++part) {
      subjects.push_back({.part = &claim.parts[part], .trial = &of_claim.parts[part]});
    }
  }
  if (subjects.empty()) return true;

  const Study study(theory, claims.sensitivity, seed, size.couples, executor, hooks);
  const std::vector<std::size_t> constants = ConstantsToVary(theory, claims.sensitivity);
  const auto at_sets = study.EffectsAt(SpreadEvenly(constants.size(), size.sets, seed), constants, subjects);
  if (!at_sets) return false;
  const Design morris = MorrisDesign(constants.size(), size.trajectories, seed);
  const auto at_trajectories = study.EffectsAt(morris, constants, subjects);
  if (!at_trajectories) return false;

  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const auto& [part, part_trial] = subjects[i];
    const double smallest = claims.smallest_effects[part->smallest].value;
    PartSensitivity sensitivity{.sign_share = ShareBeyond((*at_sets)[i], part->sign, 0),
                                .counts_share = ShareBeyond((*at_sets)[i], part->sign, smallest)};
    const std::vector<ElementaryEffects> effects = AnalyseMorris(morris, (*at_trajectories)[i]);
    for (std::size_t input = 0; input < constants.size(); ++input) {
      sensitivity.influences.push_back({.constant = constants[input], .effects = effects[input]});
    }
    std::ranges::sort(sensitivity.influences, {}, [](const Influence& influence) {
      return std::pair(-influence.effects.mean_size, influence.constant);
    });
    sensitivity.influences.resize(std::min(size.kept, sensitivity.influences.size()));

    std::vector<std::size_t> kept;
    for (const Influence& influence : sensitivity.influences) kept.push_back(influence.constant);
    const Design sobol = SobolDesign(kept.size(), size.base, seed);
    const auto at_sobol = study.EffectsAt(sobol, kept, {subjects[i]});
    if (!at_sobol) return false;
    const std::vector<SobolIndices> shares = AnalyseSobol(sobol, at_sobol->front());
    for (std::size_t input = 0; input < kept.size(); ++input) sensitivity.influences[input].shares = shares[input];
    part_trial->sensitivity = std::move(sensitivity);
  }
  return true;
}

}  // namespace selvedge::theory
