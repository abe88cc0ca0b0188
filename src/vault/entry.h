#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/result.h"
#include "vault/bytes.h"
#include "vault/record.h"

namespace selvedge::vault {

/// What people keep, a stream each.
enum class Kind : std::uint8_t {
  kCheckins = 1,
  kMoments = 2,
  kReflections = 3,
  kNotes = 4,
  kPractice = 5,
  kSettings = 6,
  kSafety = 7,
};

inline constexpr std::array<Kind, 7> kKinds{Kind::kCheckins, Kind::kMoments,  Kind::kReflections, Kind::kNotes,
                                            Kind::kPractice, Kind::kSettings, Kind::kSafety};

/// "checkins", "moments" …
[[nodiscard]] std::string_view NameOf(Kind kind);
[[nodiscard]] std::optional<Kind> KindCalled(std::string_view name);

/// May a copy of such an entry ever be given to somebody? Settings and safety: never.
[[nodiscard]] constexpr bool MayBeShared(Kind kind) { return kind >= Kind::kCheckins && kind <= Kind::kPractice; }

/// One revision of something a person wrote. The body is UTF-8 text.
struct Entry {
  Kind kind = Kind::kCheckins;
  EntryId id;
  std::uint32_t revision = 1;
  SecretBytes body;

  bool operator==(const Entry&) const = default;
};

/// A copy of an entry that somebody else may read. There is none of settings and of safety: the only way to have one is
/// to ask for it here.
class SharedCopy {
 public:
  [[nodiscard]] static std::optional<SharedCopy> Of(Entry entry);

  [[nodiscard]] const Entry& entry() const { return entry_; }

 private:
  explicit SharedCopy(Entry entry) : entry_(std::move(entry)) {}

  Entry entry_;
};

/// The longest body a record takes.
inline constexpr std::size_t kEntryHeaderSize = 22;
inline constexpr std::size_t kLongestBody = kBuckets.back() - 1 - kEntryHeaderSize;

/// An entry as a record's content; nothing becomes a blank.
[[nodiscard]] SecretBytes EntryContent(const std::optional<Entry>& entry);

/// The other way round; nothing for a blank.
[[nodiscard]] core::Result<std::optional<Entry>> ReadEntryContent(View content);

}  // namespace selvedge::vault
