#pragma once

#include <memory>

#include "core/result.h"
#include "store/database.h"
#include "store/store.h"

namespace selvedge::store {

/// The store on a database, which is brought to this version's schema first.
[[nodiscard]] core::Result<std::unique_ptr<Store>> StoreOn(std::unique_ptr<Database> database);

}  // namespace selvedge::store
