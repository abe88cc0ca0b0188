#include "leaning_command.h"

#include <string>
#include <vector>

#include "answers.h"
#include "diary/refusal.h"
#include "exit_codes.h"
#include "files.h"
#include "instruments/response.h"
#include "leaning_print.h"
#include "reflect/signs_on_map.h"
#include "terminal.h"

namespace selvedge::app {
using instruments::Response;

int RunLeaning(const LeaningCommand& command) {
  const reflect::SignsOnMap basis;
  std::vector<Response> responses;
  for (const std::string& file : command.files) {
    const auto refuse = [&](const core::Error& error) {
      PrintRefusal(file, error);
      return kRefused;
    };
    const core::Result<std::vector<Response>> loaded = LoadResponses(basis.signs(), file);
    if (!loaded) return refuse(loaded.error());
    for (const Response& response : *loaded) {
      if (const auto fits = AddInOrder(response, responses); !fits) return refuse(fits.error());
    }
  }
  if (responses.empty()) {
    PrintRefusal(command.files.front(),
                 diary::Refuse("There are no answers in it.", "Choose a file with answers.").error());
    return kRefused;
  }
  const core::Result<leaning::Leaning> leaning = basis.Stand(responses);
  if (!leaning) {
    PrintRefusal(command.files.front(), leaning.error());
    return kRefused;
  }
  if (!command.json_file.empty()) {
    if (const auto written = WriteFile(command.json_file, LeaningFile(basis.map(), *leaning)); !written) {
      PrintWriteFailure(command.json_file, written.error());
      return kCannotWrite;
    }
  }
  PrintLeaning(basis.map(), *leaning, command.numbers);
  return kDone;
}

}  // namespace selvedge::app
