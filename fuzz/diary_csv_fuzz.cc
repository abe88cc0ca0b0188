// Any bytes at all: the reader either takes them or refuses them in words, and what it takes survives being written.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "core/contract.h"
#include "diary/csv.h"

namespace selvedge::diary {
namespace {

constexpr Scale kAnyNumber{.low = std::numeric_limits<double>::lowest(), .high = std::numeric_limits<double>::max()};

/// The first byte's bits: whether columns are mapped, in which form, by which clock, and on which scale.
ReadOptions OptionsFrom(std::uint8_t bits) {
  ReadOptions options;
  if ((bits & 1U) != 0) {
    ColumnMap map;
    const bool wide = (bits & 2U) != 0;
    const bool dates = (bits & 4U) != 0;
    if ((bits & 8U) == 0) map.dyad = "d";
    map.person = wide ? "" : "p";
    map.own = wide ? "" : "o";
    map.own_a = wide ? "o" : "";
    map.own_b = wide ? "q" : "";
    map.time = dates ? "" : "t";
    map.date = dates ? "t" : "";
    if ((bits & 64U) != 0) {
      map.close = "c";
      map.contact = "k";
      map.moments = "m";
    }
    if ((bits & 16U) != 0) map.time_unit = {1.0 / 24};
    options.columns = map;
  }
  if ((bits & 32U) != 0) options.scale = Scale{.low = 1, .high = 7};
  return options;
}

/// A dozen names of forty characters of four bytes each, and words around them.
constexpr std::size_t kLongestSentence = 2500;

bool IsPlain(std::string_view sentence) {
  for (const char c : sentence) {
    if (static_cast<unsigned char>(c) < 0x20U) return false;
  }
  return !sentence.empty() && sentence.size() < kLongestSentence;
}

void Try(const ReadOptions& options, std::string_view text) {
  const auto diary = ReadCsv(text, options);
  if (!diary) {
    SELVEDGE_EXPECT(IsPlain(diary.error().message) && IsPlain(diary.error().remedy));
    return;
  }
  const std::string written = WriteCsv(*diary);
  const auto again = ReadCsv(written, {.scale = kAnyNumber});
  SELVEDGE_EXPECT(again.has_value());
  SELVEDGE_EXPECT(*again == *diary);
  SELVEDGE_EXPECT(WriteCsv(*again) == written);
}

}  // namespace
}  // namespace selvedge::diary

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(data + 1, data + size);
  selvedge::diary::Try(selvedge::diary::OptionsFrom(data[0]), text);
  return 0;
}
