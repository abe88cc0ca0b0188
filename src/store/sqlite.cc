#include "store/sqlite.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <expected>
#include <map>
#include <mutex>
#include <system_error>
#include <utility>

#include "core/contract.h"
#include "store/errors.h"
#include "store/migrations.h"

namespace selvedge::store {
namespace {

constexpr int kPagesPerBackupStep = 2'000;  // 1 MB: a few milliseconds in which nobody else is served

struct CloseConnection {
  void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
};
struct FinishStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Connection = std::unique_ptr<sqlite3, CloseConnection>;
using Statement = std::unique_ptr<sqlite3_stmt, FinishStatement>;

/// What SQLite's code means to whoever runs the server.
std::unexpected<core::Error> Failure(int code, const std::string& file) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Unavailable("Another program is using " + file + ".",
                         "A SQLite database serves one Selvedge at a time: stop the other one first.");
    case SQLITE_FULL:
      return Unavailable("There is no room left on the disk of " + file + ".",
                         "Make room; nothing that was acknowledged is lost.");
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return Unavailable(file + " can't be opened for writing.", "Check that its folder exists and may be written to.");
    case SQLITE_NOTADB:
      return Refuse(file + " is not a database of Selvedge.", "Name another file.");
    case SQLITE_CORRUPT:
      return Unavailable(file + " is damaged.", "Check the disk, and restore the last backup.");
    default:
      return Unavailable(
          file + " can't be read or written: " + sqlite3_errstr(code) + " (" + std::to_string(code) + ").",
          "Check the disk; nothing that was acknowledged is lost.");
  }
}

/// A migration as SQLite understands it. The tables are sorted by their keys, which are random: the order in which rows
/// arrived is kept nowhere.
std::string Adapted(std::string_view sql) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kWords{
      {{"BYTEA", "BLOB"}, {"BIGINT", "INTEGER"}, {"/* clustered */", "STRICT, WITHOUT ROWID"}}};
  std::string adapted(sql);
  for (const auto& [word, ours] : kWords) {
    for (std::size_t at = 0; (at = adapted.find(word, at)) != std::string::npos; at += ours.size()) {
      adapted.replace(at, word.size(), ours);
    }
  }
  return adapted;
}

/// Makes a new name in a folder last through a power cut.
bool SyncFolderOf(const std::filesystem::path& file) {
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool synced = ::fsync(descriptor) == 0;
  ::close(descriptor);
  return synced;
}

