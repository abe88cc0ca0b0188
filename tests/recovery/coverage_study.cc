// Measures how often the intervals of readings hold the truth: systems drawn from the prior, diaries drawn from the
// systems, fitted as a couple's diary is, and each interval compared with what its system really was.
//
//   coverage_study [REPLICATES] > content/calibration/laplace_coverage.json

#include "recovery/coverage_study.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "core/json.h"
#include "core/random.h"
#include "dynamics/draw.h"
#include "dynamics/fit.h"
#include "dynamics/prior.h"

namespace selvedge {
namespace {

constexpr std::uint64_t kSeed = 20261122;

core::Json RowJson(int days, const recovery::Coverage& row) {
  return core::Json::Object()
      .Set("days", days)
      .Set("intervals", row.intervals)
      .Set("coverage_50", row.half)
      .Set("coverage_90", row.ninety);
}

}  // namespace
}  // namespace selvedge

int main(int argc, char** argv) {
  namespace core = selvedge::core;
  namespace dynamics = selvedge::dynamics;
  namespace recovery = selvedge::recovery;
  int replicates = 400;
  if (argc > 1) {
    const char* const word = argv[1];
    const auto [end, error] = std::from_chars(word, word + std::strlen(word), replicates);
    if (error != std::errc{} || *end != '\0' || replicates < 1) {
      static_cast<void>(std::fprintf(stderr, "coverage_study: \"%s\" is not a number of replicates\n", word));
      return 2;
    }
  }
  constexpr std::array kLengths{14, 28, 56, 112, 224};
  core::Json readings = core::Json::Array();
  core::Json by_reading = core::Json::Array();
  core::Json likelihood = core::Json::Array();
  for (const int days : kLengths) {
    const std::vector<recovery::Coverage> rows = recovery::MeasureReadings(days, replicates, selvedge::kSeed);
    for (const recovery::Coverage& row : rows)
      by_reading.Push(selvedge::RowJson(days, row).Set("reading", row.reading));
    readings.Push(selvedge::RowJson(days, recovery::Together(rows)));
    likelihood.Push(selvedge::RowJson(days, recovery::MeasureMaximumLikelihood(days, replicates, selvedge::kSeed)));
  }
  const std::string text = core::Json::Object()
                               .Set("format", "selvedge-coverage")
                               .Set("version", 1)
                               .Set("about",
                                    "How often intervals of readings held the truth in simulated diaries: systems from "
                                    "the prior, one prompt a day, 85 % answered, fitted as a couple's diary is.")
                               .Set("prior", dynamics::Prior::DailyMood().id)
                               .Set("replicates", replicates)
                               .Set("command", "coverage_study " + std::to_string(replicates))
                               .Set("readings", std::move(readings))
                               .Set("by_reading", std::move(by_reading))
                               .Set("maximum_likelihood", std::move(likelihood))
                               .Dump(1) +
                           "\n";
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? 0 : 1;
}
