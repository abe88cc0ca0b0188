#pragma once

#include <memory>

#include "vault/primitives.h"

namespace selvedge::sodium {

/// The vault's primitives over libsodium, with the system's randomness. Stops the program if libsodium does not start,
/// which it does wherever there is any randomness.
[[nodiscard]] std::unique_ptr<vault::Primitives> NewPrimitives();

}  // namespace selvedge::sodium
