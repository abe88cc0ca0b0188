#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace selvedge::diary {

/// One value of a row: a view into the file's text, without surrounding spaces and quotation marks.
struct Cell {
  std::string_view raw;
  bool has_doubled_quotes = false;  ///< "" still stands for "

  /// The value as meant. Views `scratch` where a doubled quotation mark had to be undone.
  [[nodiscard]] std::string_view Text(std::string& scratch) const;
};

struct Row {
  int line = 0;             ///< where it begins, counting the file's physical lines from 1
  std::vector<Cell> cells;  ///< one per column of the header; of a header at most one too many
};

/// Goes through the rows of a text once, from the top. Lines with nothing in them are passed over.
class RowReader {
 public:
  /// @param width  the number of values every row must have; 0: any.
  RowReader(std::string_view text, char separator, std::size_t width, int first_line)
      : text_(text), separator_(separator), width_(width), line_(first_line) {}

  /// Moves to the next row; false after the last. Refuses rows of another width and broken quotation.
  [[nodiscard]] core::Result<bool> Next(Row& row);

  [[nodiscard]] std::string_view rest() const { return text_.substr(position_); }
  [[nodiscard]] int line() const { return line_; }

 private:
  struct Extent {
    std::size_t count = 0;
    bool blank = true;
  };

  [[nodiscard]] core::Result<Extent> ReadRow(Row& row);
  [[nodiscard]] bool SkipToQuotationMark();
  [[nodiscard]] core::Result<Cell> ReadQuotedCell();
  [[nodiscard]] Cell ReadPlainCell();
  [[nodiscard]] bool TakeSeparator();
  void TakeLineEnd();
  [[nodiscard]] bool AtEndOfCell() const;

  std::string_view text_;
  char separator_;
  std::size_t width_;
  int line_;
  std::size_t position_ = 0;
};

/// A text of rows and columns with a header line, after RFC 4180 with the freedoms of docs/formats.md. Borrows the
/// text.
class CsvTable {
 public:
  static constexpr std::size_t kMaxColumns = 10'000;

  [[nodiscard]] static core::Result<CsvTable> Open(std::string_view bytes);

  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] char separator() const { return separator_; }
  [[nodiscard]] int header_line() const { return header_line_; }

  /// The rows below the header, from the first.
  [[nodiscard]] RowReader rows() const { return {body_, separator_, names_.size(), body_line_}; }

  /// Where the value of a column is; `line` 0: the column as such.
  [[nodiscard]] core::Place PlaceOf(int line, std::size_t column) const;

 private:
  CsvTable() = default;

  std::vector<std::string> names_;
  char separator_ = ',';
  int header_line_ = 1;
  std::string_view body_;
  int body_line_ = 1;
};

}  // namespace selvedge::diary
