// Prints the tables of docs/populations.md.
//
//   population_study bars [COUPLES]    diaries of the default population beside those of real couples
//   population_study chain [COUPLES]   simulated, written down, read: what is found again
//   population_study places [COUPLES]  where the map puts people of each leaning
//   population_study diary POPULATION  the diary an ordinary couple of a population keeps for a year, in the standard
//                                      form: for the pictures of docs/pairings.md

#include <fmt/core.h>

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "diary/csv.h"
#include "recovery/chain_study.h"
#include "recovery/ordinary_couple.h"
#include "recovery/population_bars.h"
#include "theory/diaries.h"

namespace selvedge {
namespace {

constexpr std::uint64_t kSeed = 20261125;

int Usage() {
  static_cast<void>(std::fputs(
      "usage: population_study bars|chain|places [COUPLES]\n       population_study diary POPULATION\n", stderr));
  return 2;
}

int PrintDiary(std::string_view population) {
  const auto people = theory::ShippedPopulation(population);
  if (!people) return Usage();
  const theory::Plan plan{.population = *people, .constants = theory::ShippedTheory().value().constants, .seed = kSeed};
  diary::Couple couple = KeepDiary(plan, {}, recovery::OrdinaryCouple(plan)).couple;
  couple.id = "simulated couple";
  couple.labels = {.a = "Ana", .b = "Ben"};
  fmt::print("{}", diary::WriteCsv({.clock = diary::Clock::kCalendar, .couples = {couple}}));
  return 0;
}

}  // namespace
}  // namespace selvedge

int main(int argc, char** argv) {
  namespace recovery = selvedge::recovery;
  namespace theory = selvedge::theory;
  using selvedge::kSeed;
  using selvedge::Usage;
  if (argc < 2 || argc > 3) return Usage();
  const std::string_view what = argv[1];
  if (what == "diary") return argc == 3 ? selvedge::PrintDiary(argv[2]) : Usage();
  int couples = what == "bars" ? 2000 : 100;
  if (argc == 3) {
    const std::string_view word = argv[2];
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), couples);
    if (error != std::errc{} || end != word.data() + word.size() || couples < 1) return Usage();
  }
  std::string table;
  if (what == "bars") {
    const theory::Plan plan{.population = theory::ShippedPopulation("default").value(),
                            .constants = theory::ShippedTheory().value().constants,
                            .seed = kSeed};
    table = recovery::BarsTable(recovery::MeasureBars(plan, couples));
  } else if (what == "chain") {
    table = recovery::LengthTable(couples, kSeed);
    for (const int days : {84, 180}) table += "\n" + recovery::LeaningTable(days, couples, kSeed);
  } else if (what == "places") {
    table = recovery::PlacesTable(couples, kSeed);
  } else {
    return Usage();
  }
  fmt::print("{}", table);
  return 0;
}