/// SQLite would let everybody on the machine read a new file. What is there already stays as it is.
void MakeForOwnerOnly(const std::string& file) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor >= 0) ::close(descriptor);
}

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(Connection connection, std::string file, std::string vfs)
      : connection_(std::move(connection)), file_(std::move(file)), vfs_(std::move(vfs)) {}

  static core::Result<std::unique_ptr<SqliteDatabase>> Connect(const std::string& file, const std::string& vfs,
                                                               int flags) {
    if (vfs.empty() && (flags & SQLITE_OPEN_CREATE) != 0) MakeForOwnerOnly(file);
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                                     vfs.empty() ? nullptr : vfs.c_str());
    auto database = std::make_unique<SqliteDatabase>(Connection(raw), file, vfs);
    if (code != SQLITE_OK) return Failure(code, file);
    return database;
  }

  using Database::Run;

  core::Result<Ran> Run(std::string_view sql, std::span<const Parameter> parameters) override {
    sqlite3_stmt* statement = SELVEDGE_TRY(Prepared(sql));
    SELVEDGE_EXPECT(std::cmp_equal(sqlite3_bind_parameter_count(statement), parameters.size()));
    int code = SQLITE_OK;
    for (std::size_t i = 0; i < parameters.size() && code == SQLITE_OK; ++i) {
      code = Bind(statement, static_cast<int>(i) + 1, parameters[i]);
    }
    Ran ran;
    if (code == SQLITE_OK) {
      while ((code = sqlite3_step(statement)) == SQLITE_ROW) ran.rows.push_back(RowOf(statement));
    }
    if (sqlite3_stmt_readonly(statement) == 0) ran.changed = sqlite3_changes64(connection_.get());
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    if (code != SQLITE_DONE) return Failure(code, file_);
    return ran;
  }

  core::Result<void> RunScript(std::string_view sql) override { return Execute(Adapted(sql)); }

  core::Result<void> Transact(Access access, core::FunctionRef<core::Result<void>()> body) override {
    const std::scoped_lock lock(mutex_);
    SELVEDGE_TRY_VOID(Execute(access == Access::kRead ? "BEGIN" : "BEGIN IMMEDIATE"));
    core::Result<void> done = body();
    if (done) done = Execute("COMMIT");
    // SQLite takes everything back by itself after some failures, and not after others.
    if (!done && sqlite3_get_autocommit(connection_.get()) == 0) {
      sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
    if (done && access != Access::kRead) return EmptyLogIfDue();
    return done;
  }

  void ShredAfterCommit() override { log_to_empty_ = true; }

  [[nodiscard]] std::string_view RowLock() const override { return ""; }  // there is one connection: ours

  core::Result<std::vector<std::string>> Tables() override {
    const Ran names = SELVEDGE_TRY(Run("SELECT name FROM sqlite_schema WHERE type = 'table'"));
    std::vector<std::string> tables;
    for (const Row& row : names.rows) {
      const auto& name = std::get<std::vector<std::uint8_t>>(row[0]);
      tables.emplace_back(name.begin(), name.end());
    }
    return tables;
  }

  core::Result<void> Execute(const std::string& sql) {
    const int code = sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return Failure(code, file_);
    return {};
  }

  /// The log's content goes into the database file, and the log becomes empty.
  core::Result<void> EmptyLogIfDue() {
    if (!log_to_empty_) return {};
    const int code =
        sqlite3_wal_checkpoint_v2(connection_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if (code != SQLITE_OK) return Failure(code, file_);  // stays due
    log_to_empty_ = false;
    return {};
  }

  /// Copies all pages into a new file, which is one plain file when it is done, and empty before.
  core::Result<void> BackUp(const std::filesystem::path& to) override {
    std::error_code ignored;
    if (std::filesystem::exists(to, ignored)) {
      return Refuse(to.string() + " is there already.", "Name a file that does not exist yet.");
    }
    const auto copy = SELVEDGE_TRY(Connect(to.string(), vfs_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
    core::Result<void> done = CopyPages(*copy);
    if (done) done = copy->Execute("PRAGMA journal_mode = DELETE");
    if (done && vfs_.empty() && !SyncFolderOf(to)) done = Failure(SQLITE_IOERR_DIR_FSYNC, to.string());
    if (!done) std::filesystem::remove(to, ignored);
    return done;
  }

 private:
  core::Result<sqlite3_stmt*> Prepared(std::string_view sql) {
    const auto known = statements_.find(sql);
    if (known != statements_.end()) return known->second.get();
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v3(connection_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    if (code != SQLITE_OK) return Failure(code, file_);
    return statements_.emplace(sql, Statement(raw)).first->second.get();
  }

  static int Bind(sqlite3_stmt* statement, int index, const Parameter& parameter) {
    if (const auto* number = std::get_if<std::int64_t>(&parameter))
      return sqlite3_bind_int64(statement, index, *number);
    const auto bytes = std::get<std::span<const std::uint8_t>>(parameter);
    // A null pointer would bind a null.
    return sqlite3_bind_blob64(statement, index, bytes.empty() ? "" : static_cast<const void*>(bytes.data()),
                               bytes.size(), SQLITE_STATIC);
  }

  static Row RowOf(sqlite3_stmt* statement) {
    Row row;
    const int columns = sqlite3_column_count(statement);
    for (int i = 0; i < columns; ++i) {
      if (sqlite3_column_type(statement, i) == SQLITE_INTEGER) {
        row.emplace_back(sqlite3_column_int64(statement, i));
      } else {
        const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement, i));
        row.emplace_back(std::vector<std::uint8_t>(bytes, bytes + sqlite3_column_bytes(statement, i)));
      }
    }
    return row;
  }

  core::Result<void> CopyPages(SqliteDatabase& copy) {
    struct FinishBackup {
      void operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }
    };
    std::unique_ptr<sqlite3_backup, FinishBackup> backup;
    {
      const std::scoped_lock lock(mutex_);
      backup.reset(sqlite3_backup_init(copy.connection_.get(), "main", connection_.get(), "main"));
    }
    if (!backup) return Failure(sqlite3_extended_errcode(copy.connection_.get()), copy.file_);
    // What is written between two steps goes into the copy as well, since it is written by the same connection.
    int code = SQLITE_OK;
    while (code == SQLITE_OK) {
      const std::scoped_lock lock(mutex_);
      code = sqlite3_backup_step(backup.get(), kPagesPerBackupStep);
    }
    const std::scoped_lock lock(mutex_);
    const int finished = sqlite3_backup_finish(backup.release());
    if (code != SQLITE_DONE || finished != SQLITE_OK) {
      return Failure(finished != SQLITE_OK ? finished : code, copy.file_);
    }
    return {};
  }

  Connection connection_;
  std::string file_;
  std::string vfs_;
  std::map<std::string, Statement, std::less<>> statements_;
  std::mutex mutex_;
  bool log_to_empty_ = true;  // it may be full of what was shredded before a crash
};

}  // namespace

