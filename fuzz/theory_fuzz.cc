// Any bytes at all as a population or as a theory: taken, and then lived by for a week, or refused in words.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/contract.h"
#include "theory/simulate.h"

namespace selvedge::theory {
namespace {

template <typename T>
bool IsSaid(const core::Result<T>& result) {
  return result || (!result.error().message.empty() && !result.error().remedy.empty());
}

bool IsShare(float value) { return value >= 0 && value <= 1; }

void TryPopulation(std::string_view text) {
  static const Constants<float> kConstants = ShippedTheory().value().constants;
  const auto population = ParsePopulation(text);
  SELVEDGE_EXPECT(IsSaid(population));
  if (!population) return;
  const Block block = SimulateCouple({.population = *population, .constants = kConstants, .days = 7}, 0);
  const Week& week = block.At(0, 0);
  for (const core::Side side : core::kSides) {
    SELVEDGE_EXPECT(std::isfinite(week.people[side].feeling) && IsShare(week.people[side].trust));
  }
  SELVEDGE_EXPECT(IsShare(week.closeness));
}

void TryTheory(std::string_view text) {
  const auto theory = ParseTheory(text);
  SELVEDGE_EXPECT(IsSaid(theory));
  if (!theory) return;
  for (const std::string& mechanism : theory->Mechanisms()) SELVEDGE_EXPECT(theory->Without(mechanism).has_value());
}

}  // namespace
}  // namespace selvedge::theory

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(data + 1, data + size);
  if (data[0] == 'p') {
    selvedge::theory::TryPopulation(text);
  } else {
    selvedge::theory::TryTheory(text);
  }
  return 0;
}
