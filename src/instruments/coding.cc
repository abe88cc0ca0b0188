#include "instruments/coding.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "core/contract.h"
#include "core/text.h"
#include "diary/refusal.h"

namespace selvedge::instruments {
namespace {

using diary::Quoted;
using diary::Refuse;

constexpr std::size_t kFewestItems = 3;

/// Sheet rows that take part.
std::vector<std::size_t> RowsToKeep(const AnswerSheet& sheet, bool complete_only) {
  const std::size_t width = sheet.items.size();
  std::vector<std::size_t> rows;
  for (std::size_t person = 0; person < sheet.people.size(); ++person) {
    const double* const values = sheet.values.data() + person * width;
    const bool complete = std::none_of(values, values + width, [](double value) { return std::isnan(value); });
    if (complete || !complete_only) rows.push_back(person);
  }
  return rows;
}

/// The answers to one item that somebody gave, rising.
core::Result<std::vector<double>> AnswersGiven(const AnswerSheet& sheet, const std::vector<std::size_t>& rows,
                                               std::size_t column) {
  std::vector<double> given;
  for (const std::size_t row : rows) {
    const double value = sheet.values[row * sheet.items.size() + column];
    if (std::isnan(value)) continue;
    const auto place = std::ranges::lower_bound(given, value);
    if (place != given.end() && *place == value) continue;
    given.insert(place, value);
    if (given.size() > kMostCategories) {
      return Refuse(Quoted(sheet.items[column]) + " has more than " + std::to_string(kMostCategories) +
                        " different answers, more than an item with steps can have.",
                    "Leave it out of the items, or bring its answers into fewer steps.",
                    {.line = 0, .column = 0, .field = sheet.items[column]});
    }
  }
  return given;
}

void NoteBeside(const std::vector<std::string>& names, bool complete_only, std::vector<Concern>& concerns) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + Quoted(name);
  concerns.push_back({.kind = "on_no_dimension",
                      .items = names,
                      .sentence = "These items are about no dimension and took no part" +
                                  std::string(complete_only ? " beyond deciding who answered everything: " : ": ") +
                                  list + "."});
}

Concern SaysNothing(const std::string& item, bool answered) {
  return {.kind = answered ? "answered_alike" : "never_answered",
          .items = {item},
          .sentence = answered ? "Everybody gave the same answer to " + Quoted(item) +
                                     ", so it cannot tell people apart. It was left out."
                               : "Nobody answered " + Quoted(item) + ". It was left out."};
}

/// Answers that other items of the dimension were given and this one never was.
void NoteEmpty(const Item& item, const std::set<double>& elsewhere, std::vector<Concern>& concerns) {
  std::string missing;
  for (const double answer : elsewhere) {
    if (std::ranges::find(item.answers, answer) == item.answers.end()) {
      missing += (missing.empty() ? "" : ", ") + core::ShortestNumber(answer);
    }
  }
  if (missing.empty()) return;
  concerns.push_back({.kind = "empty_category",
                      .items = {item.name},
                      .sentence = "Nobody answered " + Quoted(item.name) + " with " + missing +
                                  ", though other items were. Where that step begins is not known; it was closed up."});
}

void NoteRare(const Item& item, std::size_t index, const Answers& answers, std::vector<Concern>& concerns) {
  constexpr std::size_t kRare = 5;
  std::vector<std::size_t> counts(item.answers.size(), 0);
  for (std::size_t person = 0; person < answers.people(); ++person) {
    const std::uint8_t code = answers.Of(person)[index];
    if (code != kUnanswered) ++counts[code];
  }
  for (std::size_t k = 0; k < counts.size(); ++k) {
    if (counts[k] >= kRare) continue;
    const std::string people = counts[k] == 1 ? "one person" : std::to_string(counts[k]) + " people";
    concerns.push_back({.kind = "rare_category",
                        .items = {item.name},
                        .sentence = "Only " + people + " answered " + Quoted(item.name) + " with " +
                                    core::ShortestNumber(item.answers[k]) +
                                    ". Where that step begins is hardly known."});
  }
}

std::uint8_t CodeOf(double value, const std::vector<double>& answers) {
  if (std::isnan(value)) return kUnanswered;
  const auto place = std::ranges::find(answers, value);
  SELVEDGE_EXPECT(place != answers.end());
  return static_cast<std::uint8_t>(place - answers.begin());
}

core::Result<void> CheckEnough(const CodedAnswers& coded) {
  if (coded.skeleton.IsMixed()) {
    const std::size_t wanted = kFewestItems * coded.skeleton.dimensions.size();
    if (coded.skeleton.items.size() >= wanted) return {};
    return Refuse("Fewer than " + std::to_string(wanted) + " items were answered in more than one way.",
                  "Dimensions can be told apart from three items for each on; add items or people.");
  }
  for (std::size_t d = 0; d < coded.skeleton.dimensions.size(); ++d) {
    const auto left = std::ranges::count(coded.skeleton.items, d, &Item::dimension);
    if (static_cast<std::size_t>(left) >= kFewestItems) continue;
    return Refuse("Fewer than " + std::to_string(kFewestItems) + " items of " + Quoted(coded.skeleton.dimensions[d]) +
                      " were answered in more than one way.",
                  "What items have in common can be told from three items on; add items or people.");
  }
  return {};
}

}  // namespace