core::Result<std::unique_ptr<Database>> OpenSqliteDatabase(const SqliteOptions& options) {
  if (options.file.empty()) return Refuse("The database has no name.", "Name a file.");
  // As a whole path, so that no name means one of SQLite's databases in memory.
  std::error_code ignored;
  const std::string file =
      (options.vfs.empty() ? std::filesystem::absolute(options.file, ignored) : options.file).string();
  auto database = SELVEDGE_TRY(SqliteDatabase::Connect(file, options.vfs, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
  SELVEDGE_TRY_VOID(
      database->Execute("PRAGMA page_size = 512;"
                        "PRAGMA locking_mode = EXCLUSIVE;"
                        "PRAGMA synchronous = FULL;"
                        "PRAGMA secure_delete = ON;"
                        "PRAGMA foreign_keys = ON;"
                        "PRAGMA trusted_schema = OFF;"
                        "PRAGMA temp_store = MEMORY;"
                        "PRAGMA cache_size = -32000;"
                        "PRAGMA wal_autocheckpoint = 8000;"));
  const Ran mode = SELVEDGE_TRY(database->Run("PRAGMA journal_mode = WAL"));
  SELVEDGE_EXPECT(!mode.rows.empty());
  const auto& name = std::get<std::vector<std::uint8_t>>(mode.rows[0][0]);
  if (std::string(name.begin(), name.end()) != "wal") {
    return Failure(SQLITE_READONLY, file);
  }
  SELVEDGE_TRY_VOID(database->Execute(options.afterwards));
  SELVEDGE_TRY_VOID(database->EmptyLogIfDue());
  return database;
}

core::Result<void> RestoreSqlite(const std::filesystem::path& backup, const std::filesystem::path& to) {
  const auto database = SELVEDGE_TRY(SqliteDatabase::Connect(backup.string(), "", SQLITE_OPEN_READONLY));
  const Ran check = SELVEDGE_TRY(database->Run("PRAGMA integrity_check"));
  const std::vector<std::uint8_t> good{'o', 'k'};
  if (check.rows.size() != 1 || check.rows[0] != Row{good}) {
    return Failure(SQLITE_CORRUPT, backup.string());
  }
  if (SELVEDGE_TRY(VersionOf(*database, Schema())) == 0) return Failure(SQLITE_NOTADB, backup.string());
  return database->BackUp(to);
}

}  // namespace selvedge::store
