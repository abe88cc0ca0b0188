#include "recovery/chain_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <optional>
#include <variant>

#include "core/side.h"
#include "dynamics/prior.h"
#include "leaning/leaning.h"
#include "reading/reading.h"
#include "responses/occasions.h"
#include "responses/tally.h"
#include "theory/diaries.h"

namespace selvedge::recovery {
namespace {

using core::BySide;
using core::Side;

constexpr std::array kLengths{14, 28, 56, 84, 180};
/// Tables leave out what is told to fewer: a handful of people are no average.
constexpr double kToldToSome = 0.1;

struct Leaning {
  std::string_view word;
  std::string_view population;
  leaning::Region region;
};
constexpr std::array<Leaning, 3> kLeanings{{{"holding on", "holding_on_both", leaning::Region::kHoldingOn},
                                            {"standing alone", "standing_alone_both", leaning::Region::kStandingAlone},
                                            {"steady", "steady_both", leaning::Region::kSteady}}};

/// These very two people, as a population of their own: every couple of it is another run of their life.
theory::Population TheseTwo(const theory::Population& from, const theory::Cast& cast) {
  theory::Population two = from;
  for (const Side side : core::kSides) {
    for (std::size_t i = 0; i < theory::kTraitFields<float>.size(); ++i) {
      two.people[side][i] = {.centre = cast.traits[side].*theory::kTraitFields<float>[i].member};
    }
  }
  two.closeness_at_start = {.centre = cast.start.closeness};
  return two;
}

/// A diary that nothing is lost in and nothing added to.
void KeepPerfectly(theory::Population& population) {
  for (std::size_t i = 0; i < theory::kNoteTakingFields.size(); ++i) {
    const std::string_view name = theory::kNoteTakingFields[i].name;
    const float centre = name == "level" ? 50.0F : name == "scale" ? 12.0F : name == "noise" ? 0.02F : 1.0F;
    population.note_taking[i] = {.centre = centre};
  }
}

/// Counts over many runs of the same two people's first weeks.
class Habits {
 public:
  Habits(const theory::Plan& plan, const theory::Cast& cast) {
    constexpr int kRuns = 40;
    constexpr int kDays = 84;
    theory::Plan runs = plan;
    runs.population = TheseTwo(plan.population, cast);
    runs.days = kDays;
    KeepPerfectly(runs.population);
    for (std::uint32_t run = 0; run < kRuns; ++run) {
      const diary::Couple couple = KeepDiary(runs, {}, run).couple;
      const std::vector<responses::Occasion> occasions = responses::OccasionsOf(couple);
      for (const Side side : core::kSides) Add({.occasions = occasions, .side = side}, counts_[side]);
    }
  }

  /// How it is with one of the two, as the reading with this id means it.
  [[nodiscard]] std::optional<double> Truth(std::string_view card, Side side) const {
    const Counts& counts = counts_[side];
    if (card == "stepping_in") return Difference(counts.stepping_in);
    if (card == "withdrawing") return Difference(counts.withdrawing);
    if (card == "unsaid") return Rate(counts.unsaid.otherwise);
    if (card == "unsaid_when_low") return Difference(counts.unsaid_when_low);
    if (card == "own_time") return Rate(counts.own_time.otherwise);
    if (card == "meeting") return Rate(counts.met.otherwise);
    if (card == "reaching") {
      double all = 1;
      for (const responses::Tally& link : counts.links) all *= Rate(link.otherwise).value_or(0);
      return all;
    }
    return std::nullopt;
  }

 private:
  struct Counts {
    responses::Tally stepping_in;
    responses::Tally withdrawing;
    responses::Tally unsaid;
    responses::Tally unsaid_when_low;
    responses::Tally own_time;
    responses::Tally met;
    std::array<responses::Tally, 3> links;
  };

  static void Add(responses::Share& sum, const responses::Share& share) {
    sum.yes += share.yes;
    sum.of += share.of;
  }
  static void Add(responses::Tally& sum, const responses::Tally& tally) {
    Add(sum.under_condition, tally.under_condition);
    Add(sum.otherwise, tally.otherwise);
  }
  static void Add(const responses::Person& person, Counts& counts) {
    Add(counts.stepping_in, SteppingIn(person));
    Add(counts.withdrawing, Withdrawing(person));
    Add(counts.unsaid, AnyOf(person, responses::kUnsaid));
    Add(counts.unsaid_when_low, UnsaidWhenLow(person));
    Add(counts.own_time, OwnTime(person));
    Add(counts.met, Met(person));
    for (std::size_t i = 0; i < counts.links.size(); ++i) {
      Add(counts.links[i], Reaching(person, responses::kLinks[i]));
    }
  }

