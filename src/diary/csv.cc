#include "diary/csv.h"

#include <cmath>
#include <utility>
#include <variant>

#include "core/text.h"
#include "diary/couple_book.h"
#include "diary/csv_table.h"
#include "diary/layout.h"
#include "diary/number.h"
#include "diary/refusal.h"
#include "diary/time_column.h"

namespace selvedge::diary {
namespace {

constexpr Scale kCloseness{.low = 0, .high = 100};

class DiaryReader {
 public:
  DiaryReader(const CsvTable& table, const Layout& layout, const ReadOptions& options)
      : table_(table), layout_(layout), scale_(options.scale), progress_(options.progress), times_(table, layout) {}

  [[nodiscard]] core::Result<Diary> Read() {
    RowReader rows = table_.rows();
    Row row;
    constexpr std::size_t kRowsBetween = 4096;
    const std::size_t bytes = rows.rest().size();
    for (std::size_t count = 1; SELVEDGE_TRY(rows.Next(row)); ++count) {
      SELVEDGE_TRY_VOID(TakeRow(row));
      if (progress_ && count % kRowsBetween == 0) (*progress_)(bytes - rows.rest().size(), bytes);
    }
    if (!book_.has_answers()) return NoAnswers();
    if (const std::optional<Duplicate> duplicate = book_.SortAndFindDuplicate()) return Twice(*duplicate);
    const auto* const long_form = std::get_if<LongForm>(&layout_.form);
    const bool roles_given = long_form != nullptr && long_form->role.has_value();
    return Diary{.clock = times_.clock(), .couples = std::move(book_).Bind(roles_given)};
  }

 private:
  core::Result<void> TakeRow(const Row& row) {
    const std::size_t couple =
        book_.CoupleOf(layout_.dyad ? SELVEDGE_TRY(Label(row, *layout_.dyad, "couple")) : kOnlyCouple);
    if (const auto* const form = std::get_if<LongForm>(&layout_.form)) return TakeLongRow(row, couple, *form);
    if (const auto* const form = std::get_if<WideForm>(&layout_.form)) return TakeWideRow(row, couple, *form);
    return {};
  }

  /// The time is read even where nobody answered, so that a slip in it shows.
  core::Result<void> TakeLongRow(const Row& row, std::size_t couple, const LongForm& form) {
    const bool valid = SELVEDGE_TRY(IsValid(layout_, table_, row));
    const int person = SELVEDGE_TRY(Person(row, couple, form));
    const std::optional<Instant> when = SELVEDGE_TRY(times_.Read(row));
    const std::optional<double> own = valid ? SELVEDGE_TRY(Own(row, form.own)) : std::nullopt;
    const Noted noted = valid ? SELVEDGE_TRY(ReadNoted(row, form)) : Noted{};
    return TakeAnswer(row, couple, {.own = own, .noted = noted, .person = person}, when);
  }

  core::Result<void> TakeWideRow(const Row& row, std::size_t couple, const WideForm& form) {
    const int a = SELVEDGE_TRY(book_.PersonOf(couple, "a"));
    const int b = SELVEDGE_TRY(book_.PersonOf(couple, "b"));
    const std::optional<Instant> when = SELVEDGE_TRY(times_.Read(row));
    const std::optional<double> own_a = SELVEDGE_TRY(Own(row, form.own.a));
    const std::optional<double> own_b = SELVEDGE_TRY(Own(row, form.own.b));
    SELVEDGE_TRY_VOID(TakeAnswer(row, couple, {.own = own_a, .person = a}, when));
    return TakeAnswer(row, couple, {.own = own_b, .person = b}, when);
  }

  core::Result<std::string_view> Label(const Row& row, std::size_t column, std::string_view what) {
    const std::string_view label = row.cells[column].Text(scratch_);
    if (!label.empty()) return label;
    return Refuse("This row does not say which " + std::string(what) + " it belongs to.",
                  "Fill in " + Quoted(table_.names()[column]) + " on every row.", table_.PlaceOf(row.line, column));
  }

  core::Result<int> Person(const Row& row, std::size_t couple, const LongForm& form) {
    core::Result<int> person = book_.PersonOf(couple, SELVEDGE_TRY(Label(row, form.person, "person")));
    if (!person) {
      person.error().place = table_.PlaceOf(row.line, form.person);
      return person;
    }
    if (form.role) book_.NoteRole(couple, *person, row.cells[*form.role].Text(scratch_));
    return person;
  }

  core::Result<void> TakeAnswer(const Row& row, std::size_t couple, Answer answer, const std::optional<Instant>& when) {
    if (!when) {
      if (!answer.HasAny()) return {};
      return Refuse("This row has an answer, but no time.",
                    "Fill in " + Quoted(table_.names()[layout_.time]) + ", or empty the answer.",
                    table_.PlaceOf(row.line, layout_.time));
    }
    answer.time = when->time.count;
    answer.day = when->day;
    answer.utc_offset_minutes = when->utc_offset_minutes;
    answer.line = row.line;
    book_.Add(couple, answer);
    return {};
  }

