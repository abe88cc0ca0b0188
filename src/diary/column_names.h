#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "diary/csv_table.h"

namespace selvedge::diary {

/// The number of the column with this name, if there is one. Refused if there are two.
[[nodiscard]] core::Result<std::optional<std::size_t>> FindColumn(const CsvTable& table, std::string_view name);

/// The same, refused if there is none: lists what there is, and the name that may have been meant.
[[nodiscard]] core::Result<std::size_t> NeedColumn(const CsvTable& table, std::string_view name);

/// "its columns are dyad, person, day", for a sentence.
[[nodiscard]] std::string ListOfColumns(const CsvTable& table);

/// Options that could fit the columns of this file, to copy and correct: "--dyad couple --person id --time day --own
/// mood".
[[nodiscard]] std::string ExampleOptions(const CsvTable& table);

}  // namespace selvedge::diary
