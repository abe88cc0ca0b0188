#pragma once

#include <string>
#include <string_view>

namespace selvedge::core {

/// Compares two labels the way people sort them: runs of digits by their value, so that "2" comes before "10";
/// everything else byte by byte. Labels that compare equal this way ("01", "1") fall back to byte order, so that
/// only identical labels are equivalent.
[[nodiscard]] bool NaturalLess(std::string_view left, std::string_view right);

/// The shortest decimal text that reads back as exactly this number; empty for a number that is not finite.
[[nodiscard]] std::string ShortestNumber(double value);

/// The number with a fixed count of decimals, for people: "3.1", "-0.4", never "-0.0".
[[nodiscard]] std::string FixedNumber(double value, int decimals);

/// The first character of a text that is not empty: its bytes. Bytes that are not UTF-8 are cut at the text's end.
[[nodiscard]] std::string_view FirstCharacter(std::string_view text);

/// The text without anything a terminal or a page would act on: control characters and characters that turn the writing
/// direction are shown as "·". Labels come from files of unknown origin.
[[nodiscard]] std::string Harmless(std::string_view text);

/// A field of a comma-separated line, in quotation marks where it must be.
[[nodiscard]] std::string CsvField(std::string_view text);

}  // namespace selvedge::core
