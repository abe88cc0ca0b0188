#include "answers.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "diary/refusal.h"
#include "diary/timestamp.h"
#include "files.h"
#include "reflect/signs_on_map.h"
#include "terminal.h"

namespace selvedge::app {
namespace {

using core::Side;
using instruments::Response;

/// The day somebody answered on, by the clock they answered by.
std::optional<int> DayOf(const std::string& authored) {
  const auto time = diary::ParseTimestamp(authored);
  if (!time) return std::nullopt;
  const std::int64_t local = time->milliseconds + time->utc_offset_minutes * diary::kMillisecondsPerMinute;
  if (time->form == diary::TimestampForm::kDate) return static_cast<int>(local / diary::kMillisecondsPerDay);
  return diary::DayOfLocalTime(local);
}

core::Result<void> NeedDate(const std::string& authored) {
  if (DayOf(authored)) return {};
  return diary::Refuse("There are several questionnaires, and one of them has no date.",
                       "Write into \"authored\" when it was answered, for example 2026-11-22.");
}

core::Result<Side> SideOf(const std::string& person, const diary::Couple& couple) {
  for (const Side side : core::kSides) {
    if (couple.labels[side] == person) return side;
  }
  std::string names = couple.labels.a;
  if (!couple.labels.b.empty()) names += " or " + couple.labels.b;
  return diary::Refuse("There is nobody called " + diary::Quoted(person) + " in the diary.",
                       "Say whose answers they are, with = before the file: " + names + ".");
}

/// Those of the answers in a file that are one person's.
core::Result<std::vector<Response>> LoadAnswersOf(const instruments::Instrument& signs, const AnswersOf& answers) {
  std::vector<Response> responses = SELVEDGE_TRY(LoadResponses(signs, answers.file));
  if (responses.empty()) return diary::Refuse("There are no answers in it.", "Choose a file with answers.");
  const std::string whose = responses.front().person;
  std::erase_if(responses, [&](const Response& one) { return !one.person.empty() && one.person != answers.person; });
  if (responses.empty()) {
    return diary::Refuse(
        "The answers are those of " + diary::Quoted(whose) + ", and not of " + diary::Quoted(answers.person) + ".",
        "Name the one whose answers they are; nobody is placed by another's.");
  }
  for (Response& one : responses) one.person = answers.person;
  return responses;
}

}  // namespace

core::Result<std::vector<Response>> LoadResponses(const instruments::Instrument& signs, const std::string& file) {
  const std::string text = SELVEDGE_TRY(ReadFile(file));
  if (const std::size_t first = text.find_first_not_of(" \t\r\n"); first != std::string::npos && text[first] == '{') {
    return std::vector{SELVEDGE_TRY(ReadQuestionnaireResponse(signs, text))};
  }
  return SELVEDGE_TRY(ReadResponsesCsv(signs, text)).responses;
}

core::Result<void> AddInOrder(const Response& one, std::vector<Response>& responses) {
  if (!responses.empty()) {
    const Response& first = responses.front();
    if (first.person != one.person) {
      return diary::Refuse(
          "There are answers of " + diary::Quoted(first.person) + " and of " + diary::Quoted(one.person) + ".",
          "Give the answers of one person; a place is one person's.");
    }
    for (const std::string& authored : {first.authored, one.authored}) SELVEDGE_TRY_VOID(NeedDate(authored));
  }
  responses.insert(std::ranges::upper_bound(responses, one.authored, {}, &Response::authored), one);
  return {};
}

core::Result<core::BySide<reading::Beside>> LoadBeside(const ReadCommand& command, const diary::Couple& couple) {
  core::BySide<reading::Beside> beside;
  if (command.answers.empty()) return beside;
  const reflect::SignsOnMap basis;
  core::BySide<std::vector<Response>> responses;
  const auto told = [](const std::string& file, auto result) {
    if (!result) PrintRefusal(file, result.error());
    return result;
  };
  for (const AnswersOf& one : command.answers) {
    const Side side = SELVEDGE_TRY(told(command.diary.file, SideOf(one.person, couple)));
    for (const Response& response : SELVEDGE_TRY(told(one.file, LoadAnswersOf(basis.signs(), one))))
      SELVEDGE_TRY_VOID(told(one.file, AddInOrder(response, responses[side])));
  }
  for (const Side side : core::kSides) {
    for (const Response& response : responses[side]) {
      leaning::Told answers = SELVEDGE_TRY(told(command.diary.file, basis.ToldBy(response)));
      beside[side].answers.push_back({.day = DayOf(response.authored), .told = std::move(answers)});
    }
  }
  return beside;
}

}  // namespace selvedge::app
