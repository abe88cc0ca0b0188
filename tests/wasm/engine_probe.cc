// Uses the whole engine on a small diary of its own and prints every number that matters, one "name value" a line, so
// that the native build and the WebAssembly build can be compared (same_as_native.mjs).

#include <Eigen/Core>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
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
#include "leaning/leaning.h"
#include "leaning/words.h"
#include "reading/reading.h"
#include "responses/responses.h"
#include "responses/transition.h"
#include "responses/truth_and_bias.h"

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

void PrintEstimate(const std::string& name, const numerics::Estimate& estimate) {
  Print(name + ".median", estimate.median);
  Print(name + ".half.low", estimate.half[0]);
  Print(name + ".half.high", estimate.half[1]);
  Print(name + ".ninety.low", estimate.ninety[0]);
  Print(name + ".ninety.high", estimate.ninety[1]);
}

void PrintReading(const reading::Reading& reading) {
  for (const reading::Card& card : reading.cards) {
    const std::string side = card.side ? (*card.side == core::Side::kA ? ".a" : ".b") : "";
    const std::string name = "reading." + card.id + side;
    PrintText(name + ".sentence", card.sentence);
    if (!card.estimate) continue;
    PrintEstimate(name, *card.estimate);
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

/// One person's place, from the four scales of the questionnaire and a habit.
int PrintLeaning() {
  using enum leaning::WouldFollow;
  const leaning::Map map = leaning::Map::Theory();
  const auto scales = leaning::FromEstimate(Eigen::Vector4d(1.7, 0.2, -1.1, 0.4), 0.2 * Eigen::Matrix4d::Identity());
  const auto habit = leaning::FromEstimate(0.5, 0.4);
  if (!scales || !habit) return 1;
  leaning::Question question;
  question.now.evidence = {{.indicator = "signs", .likelihood = *scales, .answers = 34},
                           {.indicator = "stepping_in", .likelihood = *habit, .days = 28}};
  question.acts = {kGuilty, kLetDown, kNothingMuch, kQuarrel, kGuilty, kAfraid};
  const auto leaning = WhereOneStands(map, question);
  if (!leaning) return 1;
  const auto& stand = std::get<leaning::Stand>(*leaning);
  PrintText("leaning.sentence", leaning::StandSentence(stand));
  for (const Eigen::Index axis : {leaning::kAutonomy, leaning::kConnection}) {
    Print("leaning.mean" + std::to_string(axis), stand.now.posterior.mean[axis]);
  }
  for (std::size_t r = 0; r < leaning::kRegionCount; ++r) {
    Print("leaning." + std::string(leaning::kRegionIds[r]), stand.mass[r]);
  }
  Print("leaning.choice.low", stand.shading->choice.ninety[0]);
  return 0;
}

/// The couple's days with moments that come round at different paces, so that every reading has something to read.
void PrintResponses(const diary::Couple& couple) {
  constexpr std::array<std::string_view, 5> kLogs{
      "nothing", "stepped_in asked=no before=tense after=easier | held_back",
      "was_reached came=warm met=yes | own_time", "was_reached came=warm met=partly | withdrew",
      "reached outcome=with_me | said_yes_empty"};
  std::vector<responses::Occasion> occasions = responses::OccasionsOf(couple);
  for (std::size_t i = 0; i < occasions.size(); ++i) {
    occasions[i].moments.a = diary::ReadMoments(kLogs[(i * i + i / 3) % kLogs.size()]).value();
    occasions[i].moments.b = diary::ReadMoments(kLogs[(i / 2) % kLogs.size()]).value();
  }
  for (const responses::Response& response : responses::ReadResponses(
           occasions, couple.labels, responses::Grain::kCheckIns, responses::Prior::Provisional())) {
    const std::string name =
        "responses." + std::string(responses::NameOf(response.kind)) + (response.side == core::Side::kA ? ".a" : ".b");
    PrintText(name + ".sentence", response.sentence);
    PrintText(name + ".counts", response.counts_sentence);
    if (response.odds_against_none) Print(name + ".odds", *response.odds_against_none);
    if (response.estimate) PrintEstimate(name, *response.estimate);
  }
}

void PrintOtherModels() {
  core::RandomStream stream({.seed = 20261124, .subject = 3, .purpose = 9});
  const auto up_to = [&](int most) { return std::to_string(static_cast<int>(most * stream.Uniform())); };
  std::string ratings = "d,p,s,o\n";
  std::string codes = "d,t,q,r\n";
  for (int i = 0; i < 96; ++i) {
    ratings += std::to_string(i / 2) + (i % 2 == 0 ? ",f," : ",m,") + up_to(7) + "," + up_to(5) + "\n";
    codes += std::to_string(i / 12) + "," + std::to_string(i % 12) + "," + up_to(2) + "," + up_to(2) + "\n";
  }
  const auto couples = responses::ReadRatings(ratings, {.dyad = "d", .person = "p", .self = "s", .other = "o"});
  const auto sequences = responses::ReadSequences(codes, {.dyad = "d", .time = "t", .request = "q", .response = "r"});
  const auto truth = responses::FitTruthAndBias(couples.value());
  const auto transitions = responses::FitTransitions(sequences.value());
  for (std::size_t j = 0; j < 6; ++j) {
    Print("truth_and_bias." + std::to_string(j), truth->by_side.value().estimates[j]);
    Print("truth_and_bias.se" + std::to_string(j), truth->by_side.value().standard_errors[j]);
  }
  const responses::RandomIntercept& response = transitions->response.random.value();
  Print("transition.loglik", response.loglik);
  for (Eigen::Index j = 0; j < 3; ++j) Print("transition." + std::to_string(j), response.coefficients(j));
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
  PrintResponses(couple);
  PrintOtherModels();
  return PrintLeaning();
}

}  // namespace
}  // namespace selvedge

int main() { return selvedge::Probe(); }
