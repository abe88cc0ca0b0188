#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "diary/csv.h"
#include "diary/diary.h"
#include "dynamics/study.h"
#include "instruments/adaptive.h"
#include "responses/transition.h"
#include "responses/truth_and_bias.h"
#include "theory/life.h"
#include "vault/entry.h"

namespace selvedge::app {

/// Where a diary comes from and how it is laid out.
struct DiarySource {
  std::string file;
  std::optional<diary::ColumnMap> columns;
  std::optional<diary::Scale> scale;
};

struct FitCommand {
  DiarySource diary;
  dynamics::StudyOptions study;
  std::string prior_file;
  int threads = 1;
  std::string json_file;
  std::string csv_file;
  bool quiet = false;
};

/// `fit --model` with another model than the dyadic one.
struct ModelCommand {
  std::string file;
  std::variant<responses::RatingColumns, responses::SequenceColumns> columns;
  std::string json_file;
  bool quiet = false;
};

/// Answers to the questions of `reflect`, and whose they are.
struct AnswersOf {
  std::string person;
  std::string file;
};

struct ReadCommand {
  DiarySource diary;
  std::string couple;
  std::string prior_file;
  std::vector<AnswersOf> answers;
  std::string json_file;
  std::string html_file;
  bool without_moments = false;
  bool numbers = false;
};

struct CalibrateItemsCommand {
  std::string file;
  std::string items;
  std::string reverse;
  std::string dims;
  bool complete = false;
  int threads = 1;
  std::string json_file;
  bool quiet = false;
};

struct ScoreCommand {
  std::string file;
  std::string parameters_file;
  std::string person;
  int threads = 1;
  std::string json_file;
  std::string csv_file;
  bool quiet = false;
};

struct ReflectCommand {
  instruments::Length length{.most = 20, .precision = {}};
  std::string resume_file;
  std::string save_file;
  std::string json_file;
  std::string fhir_file;
  bool plain = false;
  bool numbers = false;
};

struct LeaningCommand {
  std::vector<std::string> files;
  std::string json_file;
  bool numbers = false;
};

struct CalibrateMapCommand {
  std::string file;
  std::string map_file;
  std::string json_file;
  bool hold_correlation = false;
};

struct SimulateCommand {
  bool describe = false;  ///< print the theory instead
  std::string population = "default";
  std::uint32_t couples = 1000;
  int days = 364;
  std::uint64_t seed = 1;
  std::string out;
  std::string writes = "summary";
  std::vector<std::string> without;
  std::vector<theory::Practice> practices;
  int threads = 1;
  bool quiet = false;
};

struct ClaimsCommand {
  std::vector<std::string> only;
  std::size_t couples = 400;
  std::uint64_t seed = 1;
  bool with_sensitivity = false;
  int threads = 1;
  std::string json_file;
  bool quiet = false;
};

struct OpenCommand {
  std::string file;
  std::optional<vault::Kind> kind = vault::Kind::kCheckins;  ///< nothing: all of them
  std::string name = "A";
  std::string out_file;
  std::string passphrase_file;
  bool with_recovery_code = false;
};

/// The command line was answered already (help, version, or a mistake in it).
struct Answered {
  int exit_code = 0;
};

using Command =
    std::variant<Answered, FitCommand, ModelCommand, ReadCommand, CalibrateItemsCommand, CalibrateMapCommand,
                 ScoreCommand, ReflectCommand, LeaningCommand, SimulateCommand, ClaimsCommand, OpenCommand>;

/// Reads the words of the command line. Prints help, the version, or what is wrong with the words by itself.
[[nodiscard]] Command ParseCommandLine(int argc, char** argv);

}  // namespace selvedge::app
