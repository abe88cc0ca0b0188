#include "leaning/shading.h"

#include <cstddef>

#include "numerics/beta.h"

namespace selvedge::leaning {

std::optional<Shading> Shade(const ShadingForm& form, const std::vector<WouldFollow>& answers) {
  int choice = 0;
  int acts = 0;
  for (const WouldFollow answer : answers) {
    const auto index = static_cast<std::size_t>(answer);
    if (index >= kCountedAnswers.size()) continue;  // afraid, or rather not say
    ++acts;
    choice += form.is_choice[index] ? 1 : 0;
  }
  if (acts == 0 || acts < form.needs) return std::nullopt;
  const double a = form.prior_choice + choice;
  const double b = form.prior_losing + acts - choice;
  return Shading{.acts = acts,
                 .choice = numerics::EstimateBy([&](double p) { return numerics::BetaQuantile(a, b, p); })};
}

}  // namespace selvedge::leaning
