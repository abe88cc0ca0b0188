// Writes the sample couple of content/samples: simulated, from the model itself, with answers as people give them
// (whole numbers on the slider, evenings missed). The same file every time; a test holds the committed one to it.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "core/random.h"
#include "diary/csv.h"
#include "diary/timestamp.h"
#include "dynamics/draw.h"
#include "dynamics/system.h"

namespace selvedge {
namespace {

constexpr int kDays = 112;
constexpr double kAnswered = 0.87;

diary::Diary SampleDiary() {
  // Ana is livelier and is moved by Ben's days; Ben is steadier. Chosen to be ordinary, not to make a point.
  const auto system = dynamics::System::Create({-0.75, 0.30, 0.05, -0.55}, {120, 30, 85}, {40, 50}, {66, 61});
  std::vector<core::Days> times;
  const int first_day = diary::DaysFromDate({.year = 2026, .month = 3, .day = 2});
  for (int day = 0; day < kDays; ++day) times.push_back({static_cast<double>(first_day + day)});
  core::RandomStream stream({.seed = 7, .subject = 0, .purpose = 10});
  const auto answers = dynamics::DrawAnswers(*system, dynamics::Start::kStationary, times, stream);

  diary::Couple couple{.id = "simulated couple", .labels = {.a = "Ana", .b = "Ben"}, .check_ins = {}};
  for (const dynamics::Observation& answer : answers) {
    diary::CheckIn check_in{.time = answer.time, .day = static_cast<int>(answer.time.count), .own = {}};
    for (const core::Side side : core::kSides) {
      const bool answered = stream.Uniform() < kAnswered;
      if (answered) check_in.own[side] = std::clamp(std::round(*answer.own[side]), 0.0, 100.0);
    }
    couple.check_ins.push_back(check_in);
  }
  return {.clock = diary::Clock::kCalendar, .couples = {couple}};
}

}  // namespace
}  // namespace selvedge

int main() {
  const std::string csv = selvedge::diary::WriteCsv(selvedge::SampleDiary());
  return std::fwrite(csv.data(), 1, csv.size(), stdout) == csv.size() ? 0 : 1;
}
