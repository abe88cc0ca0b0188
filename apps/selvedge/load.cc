#include "load.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "diary/csv.h"
#include "files.h"
#include "reading/reading.h"
#include "terminal.h"

namespace selvedge::app {
namespace {

/// Passes a result on, telling of the refusal if it is one.
template <typename T>
core::Result<T> Told(const std::string& file, core::Result<T> result) {
  if (!result) PrintRefusal(file, result.error());
  return result;
}

}  // namespace

core::Result<diary::Diary> LoadDiary(const DiarySource& source, bool quiet) {
  const auto read = [&]() -> core::Result<diary::Diary> {
    constexpr unsigned kMegabyteBits = 20;
    Progress progress("Reading " + core::Harmless(source.file), quiet);
    auto show = [&](std::size_t done, std::size_t of) {
      progress.Show(done >> kMegabyteBits, of >> kMegabyteBits, " MB");
    };
    const std::string text = SELVEDGE_TRY(ReadFile(source.file));
    return diary::ReadCsv(text, {.columns = source.columns, .scale = source.scale, .progress = show});
  };
  return Told(source.file, read());
}

core::Result<dynamics::Prior> LoadPrior(const std::string& file) {
  if (file.empty()) return dynamics::Prior::DailyMood();
  const std::string text = SELVEDGE_TRY(Told(file, ReadFile(file)));
  return Told(file, dynamics::Prior::Parse(text));
}

core::Result<diary::Diary> OnHundred(diary::Diary diary, const DiarySource& source) {
  constexpr diary::Scale kHundred;
  constexpr double kPlainlyShort = 10;  // nobody's days all lie in the lowest tenth of a slider
  double lowest = kHundred.high;
  double highest = kHundred.low;
  for (const diary::Couple& couple : diary.couples) {
    for (const diary::CheckIn& check_in : couple.check_ins) {
      for (const std::optional<double>& own : {check_in.own.a, check_in.own.b}) {
        if (!own) continue;
        lowest = std::min(lowest, *own);
        highest = std::max(highest, *own);
      }
    }
  }
  if (!source.scale && (lowest < kHundred.low || highest > kHundred.high || highest <= kPlainlyShort)) {
    return Told<diary::Diary>(
        source.file, std::unexpected(core::Error{
                         .code = core::ErrorCode::kRefused,
                         .message = "The answers run from " + core::ShortestNumber(lowest) + " to " +
                                    core::ShortestNumber(highest) + ", which is not a slider of 0 to 100.",
                         .remedy = "Give the lowest and highest answer people could choose, for example --scale 1:7 "
                                   "(or --scale 0:100 if that is what it was).",
                         .place = {}}));
  }
  for (diary::Couple& couple : diary.couples) {
    couple = reading::OnHundred(std::move(couple), source.scale.value_or(kHundred));
  }
  return diary;
}

}  // namespace selvedge::app
