#include "simulation_folder.h"

#include <cmath>
#include <filesystem>
#include <system_error>
#include <utility>

#include "files.h"

namespace selvedge::app {
namespace {

namespace fs = std::filesystem;

using core::Json;
using core::Result;

constexpr const char* kManifest = "manifest.json";
constexpr const char* kUnfinished = "unfinished.json";

std::unexpected<core::Error> Refuse(std::string message, std::string remedy) {
  return std::unexpected(core::Error{
      .code = core::ErrorCode::kRefused, .message = std::move(message), .remedy = std::move(remedy), .place = {}});
}

Result<Json> ReadJson(const std::string& path) {
  const std::string text = SELVEDGE_TRY(ReadFile(path));
  return Json::Parse(text);
}

}  // namespace

SimulationFolder::SimulationFolder(std::string path, const theory::Simulation& simulation)
    : path_(std::move(path)), simulation_(simulation) {}

Result<SimulationFolder::State> SimulationFolder::Open() const {
  std::error_code trouble;
  if (fs::exists(PathOf(kManifest), trouble)) {
    const Json manifest = SELVEDGE_TRY(ReadJson(PathOf(kManifest)));
    SELVEDGE_TRY_VOID(theory::ExpectSame(manifest, simulation_));
    if (SELVEDGE_TRY(manifest.Flag("finished"))) return State::kFinished;
    return fs::exists(PathOf(kUnfinished), trouble) ? State::kStopped : State::kNew;
  }
  if (fs::exists(path_, trouble) && !(fs::is_directory(path_, trouble) && fs::is_empty(path_, trouble))) {
    return Refuse("There is something else already.", "Choose a new or an empty folder with --out.");
  }
  if (!fs::create_directories(path_, trouble) && trouble) {
    return Refuse("The folder can't be made: " + trouble.message() + ".", "Choose another one with --out.");
  }
  SELVEDGE_TRY_VOID(WriteManifest(false));
  return State::kNew;
}

Result<std::uint32_t> SimulationFolder::Begin(SimulationResult& result) const {
  std::error_code trouble;
  if (!fs::exists(PathOf(kUnfinished), trouble)) {
    SELVEDGE_TRY_VOID(result.Begin(nullptr));
    return 0;
  }
  const Json unfinished = SELVEDGE_TRY(ReadJson(PathOf(kUnfinished)));
  const double couples = SELVEDGE_TRY(unfinished.Number("couples"));
  const Json kept = SELVEDGE_TRY(unfinished.Field("kept"));
  if (!(couples >= 0 && couples <= simulation_.couples && couples == std::floor(couples))) {
    return Refuse("It does not say how many couples are done.", "Delete the folder and simulate anew.");
  }
  SELVEDGE_TRY_VOID(result.Begin(&kept));
  return static_cast<std::uint32_t>(couples);
}

Result<void> SimulationFolder::Keep(SimulationResult& result, std::uint32_t couples) const {
  Json kept = SELVEDGE_TRY(result.Keep());
  Json unfinished = Json::Object();
  unfinished.Set("format", "selvedge-unfinished-simulation")
      .Set("simulated", true)
      .Set("couples", couples)
      .Set("kept", std::move(kept));
  return WriteFile(PathOf(kUnfinished), unfinished.Dump() + "\n");
}

Result<void> SimulationFolder::Finish(SimulationResult& result) const {
  SELVEDGE_TRY_VOID(result.Finish());
  SELVEDGE_TRY_VOID(WriteManifest(true));
  std::error_code trouble;  // what is finished does not need it; left behind, it is never read
  fs::remove(PathOf(kUnfinished), trouble);
  return {};
}

Result<void> SimulationFolder::WriteManifest(bool finished) const {
  Json manifest = theory::ManifestOf(simulation_);
  return WriteFile(PathOf(kManifest), manifest.Set("finished", finished).Dump(1) + "\n");
}

}  // namespace selvedge::app
