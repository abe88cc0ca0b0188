#pragma once

#include <array>
#include <cstdint>

namespace selvedge::core {

/// Which stream of random numbers: the same key gives the same numbers on every machine, in any order of work.
struct StreamKey {
  std::uint64_t seed = 0;     ///< chosen by the user, once per study
  std::uint32_t subject = 0;  ///< dyad, person, replicate…
  std::uint32_t purpose = 0;  ///< what the numbers are for, so that two uses never share a stream
};

/// One block of Philox4x32-10: four 32-bit words from a counter and a key, with no state between blocks.
///
/// Source: Salmon, Moraes, Dror & Shaw (2011), Parallel random numbers: as easy as 1, 2, 3, SC '11,
/// doi:10.1145/2063384.2063405.
[[nodiscard]] std::array<std::uint32_t, 4> Philox4x32(std::array<std::uint32_t, 4> counter,
                                                      std::array<std::uint32_t, 2> key);

/// A keyed stream of random numbers. Copying it copies its position.
class RandomStream {
 public:
  explicit RandomStream(StreamKey key) : key_(key) {}

  [[nodiscard]] std::uint64_t NextBits();

  /// Uniform on the open interval (0, 1), 53 bits, symmetric about one half: never 0, never 1.
  [[nodiscard]] double Uniform();

 private:
  StreamKey key_;
  std::uint64_t block_ = 0;
  std::array<std::uint64_t, 2> words_{};
  int unused_ = 0;
};

}  // namespace selvedge::core
