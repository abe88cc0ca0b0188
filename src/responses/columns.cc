#include "responses/columns.h"

#include <utility>

#include "diary/column_names.h"
#include "diary/number.h"
#include "diary/refusal.h"

namespace selvedge::responses {
namespace {

core::Result<std::string> ReadLabel(const diary::CsvTable& table, const diary::Row& row, std::size_t column) {
  std::string scratch;
  std::string label(row.cells[column].Text(scratch));
  if (!label.empty()) return label;
  return diary::Refuse("This row does not say what it belongs to.",
                       "Fill in " + diary::Quoted(table.names()[column]) + " on every row.",
                       table.PlaceOf(row.line, column));
}

core::Result<std::optional<double>> ReadNumber(const diary::CsvTable& table, const diary::Row& row,
                                               std::size_t column) {
  std::string scratch;
  const std::string_view text = row.cells[column].Text(scratch);
  if (diary::IsMissing(text)) return std::nullopt;
  if (const std::optional<double> number = diary::ParseNumber(text, table.separator())) return number;
  return diary::Refuse(diary::Quoted(text) + " is not a number.", "Write a number, or leave the cell empty.",
                       table.PlaceOf(row.line, column));
}

}  // namespace

core::Result<NamedRows> ReadColumns(const diary::CsvTable& table, std::span<const std::string> labels,
                                    std::span<const std::string> numbers) {
  std::vector<std::size_t> label_columns;
  for (const std::string& name : labels) label_columns.push_back(SELVEDGE_TRY(NeedColumn(table, name)));
  NamedRows named;
  for (const std::string& name : numbers) named.number_columns.push_back(SELVEDGE_TRY(NeedColumn(table, name)));

  diary::RowReader reader = table.rows();
  diary::Row row;
  while (SELVEDGE_TRY(reader.Next(row))) {
    NamedRow read{.line = row.line, .labels = {}, .numbers = {}};
    for (const std::size_t column : label_columns) {
      read.labels.push_back(SELVEDGE_TRY(ReadLabel(table, row, column)));
    }
    for (const std::size_t column : named.number_columns) {
      read.numbers.push_back(SELVEDGE_TRY(ReadNumber(table, row, column)));
    }
    named.rows.push_back(std::move(read));
  }
  return named;
}

}  // namespace selvedge::responses
