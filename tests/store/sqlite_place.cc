#include "store/folder.h"
#include "store/place.h"

namespace selvedge::store::testing {
namespace {

class SqlitePlace final : public Place {
 public:
  std::string Where() const override { return (folder_ / "store.db").string(); }

 private:
  Folder folder_;
};

}  // namespace

const bool kSeveralAtOnce = false;

std::unique_ptr<Place> NewPlace() { return std::make_unique<SqlitePlace>(); }

}  // namespace selvedge::store::testing
