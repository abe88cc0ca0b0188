#include "leaning_command.h"

#include <algorithm>
#include <expected>
#include <string>
#include <vector>

#include "diary/refusal.h"
#include "exit_codes.h"
#include "files.h"
#include "instruments/response.h"
#include "leaning_print.h"
#include "reflect/signs_on_map.h"
#include "terminal.h"

namespace selvedge::app {
namespace {

using instruments::Response;

/// One questionnaire as FHIR, or a table of them.
core::Result<std::vector<Response>> LoadResponses(const instruments::Instrument& signs, const std::string& file) {
  const std::string text = SELVEDGE_TRY(ReadFile(file));
  if (const std::size_t first = text.find_first_not_of(" \t\r\n"); first != std::string::npos && text[first] == '{') {
    return std::vector{SELVEDGE_TRY(ReadQuestionnaireResponse(signs, text))};
  }
  return SELVEDGE_TRY(ReadResponsesCsv(signs, text)).responses;
}

/// A map is of one person, and a trail needs to know which season came first.
core::Result<void> CheckTogether(const std::vector<Response>& responses, const Response& one) {
  if (!responses.empty() && responses.front().person != one.person) {
    return diary::Refuse("There are answers of " + diary::Quoted(responses.front().person) + " and of " +
                             diary::Quoted(one.person) + ".",
                         "Give the answers of one person; a place is one person's.");
  }
  if (!responses.empty() && (one.authored.empty() || responses.front().authored.empty())) {
    return diary::Refuse("There are several questionnaires, and one of them has no date.",
                         "Write into \"authored\" when it was answered, for example 2026-11-22.");
  }
  return {};
}

}  // namespace

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
      if (const auto fits = CheckTogether(responses, response); !fits) return refuse(fits.error());
      responses.insert(std::ranges::upper_bound(responses, response.authored, {}, &Response::authored), response);
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
