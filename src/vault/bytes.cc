#include "vault/bytes.h"

#include <cstring>

namespace selvedge::vault {

void Wipe(std::span<std::uint8_t> memory) {
  if (memory.empty()) return;
  std::memset(memory.data(), 0, memory.size());
  // Tells the compiler that the zeros are looked at, so that it can't drop them as dead.
  __asm__ __volatile__("" : : "r"(memory.data()) : "memory");
}

}  // namespace selvedge::vault
