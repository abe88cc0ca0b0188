#include "store/postgres.h"

#include <libpq-fe.h>

#include <bit>
#include <cstring>
#include <expected>
#include <functional>
#include <map>
#include <mutex>
#include <utility>

#include "core/contract.h"
#include "store/errors.h"

namespace selvedge::store {
namespace {

constexpr int kBinary = 1;
constexpr Oid kInt8 = 20;
constexpr int kAttempts = 10;

/// Two processes that open a new database at once must not both make its tables. The number is ours, and arbitrary.
constexpr const char* kBeginMigration =
    "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(7308620176437653862)";

struct CloseConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Connection = std::unique_ptr<PGconn, CloseConnection>;
using Answer = std::unique_ptr<PGresult, ClearResult>;

bool Succeeded(const Answer& answer) {
  const ExecStatusType status = PQresultStatus(answer.get());
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/// Met another transaction, and everything was taken back: a deadlock, or the same id at the same time.
bool AsksToTryAgain(const Answer& answer) {
  const char* state = PQresultErrorField(answer.get(), PG_DIAG_SQLSTATE);
  if (state == nullptr) return false;
  const std::string_view code = state;
  return code == "40001" || code == "40P01" || code == "23505";
}

std::array<char, 8> BigEndian(std::int64_t number) {
  auto bits = std::bit_cast<std::uint64_t>(number);
  std::array<char, 8> bytes{};
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte, bits >>= 8) *byte = static_cast<char>(bits & 0xff);
  return bytes;
}

std::int64_t FromBigEndian(const char* bytes) {
  std::uint64_t bits = 0;
  for (int i = 0; i < 8; ++i) bits = bits << 8 | static_cast<std::uint8_t>(bytes[i]);
  return std::bit_cast<std::int64_t>(bits);
}

Field FieldOf(const PGresult* result, int row, int column) {
  SELVEDGE_EXPECT(PQgetisnull(result, row, column) == 0);
  const char* value = PQgetvalue(result, row, column);
  if (PQftype(result, column) == kInt8) return FromBigEndian(value);
  return std::vector<std::uint8_t>(value, value + PQgetlength(result, row, column));
}

class PostgresDatabase final : public Database {
 public:
  explicit PostgresDatabase(Connection connection) : connection_(std::move(connection)) {
    // Notices would go to the terminal of whoever started the server.
    PQsetNoticeProcessor(connection_.get(), [](void*, const char*) {}, nullptr);
  }

  using Database::Run;

  core::Result<Ran> Run(std::string_view sql, std::span<const Parameter> parameters) override {
    const std::string name = SELVEDGE_TRY(Prepared(sql));
    std::vector<std::array<char, 8>> numbers(parameters.size());
    std::vector<const char*> values(parameters.size());
    std::vector<int> lengths(parameters.size());
    const std::vector<int> formats(parameters.size(), kBinary);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      if (const auto* number = std::get_if<std::int64_t>(&parameters[i])) {
        numbers[i] = BigEndian(*number);
        values[i] = numbers[i].data();
        lengths[i] = 8;
      } else {
        const auto bytes = std::get<std::span<const std::uint8_t>>(parameters[i]);
        // A null pointer would be a null.
        values[i] = bytes.empty() ? "" : static_cast<const char*>(static_cast<const void*>(bytes.data()));
        lengths[i] = static_cast<int>(bytes.size());
      }
    }
    const Answer answer(PQexecPrepared(connection_.get(), name.c_str(), static_cast<int>(parameters.size()),
                                       values.data(), lengths.data(), formats.data(), kBinary));
    SELVEDGE_TRY_VOID(Checked(answer));
    return RanOf(answer.get());
  }

  core::Result<void> RunScript(std::string_view sql) override {
    return Checked(Answer(PQexec(connection_.get(), std::string(sql).c_str())));
  }

  core::Result<void> Transact(Access access, core::FunctionRef<core::Result<void>()> body) override {
    const std::scoped_lock lock(mutex_);
    const char* begin = access == Access::kRead      ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
                        : access == Access::kMigrate ? kBeginMigration
                                                     : "BEGIN ISOLATION LEVEL READ COMMITTED";
    core::Result<void> done;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
      SELVEDGE_TRY_VOID(Begin(begin));
      try_again_ = false;
      done = body();
      if (done) done = RunScript("COMMIT");
      if (done) return done;
      if (PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) PQclear(PQexec(connection_.get(), "ROLLBACK"));
      if (!try_again_) return done;
    }
    return done;
  }

  void ShredAfterCommit() override {}

