// Uses the whole engine on a small diary of its own and prints every number that matters, one "name value" a line, so
// that the native build and the WebAssembly build can be compared (same_as_native.mjs).

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/random.h"
#include "core/text.h"
#include "diary/csv.h"
#include "dynamics/draw.h"
#include "dynamics/fit.h"
#include "dynamics/likelihood.h"
#include "dynamics/study.h"
#include "instruments/calibrate.h"
#include "instruments/item_fit.h"
#include "instruments/score.h"
#include "reading/reading.h"

namespace selvedge {
namespace {

constexpr std::size_t kDays = 60;

void Print(const std::string& name, double value) {
  const std::string number = std::isfinite(value) ? core::ShortestNumber(value) : "none";
  static_cast<void>(std::printf("%s %s\n", name.c_str(), number.c_str()));
}

void PrintText(const std::string& name, std::string_view text) {
  static_cast<void>(std::printf("%s %.*s\n", name.c_str(), static_cast<int>(text.size()), text.data()));
}

/// Two people on 0–100, asked about once a day at uneven times; some evenings one of them says nothing.
diary::Couple DrawCouple(const dynamics::System& system) {
  core::RandomStream stream({.seed = 20261122, .subject = 3, .purpose = 8});
  std::vector<core::Days> times;
  for (std::size_t day = 0; day < kDays; ++day) {
    times.push_back({static_cast<double>(day) + std::floor(24 * stream.Uniform()) / 32});  // exact in binary
  }
  diary::Couple couple{.id = "probe", .labels = {.a = "a", .b = "b"}, .check_ins = {}};
  for (const dynamics::Observation& answer : DrawAnswers(system, dynamics::Start::kStationary, times, stream)) {
    diary::CheckIn check_in{.time = answer.time, .day = static_cast<int>(answer.time.count), .own = {}};
    for (const core::Side side : core::kSides) {
      // To a tenth, as an app stores it: from here on both builds work on the same numbers.
      if (stream.Uniform() < 0.9)
        check_in.own[side] = std::fmin(100, std::fmax(0, std::round(10 * *answer.own[side]) / 10));
    }
    couple.check_ins.push_back(check_in);
  }
  return couple;
}

void PrintFit(const std::string& name, const dynamics::Fit& fit) {
  PrintText(name + ".status", NameOf(fit.status));
  Print(name + ".loglik", fit.loglik);
  Print(name + ".boundaries", static_cast<double>(fit.boundaries.size()));
  if (!fit.system) return;
  const dynamics::Parameters parameters = ParametersOf(*fit.system);
  for (std::size_t p = 0; p < parameters.size(); ++p) {
    const std::string parameter = name + "." + std::string(dynamics::kParameterNames[p]);
    Print(parameter, parameters[p]);
    if (fit.standard_errors[p]) Print(parameter + ".se", *fit.standard_errors[p]);
  }
}

void PrintReading(const reading::Reading& reading) {
  for (const reading::Card& card : reading.cards) {
    const std::string side = card.side ? (*card.side == core::Side::kA ? ".a" : ".b") : "";
    const std::string name = "reading." + card.id + side;
    PrintText(name + ".sentence", card.sentence);
    if (!card.estimate) continue;
    Print(name + ".median", card.estimate->median);
    Print(name + ".half.low", card.estimate->half[0]);
    Print(name + ".half.high", card.estimate->half[1]);
    Print(name + ".ninety.low", card.estimate->ninety[0]);
    Print(name + ".ninety.high", card.estimate->ninety[1]);
  }
}

/// Six questions about two things, answered by 150 people. Sums and comparisons alone, so that both builds see the same
/// answers.
void ProbeQuestionnaire() {
  constexpr std::size_t kItems = 6;
  constexpr std::size_t kPeople = 150;
  core::RandomStream stream({.seed = 20261124, .subject = 4, .purpose = 9});
  const auto bell = [&] {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += stream.Uniform();
    return sum;
  };
  instruments::ItemBank skeleton{.dimensions = {"near", "apart"}, .items = {}, .correlations = {}};
  for (std::size_t i = 0; i < kItems; ++i) {
    skeleton.items.push_back(
        {.name = "q" + std::to_string(i), .dimension = i % 2, .answers = {1, 2, 3, 4}, .curve = {}});
  }
  instruments::Answers answers{.items = kItems, .codes = {}};
  for (std::size_t person = 0; person < kPeople; ++person) {
    const double shared = bell();
    const std::array position{shared + bell(), shared - bell()};
    for (std::size_t i = 0; i < kItems; ++i) {
      const double leaning = position[i % 2] + bell();
      const std::uint8_t code = leaning < -1.5 ? 0 : leaning < 0 ? 1 : leaning < 1.5 ? 2 : 3;
      answers.codes.push_back(stream.Uniform() < 0.05 ? instruments::kUnanswered : code);
    }
  }
  core::SerialExecutor executor;
  const instruments::Calibration found = Calibrate(skeleton, answers, executor);
  Print("items.loglik", found.loglik);
  Print("items.correlation", found.bank.correlations(0, 1));
  Print("items.correlation.se", found.correlation_errors[1][0].value_or(std::nan("")));
  const auto fit = FitOfItems(found.bank, answers, executor);
  for (std::size_t i = 0; i < kItems; ++i) {
    const std::string name = "items." + found.bank.items[i].name;
    Print(name + ".slope", found.bank.items[i].curve.slope);
    Print(name + ".slope.se", found.item_errors[i].slope.value_or(std::nan("")));
    Print(name + ".difficulty2", found.bank.items[i].curve.Difficulty(2));
    Print(name + ".fit", fit[i] ? fit[i]->statistic : std::nan(""));
  }
  Print("items.reliability", MarginalReliability(found.bank, 0));
  const auto scores = ScoreAll(found.bank, answers, executor);
  const instruments::Mode mode = FindMode(found.bank, answers.Of(0));
  for (std::size_t d = 0; d < 2; ++d) {
    Print("items.score" + std::to_string(d), scores[0].mean[static_cast<Eigen::Index>(d)]);
    Print("items.score.sd" + std::to_string(d), scores[0].Sd(d));
    Print("items.mode" + std::to_string(d), mode.at[static_cast<Eigen::Index>(d)]);
  }
}

int Probe() {
  const auto system = dynamics::System::Create({-0.75, 0.30, 0.05, -0.55}, {120, 30, 85}, {40, 50}, {66, 61});
  const diary::Diary written{.clock = diary::Clock::kDayNumbers, .couples = {DrawCouple(*system)}};
  const auto diary = diary::ReadCsv(diary::WriteCsv(written), {});
  if (!diary) {
    PrintText("diary.error", diary.error().message);
    return 1;
  }
  const diary::Couple& couple = diary->couples.front();
  double sum = 0;
  for (const diary::CheckIn& check_in : couple.check_ins) {
    sum += check_in.time.count + check_in.own.a.value_or(0) + check_in.own.b.value_or(0);
  }
  Print("diary.check_ins", static_cast<double>(couple.check_ins.size()));
  Print("diary.sum", sum);

  dynamics::Occasions occasions;
  occasions.AddDyad(dynamics::ObservationsOf(couple));
  dynamics::Likelihood likelihood(occasions);
  for (const auto& [name, start] : {std::pair("likelihood.stationary", dynamics::Start::kStationary),
                                    std::pair("likelihood.unit", dynamics::Start::kUnit)}) {
    dynamics::SystemAdjoint bar;
    const std::optional<double> value = likelihood.ValueAndGradient(*system, start, bar);
    Print(name, value.value_or(std::nan("")));
    const std::array slopes{bar.drift.aa,      bar.drift.ab,      bar.drift.ba,      bar.drift.bb,
                            bar.stationary.aa, bar.stationary.ab, bar.stationary.bb, bar.noise.a,
                            bar.noise.b,       bar.mean.a,        bar.mean.b};
    for (std::size_t i = 0; i < slopes.size(); ++i) Print(std::string(name) + ".slope" + std::to_string(i), slopes[i]);
  }

  const dynamics::Prior prior = dynamics::Prior::DailyMood();
  PrintFit("ml", FitMaximumLikelihood(occasions, {}));
  PrintFit("map", FitMaximumAPosteriori(occasions, {}, prior));
  ProbeQuestionnaire();
  PrintReading(reading::ReadCouple(couple, diary->clock, prior));
  return 0;
}

}  // namespace
}  // namespace selvedge

int main() { return selvedge::Probe(); }
