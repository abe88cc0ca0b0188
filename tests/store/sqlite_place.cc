#include "store/folder.h"
#include "store/place.h"

namespace selvedge::store::testing {
namespace {

class SqlitePlace final : public Place {
 public:
  [[nodiscard]] std::string Where() const override { return (folder_ / "store.db").string(); }

  [[nodiscard]] core::Result<std::unique_ptr<Database>> Connect() const override {
    return OpenSqliteDatabase({.file = folder_ / "store.db"});
  }

 private:
  Folder folder_;
};

}  // namespace

const bool kSeveralAtOnce = false;
const std::string_view kDatabase = "sqlite";
const std::string_view kShapeOfSchema =
    "SELECT s.name || ' ' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || c.pk "
    "FROM sqlite_schema AS s, pragma_table_info(s.name) AS c WHERE s.type = 'table' "
    "UNION SELECT tbl_name || ' ' || name FROM sqlite_schema WHERE type = 'index' ORDER BY 1";

std::unique_ptr<Place> NewPlace() { return std::make_unique<SqlitePlace>(); }

}  // namespace selvedge::store::testing
