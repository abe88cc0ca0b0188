#include "diary/csv_table.h"

#include <array>
#include <utility>

#include "diary/refusal.h"
#include "diary/utf8.h"

namespace selvedge::diary {
namespace {

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

std::string Counted(std::size_t count, std::string_view thing) {
  return std::to_string(count) + " " + std::string(thing) + (count == 1 ? "" : "s");
}

struct Header {
  Row row;
  char separator = ',';
  std::string_view body;
  int body_line = 1;
};

core::Result<Header> ReadHeader(std::string_view text, char separator) {
  RowReader reader(text, separator, 0, 1);
  Header header{.row = {}, .separator = separator, .body = {}, .body_line = 1};
  if (!SELVEDGE_TRY(reader.Next(header.row))) {
    return Refuse("The file is empty.", "Choose a file whose first line names its columns.");
  }
  header.body = reader.rest();
  header.body_line = reader.line();
  return header;
}

/// The separator that cuts the header line into the most columns. Of equals the first here wins: commas inside the
/// names of a semicolon file are commoner than the reverse. A line that cannot be cut at one separator, nor holds any
/// other, is meant to be cut there.
core::Result<Header> DetectHeader(std::string_view text) {
  core::Result<Header> best = ReadHeader(text, '\t');
  for (const char separator : {';', ','}) {
    core::Result<Header> header = ReadHeader(text, separator);
    const std::size_t most = best ? best->row.cells.size() : 1;
    const bool better = header ? header->row.cells.size() > most : best && most == 1;
    if (better) best = std::move(header);
  }
  return best;
}

}  // namespace

std::string_view Cell::Text(std::string& scratch) const {
  if (!has_doubled_quotes) return raw;
  scratch.clear();
  for (std::size_t i = 0; i < raw.size(); ++i) {
    scratch += raw[i];
    if (raw[i] == '"') ++i;
  }
  return scratch;
}

core::Result<bool> RowReader::Next(Row& row) {
  while (position_ < text_.size()) {
    const Extent extent = SELVEDGE_TRY(ReadRow(row));
    if (extent.blank) continue;
    if (width_ != 0 && extent.count != width_) {
      return Refuse(
          "This row has " + Counted(extent.count, "value") + "; the header names " + Counted(width_, "column") + ".",
          "Give every row one value per column, and put quotation marks around a value that holds the "
          "separator (a decimal comma, for example).",
          AtLine(row.line));
    }
    return true;
  }
  return false;
}

/// Rows too wide are counted to their end but not kept, so that a broken file cannot fill the memory.
core::Result<RowReader::Extent> RowReader::ReadRow(Row& row) {
  const std::size_t kept = width_ == 0 ? CsvTable::kMaxColumns + 1 : width_;
  row.line = line_;
  row.cells.clear();
  Extent extent;
  do {
    const Cell cell = SkipToQuotationMark() ? SELVEDGE_TRY(ReadQuotedCell()) : ReadPlainCell();
    if (row.cells.size() < kept) row.cells.push_back(cell);
    ++extent.count;
    extent.blank = extent.blank && cell.raw.empty();
  } while (TakeSeparator());
  TakeLineEnd();
  return extent;
}

/// Moves to the quotation mark that opens the next cell, past spaces before it. Stays where it is if there is none.
bool RowReader::SkipToQuotationMark() {
  const std::size_t first = text_.find_first_not_of(' ', position_);
  if (first == std::string_view::npos || text_[first] != '"') return false;
  position_ = first;
  return true;
}

Cell RowReader::ReadPlainCell() {
  const std::size_t begin = position_;
  while (!AtEndOfCell()) ++position_;
  return {.raw = Trimmed(text_.substr(begin, position_ - begin))};
}

core::Result<Cell> RowReader::ReadQuotedCell() {
  const int opened = line_;
  const std::size_t begin = position_ + 1;
  Cell cell;
  std::size_t end = begin;
  while (true) {
    end = text_.find('"', end);
    if (end == std::string_view::npos) {
      return Refuse("A quotation mark is opened here and never closed.",
                    "Close it, or write it twice (\"\") if it is part of the value.", AtLine(opened));
    }
    if (!text_.substr(end + 1).starts_with('"')) break;
    cell.has_doubled_quotes = true;
    end += 2;
  }
  const std::string_view inside = text_.substr(begin, end - begin);
  line_ += CountLineEnds(inside);
  position_ = end + 1;
  while (!AtEndOfCell() && text_[position_] == ' ') ++position_;
  if (!AtEndOfCell()) {
    return Refuse("After the closing quotation mark of " + Quoted(inside) + " more text follows.",
                  "Put the whole value inside the quotation marks, and write a quotation mark in it twice (\"\").",
                  AtLine(line_));
  }
  cell.raw = Trimmed(inside);
  return cell;
}

bool RowReader::AtEndOfCell() const {
  if (position_ == text_.size()) return true;
  const char c = text_[position_];
  return c == separator_ || c == '\n' || c == '\r';
}

bool RowReader::TakeSeparator() {
  if (position_ == text_.size() || text_[position_] != separator_) return false;
  ++position_;
  return true;
}

void RowReader::TakeLineEnd() {
  if (position_ == text_.size()) return;
  position_ += text_.substr(position_).starts_with("\r\n") ? std::size_t{2} : std::size_t{1};
  ++line_;
}

core::Result<CsvTable> CsvTable::Open(std::string_view bytes) {
  const std::string_view text = SELVEDGE_TRY(TextOfFile(bytes));
  const Header header = SELVEDGE_TRY(DetectHeader(text));
  if (header.row.cells.size() > kMaxColumns) {
    return Refuse("The header line has more than 10000 columns.",
                  "Keep the columns that say who, when and how they felt.", AtLine(header.row.line));
  }

  CsvTable table;
  table.separator_ = header.separator;
  table.header_line_ = header.row.line;
  table.body_ = header.body;
  table.body_line_ = header.body_line;
  std::string scratch;
  for (const Cell& cell : header.row.cells) table.names_.emplace_back(cell.Text(scratch));
  return table;
}

core::Place CsvTable::PlaceOf(int line, std::size_t column) const {
  return {.line = line, .column = static_cast<int>(column) + 1, .field = names_[column]};
}

}  // namespace selvedge::diary
