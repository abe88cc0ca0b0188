#include "instruments/answer_file.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "core/text.h"
#include "diary/column_names.h"
#include "diary/csv_table.h"
#include "diary/number.h"
#include "diary/refusal.h"

namespace selvedge::instruments {
namespace {

using diary::CsvTable;
using diary::Quoted;
using diary::Refuse;
using diary::Row;

core::Result<double> ReadAnswer(const CsvTable& table, const Row& row, std::size_t at, const AnswerColumn& column,
                                std::string& scratch) {
  const std::string_view text = row.cells[at].Text(scratch);
  if (diary::IsMissing(text)) return std::numeric_limits<double>::quiet_NaN();
  const std::optional<double> number = diary::ParseNumber(text, table.separator());
  if (!number) {
    return Refuse(Quoted(text) + " is not a number.",
                  "Write the number of the answer, or leave the cell empty for \"not answered\".",
                  table.PlaceOf(row.line, at));
  }
  if (column.known.empty() || std::ranges::find(column.known, *number) != column.known.end()) return *number;
  std::string list;
  for (const double answer : column.known) list += (list.empty() ? "" : ", ") + core::ShortestNumber(answer);
  return Refuse(
      Quoted(text) + " is not among the answers these parameters know for " + Quoted(column.name) + ": " + list + ".",
      "Correct it, or leave the cell empty; nobody gave this answer when the parameters were made.",
      table.PlaceOf(row.line, at));
}

}  // namespace

core::Result<AnswerSheet> ReadAnswers(std::string_view text, const std::vector<AnswerColumn>& columns,
                                      const std::string& person) {
  const CsvTable table = SELVEDGE_TRY(CsvTable::Open(text));
  std::vector<std::size_t> at;
  AnswerSheet sheet;
  for (const AnswerColumn& column : columns) {
    at.push_back(SELVEDGE_TRY(diary::NeedColumn(table, column.name)));
    sheet.items.push_back(column.name);
  }
  std::optional<std::size_t> who;
  if (person.empty()) {
    who = SELVEDGE_TRY(diary::FindColumn(table, "id"));
  } else {
    who = SELVEDGE_TRY(diary::NeedColumn(table, person));
  }

  diary::RowReader rows = table.rows();
  Row row;
  std::string scratch;
  while (SELVEDGE_TRY(rows.Next(row))) {
    sheet.people.emplace_back(who ? row.cells[*who].Text(scratch) : std::to_string(sheet.people.size() + 1));
    for (std::size_t c = 0; c < columns.size(); ++c) {
      sheet.values.push_back(SELVEDGE_TRY(ReadAnswer(table, row, at[c], columns[c], scratch)));
    }
  }
  if (sheet.people.empty()) {
    return Refuse("There are no rows below the header.", "Choose a file with one row per person.",
                  diary::AtLine(table.header_line()));
  }
  return sheet;
}

}  // namespace selvedge::instruments
