// Measures how often the intervals of readings hold the truth: systems drawn from the prior, diaries drawn from the
// systems, fitted as a couple's diary is, and each interval compared with what its system really was.
//
//   coverage_study [REPLICATES] > content/calibration/laplace_coverage.json

#include "recovery/coverage_study.h"

#include <array>
#include <charconv>
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

int main(int argc, char** argv) {
  using namespace selvedge;
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
  core::Json overall = core::Json::Array();
  core::Json by_reading = core::Json::Array();
  for (const int days : kLengths) {
    const std::vector<recovery::Coverage> rows = recovery::MeasureCoverage(days, replicates, 20261122);
    double half = 0;
    double ninety = 0;
    for (const recovery::Coverage& row : rows) {
      half += row.half / static_cast<double>(rows.size());
      ninety += row.ninety / static_cast<double>(rows.size());
      by_reading.Push(core::Json::Object()
                          .Set("days", days)
                          .Set("reading", row.reading)
                          .Set("intervals", row.intervals)
                          .Set("coverage_50", row.half)
                          .Set("coverage_90", row.ninety));
    }
    overall.Push(core::Json::Object().Set("days", days).Set("coverage_50", half).Set("coverage_90", ninety));
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
                               .Set("overall", std::move(overall))
                               .Set("by_reading", std::move(by_reading))
                               .Dump(1) +
                           "\n";
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? 0 : 1;
}
