#include "bench/simulated_dyads.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "diary/csv.h"
#include "dynamics/study.h"

namespace selvedge::bench {
namespace {

constexpr std::string_view kFolder = SELVEDGE_SOURCE_DIR "/tests/reference/dyads_sim/";

[[noreturn]] void GiveUp(const std::string& path, std::string_view why) {
  static_cast<void>(std::fprintf(stderr, "%s: %.*s\n", path.c_str(), static_cast<int>(why.size()), why.data()));
  std::exit(EXIT_FAILURE);
}

std::string TextOf(std::string_view name) {
  const std::string path = std::string(kFolder).append(name);
  std::ifstream file(path, std::ios::binary);
  if (!file) GiveUp(path, "cannot be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<SimulatedDyad> Read() {
  constexpr std::string_view kDiaries = "sim_dyads.csv";
  const auto diary = diary::ReadCsv(
      TextOf(kDiaries), {.columns = diary::ColumnMap{.dyad = "dyad", .time = "time", .own_a = "y_a", .own_b = "y_b"}});
  if (!diary) GiveUp(std::string(kDiaries), diary.error().message);
  std::istringstream optima(TextOf("reference_ml_unit.csv"));
  std::string header;
  std::getline(optima, header);

  std::vector<SimulatedDyad> dyads;
  for (const diary::Couple& couple : diary->couples) {
    SimulatedDyad dyad{.diary = dynamics::ObservationsOf(couple)};
    int number = 0;
    char comma = 0;
    std::string rest;
    optima >> number >> comma >> dyad.reference_loglik;
    std::getline(optima, rest);
    if (!optima || std::to_string(number) != couple.id) GiveUp("reference_ml_unit.csv", "does not list the same dyads");
    dyads.push_back(std::move(dyad));
  }
  return dyads;
}

}  // namespace

const std::vector<SimulatedDyad>& SimulatedDyads() {
  static const std::vector<SimulatedDyad> kDyads = Read();
  return kDyads;
}

}  // namespace selvedge::bench
