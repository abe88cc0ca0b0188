#pragma once

#include <memory>
#include <string>

#include "core/result.h"
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
};

[[nodiscard]] std::unique_ptr<Place> NewPlace();

/// May several processes open one at the same time?
extern const bool kSeveralAtOnce;

}  // namespace selvedge::store::testing
