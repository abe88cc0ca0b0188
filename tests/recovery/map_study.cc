// Measures whether the map's probabilities are true: people drawn from the map's own prior, graded answers and diary
// indicators drawn from where they are, and every probability the map gives compared with where they were. Prints the
// tables of docs/method.md.
//
//   map_study [PEOPLE]

#include "recovery/map_study.h"

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstring>

namespace selvedge {
namespace {

constexpr std::uint64_t kSeed = 20261124;

void PrintReliability(const leaning::Map& map, int people) {
  std::printf("| evidence | in 50 %% ellipse | in 90 %% ellipse | told a region | of these, there |\n");
  std::printf("| --- | --- | --- | --- | --- |\n");
  std::vector<recovery::Reliability> all;
  for (const recovery::Amount& amount : recovery::kAmounts) {
    all.push_back(recovery::MeasureMap(map, amount, people, kSeed));
    const recovery::Reliability& row = all.back();
    std::printf("| %s | %.3f | %.3f | %.3f | %.3f |\n", amount.name.c_str(), row.half, row.ninety, row.named,
                row.named_right);
  }
  std::printf("\n| probability given |");
  for (const recovery::Amount& amount : recovery::kAmounts) std::printf(" %s: said → true |", amount.name.c_str());
  std::printf("\n| --- | --- | --- | --- | --- |\n");
  for (std::size_t bin = 0; bin < 10; ++bin) {
    std::printf("| .%zu to %s%zu |", bin, bin == 9 ? "1." : ".", bin == 9 ? std::size_t{0} : bin + 1);
    for (const recovery::Reliability& row : all) {
      std::printf(" %.3f → %.3f |", row.bins[bin].probability, row.bins[bin].truth);
    }
    std::printf("\n");
  }
  std::printf("\n| told |");
  for (const recovery::Amount& amount : recovery::kAmounts) std::printf(" %s |", amount.name.c_str());
  std::printf("\n| --- | --- | --- | --- | --- |\n");
  for (std::size_t r = 0; r < leaning::kRegionCount; ++r) {
    std::printf("| %s |", map.regions[r].word.c_str());
    for (const recovery::Reliability& row : all) std::printf(" %.3f |", static_cast<double>(row.told[r]) / people);
    std::printf("\n");
  }
}

void PrintSwings(const leaning::Map& map, int people) {
  struct Way {
    const char* name;
    Eigen::Vector2d from;
    Eigen::Vector2d to;
  };
  const std::array<Way, 5> ways{{{"holding on, then standing alone", {-1.3, 0.7}, {0.5, -1.4}},
                                 {"staying at holding on", {-1.3, 0.7}, {-1.3, 0.7}},
                                 {"staying in the middle", {0, 0}, {0, 0}},
                                 {"holding on, then steady", {-1.3, 0.7}, {1.2, 1.2}},
                                 {"standing alone, then steady", {0.5, -1.4}, {1.2, 1.2}}}};
  std::printf("\n| from one season to the next |");
  for (const recovery::Amount& amount : recovery::kAmounts) std::printf(" %s |", amount.name.c_str());
  std::printf("\n| --- | --- | --- | --- | --- |\n");
  for (const Way& way : ways) {
    std::printf("| %s |", way.name);
    for (const recovery::Amount& amount : recovery::kAmounts) {
      std::printf(" %.3f |", recovery::ShareToldASwing(map, amount, way.from, way.to, people, kSeed));
    }
    std::printf("\n");
  }
}

}  // namespace
}  // namespace selvedge

int main(int argc, char** argv) {
  int people = 20'000;
  if (argc > 1) {
    const char* const word = argv[1];
    const auto [end, error] = std::from_chars(word, word + std::strlen(word), people);
    if (error != std::errc{} || *end != '\0' || people < 1) {
      static_cast<void>(std::fprintf(stderr, "map_study: \"%s\" is not a number of people\n", word));
      return 2;
    }
  }
  const selvedge::leaning::Map map = selvedge::leaning::Map::Theory();
  selvedge::PrintReliability(map, people);
  selvedge::PrintSwings(map, people);
  return std::fflush(stdout) == 0 ? 0 : 1;
}
