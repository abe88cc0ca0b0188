// Any bytes at all: a prior is refused in words, or it is one a fit can be made with, however odd its numbers.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/contract.h"
#include "dynamics/fit.h"
#include "dynamics/occasions.h"
#include "dynamics/prior.h"

namespace selvedge::dynamics {
namespace {

Occasions FewAnswers() {
  constexpr std::array<double, 6> kOwn{52, 61, 47, 50, 70, 44};
  std::array<Observation, kOwn.size()> observations;
  for (std::size_t i = 0; i < kOwn.size(); ++i) {
    observations[i] = {.time = {static_cast<double>(i)}, .own = {.a = kOwn[i], .b = kOwn[kOwn.size() - 1 - i]}};
  }
  Occasions occasions;
  occasions.AddDyad(observations);
  return occasions;
}

void Try(const std::string& text) {
  const core::Result<Prior> prior = Prior::Parse(text);
  if (!prior) {
    SELVEDGE_EXPECT(!prior.error().message.empty() && !prior.error().remedy.empty());
    return;
  }
  SELVEDGE_EXPECT(prior->Centre().allFinite() && prior->Widths().allFinite());
  const Occasions occasions = FewAnswers();
  static_cast<void>(FitMaximumAPosteriori(occasions, {}, *prior));
}

}  // namespace
}  // namespace selvedge::dynamics

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  selvedge::dynamics::Try(std::string(data, data + size));
  return 0;
}
