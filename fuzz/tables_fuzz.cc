// Any bytes at all as a table of ratings, of codes, or as a prior: taken, and then fitted, or refused in words.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/contract.h"
#include "responses/prior.h"
#include "responses/transition.h"
#include "responses/truth_and_bias.h"

namespace selvedge::responses {
namespace {

/// Keeps a fit short: what is fuzzed is the reading, and that a fit of anything ends.
constexpr std::size_t kMostCouples = 8;

template <typename T>
bool IsSaid(const core::Result<T>& result) {
  return result || (!result.error().message.empty() && !result.error().remedy.empty());
}

void TryRatings(std::string_view text) {
  const auto couples = ReadRatings(text, {.dyad = "d", .person = "p", .self = "s", .other = "o"});
  SELVEDGE_EXPECT(IsSaid(couples));
  if (!couples || couples->size() > kMostCouples) return;
  const auto fit = FitTruthAndBias(*couples);
  SELVEDGE_EXPECT(IsSaid(fit));
  if (fit) SELVEDGE_EXPECT(!TruthAndBiasJson(*fit).Dump().empty());
}

void TrySequences(std::string_view text) {
  const auto sequences = ReadSequences(text, {.dyad = "d", .time = "t", .request = "q", .response = "r"});
  SELVEDGE_EXPECT(IsSaid(sequences));
  if (!sequences || sequences->size() > kMostCouples) return;
  const auto fit = FitTransitions(*sequences);
  SELVEDGE_EXPECT(IsSaid(fit));
  if (fit) SELVEDGE_EXPECT(!TransitionsJson(*fit).Dump().empty());
}

}  // namespace
}  // namespace selvedge::responses

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(data + 1, data + size);
  switch (data[0] % 3) {
    case 0:
      selvedge::responses::TryRatings(text);
      break;
    case 1:
      selvedge::responses::TrySequences(text);
      break;
    default:
      static_cast<void>(selvedge::responses::Prior::Parse(text));
  }
  return 0;
}
