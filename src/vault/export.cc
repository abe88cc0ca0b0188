#include "vault/export.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "vault/keyring.h"

namespace selvedge::vault {
namespace {

constexpr std::string_view kMagic = "selvedge export\n";
constexpr std::string_view kWhat = "export";

std::size_t BlobsIn(const Export& exported) {
  std::size_t count = 3 + exported.streams.size();
  for (const StoredStream& stream : exported.streams) count += stream.records.size();
  return count;
}

Digest Sum(const Primitives& primitives, View before) { return Hash(primitives, "selvedge export 1", {before}); }

/// The parts of a file one after the other; nothing where a part is missing or something is left over.
std::optional<Export> Sorted(std::vector<Bytes> blobs) {
  if (blobs.size() < 3) return std::nullopt;
  Export exported{.passphrase_lock = std::move(blobs[0]),
                  .recovery_lock = std::move(blobs[1]),
                  .keyring = std::move(blobs[2]),
                  .streams = {}};
  std::size_t next = 3;
  const auto is_format = [&](Format format) {
    return next < blobs.size() && !blobs[next].empty() && blobs[next].front() == static_cast<std::uint8_t>(format);
  };
  for (StoredStream& stream : exported.streams) {
    if (!is_format(Format::kHead)) return std::nullopt;
    stream.head = std::move(blobs[next++]);
    while (is_format(Format::kRecord)) stream.records.push_back(std::move(blobs[next++]));
  }
  if (next != blobs.size()) return std::nullopt;
  return exported;
}

}  // namespace

Bytes WriteExport(const Primitives& primitives, const Export& exported) {
  Bytes file;
  Writer writer(file);
  writer.Put(ViewOf(kMagic)).Put(Begin(Format::kExport)).Number(static_cast<std::uint32_t>(BlobsIn(exported)));
  const auto put = [&](const Bytes& blob) { writer.Number(static_cast<std::uint32_t>(blob.size())).Put(blob); };
  put(exported.passphrase_lock);
  put(exported.recovery_lock);
  put(exported.keyring);
  for (const StoredStream& stream : exported.streams) {
    put(stream.head);
    for (const Bytes& record : stream.records) put(record);
  }
  writer.Put(Sum(primitives, file));
  return file;
}

core::Result<Export> ReadExport(const Primitives& primitives, View file) {
  if (!TextOf(file).starts_with(kMagic)) {
    return Refuse("This is not an export of Selvedge.", "Choose the file that \"Export everything\" made.");
  }
  Reader reader(file);
  reader.Take(kMagic.size());
  SELVEDGE_TRY_VOID(TakePrefix(reader, Format::kExport, kWhat));
  std::uint32_t count = 0;
  reader.Number(count);
  std::vector<Bytes> blobs;
  for (; count > 0 && reader.fits(); --count) {
    std::uint32_t size = 0;
    reader.Number(size);
    const View blob = reader.Take(size);
    blobs.emplace_back(blob.begin(), blob.end());
  }
  Digest sum;
  reader.Take(sum);
  if (!reader.at_end() || sum != Sum(primitives, file.first(file.size() - Digest::kSize))) return Damaged(kWhat);
  std::optional<Export> exported = Sorted(std::move(blobs));
  if (!exported) return Damaged(kWhat);
  return *std::move(exported);
}

core::Result<std::vector<Entry>> OpenExport(const Primitives& primitives, const Key& account_key,
                                            const Export& exported) {
  const Keyring keyring = SELVEDGE_TRY(OpenKeyring(primitives, account_key, exported.keyring));
  std::vector<Entry> entries;
  Memory memory;
  for (const Kind kind : kKinds) {
    const OwnStream& own = keyring.Of(kind);
    const StoredStream& stored = exported.streams[static_cast<std::size_t>(kind) - 1];
    const OpenedStream opened =
        SELVEDGE_TRY(OpenStream(primitives, own.key, own.epoch, keyring.own.signing.shown, stored, memory));
    for (const OpenedRecord& record : opened.records) {
      std::optional<Entry> entry = SELVEDGE_TRY(ReadEntryContent(record.content));
      if (!entry) continue;
      if (entry->kind != kind) return Damaged(kWhat);
      entries.push_back(*std::move(entry));
    }
  }
  return entries;
}

core::Result<std::vector<Entry>> OpenExportWithPassphrase(const Primitives& primitives, View passphrase, View file) {
  core::Result<Export> exported = ReadExport(primitives, file);
  if (!exported || !ReadPassphraseLock(exported->passphrase_lock)) {
    // Nobody watching the clock may learn whether it was the file or the passphrase.
    static_cast<void>(KeysOf(primitives, passphrase, PassphraseLock{}));
  }
  if (!exported) return std::unexpected(std::move(exported).error());
  const Key account_key = SELVEDGE_TRY(OpenWithPassphrase(primitives, passphrase, exported->passphrase_lock));
  return OpenExport(primitives, account_key, *exported);
}

core::Result<std::vector<Entry>> OpenExportWithRecoveryCode(const Primitives& primitives, std::string_view typed,
                                                            View file) {
  const Export exported = SELVEDGE_TRY(ReadExport(primitives, file));
  const RecoveryCode code = SELVEDGE_TRY(RecoveryCode::Read(typed));
  return OpenExport(primitives, SELVEDGE_TRY(OpenWithRecoveryCode(primitives, code, exported.recovery_lock)), exported);
}

}  // namespace selvedge::vault
