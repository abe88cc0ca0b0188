#pragma once

#include <memory>

#include "core/result.h"
#include "store/store.h"

namespace selvedge::store::testing {

/// An empty database that is there as long as this is. The contract is compiled once for each kind of them.
class Place {
 public:
  Place() = default;
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  virtual ~Place() = default;

  /// Opens a store on it, as a process of its own would.
  [[nodiscard]] virtual core::Result<std::unique_ptr<Store>> Open() = 0;
};

[[nodiscard]] std::unique_ptr<Place> NewPlace();

/// May two be open at the same time?
extern const bool kSeveralAtOnce;

}  // namespace selvedge::store::testing
