#include "vault/entry.h"

#include <utility>

namespace selvedge::vault {
namespace {

constexpr std::uint8_t kBlank = 0;
constexpr std::uint8_t kEntry = 1;
constexpr std::array<std::string_view, kKinds.size()> kNames{"checkins", "moments",  "reflections", "notes",
                                                             "practice", "settings", "safety"};

}  // namespace

std::string_view NameOf(Kind kind) { return kNames[static_cast<std::size_t>(kind) - 1]; }

std::optional<Kind> KindCalled(std::string_view name) {
  for (const Kind kind : kKinds) {
    if (NameOf(kind) == name) return kind;
  }
  return std::nullopt;
}

std::optional<SharedCopy> SharedCopy::Of(Entry entry) {
  if (!MayBeShared(entry.kind)) return std::nullopt;
  return SharedCopy(std::move(entry));
}

SecretBytes EntryContent(const std::optional<Entry>& entry) {
  SecretBytes content;
  if (!entry) {
    content.push_back(kBlank);
    return content;
  }
  content.reserve(kEntryHeaderSize + entry->body.size());
  Writer(content)
      .Number(kEntry)
      .Number(static_cast<std::uint8_t>(entry->kind))
      .Put(entry->id)
      .Number(entry->revision)
      .Put(entry->body);
  return content;
}

core::Result<std::optional<Entry>> ReadEntryContent(View content) {
  Reader reader(content);
  std::uint8_t type = 0;
  reader.Number(type);
  if (reader.at_end() && type == kBlank) return std::nullopt;
  std::uint8_t kind = 0;
  Entry entry;
  reader.Number(kind).Take(entry.id).Number(entry.revision);
  const bool is_known = kind >= 1 && kind <= kKinds.size();
  if (!reader.fits() || type != kEntry || !is_known || entry.revision == 0) return Damaged("entry");
  entry.kind = static_cast<Kind>(kind);
  entry.body.assign(reader.rest().begin(), reader.rest().end());
  return entry;
}

}  // namespace selvedge::vault
