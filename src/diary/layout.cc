#include "diary/layout.h"

#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "diary/column_names.h"
#include "diary/number.h"
#include "diary/refusal.h"

namespace selvedge::diary {
namespace {

constexpr std::string_view kHowToNameAnswers =
    "Give --person and --own for a file with one row per person and time, or --own-a and --own-b for a file with both "
    "partners in one row.";

/// The answers are named in one of the two forms, fully.
core::Result<void> CheckForm(const ColumnMap& map) {
  const bool any_long = !map.person.empty() || !map.own.empty();
  const bool any_wide = !map.own_a.empty() || !map.own_b.empty();
  if (any_long && any_wide) {
    return Refuse("The options describe one row per person and one row per couple at once.",
                  std::string(kHowToNameAnswers));
  }
  if (!any_long && !any_wide) {
    return Refuse("The options do not say which column holds the answers.", std::string(kHowToNameAnswers));
  }
  if (any_long && map.person.empty()) {
    return Refuse("The options do not say which column tells the partners apart.", "Name it with --person.");
  }
  if (any_long && map.own.empty()) {
    return Refuse("The options do not say which column holds the answers.", "Name it with --own.");
  }
  if (any_wide && (!map.close.empty() || !map.contact.empty() || !map.moments.empty())) {
    return Refuse("The options name closeness, contact or moments in a file with both partners in one row.",
                  "Bring the file into one row per person and time, or leave --close, --contact and --moments out.");
  }
  if (any_wide && (map.own_a.empty() || map.own_b.empty())) {
    return Refuse("The options name the answers of one partner only.", "Give both --own-a and --own-b.");
  }
  return {};
}

core::Result<void> CheckTime(const ColumnMap& map) {
  if (map.time.empty() && map.date.empty()) {
    return Refuse("The options do not say when the answers were given.",
                  "Name the column with --time (numbers or timestamps) or with --date (dates).");
  }
  if (!map.time.empty() && !map.date.empty()) {
    return Refuse("The options name both a time and a date column.", "Keep --time or --date, whichever is finer.");
  }
  if (!std::isfinite(map.time_unit.count) || !(map.time_unit.count > 0)) {
    return Refuse("The unit of time is not a length of time.", "Give --time-unit a length above zero.");
  }
  return {};
}

core::Result<void> CheckNoneTwice(const ColumnMap& map) {
  const std::array<std::pair<std::string_view, std::string_view>, 10> named{{{"--dyad", map.dyad},
                                                                             {"--person", map.person},
                                                                             {"--time", map.time},
                                                                             {"--date", map.date},
                                                                             {"--own", map.own},
                                                                             {"--own-a", map.own_a},
                                                                             {"--own-b", map.own_b},
                                                                             {"--close", map.close},
                                                                             {"--contact", map.contact},
                                                                             {"--moments", map.moments}}};
  for (std::size_t i = 0; i < named.size(); ++i) {
    for (std::size_t j = i + 1; j < named.size(); ++j) {
      if (named[i].second.empty() || named[i].second != named[j].second) continue;
      return Refuse(
          "The options name the column " + Quoted(named[i].second) + " twice.",
          "Give " + std::string(named[i].first) + " and " + std::string(named[j].first) + " different columns.");
    }
  }
  return {};
}

/// The canonical file's answered rows, gone through until a column of times proves to hold one.
core::Result<std::optional<std::size_t>> FirstWithAValue(const CsvTable& table, const Layout& layout,
                                                         const LongForm& form, std::optional<std::size_t> best,
                                                         std::optional<std::size_t> second) {
  RowReader rows = table.rows();
  Row row;
  bool second_has_value = false;
  while (SELVEDGE_TRY(rows.Next(row))) {
    if (!HasAnswer(form, row)) continue;
    if (!SELVEDGE_TRY(IsValid(layout, table, row))) continue;
    if (best && !IsMissing(row.cells[*best].raw)) return best;
    second_has_value = second_has_value || (second && !IsMissing(row.cells[*second].raw));
    if (!best && second_has_value) return second;
  }
  return second_has_value ? second : std::nullopt;
}

core::Result<void> ChooseTime(const CsvTable& table, const LongForm& form, Layout& layout) {
  const std::optional<std::size_t> start = SELVEDGE_TRY(FindColumn(table, "start"));
  const std::optional<std::size_t> local_date = SELVEDGE_TRY(FindColumn(table, "local_date"));
  const std::optional<std::size_t> daycum = SELVEDGE_TRY(FindColumn(table, "daycum"));
  std::optional<std::size_t> chosen = SELVEDGE_TRY(FirstWithAValue(table, layout, form, start, local_date));
  if (!chosen) chosen = daycum ? daycum : local_date ? local_date : start;
  if (!chosen) {
    return Refuse("The file does not say when the answers were given; " + ListOfColumns(table) + ".",
                  "Add a column \"start\" (timestamps), \"local_date\" (dates) or \"daycum\" (day numbers).",
                  AtLine(table.header_line()));
  }
  layout.time = *chosen;
  layout.time_forms = {.numbers = chosen == daycum, .dates = chosen == local_date, .timestamps = chosen == start};
  if (chosen == start) layout.zone = SELVEDGE_TRY(FindColumn(table, "tz"));
  return {};
}

}  // namespace

core::Result<Layout> MappedLayout(const ColumnMap& map, const CsvTable& table) {
  SELVEDGE_TRY_VOID(CheckForm(map));
  SELVEDGE_TRY_VOID(CheckTime(map));
  SELVEDGE_TRY_VOID(CheckNoneTwice(map));

  Layout layout;
  if (!map.dyad.empty()) layout.dyad = SELVEDGE_TRY(NeedColumn(table, map.dyad));
  if (!map.person.empty()) {
    const std::size_t person = SELVEDGE_TRY(NeedColumn(table, map.person));
    const std::size_t own = SELVEDGE_TRY(NeedColumn(table, map.own));
    LongForm form{.person = person, .role = std::nullopt, .own = own};
    if (!map.close.empty()) form.close = SELVEDGE_TRY(NeedColumn(table, map.close));
    if (!map.contact.empty()) form.contact = SELVEDGE_TRY(NeedColumn(table, map.contact));
    if (!map.moments.empty()) form.moments = SELVEDGE_TRY(NeedColumn(table, map.moments));
    layout.form = form;
  } else {
    const std::size_t a = SELVEDGE_TRY(NeedColumn(table, map.own_a));
    const std::size_t b = SELVEDGE_TRY(NeedColumn(table, map.own_b));
    layout.form = WideForm{.own = {.a = a, .b = b}};
  }
  layout.time = SELVEDGE_TRY(NeedColumn(table, map.time.empty() ? map.date : map.time));
  layout.time_forms = {.numbers = !map.time.empty(), .dates = !map.date.empty(), .timestamps = true};
  layout.time_unit = map.time_unit;
  return layout;
}

core::Result<Layout> CanonicalLayout(const CsvTable& table) {
  const std::optional<std::size_t> dyad = SELVEDGE_TRY(FindColumn(table, "dyad"));
  const std::optional<std::size_t> person = SELVEDGE_TRY(FindColumn(table, "id"));
  const std::optional<std::size_t> own = SELVEDGE_TRY(FindColumn(table, "own"));
  if (!dyad || !person || !own) {
    return Refuse("The file is not in the standard form (with columns dyad, id and own); " + ListOfColumns(table) + ".",
                  "Say which column is which, for example: " + ExampleOptions(table) + ".",
                  AtLine(table.header_line()));
  }
  Layout layout;
  layout.dyad = dyad;
  const std::optional<std::size_t> role = SELVEDGE_TRY(FindColumn(table, "role"));
  LongForm form{.person = *person, .role = role, .own = *own};
  form.close = SELVEDGE_TRY(FindColumn(table, "close"));
  form.contact = SELVEDGE_TRY(FindColumn(table, "contact"));
  form.moments = SELVEDGE_TRY(FindColumn(table, "moments"));
  layout.form = form;
  layout.valid = SELVEDGE_TRY(FindColumn(table, "valid"));
  SELVEDGE_TRY_VOID(ChooseTime(table, form, layout));
  return layout;
}

bool HasAnswer(const LongForm& form, const Row& row) {
  const auto has = [&](std::optional<std::size_t> column) { return column && !IsMissing(row.cells[*column].raw); };
  return has(form.own) || has(form.close) || has(form.contact) || has(form.moments);
}

core::Result<bool> IsValid(const Layout& layout, const CsvTable& table, const Row& row) {
  if (!layout.valid) return true;
  const std::string_view text = row.cells[*layout.valid].raw;
  if (IsMissing(text)) return true;
  if (text == "TRUE" || text == "True" || text == "true") return true;
  if (text == "FALSE" || text == "False" || text == "false") return false;
  const std::optional<double> number = ParseNumber(text, table.separator());
  if (number != 0.0 && number != 1.0) {
    return Refuse(Quoted(text) + " does not say whether the prompt was answered.", "Write 1 for answered, 0 for not.",
                  table.PlaceOf(row.line, *layout.valid));
  }
  return *number == 1.0;
}

}  // namespace selvedge::diary
