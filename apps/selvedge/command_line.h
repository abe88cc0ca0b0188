#pragma once

#include <optional>
#include <string>
#include <variant>

#include "diary/csv.h"
#include "diary/diary.h"
#include "dynamics/study.h"
#include "responses/transition.h"
#include "responses/truth_and_bias.h"

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

struct ReadCommand {
  DiarySource diary;
  std::string couple;
  std::string prior_file;
  std::string json_file;
  bool numbers = false;
};

/// The command line was answered already (help, version, or a mistake in it).
struct Answered {
  int exit_code = 0;
};

using Command = std::variant<Answered, FitCommand, ModelCommand, ReadCommand>;

/// Reads the words of the command line. Prints help, the version, or what is wrong with the words by itself.
[[nodiscard]] Command ParseCommandLine(int argc, char** argv);

}  // namespace selvedge::app
