#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "diary/csv_table.h"

namespace selvedge::responses {

/// One row of a table, as far as named columns tell.
struct NamedRow {
  int line = 0;
  std::vector<std::string> labels;
  std::vector<std::optional<double>> numbers;  ///< absent where the cell says so
};

/// Columns of a file with one row a person or a time, which is no diary (docs/formats.md).
struct NamedRows {
  std::vector<NamedRow> rows;
  std::vector<std::size_t> number_columns;  ///< where in the file each stands, for refusals
};

/// Reads these columns of every row. Refused: a column that is not there, a row without a label, a value that is no
/// number.
[[nodiscard]] core::Result<NamedRows> ReadColumns(const diary::CsvTable& table, std::span<const std::string> labels,
                                                  std::span<const std::string> numbers);

}  // namespace selvedge::responses
