#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/function_ref.h"
#include "core/result.h"
#include "diary/diary.h"

namespace selvedge::diary {

/// The most bytes a diary file may have; keeps every line number within an int.
inline constexpr std::size_t kLargestFile = std::size_t{1} << 30U;

/// Which column holds what, by the names in the file's header line; an empty name = the file has no such column.
/// Long form (one row a person a time): person, own. Wide form (one row a time): own_a, own_b.
struct ColumnMap {
  std::string dyad{};  ///< empty: the whole file is one couple, "1"
  std::string person{};
  std::string time{};  ///< numbers in `time_unit`, or timestamps
  std::string date{};  ///< dates, or timestamps
  std::string own{};
  std::string own_a{};
  std::string own_b{};
  std::string close{};  ///< long form only, as the two below; each may be left out
  std::string contact{};
  std::string moments{};
  core::Days time_unit{1.0};  ///< length of one unit of a numeric `time`
};

/// What a couple is called in a file that is one couple's and gives it no name.
inline constexpr std::string_view kOnlyCouple = "1";

struct ReadOptions {
  std::optional<ColumnMap> columns{};  ///< absent: the canonical long file (docs/formats.md)
  std::optional<Scale> scale{};  ///< answers outside are refused; absent: any finite number is taken (canonical: 0–100)
  /// Called every few thousand rows with how many bytes of how many are read.
  std::optional<core::FunctionRef<void(std::size_t done, std::size_t of)>> progress{};
};

/// Reads a whole diary file.
///
/// Takes comma, semicolon or tab; LF, CRLF or CR; a byte-order mark; quoted fields; decimal commas where the separator
/// is not a comma; empty cells, NA, NaN and "." as "not answered"; rows in any order. Partners' rows at the same time
/// become one check-in; should their rows name different zones, it keeps the earlier local clock. Clock times are kept
/// to the millisecond, further digits are cut off.
///
/// @returns the diary, or kRefused with line, column, field name, what is wrong and how to fix it. Never a part of a
/// file.
[[nodiscard]] core::Result<Diary> ReadCsv(std::string_view text, const ReadOptions& options);

/// Writes the canonical long file, calendar times to the millisecond.
///
/// For every diary that ReadCsv returns, ReadCsv(WriteCsv(diary), {.scale = s}) is the same diary, if all answers lie
/// in s. Needs finite times within a million days or so.
[[nodiscard]] std::string WriteCsv(const Diary& diary);

/// The same couple by couple, for more of them than are held at once: the header, with the columns of what was noted,
/// then each couple's rows. Times count from 1970-01-01.
[[nodiscard]] std::string CsvHeader();
void AppendCsv(const Couple& couple, std::string& csv);

}  // namespace selvedge::diary
