#include <cstdio>
#include <exception>
#include <variant>

#include "calibrate_command.h"
#include "calibrate_map_command.h"
#include "claims_command.h"
#include "command_line.h"
#include "exit_codes.h"
#include "fit_command.h"
#include "leaning_command.h"
#include "model_command.h"
#include "open_command.h"
#include "read_command.h"
#include "reflect_command.h"
#include "score_command.h"
#include "simulate_command.h"

namespace {

using selvedge::app::Answered;
using selvedge::app::CalibrateItemsCommand;
using selvedge::app::CalibrateMapCommand;
using selvedge::app::ClaimsCommand;
using selvedge::app::Command;
using selvedge::app::FitCommand;
using selvedge::app::LeaningCommand;
using selvedge::app::ModelCommand;
using selvedge::app::OpenCommand;
using selvedge::app::ReadCommand;
using selvedge::app::ReflectCommand;
using selvedge::app::ScoreCommand;
using selvedge::app::SimulateCommand;

template <typename... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};

}  // namespace

int main(int argc, char** argv) {
  try {
    const Command command = selvedge::app::ParseCommandLine(argc, argv);
    const int exit_code =
        std::visit(Overloaded{[](const Answered& answered) { return answered.exit_code; },
                              [](const FitCommand& fit) { return RunFit(fit); },
                              [](const ModelCommand& model) { return RunModel(model); },
                              [](const ReadCommand& read) { return RunRead(read); },
                              [](const CalibrateItemsCommand& items) { return RunCalibrateItems(items); },
                              [](const CalibrateMapCommand& map) { return RunCalibrateMap(map); },
                              [](const ScoreCommand& score) { return RunScore(score); },
                              [](const ReflectCommand& reflect) { return RunReflect(reflect); },
                              [](const LeaningCommand& leaning) { return RunLeaning(leaning); },
                              [](const SimulateCommand& simulate) { return RunSimulate(simulate); },
                              [](const ClaimsCommand& claims) { return RunClaims(claims); },
                              [](const OpenCommand& open) { return RunOpen(open); }},
                   command);
    const bool is_lost = exit_code == selvedge::app::kDone && std::fflush(stdout) != 0;
    return is_lost ? selvedge::app::kCannotWrite : exit_code;
  } catch (const std::exception& trouble) {  // libraries throw; this is where that ends
    static_cast<void>(
        std::fprintf(stderr, "selvedge: something unexpected happened (%s). Nothing was changed.\n", trouble.what()));
    return selvedge::app::kUnexpected;
  }
}
