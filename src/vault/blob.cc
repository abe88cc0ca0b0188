#include "vault/blob.h"

#include <algorithm>
#include <utility>

#include "core/contract.h"

namespace selvedge::vault {
namespace {

constexpr std::uint8_t kEndOfContent = 0x80;

template <typename Buffer>
void PutLabelled(Buffer& out, std::string_view label, std::initializer_list<View> parts) {
  Writer writer(out);
  writer.Put(ViewOf(label)).Number(std::uint8_t{0});
  for (const View part : parts) writer.Put(part);
}

}  // namespace

std::unexpected<core::Error> Refuse(std::string message, std::string remedy) {
  return std::unexpected(core::Error{
      .code = core::ErrorCode::kRefused, .message = std::move(message), .remedy = std::move(remedy), .place = {}});
}

std::unexpected<core::Error> Damaged(std::string_view what) {
  return Refuse("This " + std::string(what) + " is damaged, or somebody changed it.",
                "Take another copy, or fetch it again.");
}

Bytes Begin(Format format) { return {static_cast<std::uint8_t>(format), kVersion, kSuite}; }

core::Result<void> TakePrefix(Reader& reader, Format format, std::string_view what) {
  std::uint8_t form = 0;
  std::uint8_t version = 0;
  std::uint8_t suite = 0;
  reader.Number(form).Number(version).Number(suite);
  if (!reader.fits() || form != static_cast<std::uint8_t>(format) || version == 0 || suite == 0) return Damaged(what);
  if (version > kVersion || suite > kSuite) {
    return Refuse("This " + std::string(what) + " was written by a newer Selvedge.",
                  "Update Selvedge, then try again.");
  }
  return {};
}

Digest Hash(const Primitives& primitives, std::string_view label, std::initializer_list<View> parts) {
  SecretBytes text;
  PutLabelled(text, label, parts);
  return primitives.Hash(text);
}

Bytes Labelled(std::string_view label, std::initializer_list<View> parts) {
  Bytes text;
  PutLabelled(text, label, parts);
  return text;
}

Key KeyOf(Digest digest) {
  Key key;
  std::ranges::copy(digest.bytes, key.bytes().begin());
  Wipe(digest.bytes);
  return key;
}

Bytes SealAfter(Primitives& primitives, const Key& key, Bytes header, View text) {
  const auto nonce = RandomName<Nonce>(primitives);
  Writer(header).Put(nonce);
  const std::size_t header_size = header.size();
  Bytes blob = std::move(header);
  blob.resize(header_size + text.size() + kTagSize);
  const std::span<std::uint8_t> all(blob);
  primitives.Seal(key, nonce, all.first(header_size), text, all.subspan(header_size));
  return blob;
}

std::optional<SecretBytes> OpenAfter(const Primitives& primitives, const Key& key, View blob, std::size_t header_size) {
  if (blob.size() < header_size + kTagSize) return std::nullopt;
  const View header = blob.first(header_size);
  Nonce nonce;
  std::ranges::copy(header.last(Nonce::kSize), nonce.bytes.begin());
  SecretBytes text(blob.size() - header_size - kTagSize);
  if (!primitives.Open(key, nonce, header, blob.subspan(header_size), text)) return std::nullopt;
  return text;
}

SecretBytes Padded(View content, std::size_t size) {
  SELVEDGE_EXPECT(content.size() < size);
  SecretBytes padded(size);
  std::ranges::copy(content, padded.begin());
  padded[content.size()] = kEndOfContent;
  return padded;
}

std::optional<View> Unpadded(View padded) {
  std::size_t end = padded.size();
  while (end > 0 && padded[end - 1] == 0) --end;
  if (end == 0 || padded[end - 1] != kEndOfContent) return std::nullopt;
  return padded.first(end - 1);
}

}  // namespace selvedge::vault
