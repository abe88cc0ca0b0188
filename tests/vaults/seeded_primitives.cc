#include "vaults/seeded_primitives.h"

#include "core/random.h"
#include "sodium/sodium_primitives.h"

namespace selvedge::vault {
namespace {

class Seeded final : public Forwarding {
 public:
  explicit Seeded(std::uint64_t seed) : Forwarding(sodium::NewPrimitives()), stream_({.seed = seed}) {}

  void Random(std::span<std::uint8_t> out) override {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (i % sizeof(bits) == 0) bits = stream_.NextBits();
      out[i] = static_cast<std::uint8_t>(bits >> (i % sizeof(bits) * 8));
    }
  }

 private:
  core::RandomStream stream_;
};

}  // namespace

std::unique_ptr<Primitives> SeededPrimitives(std::uint64_t seed) { return std::make_unique<Seeded>(seed); }

}  // namespace selvedge::vault
