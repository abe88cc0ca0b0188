#include "theory/contrast.h"

#include <cstddef>
#include <span>

namespace selvedge::theory {

Contrast Ask(Worlds& worlds, const Theory& theory, std::string_view theory_name, const Part& part,
             const std::vector<const Difference*>& also) {
  Contrast contrast;
  const auto ask = [&](const Difference& side, const Difference* at, int sign) {
    std::vector<const Difference*> differences;
    for (const Difference& given : part.given) differences.push_back(&given);
    if (at != nullptr) differences.push_back(at);
    differences.push_back(&side);
    differences.insert(differences.end(), also.begin(), also.end());
    contrast.emplace_back(worlds.Ask(theory, theory_name, part.population, differences, part.outcome), sign);
  };
  const Difference* high = part.at ? &part.at->high : nullptr;
  ask(part.with, high, 1);
  ask(part.without, high, -1);
  if (part.at) {
    ask(part.with, &part.at->low, -1);
    ask(part.without, &part.at->low, 1);
  }
  return contrast;
}

std::vector<double> EffectsIn(const Worlds& worlds, const Contrast& contrast) {
  std::vector<double> effects(worlds.couples());
  for (const auto& [question, sign] : contrast) {
    const std::span<const double> answers = worlds.Answer(question);
    for (std::size_t couple = 0; couple < effects.size(); ++couple) effects[couple] += sign * answers[couple];
  }
  return effects;
}

Difference Without(const std::vector<std::string>& mechanisms) {
  Difference difference{.text = "without", .population = {}, .off = mechanisms};
  for (const std::string& mechanism : mechanisms) difference.text += " " + mechanism;
  return difference;
}

}  // namespace selvedge::theory
