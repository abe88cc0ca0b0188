#include "score_command.h"

#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "exit_codes.h"
#include "files.h"
#include "instruments/answer_file.h"
#include "instruments/bank_json.h"
#include "instruments/coding.h"
#include "instruments/score.h"
#include "terminal.h"
#include "thread_executor.h"

namespace selvedge::app {
namespace {

using instruments::AnswerSheet;
using instruments::ItemBank;
using instruments::Score;

core::Result<ItemBank> LoadItems(const std::string& file) {
  const std::string text = SELVEDGE_TRY(ReadFile(file));
  return instruments::ReadItems(text);
}

core::Result<AnswerSheet> LoadAnswers(const ScoreCommand& command, const ItemBank& bank) {
  const std::string text = SELVEDGE_TRY(ReadFile(command.file));
  return instruments::ReadAnswers(text, instruments::ColumnsOf(bank), command.person);
}

/// Without the spaces at its end.
std::string_view Trimmed(std::string_view line) { return line.substr(0, line.find_last_not_of(' ') + 1); }

void Print(const ItemBank& bank, const std::vector<std::string>& people, const std::vector<Score>& scores,
           bool written_elsewhere) {
  constexpr std::size_t kMostShown = 20;
  constexpr std::size_t kNameWidth = 14;
  constexpr std::size_t kScoreWidth = 18;
  std::string line = fmt::format("{} {:>8}", Fitted("person", kNameWidth), "answered");
  for (const std::string& name : bank.dimensions) line += "  " + Fitted(Harmless(name) + " (error)", kScoreWidth);
  fmt::print("{}\n", Trimmed(line));
  for (std::size_t person = 0; person < std::min(people.size(), kMostShown); ++person) {
    line = fmt::format("{} {:>8}", Fitted(Harmless(people[person]), kNameWidth), scores[person].answered);
    if (scores[person].answered == 0) {
      fmt::print("{}  nothing to go by\n", line);
      continue;
    }
    for (std::size_t d = 0; d < bank.dimensions.size(); ++d) {
      const double mean = scores[person].mean[static_cast<Eigen::Index>(d)];
      line += "  " + Fitted(fmt::format("{:.3f} ({:.3f})", mean, scores[person].Sd(d)), kScoreWidth);
    }
    fmt::print("{}\n", Trimmed(line));
  }
  if (people.size() <= kMostShown) return;
  fmt::print("… and {} more people.{}\n", people.size() - kMostShown,
             written_elsewhere ? "" : " All of them: --csv FILE or --json FILE.");
}

}  // namespace

int RunScore(const ScoreCommand& command) {
  const core::Result<ItemBank> bank = LoadItems(command.parameters_file);
  if (!bank) {
    PrintRefusal(command.parameters_file, bank.error());
    return kRefused;
  }
  const core::Result<AnswerSheet> sheet = LoadAnswers(command, *bank);
  if (!sheet) {
    PrintRefusal(command.file, sheet.error());
    return kRefused;
  }
  ThreadExecutor executor(command.threads);
  const std::vector<Score> scores = ScoreAll(*bank, CodeAnswers(*sheet, *bank), executor);
  if (!command.json_file.empty()) {
    if (const auto written = WriteFile(command.json_file, ScoresJson(*bank, sheet->people, scores).Dump(1) + "\n");
        !written) {
      PrintWriteFailure(command.json_file, written.error());
      return kCannotWrite;
    }
  }
  if (!command.csv_file.empty()) {
    if (const auto written = WriteFile(command.csv_file, ScoresCsv(*bank, sheet->people, scores)); !written) {
      PrintWriteFailure(command.csv_file, written.error());
      return kCannotWrite;
    }
  }
  if (!command.quiet) {
    Print(*bank, sheet->people, scores, !command.csv_file.empty() || !command.json_file.empty());
  }
  return kDone;
}

}  // namespace selvedge::app
