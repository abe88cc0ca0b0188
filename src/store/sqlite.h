#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/result.h"
#include "store/database.h"

namespace selvedge::store {

struct SqliteOptions {
  std::filesystem::path file;  ///< made when it is not there
  std::string vfs{};           ///< which of SQLite's file systems; empty: the machine's own
  /// Statements to run when everything is set up. Our proofs shrink a buffer here, or take a safeguard away to show
  /// that it would be missed.
  std::string afterwards{};
};

/// Opens a SQLite database for this process alone: another one is refused, now or later.
///
/// - Write-ahead log with synchronous = FULL: a commit is one write and one fsync of the log. SQLite before 3.51.3 can
///   corrupt a database in this mode with several connections; exclusive locking leaves one.
/// - What is shredded must be gone. secure_delete overwrites deleted rows; the log, which still has them, is emptied
///   afterwards (ShredAfterCommit) and whenever a database is opened. That is not enough: SQLite moves rows between
///   pages as a tree grows and leaves copies behind. With pages of 512 bytes no more than the first 102 bytes of a row
///   stand in the tree, which in our tables are ids; the rest is in pages of its own, which never move.
[[nodiscard]] core::Result<std::unique_ptr<Database>> OpenSqliteDatabase(const SqliteOptions& options);

/// Makes a database from a backup, byte for byte what Store::BackUp wrote, in a file that does not exist yet. Refuses a
/// damaged backup and one that is not ours.
[[nodiscard]] core::Result<void> RestoreSqlite(const std::filesystem::path& backup, const std::filesystem::path& to);

}  // namespace selvedge::store
