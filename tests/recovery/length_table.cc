// Prints the table of docs/method.md: what a number of questions buys. usage: length_table [PEOPLE]
#include <cstdio>
#include <cstdlib>

#include "recovery/length_study.h"
#include "reflect/signs_on_map.h"

int main(int argc, char** argv) {
  using selvedge::recovery::Order;
  using selvedge::recovery::StudyLength;
  const auto people = static_cast<std::uint32_t>(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 4000);
  const selvedge::reflect::SignsOnMap basis;
  const selvedge::instruments::Instrument differing = selvedge::recovery::WithCurvesThatDiffer(basis.signs());
  const std::vector<std::size_t> lengths{4, 8, 12, 16, 20, 28, 41};
  std::printf(
      "| curves | questions | adaptive: posterior SD | RMSE | 90 %% intervals hold | order of the file: "
      "posterior SD |\n| --- | --- | --- | --- | --- | --- |\n");
  for (const auto* instrument : {&basis.signs(), &differing}) {
    const auto& axes = basis.scorer().axes();
    const auto adaptive = StudyLength(*instrument, axes, Order::kAdaptive, lengths, people);
    const auto fixed = StudyLength(*instrument, axes, Order::kOfTheFile, lengths, people);
    for (std::size_t i = 0; i < lengths.size(); ++i) {
      std::printf("| %s | %zu | %.3f | %.3f | %.1f %% | %.3f |\n",
                  instrument == &differing ? "that differ" : "of theory", lengths[i], adaptive[i].posterior_sd,
                  adaptive[i].error, 100 * adaptive[i].covered, fixed[i].posterior_sd);
    }
  }
  return 0;
}