  static std::optional<double> Rate(const responses::Share& share) {
    if (share.of == 0) return std::nullopt;
    return static_cast<double>(share.yes) / share.of;
  }
  static std::optional<double> Difference(const responses::Tally& tally) {
    const auto under = Rate(tally.under_condition);
    const auto otherwise = Rate(tally.otherwise);
    if (!under || !otherwise) return std::nullopt;
    return *under - *otherwise;
  }

  BySide<Counts> counts_;
};

Placed PlaceIn(const reading::Reading& found, Side side) {
  const auto* stand = found.stands[side] ? std::get_if<leaning::Stand>(&*found.stands[side]) : nullptr;
  if (stand == nullptr) return {};
  return {.mean = stand->now.posterior.mean, .region = stand->region};
}

/// What the two would write on a day of these on average: their level, and their feelings' mean over the days.
BySide<double> UsualLevels(const theory::Plan& plan, const theory::Cast& cast, std::uint32_t couple) {
  theory::Life<float> life = theory::BeginLife<float>(plan, couple);
  BySide<double> sum;
  int steps = 0;
  theory::Live(life, plan, 0, plan.days, [&](const theory::Life<float>& now, const theory::Happened<float>&) {
    if (now.couple.together < 0.5F) return;
    for (const Side side : core::kSides) sum[side] += now.couple.people[side].feeling;
    ++steps;
  });
  BySide<double> levels;
  for (const Side side : core::kSides) {
    levels[side] = cast.note_taking[side].level + cast.note_taking[side].scale * sum[side] / std::max(steps, 1);
  }
  return levels;
}

}  // namespace

const std::vector<Question>& Questions() {
  static const std::vector<Question> kQuestions{{"usual_level", "usual level, points"},
                                                {"half_life", "half-life of an upset, days"},
                                                {"stepping_in", "stepping in: low less other days"},
                                                {"withdrawing", "stepping back: warmth less none"},
                                                {"unsaid", "days with something unsaid"},
                                                {"unsaid_when_low", "unsaid: low less other days"},
                                                {"own_time", "days with time of one's own"},
                                                {"reaching", "reaching out that was met"},
                                                {"meeting", "warm approaches met"}};
  return kQuestions;
}

Recovered Summary(const std::vector<ReadPerson>& people) {
  Recovered recovered{.people = static_cast<int>(people.size())};
  double count = 0;
  double truth_square = 0;
  double median_square = 0;
  double both = 0;
  for (const ReadPerson& person : people) {
    if (!person.told) continue;
    ++count;
    recovered.truth += person.truth;
    recovered.median += person.median;
    truth_square += person.truth * person.truth;
    median_square += person.median * person.median;
    both += person.truth * person.median;
    recovered.error += (person.median - person.truth) * (person.median - person.truth);
    recovered.covered += person.truth >= person.low && person.truth <= person.high ? 1 : 0;
  }
  recovered.told = count / std::max<double>(recovered.people, 1);
  if (count == 0) return recovered;
  recovered.truth /= count;
  recovered.median /= count;
  recovered.error = std::sqrt(recovered.error / count);
  recovered.covered /= count;
  const double truth_variance = truth_square / count - recovered.truth * recovered.truth;
  const double median_variance = median_square / count - recovered.median * recovered.median;
  recovered.truth_spread = std::sqrt(std::max(truth_variance, 0.0));
  recovered.correlation =
      (both / count - recovered.truth * recovered.median) / std::sqrt(truth_variance * median_variance);
  return recovered;
}

ReadPeople ReadPopulation(std::string_view population, int days, int couples, std::uint64_t seed) {
  theory::Plan plan{.population = theory::ShippedPopulation(population).value(),
                    .constants = theory::ShippedTheory().value().constants,
                    .seed = seed,
                    .days = days};
  const dynamics::Prior prior = dynamics::Prior::DailyMood();
  ReadPeople people{.answers = std::vector<std::vector<ReadPerson>>(Questions().size()), .places = {}};
  for (std::uint32_t couple = 0; couple < static_cast<std::uint32_t>(couples); ++couple) {
    const theory::Cast cast = theory::CastOf(plan.population, plan.constants, plan.seed, couple);
    const theory::KeptDiary kept = KeepDiary(plan, {}, couple);
    if (kept.parted) continue;
    const reading::Reading found = reading::ReadCouple(kept.couple, diary::Clock::kCalendar, prior);
    for (const Side side : core::kSides) people.places.push_back(PlaceIn(found, side));
    const Habits habits(plan, cast);
    const BySide<double> levels = UsualLevels(plan, cast, couple);
    for (std::size_t i = 0; i < Questions().size(); ++i) {
      const std::string_view id = Questions()[i].card;
      for (const Side side : core::kSides) {
        const double return_rate = cast.traits[side].return_rate;
        const std::optional<double> truth = id == "usual_level" ? levels[side]
                                            : id == "half_life" ? std::numbers::ln2 / return_rate
                                                                : habits.Truth(id, side);
        const auto card = std::ranges::find_if(
            found.cards, [&](const reading::Card& one) { return one.id == id && one.side == side; });
        if (!truth || card == found.cards.end()) continue;
        ReadPerson& person =
            people.answers[i].emplace_back(ReadPerson{.truth = *truth, .told = card->estimate.has_value()});
        if (!card->estimate) continue;
        person.median = card->estimate->median;
        person.low = card->estimate->ninety[0];
        person.high = card->estimate->ninety[1];
      }
    }
  }
  return people;
}

std::string LengthTable(int couples, std::uint64_t seed) {
  std::string table =
      "| reading | days | told | truth, mean (SD) | read, mean | error | r | in 90 % |\n"
      "| --- | --- | --- | --- | --- | --- | --- | --- |\n";
  std::array<ReadPeople, kLengths.size()> by_length;
  for (std::size_t length = 0; length < kLengths.size(); ++length) {
    by_length[length] = ReadPopulation("default", kLengths[length], couples, seed);
  }
  for (std::size_t i = 0; i < Questions().size(); ++i) {
    for (std::size_t length = 0; length < kLengths.size(); ++length) {
      const Recovered row = Summary(by_length[length].answers[i]);
      if (row.told < kToldToSome) continue;
      table += fmt::format("| {} | {} | {:.2f} | {:.2f} ({:.2f}) | {:.2f} | {:.2f} | {:.2f} | {:.2f} |\n",
                           Questions()[i].words, kLengths[length], row.told, row.truth, row.truth_spread, row.median,
                           row.error, row.correlation, row.covered);
    }
  }
  return table;
}

std::string LeaningTable(int days, int couples, std::uint64_t seed) {
  std::string table = fmt::format("| {} days: truth → read (told) |", days);
  std::array<ReadPeople, kLeanings.size()> read;
  for (std::size_t i = 0; i < kLeanings.size(); ++i) {
    table += fmt::format(" {} |", kLeanings[i].word);
    read[i] = ReadPopulation(kLeanings[i].population, days, couples, seed);
  }
  table += "\n| --- | --- | --- | --- |\n";
  for (std::size_t question = 0; question < Questions().size(); ++question) {
    table += fmt::format("| {} |", Questions()[question].words);
    for (const ReadPeople& people : read) {
      const Recovered cell = Summary(people.answers[question]);
      table += cell.told < kToldToSome ? std::string(" – |")
                                       : fmt::format(" {:.2f} → {:.2f} ({:.2f}) |", cell.truth, cell.median, cell.told);
    }
    table += "\n";
  }
  return table;
}

std::string PlacesTable(int couples, std::uint64_t seed) {
  std::string table =
      "| who | days | own ground | open door | told a region | told their own |\n| --- | --- | --- | --- | --- | --- "
      "|\n";
  for (const Leaning& leaning : kLeanings) {
    for (const int days : kLengths) {
      const std::vector<Placed> places = ReadPopulation(leaning.population, days, couples, seed).places;
      Eigen::Vector2d mean = Eigen::Vector2d::Zero();
      double placed = 0;
      double named = 0;
      double right = 0;
      for (const Placed& place : places) {
        if (!place.mean) continue;
        ++placed;
        mean += *place.mean;
        named += place.region ? 1 : 0;
        right += place.region == leaning.region ? 1 : 0;
      }
      if (placed == 0) continue;
      mean /= placed;
      table += fmt::format("| {} | {} | {:+.2f} | {:+.2f} | {:.2f} | {:.2f} |\n", leaning.word, days,
                           mean(leaning::kAutonomy), mean(leaning::kConnection), named / placed, right / placed);
    }
  }
  return table;
}

}  // namespace selvedge::recovery
