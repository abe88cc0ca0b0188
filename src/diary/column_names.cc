#include "diary/column_names.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "diary/refusal.h"

namespace selvedge::diary {
namespace {

constexpr std::size_t kMaxListed = 12;

/// Longer names are not worth comparing for slips of the finger.
constexpr std::size_t kMaxCompared = 64;

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// How many letters must be added, dropped or changed to turn one name into the other (Levenshtein's distance);
/// capitals do not count.
std::size_t EditDistance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> above(right.size() + 1);
  std::iota(above.begin(), above.end(), std::size_t{0});
  std::vector<std::size_t> here(above.size());
  for (std::size_t i = 0; i < left.size(); ++i) {
    here[0] = i + 1;
    for (std::size_t j = 0; j < right.size(); ++j) {
      const std::size_t changed = above[j] + (Lower(left[i]) == Lower(right[j]) ? 0 : 1);
      here[j + 1] = std::min({changed, above[j + 1] + 1, here[j] + 1});
    }
    std::swap(above, here);
  }
  return above.back();
}

/// At most two slips, and at most one for every two letters.
bool CouldBeMeant(std::string_view name, std::size_t distance) { return distance <= 2 && 2 * distance <= name.size(); }

std::optional<std::string_view> NameMeant(const CsvTable& table, std::string_view name) {
  std::optional<std::string_view> nearest;
  std::size_t least = kMaxCompared;
  if (name.size() > kMaxCompared) return nearest;
  for (const std::string& candidate : table.names()) {
    if (candidate.empty() || candidate.size() > kMaxCompared) continue;
    const std::size_t distance = EditDistance(name, candidate);
    if (distance < least && CouldBeMeant(name, distance)) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

/// Names that need no quoting in any shell, so that an example can be copied safely whoever wrote the file.
bool IsPlainWord(std::string_view name) {
  return !name.empty() && name.size() <= 40 && !name.starts_with('-') && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
  });
}

/// What people often call a column.
using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 7> kDyadNames{"dyad",      "couple",   "dyad_id", "dyadid",
                                                     "couple_id", "coupleid", "pair"};
constexpr std::array<std::string_view, 7> kPersonNames{"person",  "id",        "role", "member",
                                                       "partner", "person_id", "name"};
constexpr std::array<std::string_view, 8> kTimeNames{"time",      "t",    "day", "start",
                                                     "timestamp", "wave", "t_s", "interval"};
constexpr std::array<std::string_view, 3> kDateNames{"date", "local_date", "datum"};
constexpr std::array<std::string_view, 5> kOwnNames{"own", "mood", "feeling", "happy", "satisfaction"};

/// The column of this file that bears a habitual name, marked as taken.
std::optional<std::size_t> TakeHabitual(const CsvTable& table, Names habitual, std::vector<bool>& taken) {
  for (const std::string_view name : habitual) {
    for (std::size_t i = 0; i < table.names().size(); ++i) {
      const std::string& found = table.names()[i];
      if (taken[i] || !std::ranges::equal(found, name, {}, Lower)) continue;
      taken[i] = true;
      return i;
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> LastPlainColumn(const CsvTable& table, const std::vector<bool>& taken) {
  for (std::size_t i = table.names().size(); i-- > 0;) {
    if (!taken[i] && IsPlainWord(table.names()[i])) return i;
  }
  return std::nullopt;
}

std::string OptionText(const CsvTable& table, std::string_view option, std::optional<std::size_t> column,
                       std::string_view placeholder) {
  return std::string(option) + " " + (column ? table.names()[*column] : std::string(placeholder));
}

}  // namespace

core::Result<std::optional<std::size_t>> FindColumn(const CsvTable& table, std::string_view name) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < table.names().size(); ++i) {
    if (table.names()[i] != name) continue;
    if (found) {
      return Refuse("The header names two columns " + Quoted(name) + ".",
                    "Rename one of them, so that it is clear which is meant.", table.PlaceOf(table.header_line(), i));
    }
    found = i;
  }
  return found;
}

core::Result<std::size_t> NeedColumn(const CsvTable& table, std::string_view name) {
  const std::optional<std::size_t> found = SELVEDGE_TRY(FindColumn(table, name));
  if (found) return *found;
  const std::optional<std::string_view> meant = NameMeant(table, name);
  std::string remedy = meant ? "Did you mean " + Quoted(*meant) + "?" : "Give the name as the header writes it.";
  if (table.names().size() == 1) remedy = "Separate the columns with commas, semicolons or tabs.";
  return Refuse("The file has no column " + Quoted(name) + "; " + ListOfColumns(table) + ".", std::move(remedy),
                {.line = table.header_line(), .column = 0, .field = std::string(name)});
}

std::string ListOfColumns(const CsvTable& table) {
  const std::vector<std::string>& names = table.names();
  if (names.size() == 1) return "its one column is " + Quoted(names.front());
  std::string list;
  for (std::size_t i = 0; i < std::min(names.size(), kMaxListed); ++i) {
    if (i > 0) list += ", ";
    list += names[i].empty() ? std::string("\"\"") : Shown(names[i]);
  }
  if (names.size() > kMaxListed) list += " and " + std::to_string(names.size() - kMaxListed) + " more";
  return "its columns are " + list;
}

std::string ExampleOptions(const CsvTable& table) {
  std::vector<bool> taken(table.names().size(), false);
  const auto dyad = TakeHabitual(table, kDyadNames, taken);
  const auto person = TakeHabitual(table, kPersonNames, taken);
  const auto date = TakeHabitual(table, kDateNames, taken);
  const auto time = date ? std::nullopt : TakeHabitual(table, kTimeNames, taken);
  auto own = TakeHabitual(table, kOwnNames, taken);
  if (!own) own = LastPlainColumn(table, taken);

  std::string example = dyad ? OptionText(table, "--dyad", dyad, "") + " " : std::string();
  example += OptionText(table, "--person", person, "PERSON") + " ";
  example += date ? OptionText(table, "--date", date, "") : OptionText(table, "--time", time, "TIME");
  return example + " " + OptionText(table, "--own", own, "OWN");
}

}  // namespace selvedge::diary