std::vector<AnswerColumn> ColumnsOf(const Questionnaire& questionnaire) {
  std::vector<AnswerColumn> columns;
  for (const Questionnaire::Entry& entry : questionnaire.items) columns.push_back({.name = entry.column, .known = {}});
  for (const std::string& name : questionnaire.beside) columns.push_back({.name = name, .known = {}});
  return columns;
}

std::vector<AnswerColumn> ColumnsOf(const ItemBank& bank) {
  std::vector<AnswerColumn> columns;
  for (const Item& item : bank.items) columns.push_back({.name = item.name, .known = item.answers});
  return columns;
}

Answers CodeAnswers(const AnswerSheet& sheet, const ItemBank& bank) {
  Answers answers{.items = bank.items.size(), .codes = {}};
  answers.codes.reserve(sheet.values.size());
  for (std::size_t c = 0; c < sheet.values.size(); ++c) {
    answers.codes.push_back(CodeOf(sheet.values[c], bank.items[c % bank.items.size()].answers));
  }
  return answers;
}

core::Result<CodedAnswers> CodeAnswers(const AnswerSheet& sheet, const Questionnaire& questionnaire,
                                       bool complete_only) {
  CodedAnswers coded{.skeleton = {.dimensions = questionnaire.dimensions, .items = {}, .correlations = {}},
                     .answers = {},
                     .rows = sheet.people.size(),
                     .incomplete = 0,
                     .concerns = {}};
  const std::vector<std::size_t> rows = RowsToKeep(sheet, complete_only);
  coded.incomplete = sheet.people.size() - rows.size();
  if (rows.empty()) {
    return Refuse("Nobody answered every item.", "Leave --complete out to take in people with gaps.");
  }
  if (!questionnaire.beside.empty()) NoteBeside(questionnaire.beside, complete_only, coded.concerns);
  const auto dimensions = static_cast<Eigen::Index>(questionnaire.dimensions.size());
  std::vector<std::size_t> columns;
  std::vector<std::set<double>> ever(questionnaire.dimensions.size());
  for (std::size_t c = 0; c < questionnaire.items.size(); ++c) {
    const Questionnaire::Entry& entry = questionnaire.items[c];
    std::vector<double> given = SELVEDGE_TRY(AnswersGiven(sheet, rows, c));
    if (given.size() < 2) {
      coded.concerns.push_back(SaysNothing(entry.column, !given.empty()));
      continue;
    }
    ever[entry.dimension].insert(given.begin(), given.end());
    if (entry.reversed) std::ranges::reverse(given);
    coded.skeleton.items.push_back({.name = entry.column,
                                    .dimension = entry.dimension,
                                    .answers = std::move(given),
                                    .curve = {},
                                    .mixture = Eigen::VectorXd::Zero(questionnaire.mixed ? dimensions : 0)});
    columns.push_back(c);
  }
  coded.answers.items = columns.size();
  for (const std::size_t row : rows) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      coded.answers.codes.push_back(
          CodeOf(sheet.values[row * sheet.items.size() + columns[i]], coded.skeleton.items[i].answers));
    }
  }
  SELVEDGE_TRY_VOID(CheckEnough(coded));
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Item& item = coded.skeleton.items[i];
    NoteEmpty(item, ever[item.dimension], coded.concerns);
    NoteRare(item, i, coded.answers, coded.concerns);
  }
  return coded;
}

}  // namespace selvedge::instruments
