#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "vault/entry.h"
#include "vault/lock.h"
#include "vault/stream.h"

namespace selvedge::vault {

/// Everything a person owns, as a store keeps it: ciphertext and its locks.
struct Export {
  Bytes passphrase_lock;
  Bytes recovery_lock;
  Bytes keyring;
  std::array<StoredStream, kKinds.size()> streams;  ///< the private ones, in the order of the kinds
};

/// One file.
[[nodiscard]] Bytes WriteExport(const Primitives& primitives, const Export& exported);

/// Takes the file apart again. Refuses what is no export, is damaged, or was written by a newer Selvedge; does not open
/// anything.
[[nodiscard]] core::Result<Export> ReadExport(const Primitives& primitives, View file);

/// Everything in the file: every revision of every entry, kind by kind, in the order of writing.
[[nodiscard]] core::Result<std::vector<Entry>> OpenExport(const Primitives& primitives, const Key& account_key,
                                                          const Export& exported);

/// The same from a file and a passphrase. A damaged file is told as late as a wrong passphrase.
[[nodiscard]] core::Result<std::vector<Entry>> OpenExportWithPassphrase(const Primitives& primitives, View passphrase,
                                                                        View file);

/// The same with the recovery code, as it was typed.
[[nodiscard]] core::Result<std::vector<Entry>> OpenExportWithRecoveryCode(const Primitives& primitives,
                                                                          std::string_view typed, View file);

}  // namespace selvedge::vault
