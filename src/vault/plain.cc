#include "vault/plain.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "core/text.h"
#include "vault/blob.h"

namespace selvedge::vault {
namespace {

using core::Json;

constexpr std::array<std::string_view, 6> kOptional{"start", "tz", "own", "close", "contact", "moments"};

std::string IdText(const EntryId& id) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : id.bytes) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

/// A check-in's fields by their names, as a table writes them.
using Fields = std::map<std::string_view, std::string>;

/// A text or a number, as a table writes it.
std::optional<std::string> Written(const Json& body, std::string_view name) {
  if (auto text = body.Text(name)) return *std::move(text);
  if (const auto number = body.Number(name)) return core::ShortestNumber(*number);
  return std::nullopt;
}

core::Result<Fields> ReadCheckin(const Entry& entry) {
  const auto refuse = [] {
    return Refuse("A check-in in it has no form that is known here.", "Update Selvedge, then try again.");
  };
  const auto body = Json::Parse(TextOf(entry.body));
  if (!body || !body->IsObject()) return refuse();
  const auto day = body->Text("day");
  if (!day) return refuse();
  Fields fields{{"local_date", *day}};
  for (const std::string_view name : kOptional) {
    if (!body->Has(name)) continue;
    std::optional<std::string> value = Written(*body, name);
    if (!value) return refuse();
    fields.emplace(name, *std::move(value));
  }
  return fields;
}

}  // namespace

core::Json EntriesJson(std::span<const Entry> entries) {
  Json list = Json::Array();
  for (const Entry& entry : entries) {
    auto body = Json::Parse(TextOf(entry.body));
    list.Push(Json::Object()
                  .Set("kind", NameOf(entry.kind))
                  .Set("id", IdText(entry.id))
                  .Set("revision", entry.revision)
                  .Set("body", body ? *std::move(body) : Json(TextOf(entry.body))));
  }
  return Json::Object().Set("format", "selvedge-entries").Set("version", 1).Set("entries", std::move(list));
}

core::Result<std::string> CheckinsCsv(std::span<const Entry> entries, std::string_view name) {
  std::map<EntryId, const Entry*> newest;
  for (const Entry& entry : entries) {
    if (entry.kind != Kind::kCheckins) continue;
    const Entry*& known = newest.try_emplace(entry.id, &entry).first->second;
    if (entry.revision > known->revision) known = &entry;
  }
  std::vector<Fields> rows;
  for (const auto& [id, entry] : newest) rows.push_back(SELVEDGE_TRY(ReadCheckin(*entry)));
  std::ranges::sort(rows, {}, [](const Fields& row) {
    const auto start = row.find("start");
    return std::tuple(row.at("local_date"), start == row.end() ? std::string() : start->second, row);
  });

  // A diary takes all its times from one column, so "start" is of use only where every row has it.
  const auto has = [](std::string_view column) { return [column](const Fields& row) { return row.contains(column); }; };
  const bool has_starts = std::ranges::all_of(rows, has("start"));
  std::vector<std::string_view> columns{"local_date", "own"};
  if (has_starts) columns.insert(columns.begin(), {"start", "tz"});
  for (const std::string_view column : {"close", "contact", "moments"}) {
    if (std::ranges::any_of(rows, has(column))) columns.push_back(column);
  }
  std::string csv = "dyad,id";
  for (const std::string_view column : columns) csv += "," + std::string(column);
  csv += "\n";
  for (const Fields& row : rows) {
    csv += "mine," + core::CsvField(name);
    for (const std::string_view column : columns) {
      const auto field = row.find(column);
      csv += "," + (field == row.end() ? std::string() : core::CsvField(field->second));
    }
    csv += "\n";
  }
  return csv;
}

}  // namespace selvedge::vault
