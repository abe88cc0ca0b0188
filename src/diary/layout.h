#pragma once

#include <cstddef>
#include <optional>
#include <variant>

#include "core/days.h"
#include "core/result.h"
#include "core/side.h"
#include "diary/csv.h"
#include "diary/csv_table.h"

namespace selvedge::diary {

/// What the cells of the time column may hold.
struct TimeForms {
  bool numbers = false;
  bool dates = false;
  bool timestamps = false;
};

/// One row a person a time.
struct LongForm {
  std::size_t person = 0;
  std::optional<std::size_t> role;
  std::size_t own = 0;
  std::optional<std::size_t> close{};
  std::optional<std::size_t> contact{};
  std::optional<std::size_t> moments{};
};

/// One row a time: an answer of each partner.
struct WideForm {
  core::BySide<std::size_t> own;
};

/// Where in each row of one file everything stands, by column number from 0.
struct Layout {
  std::optional<std::size_t> dyad;
  std::variant<LongForm, WideForm> form;
  std::optional<std::size_t> valid;
  std::size_t time = 0;
  TimeForms time_forms;
  core::Days time_unit{1.0};
  std::optional<std::size_t> zone;
};

/// The layout a column map describes, for a file with this header.
[[nodiscard]] core::Result<Layout> MappedLayout(const ColumnMap& map, const CsvTable& table);

/// The layout of the canonical long file. Its time column is the first of start, local_date and daycum in which any
/// answered row has a value.
[[nodiscard]] core::Result<Layout> CanonicalLayout(const CsvTable& table);

/// Whether anything is answered in the row: how the person felt, or what they noted beside it.
[[nodiscard]] bool HasAnswer(const LongForm& form, const Row& row);

/// Whether the row is more than a prompt not answered, as far as a column `valid` says.
[[nodiscard]] core::Result<bool> IsValid(const Layout& layout, const CsvTable& table, const Row& row);

}  // namespace selvedge::diary