  core::Result<Noted> ReadNoted(const Row& row, const LongForm& form) {
    Noted noted;
    if (form.close) {
      noted.close =
          SELVEDGE_TRY(Number(row, *form.close, kCloseness, "Closeness is noted from 0 to 100 in every diary."));
    }
    if (form.contact) noted.contact = SELVEDGE_TRY(ReadContact(row, *form.contact));
    if (form.moments) noted.moments = SELVEDGE_TRY(ReadMomentsOf(row, *form.moments));
    return noted;
  }

  core::Result<std::optional<Contact>> ReadContact(const Row& row, std::size_t column) {
    const std::string_view text = row.cells[column].Text(scratch_);
    if (IsMissing(text)) return std::nullopt;
    for (std::size_t i = 0; i < kContactNames.size(); ++i) {
      if (kContactNames[i] == text) return static_cast<Contact>(i);
    }
    return Refuse(Quoted(text) + " does not say how much of the day you spent together.",
                  "Write apart, some or most, or leave the cell empty.", table_.PlaceOf(row.line, column));
  }

  core::Result<std::optional<Moments>> ReadMomentsOf(const Row& row, std::size_t column) {
    const std::string_view text = row.cells[column].Text(scratch_);
    if (IsMissing(text)) return std::nullopt;
    core::Result<Moments> moments = ReadMoments(text);
    if (moments) return *moments;
    moments.error().place = table_.PlaceOf(row.line, column);
    return std::unexpected(std::move(moments).error());
  }

  core::Result<std::optional<double>> Own(const Row& row, std::size_t column) {
    return Number(row, column, scale_, "Correct the answer, or give the scale people answered on.");
  }

  core::Result<std::optional<double>> Number(const Row& row, std::size_t column, const std::optional<Scale>& scale,
                                             std::string_view remedy_outside) {
    const std::string_view text = row.cells[column].Text(scratch_);
    if (IsMissing(text)) return std::nullopt;
    const std::optional<double> number = ParseNumber(text, table_.separator());
    if (!number) {
      std::string remedy = "Write a number, or leave the cell empty for \"not answered\".";
      if (table_.separator() == ',' && text.contains(',')) {
        remedy = "Write a point before the decimals, or separate the columns with semicolons.";
      }
      return Refuse(Quoted(text) + " is not a number.", std::move(remedy), table_.PlaceOf(row.line, column));
    }
    if (scale && (*number < scale->low || *number > scale->high)) {
      return Refuse(Quoted(text) + " lies outside the scale, " + core::ShortestNumber(scale->low) + " to " +
                        core::ShortestNumber(scale->high) + ".",
                    std::string(remedy_outside), table_.PlaceOf(row.line, column));
    }
    return number;
  }

  [[nodiscard]] std::unexpected<core::Error> NoAnswers() const {
    const auto name = [&](std::size_t column) { return Quoted(table_.names()[column]); };
    std::string where;
    core::Place place;
    if (const auto* const form = std::get_if<LongForm>(&layout_.form)) {
      where = "column " + name(form->own);
      place = table_.PlaceOf(0, form->own);
    }
    if (const auto* const form = std::get_if<WideForm>(&layout_.form)) {
      where = "columns " + name(form->own.a) + " and " + name(form->own.b);
      place = table_.PlaceOf(0, form->own.a);
    }
    return Refuse("No answers found in " + where + ".", "Choose the column that holds how people felt, as numbers.",
                  std::move(place));
  }

  [[nodiscard]] std::unexpected<core::Error> Twice(const Duplicate& duplicate) const {
    return Refuse(Quoted(duplicate.person) + " in the couple " + Quoted(duplicate.couple) +
                      " answered twice at the same time, on lines " + std::to_string(duplicate.first_line) + " and " +
                      std::to_string(duplicate.second_line) + ".",
                  "Keep one of the two, correct its time, or choose a finer column of times.",
                  table_.PlaceOf(duplicate.second_line, layout_.time));
  }

  const CsvTable& table_;
  const Layout& layout_;
  std::optional<Scale> scale_;
  std::optional<core::FunctionRef<void(std::size_t, std::size_t)>> progress_;
  TimeColumn times_;
  CoupleBook book_;
  std::string scratch_;
};

core::Result<void> CheckScale(const std::optional<Scale>& scale) {
  if (!scale || scale->low < scale->high) return {};
  return Refuse("The scale does not run from a lower to a higher number.",
                "Give the lowest answer first, then the highest.");
}

}  // namespace

core::Result<Diary> ReadCsv(std::string_view text, const ReadOptions& options) {
  SELVEDGE_TRY_VOID(CheckScale(options.scale));
  const CsvTable table = SELVEDGE_TRY(CsvTable::Open(text));
  if (options.columns) {
    const Layout layout = SELVEDGE_TRY(MappedLayout(*options.columns, table));
    return DiaryReader(table, layout, options).Read();
  }
  const Layout layout = SELVEDGE_TRY(CanonicalLayout(table));
  ReadOptions canonical = options;
  canonical.scale = options.scale.value_or(Scale{});
  return DiaryReader(table, layout, canonical).Read();
}

}  // namespace selvedge::diary
