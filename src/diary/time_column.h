#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/result.h"
#include "diary/csv_table.h"
#include "diary/diary.h"
#include "diary/layout.h"

namespace selvedge::diary {

/// When a row happened, as a check-in keeps it.
struct Instant {
  core::Days time;
  int day = 0;
  int utc_offset_minutes = 0;
};

/// Reads the times of one file and sees to it that all are of one kind: numbers, dates, local times or zoned times.
class TimeColumn {
 public:
  /// Borrows both.
  TimeColumn(const CsvTable& table, const Layout& layout) : table_(table), layout_(layout) {}

  /// The row's time; nothing if its cell is empty.
  [[nodiscard]] core::Result<std::optional<Instant>> Read(const Row& row);

  /// What the times read so far count from.
  [[nodiscard]] Clock clock() const;

 private:
  enum class Kind : std::uint8_t { kNumber, kDate, kLocalTime, kZonedTime };

  [[nodiscard]] core::Result<Instant> ReadNumber(double number, const Row& row, std::string_view text);
  [[nodiscard]] core::Result<Instant> ReadMoment(const Row& row, std::string_view text);
  [[nodiscard]] core::Result<std::optional<int>> ReadZone(const Row& row) const;
  [[nodiscard]] core::Result<void> Agree(Kind kind, const Row& row, std::string_view text);
  [[nodiscard]] core::Place PlaceOf(const Row& row) const { return table_.PlaceOf(row.line, layout_.time); }
  [[nodiscard]] static std::string_view NameOf(Kind kind);

  const CsvTable& table_;
  const Layout& layout_;
  std::optional<Kind> kind_;
  int kind_line_ = 0;
};

}  // namespace selvedge::diary
