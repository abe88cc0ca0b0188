#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"
#include "store/database.h"
#include "store/open.h"
#include "store/store.h"

namespace selvedge::store::testing {

/// An empty database that is there as long as this is. The contract is compiled once for each kind of them.
class Place {
 public:
  Place() = default;
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  virtual ~Place() = default;

  /// As OpenStore takes it; every process may.
  [[nodiscard]] virtual std::string Where() const = 0;

  [[nodiscard]] core::Result<std::unique_ptr<Store>> Open() const { return OpenStore(Where()); }

  /// The bare database, before there is a store on it.
  [[nodiscard]] virtual core::Result<std::unique_ptr<Database>> Connect() const = 0;
};

[[nodiscard]] std::unique_ptr<Place> NewPlace();

/// May several processes open one at the same time?
extern const bool kSeveralAtOnce;

/// Its name in tests/store/schemas.
extern const std::string_view kDatabase;

/// Selects every table, column and index, as text.
extern const std::string_view kShapeOfSchema;

}  // namespace selvedge::store::testing
