#include <algorithm>
#include <expected>
#include <string>
#include <utility>

#include "diary/csv_table.h"
#include "diary/number.h"
#include "diary/refusal.h"
#include "instruments/response.h"

namespace selvedge::instruments {
namespace {

using core::Result;
using diary::Quoted;
using diary::Refuse;

constexpr std::string_view kPersonColumn = "person";
constexpr std::string_view kAuthoredColumn = "authored";

void AppendCell(std::string& out, std::string_view text) {
  if (text.find_first_of(",;\t\"\n\r") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

enum class Holds : std::uint8_t { kNothing, kPerson, kAuthored, kAnswer };

struct Column {
  Holds holds = Holds::kNothing;
  std::size_t question = 0;
};

Result<std::vector<Column>> Columns(const Instrument& instrument, const diary::CsvTable& table,
                                    std::vector<std::string>& not_taken) {
  std::vector<Column> columns;
  bool any_answer = false;
  const std::vector<std::string>& names = table.names();
  for (std::size_t c = 0; c < names.size(); ++c) {
    if (std::ranges::count(names, names[c]) > 1) {
      return Refuse("The header names two columns " + Quoted(names[c]) + ".",
                    "Rename one of them, so that it is clear which is meant.", table.PlaceOf(table.header_line(), c));
    }
    Column column;
    if (names[c] == kPersonColumn) {
      column.holds = Holds::kPerson;
    } else if (names[c] == kAuthoredColumn) {
      column.holds = Holds::kAuthored;
    } else if (const auto question = instrument.QuestionNamed(names[c])) {
      column = {.holds = Holds::kAnswer, .question = *question};
      any_answer = true;
    } else {
      not_taken.push_back(names[c]);
    }
    columns.push_back(column);
  }
  if (!any_answer) {
    const std::string example = instrument.questions.empty() ? "" : instrument.questions.front().link_id;
    return Refuse("No column of this file is a question of the questionnaire.",
                  "Name the columns as the questionnaire names its items, " + Quoted(example) + " for example.",
                  diary::AtLine(table.header_line()));
  }
  return columns;
}

std::optional<std::size_t> ChoiceCalled(const Question& question, std::string_view text) {
  if (text.empty()) return std::nullopt;  // a choice may have no words of its own
  for (const auto name : {&Choice::code, &Choice::display}) {
    const auto found = std::ranges::find(question.choices, text, name);
    if (found != question.choices.end()) return static_cast<std::size_t>(found - question.choices.begin());
  }
  return std::nullopt;
}

std::string CodesOf(const Question& question) {
  constexpr std::size_t kMost = 12;
  std::string codes;
  for (std::size_t c = 0; c < std::min(question.choices.size(), kMost); ++c) {
    codes += (c == 0 ? "" : ", ") + diary::Shown(question.choices[c].code);
  }
  return question.choices.size() > kMost ? codes + ", …" : codes;
}

}  // namespace

std::string WriteResponsesCsv(const Instrument& instrument, const std::vector<Response>& responses, Audience audience) {
  std::string out(kPersonColumn);
  out += ',';
  out += kAuthoredColumn;
  for (const Question& question : instrument.questions) {
    out += ',';
    AppendCell(out, question.link_id);
  }
  out += '\n';
  for (const Response& response : responses) {
    const std::size_t row = out.size();
    AppendCell(out, response.person);
    out += ',';
    AppendCell(out, response.authored);
    const Sheet answers = AnswersFor(instrument, response, audience);
    for (std::size_t q = 0; q < answers.size(); ++q) {
      out += ',';
      if (answers[q]) AppendCell(out, instrument.questions[q].choices[*answers[q]].code);
    }
    // A row without a single value would be passed over by whoever reads the table.
    if (out.find_first_not_of(',', row) == std::string::npos) {
      out.resize(row);
    } else {
      out += '\n';
    }
  }
  return out;
}

core::Result<ResponseTable> ReadResponsesCsv(const Instrument& instrument, std::string_view text) {
  const diary::CsvTable table = SELVEDGE_TRY(diary::CsvTable::Open(text));
  ResponseTable result;
  const std::vector<Column> columns = SELVEDGE_TRY(Columns(instrument, table, result.not_taken));
  diary::RowReader rows = table.rows();
  diary::Row row;
  std::string scratch;
  while (SELVEDGE_TRY(rows.Next(row))) {
    Sheet all(instrument.questions.size());
    std::string person;
    std::string authored;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const std::string_view cell = row.cells[c].Text(scratch);
      if (columns[c].holds == Holds::kPerson) person = cell;
      if (columns[c].holds == Holds::kAuthored) authored = cell;
      if (columns[c].holds != Holds::kAnswer) continue;
      const Question& question = instrument.questions[columns[c].question];
      all[columns[c].question] = ChoiceCalled(question, cell);
      if (!all[columns[c].question] && !diary::IsMissing(cell)) {
        return Refuse(Quoted(cell) + " is no answer to " + Quoted(question.link_id) + ".",
                      "Write one of: " + CodesOf(question) + "; or leave the cell empty.", table.PlaceOf(row.line, c));
      }
    }
    Response response = Separate(instrument, all);
    response.person = std::move(person);
    response.authored = std::move(authored);
    result.responses.push_back(std::move(response));
  }
  return result;
}

}  // namespace selvedge::instruments
