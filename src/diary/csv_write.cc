#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "core/contract.h"
#include "core/text.h"
#include "diary/csv.h"
#include "diary/timestamp.h"

namespace selvedge::diary {
namespace {

constexpr std::string_view kHeader =
    "dyad,id,role,obsno,daycum,scheduled,sent,start,end,tz,local_date,valid,backfill,missing_reason,duration_ms,own";
/// Further columns, for diaries in which anyone noted something.
constexpr std::string_view kNotedHeader = ",close,contact,moments";

/// What stands in the columns of time.
struct TimeCells {
  std::string daycum{};
  std::string start{};
  std::string zone{};
  std::string local_date{};
};

/// What a diary's times are, which decides the columns that carry them.
enum class TimeKind : std::uint8_t { kDayNumbers, kDates, kLocalTimes, kZonedTimes };

/// A date is told from a time by the day it belongs to: midnight as a time of day would still be the day before.
bool IsDate(const CheckIn& check_in) {
  return check_in.utc_offset_minutes == 0 && check_in.time.count == static_cast<double>(check_in.day);
}

template <typename Predicate>
bool AllCheckIns(const Diary& diary, Predicate holds) {
  return std::ranges::all_of(diary.couples,
                             [&](const Couple& couple) { return std::ranges::all_of(couple.check_ins, holds); });
}

bool AnythingNoted(const Diary& diary) {
  return !AllCheckIns(diary,
                      [](const CheckIn& check_in) { return check_in.noted.a.IsEmpty() && check_in.noted.b.IsEmpty(); });
}

TimeKind KindOf(const Diary& diary) {
  if (diary.clock == Clock::kDayNumbers) return TimeKind::kDayNumbers;
  if (AllCheckIns(diary, IsDate)) return TimeKind::kDates;
  const bool no_zones = AllCheckIns(diary, [](const CheckIn& check_in) { return check_in.utc_offset_minutes == 0; });
  return no_zones ? TimeKind::kLocalTimes : TimeKind::kZonedTimes;
}

std::int64_t MillisecondsOf(core::Days time) {
  constexpr double kFarthestDays = 1e7;
  SELVEDGE_EXPECT(std::abs(time.count) < kFarthestDays);
  return std::llround(time.count * static_cast<double>(kMillisecondsPerDay));
}

TimeCells CellsOf(const CheckIn& check_in, TimeKind kind, int first_day) {
  if (kind == TimeKind::kDayNumbers) return {.daycum = core::ShortestNumber(check_in.time.count)};
  TimeCells cells{.daycum = std::to_string(check_in.day - first_day + 1), .local_date = DateText(check_in.day)};
  if (kind == TimeKind::kDates) return cells;
  cells.start = TimestampText(MillisecondsOf(check_in.time) + (check_in.utc_offset_minutes * kMillisecondsPerMinute));
  if (kind == TimeKind::kZonedTimes) cells.zone = UtcOffsetText(check_in.utc_offset_minutes);
  return cells;
}

/// Labels such as "f" and "m" recur in every couple, but a person's id must not: then the couple's id goes before it.
class PersonIds {
 public:
  /// For couples nobody knows the others of.
  PersonIds() : labels_recur_(true) {}
  explicit PersonIds(const Diary& diary) {
    std::unordered_set<std::string_view> seen;
    for (const Couple& couple : diary.couples) {
      for (const core::Side side : core::kSides) {
        const std::string& label = couple.labels[side];
        if (!label.empty() && !seen.insert(label).second) labels_recur_ = true;
      }
    }
  }

  [[nodiscard]] std::string Of(const Couple& couple, core::Side side) const {
    return labels_recur_ ? couple.id + "-" + couple.labels[side] : couple.labels[side];
  }

 private:
  bool labels_recur_ = false;
};

/// Writes the rows of one partner or both, in the order of kHeader.
class CoupleWriter {
 public:
  CoupleWriter(const Couple& couple, TimeKind kind, bool with_noted, const PersonIds& ids, std::string& out)
      : couple_(couple),
        kind_(kind),
        with_noted_(with_noted),
        ids_{ids.Of(couple, core::Side::kA), ids.Of(couple, core::Side::kB)},
        out_(out) {}

  void Write() {
    for (const CheckIn& check_in : couple_.check_ins) {
      const TimeCells when = CellsOf(check_in, kind_, couple_.check_ins.front().day);
      for (const core::Side side : core::kSides) {
        if (HasAny(check_in, side)) WriteRow(side, when, check_in.own[side], check_in.noted[side]);
      }
      if (!HasAny(check_in, core::Side::kA) && !HasAny(check_in, core::Side::kB)) {
        WriteRow(core::Side::kA, when, std::nullopt, {});
      }
    }
    for (const core::Side side : core::kSides) {
      // One prompt not answered keeps a partner known who never answered any.
      if (rows_[side] == 0 && !couple_.labels[side].empty()) WriteRow(side, {}, std::nullopt, {});
    }
  }

 private:
  static bool HasAny(const CheckIn& check_in, core::Side side) {
    return check_in.own[side] || !check_in.noted[side].IsEmpty();
  }

  void WriteRow(core::Side side, const TimeCells& when, std::optional<double> own, const Noted& noted) {
    const std::string obsno = std::to_string(++rows_[side]);
    const std::string_view valid = own || !noted.IsEmpty() ? "1" : "0";
    const std::string own_text = own ? core::ShortestNumber(*own) : std::string();
    const std::string close = noted.close ? core::ShortestNumber(*noted.close) : std::string();
    const std::string_view contact = noted.contact ? kContactNames[static_cast<std::size_t>(*noted.contact)] : "";
    const std::string moments = noted.moments ? WriteMoments(*noted.moments) : std::string();
    const std::array<std::string_view, 19> cells{couple_.id,
                                                 ids_[side],
                                                 couple_.labels[side],
                                                 obsno,
                                                 when.daycum,
                                                 "",
                                                 "",
                                                 when.start,
                                                 "",
                                                 when.zone,
                                                 when.local_date,
                                                 valid,
                                                 "",
                                                 "",
                                                 "",
                                                 own_text,
                                                 close,
                                                 contact,
                                                 moments};
    const std::size_t columns = with_noted_ ? cells.size() : cells.size() - 3;
    for (std::size_t i = 0; i < columns; ++i) {
      if (i > 0) out_ += ',';
      out_ += core::CsvField(cells[i]);
    }
    out_ += '\n';
  }

  const Couple& couple_;
  TimeKind kind_;
  bool with_noted_;
  core::BySide<std::string> ids_;
  core::BySide<int> rows_;
  std::string& out_;
};

}  // namespace

std::string WriteCsv(const Diary& diary) {
  const TimeKind kind = KindOf(diary);
  const PersonIds ids(diary);
  const bool with_noted = AnythingNoted(diary);
  std::string out(kHeader);
  if (with_noted) out += kNotedHeader;
  out += '\n';
  for (const Couple& couple : diary.couples) CoupleWriter(couple, kind, with_noted, ids, out).Write();
  return out;
}

std::string CsvHeader() { return std::string(kHeader) + std::string(kNotedHeader) + "\n"; }

void AppendCsv(const Couple& couple, std::string& csv) {
  const TimeKind kind = KindOf({.clock = Clock::kCalendar, .couples = {couple}});
  CoupleWriter(couple, kind, true, PersonIds(), csv).Write();
}

}  // namespace selvedge::diary
