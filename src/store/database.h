#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/function_ref.h"
#include "core/result.h"

/// The little that SqlStore needs of a database. SQLite and PostgreSQL run the same statements behind it.
namespace selvedge::store {

/// A parameter of a statement: a number, or bytes, which are borrowed until the statement has run.
using Parameter = std::variant<std::int64_t, std::span<const std::uint8_t>>;

/// One field of a row: a number, or bytes (text comes as its bytes). No column of ours can be null.
using Field = std::variant<std::int64_t, std::vector<std::uint8_t>>;
using Row = std::vector<Field>;

/// What a statement did: the rows it returned, and how many it inserted, changed or deleted.
struct Ran {
  std::vector<Row> rows;
  std::int64_t changed = 0;
};

enum class Access {
  kRead,     ///< everything is read as of one moment
  kWrite,    ///< what is committed is durable
  kMigrate,  ///< kWrite, and no other process migrates meanwhile
};

class Database {
 public:
  Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  virtual ~Database() = default;

  /// Runs one statement with parameters $1, $2, … in the order of their first use. It is prepared once and kept, so
  /// `sql` is one of a few constants, never made of anybody's input.
  [[nodiscard]] virtual core::Result<Ran> Run(std::string_view sql, std::span<const Parameter> parameters) = 0;

  template <typename... Parameters>
  [[nodiscard]] core::Result<Ran> Run(std::string_view sql, const Parameters&... parameters) {
    const std::array<Parameter, sizeof...(Parameters)> list{Parameter(parameters)...};
    return Run(sql, std::span<const Parameter>(list));
  }

  /// Runs the statements of a migration: BYTEA, BIGINT and TEXT are its types.
  [[nodiscard]] virtual core::Result<void> RunScript(std::string_view sql) = 0;

  /// Carries out `body` as one transaction: commits when it succeeds, and takes everything back when it fails. Where
  /// the database asks for it, after a deadlock, `body` runs again from the start.
  [[nodiscard]] virtual core::Result<void> Transact(Access access, core::FunctionRef<core::Result<void>()> body) = 0;

  /// Says that the transaction going on has deleted or replaced what must not remain legible. Once it is committed, and
  /// before Transact returns, the old bytes are removed from wherever the database keeps them besides.
  virtual void ShredAfterCommit() = 0;

  /// What follows a SELECT so that nobody else may write these rows before we commit.
  [[nodiscard]] virtual std::string_view RowLock() const = 0;

  /// The names of the tables that are there.
  [[nodiscard]] virtual core::Result<std::vector<std::string>> Tables() = 0;

  /// As Store::BackUp.
  [[nodiscard]] virtual core::Result<void> BackUp(const std::filesystem::path& to) = 0;
};

}  // namespace selvedge::store
