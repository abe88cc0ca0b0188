#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "vault/bytes.h"
#include "vault/primitives.h"

/// What all formats of docs/vault-format.md have in common.
namespace selvedge::vault {

enum class Format : std::uint8_t {
  kRecord = 1,
  kHead = 2,
  kPassphraseLock = 3,
  kRecoveryLock = 4,
  kKeyring = 5,
  kEnvelope = 6,
  kInvite = 7,
  kExport = 8,
};

inline constexpr std::uint8_t kVersion = 1;
inline constexpr std::uint8_t kSuite = 1;
inline constexpr std::size_t kPrefixSize = 3;

[[nodiscard]] std::unexpected<core::Error> Refuse(std::string message, std::string remedy);

/// What is not as it was written: too short, altered, or something else altogether.
[[nodiscard]] std::unexpected<core::Error> Damaged(std::string_view what);

/// Writes the three bytes every blob begins with.
[[nodiscard]] Bytes Begin(Format format);

/// Takes them off again. Refuses another format, and versions and suites newer than this code.
[[nodiscard]] core::Result<void> TakePrefix(Reader& reader, Format format, std::string_view what);

/// H(label, parts), as docs/vault-format.md writes it.
[[nodiscard]] Digest Hash(const Primitives& primitives, std::string_view label, std::initializer_list<View> parts);

/// A labelled text, for signing.
[[nodiscard]] Bytes Labelled(std::string_view label, std::initializer_list<View> parts);

/// The first bytes of a digest, as an id.
template <typename T>
[[nodiscard]] T FirstOf(const Digest& digest) {
  T name;
  std::ranges::copy(std::span(digest.bytes).template first<T::kSize>(), name.bytes.begin());
  return name;
}

/// The digest as a key, wiping it.
[[nodiscard]] Key KeyOf(Digest digest);

/// Appends nonce and sealed text to a header; both become one blob, and the header (with the nonce) is authenticated.
[[nodiscard]] Bytes SealAfter(Primitives& primitives, const Key& key, Bytes header, View text);

/// The other way round: a blob whose header (with the nonce) takes `header_size` bytes. Nothing if anything was
/// altered.
[[nodiscard]] std::optional<SecretBytes> OpenAfter(const Primitives& primitives, const Key& key, View blob,
                                                   std::size_t header_size);

/// The content, one byte 0x80, and zeros up to the size.
[[nodiscard]] SecretBytes Padded(View content, std::size_t size);

/// The content again. Nothing if the padding is none.
[[nodiscard]] std::optional<View> Unpadded(View padded);

}  // namespace selvedge::vault
