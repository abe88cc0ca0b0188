#include "instruments/questionnaire.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "diary/refusal.h"
#include "instruments/item_bank.h"

namespace selvedge::instruments {
namespace {

using diary::Quoted;
using diary::Refuse;

constexpr std::string_view kHowToNameDimensions = "Write --dims as name:item,item,item;name:item,item,item.";
constexpr std::size_t kFewestItems = 3;

std::string_view Trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.emplace_back(Trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

bool Has(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

bool HasItem(const Questionnaire& questionnaire, std::string_view name) {
  return std::ranges::find(questionnaire.items, name, &Questionnaire::Entry::column) != questionnaire.items.end();
}

/// A list of columns, none of them empty or there twice.
core::Result<std::vector<std::string>> ReadList(std::string_view text, std::string_view option) {
  std::vector<std::string> names;
  if (Trimmed(text).empty()) return names;
  for (std::string& name : Split(text, ',')) {
    if (name.empty()) {
      return Refuse("There is an empty name in " + std::string(option) + ".",
                    "Put exactly one comma between two names, and none at the end.");
    }
    if (Has(names, name)) {
      return Refuse(std::string(option) + " names " + Quoted(name) + " twice.", "Keep one of the two.");
    }
    names.push_back(std::move(name));
  }
  return names;
}

bool IsCount(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// So many dimensions without names.
core::Result<Questionnaire> Dimensions(std::size_t count, std::string_view items) {
  Questionnaire questionnaire{.dimensions = {}, .items = {}, .mixed = count > 1, .beside = {}};
  for (std::size_t d = 1; d <= count; ++d) questionnaire.dimensions.push_back("d" + std::to_string(d));
  for (std::string& name : SELVEDGE_TRY(ReadList(items, "--items"))) {
    questionnaire.items.push_back({.column = std::move(name), .dimension = 0, .reversed = false});
  }
  if (questionnaire.items.empty()) {
    return Refuse("The options do not say which columns are items.", "Name them with --items, for example q1,q2,q3.");
  }
  return questionnaire;
}

core::Result<Questionnaire> NamedDimensions(std::string_view items, std::string_view dims) {
  Questionnaire questionnaire;
  for (const std::string& part : Split(dims, ';')) {
    const std::size_t colon = part.find(':');
    if (colon == std::string::npos || colon == 0) {
      return Refuse(Quoted(part) + " does not name a dimension and its items.", std::string(kHowToNameDimensions));
    }
    const std::string name(Trimmed(std::string_view(part).substr(0, colon)));
    if (Has(questionnaire.dimensions, name)) {
      return Refuse("--dims names " + Quoted(name) + " twice.", "Give all of its items in one place.");
    }
    for (std::string& item : SELVEDGE_TRY(ReadList(std::string_view(part).substr(colon + 1), "--dims"))) {
      if (HasItem(questionnaire, item)) {
        return Refuse("--dims puts " + Quoted(item) + " on two dimensions.",
                      "Keep the one it is about; an item is about one dimension.");
      }
      questionnaire.items.push_back(
          {.column = std::move(item), .dimension = questionnaire.dimensions.size(), .reversed = false});
    }
    questionnaire.dimensions.push_back(name);
  }
  // Items in the order in which they were listed.
  const std::vector<std::string> listed = SELVEDGE_TRY(ReadList(items, "--items"));
  if (listed.empty()) return questionnaire;
  const auto place = [&](const Questionnaire::Entry& entry) { return std::ranges::find(listed, entry.column); };
  for (const Questionnaire::Entry& entry : questionnaire.items) {
    if (place(entry) == listed.end()) {
      return Refuse("--dims names " + Quoted(entry.column) + ", which is not among --items.",
                    "Add it to --items, or leave --items out.");
    }
  }
  std::ranges::sort(questionnaire.items, {}, place);
  for (const std::string& name : listed) {
    if (!HasItem(questionnaire, name)) {
      questionnaire.beside.push_back(name);
    }
  }
  return questionnaire;
}

}  // namespace

core::Result<Questionnaire> DescribeQuestionnaire(std::string_view items, std::string_view reverse,
                                                  std::string_view dims) {
  const std::string_view wanted = Trimmed(dims).empty() ? "1" : Trimmed(dims);
  const bool unnamed = IsCount(wanted);
  const auto count = static_cast<std::size_t>(wanted.front() - '0');
  if (unnamed && (wanted.size() > 1 || count < 1 || count > kMostMixed)) {
    return Refuse("--dims " + std::string(wanted.substr(0, 20)) + " is not a number of dimensions that can be found.",
                  "Write 1, 2 or 3, or say which item is about which: name:item,item,item;name:item,item,item.");
  }
  Questionnaire questionnaire = SELVEDGE_TRY(unnamed ? Dimensions(count, items) : NamedDimensions(items, wanted));
  if (questionnaire.dimensions.size() > kMostDimensions) {
    return Refuse("--dims names " + std::to_string(questionnaire.dimensions.size()) + " dimensions; at most " +
                      std::to_string(kMostDimensions) + " can be estimated together.",
                  "Calibrate them in groups.");
  }
  constexpr const char* kNameMore = "What items have in common can be told from three items on; name more.";
  if (unnamed && questionnaire.items.size() < count * kFewestItems) {
    return Refuse("There are fewer than " + std::to_string(count * kFewestItems) + " items in --items.",
                  count == 1 ? kNameMore : "Dimensions can be told apart from three items for each on; name more.");
  }
  for (std::size_t d = 0; d < questionnaire.dimensions.size() && !unnamed; ++d) {
    const auto members = std::ranges::count(questionnaire.items, d, &Questionnaire::Entry::dimension);
    if (static_cast<std::size_t>(members) >= kFewestItems) continue;
    return Refuse("The dimension " + Quoted(questionnaire.dimensions[d]) + " has fewer than " +
                      std::to_string(kFewestItems) + " items.",
                  kNameMore);
  }
  for (const std::string& name : SELVEDGE_TRY(ReadList(reverse, "--reverse"))) {
    const auto found = std::ranges::find(questionnaire.items, name, &Questionnaire::Entry::column);
    if (found != questionnaire.items.end()) {
      found->reversed = true;
    } else if (!Has(questionnaire.beside, name)) {
      return Refuse("--reverse names " + Quoted(name) + ", which is not among the items.",
                    "Correct the name, or add it to the items.");
    }
  }
  return questionnaire;
}

}  // namespace selvedge::instruments