  [[nodiscard]] std::string_view RowLock() const override {
    return " FOR NO KEY UPDATE";
  }  // foreign keys may still refer to the row

  core::Result<std::vector<std::string>> Tables() override {
    const Ran names = SELVEDGE_TRY(
        Run("SELECT CAST(tablename AS TEXT) FROM pg_catalog.pg_tables WHERE schemaname = current_schema()"));
    std::vector<std::string> tables;
    for (const Row& row : names.rows) {
      const auto& name = std::get<std::vector<std::uint8_t>>(row[0]);
      tables.emplace_back(name.begin(), name.end());
    }
    return tables;
  }

  core::Result<void> BackUp(const std::filesystem::path& to) override {
    return Refuse("A PostgreSQL database is backed up with PostgreSQL's own tools.",
                  "pg_dump --format=custom --file=" + to.string() +
                      " URL writes a copy while others go on working, pg_restore --dbname=URL puts it into an empty "
                      "database.");
  }

  /// What every connection begins with.
  core::Result<void> SetUp() {
    prepared_.clear();
    if (PQstatus(connection_.get()) != CONNECTION_OK) return NoAnswer();
    SELVEDGE_TRY_VOID(
        RunScript("SET lock_timeout = '10s';"
                  "SELECT set_config('synchronous_commit', 'on', false) "
                  "WHERE current_setting('synchronous_commit') = 'off'"));
    const Ran settings = SELVEDGE_TRY(
        Run("SELECT name FROM pg_catalog.pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting <> 'on'"));
    if (!settings.rows.empty()) {
      return Refuse(
          "This PostgreSQL server may lose what it acknowledged when the power fails: fsync or "
          "full_page_writes is off.",
          "Switch both on in postgresql.conf.");
    }
    return {};
  }

 private:
  core::Result<std::string> Prepared(std::string_view sql) {
    const auto known = prepared_.find(sql);
    if (known != prepared_.end()) return known->second;
    std::string name = "s" + std::to_string(prepared_.size());
    SELVEDGE_TRY_VOID(
        Checked(Answer(PQprepare(connection_.get(), name.c_str(), std::string(sql).c_str(), 0, nullptr))));
    prepared_.emplace(sql, name);
    return name;
  }

  core::Result<void> Begin(const char* begin) {
    if (PQstatus(connection_.get()) == CONNECTION_OK) {
      const core::Result<void> begun = RunScript(begin);
      if (begun || PQstatus(connection_.get()) == CONNECTION_OK) return begun;
    }
    // The connection was lost, here or before; nothing of this transaction has been sent.
    PQreset(connection_.get());
    SELVEDGE_TRY_VOID(SetUp());
    return RunScript(begin);
  }

  core::Result<void> Checked(const Answer& answer) {
    if (Succeeded(answer)) return {};
    try_again_ = AsksToTryAgain(answer);
    if (PQstatus(connection_.get()) != CONNECTION_OK) return NoAnswer();
    return Unavailable("PostgreSQL could not do it: " + Reason(),
                       "Look at the server's log; nothing that was acknowledged is lost.");
  }

  [[nodiscard]] std::unexpected<core::Error> NoAnswer() const {
    return Unavailable("The PostgreSQL database does not answer: " + Reason(),
                       "Check that it runs, and its address; nothing that was acknowledged is lost.");
  }

  /// libpq's words, of which the first line is enough.
  [[nodiscard]] std::string Reason() const {
    const std::string_view words = PQerrorMessage(connection_.get());
    return std::string(words.substr(0, words.find('\n')));
  }

  static Ran RanOf(PGresult* result) {
    Ran ran;
    const int columns = PQnfields(result);
    for (int i = 0; i < PQntuples(result); ++i) {
      Row& row = ran.rows.emplace_back();
      for (int column = 0; column < columns; ++column) row.push_back(FieldOf(result, i, column));
    }
    for (const char* digit = PQcmdTuples(result); *digit != '\0'; ++digit) {
      ran.changed = ran.changed * 10 + (*digit - '0');
    }
    return ran;
  }

  Connection connection_;
  std::map<std::string, std::string, std::less<>> prepared_;
  std::mutex mutex_;
  bool try_again_ = false;  // what the last failure asks for
};

}  // namespace

core::Result<std::unique_ptr<Database>> OpenPostgresDatabase(std::string_view url) {
  auto database = std::make_unique<PostgresDatabase>(Connection(PQconnectdb(std::string(url).c_str())));
  SELVEDGE_TRY_VOID(database->SetUp());
  return database;
}

}  // namespace selvedge::store
