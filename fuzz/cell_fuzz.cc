// The small languages of a diary's cells: numbers, times, zones and moments. The first byte chooses.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/contract.h"
#include "diary/moments.h"
#include "diary/number.h"
#include "diary/timestamp.h"

namespace selvedge::diary {
namespace {

void TryNumber(const std::string& text) {
  for (const char separator : {',', ';', '\t'}) {
    const auto number = ParseNumber(text, separator);
    SELVEDGE_EXPECT(!number || std::isfinite(*number));
    SELVEDGE_EXPECT(!number || !IsMissing(text));
  }
}

void TryTimestamp(const std::string& text) {
  const auto moment = ParseTimestamp(text);
  if (!moment) {
    SELVEDGE_EXPECT(!moment.error().message.empty() && !moment.error().remedy.empty());
    return;
  }
  // Written on its own clock and read again, it is the same.
  const std::int64_t local = moment->milliseconds + (moment->utc_offset_minutes * kMillisecondsPerMinute);
  std::string written = TimestampText(local);
  if (moment->form == TimestampForm::kDate) written = DateText(static_cast<int>(local / kMillisecondsPerDay));
  if (moment->form == TimestampForm::kZonedTime) written += UtcOffsetText(moment->utc_offset_minutes);
  const auto again = ParseTimestamp(written);
  SELVEDGE_EXPECT(again.has_value() && *again == *moment);
}

void TryZone(const std::string& text) {
  const auto offset = ParseUtcOffset(text);
  SELVEDGE_EXPECT(!offset || ParseUtcOffset(UtcOffsetText(*offset)) == offset);
}

void TryMoments(const std::string& text) {
  const auto moments = ReadMoments(text);
  if (!moments) {
    SELVEDGE_EXPECT(!moments.error().message.empty() && !moments.error().remedy.empty());
    return;
  }
  const auto again = ReadMoments(WriteMoments(*moments));
  SELVEDGE_EXPECT(again.has_value() && *again == *moments);
}

void Try(char kind, const std::string& text) {
  if (kind == 'n') TryNumber(text);
  if (kind == 't') TryTimestamp(text);
  if (kind == 'z') TryZone(text);
  if (kind == 'm') TryMoments(text);
}

}  // namespace
}  // namespace selvedge::diary

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 0) selvedge::diary::Try(static_cast<char>(data[0]), std::string(data + 1, data + size));
  return 0;
}
