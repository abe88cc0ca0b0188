// Measures whether the map finds people again by the diary they keep; prints the table of docs/method.md.
//
//   diary_table [PEOPLE]

#include <charconv>
#include <cstdio>
#include <cstring>
#include <system_error>

#include "recovery/diary_study.h"

int main(int argc, char** argv) {
  int people = 4000;
  if (argc > 1) {
    const char* const word = argv[1];
    const auto [end, error] = std::from_chars(word, word + std::strlen(word), people);
    if (error != std::errc{} || *end != '\0' || people < 1) {
      static_cast<void>(std::fprintf(stderr, "diary_table: \"%s\" is not a number of people\n", word));
      return 2;
    }
  }
  const selvedge::leaning::Map map = selvedge::leaning::Map::Theory();
  std::printf("| days | in 50 %% ellipse | in 90 %% ellipse | its area, of that without a diary | feelings told |\n");
  std::printf("| --- | --- | --- | --- | --- |\n");
  for (const int days : {14, 56, 180}) {
    const auto row = selvedge::recovery::MeasureDiary(map, days, people, 20261126);
    std::printf("| %d | %.3f | %.3f | %.2f | %.2f |\n", days, row.half, row.ninety, row.area, row.feelings);
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}
