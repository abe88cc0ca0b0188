#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace selvedge::vault {

using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;

/// Overwrites memory with zeros, in a way no optimiser may leave out.
void Wipe(std::span<std::uint8_t> memory);

/// The characters as bytes.
[[nodiscard]] inline View ViewOf(std::string_view text) {
  // NOLINTNEXTLINE(*-reinterpret-cast): char is a byte
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// The bytes as characters.
[[nodiscard]] inline std::string_view TextOf(View bytes) {
  // NOLINTNEXTLINE(*-reinterpret-cast): char is a byte
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Wipes whatever it gives back, so that a vector leaves nothing behind when it grows or goes.
template <typename T>
struct WipingAllocator {
  using value_type = T;  // NOLINT(readability-identifier-naming): the standard's name

  WipingAllocator() = default;
  template <typename U>
  WipingAllocator(const WipingAllocator<U>& /*other*/) {}  // NOLINT(google-explicit-constructor): as the standard asks

  // NOLINTNEXTLINE(readability-convert-member-functions-to-static,readability-identifier-naming): as the standard asks
  [[nodiscard]] T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
  // NOLINTNEXTLINE(readability-convert-member-functions-to-static,readability-identifier-naming): as the standard asks
  void deallocate(T* memory, std::size_t count) {
    Wipe(std::span(memory, count));
    std::allocator<T>().deallocate(memory, count);
  }
  bool operator==(const WipingAllocator&) const = default;
};

/// Bytes nobody may find in memory later: what people wrote, and keys on their way.
using SecretBytes = std::vector<std::uint8_t, WipingAllocator<std::uint8_t>>;

/// A key. Every copy is wiped when it goes.
class Key {
 public:
  static constexpr std::size_t kSize = 32;

  Key() = default;
  Key(const Key&) = default;
  Key& operator=(const Key&) = default;
  ~Key() { Wipe(bytes_); }

  [[nodiscard]] std::span<std::uint8_t, kSize> bytes() { return bytes_; }
  [[nodiscard]] std::span<const std::uint8_t, kSize> view() const { return bytes_; }

 private:
  std::array<std::uint8_t, kSize> bytes_{};
};

/// Bytes that are no secret, of a fixed length; the tag keeps those of one use from being taken for another's.
template <typename Tag, std::size_t N>
struct Name {
  static constexpr std::size_t kSize = N;
  std::array<std::uint8_t, N> bytes{};

  auto operator<=>(const Name&) const = default;
};

using AccountId = Name<struct AccountTag, 16>;
using StreamId = Name<struct StreamTag, 16>;
using RecordId = Name<struct RecordTag, 16>;
using EntryId = Name<struct EntryTag, 16>;
using EnvelopeId = Name<struct EnvelopeTag, 16>;
using InviteId = Name<struct InviteTag, 16>;
using Salt = Name<struct SaltTag, 16>;
using Nonce = Name<struct NonceTag, 24>;
using Digest = Name<struct DigestTag, 32>;
using SigningKey = Name<struct SigningTag, 32>;
using ReceivingKey = Name<struct ReceivingTag, 32>;
using Signature = Name<struct SignatureTag, 64>;

/// Appends fields to a buffer: Bytes, or SecretBytes.
template <typename Buffer>
class Writer {
 public:
  explicit Writer(Buffer& out) : out_(out) {}

  Writer& Put(View bytes) {
    out_.insert(out_.end(), bytes.begin(), bytes.end());
    return *this;
  }
  template <typename Tag, std::size_t N>
  Writer& Put(const Name<Tag, N>& name) {
    return Put(View(name.bytes));
  }
  Writer& Put(const Key& key) { return Put(View(key.view())); }
  template <typename Integer>
  Writer& Number(Integer value) {
    for (std::size_t i = 0; i < sizeof(Integer); ++i) {
      out_.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * i)));
    }
    return *this;
  }

 private:
  Buffer& out_;
};

/// Takes fields off the front of bytes. What does not fit leaves the field as it was and is remembered: ask once, at
/// the end.
class Reader {
 public:
  explicit Reader(View bytes) : rest_(bytes) {}

  Reader& Take(std::span<std::uint8_t> field) {
    const View taken = Take(field.size());
    std::ranges::copy(taken, field.begin());
    return *this;
  }
  template <typename Tag, std::size_t N>
  Reader& Take(Name<Tag, N>& name) {
    return Take(std::span<std::uint8_t>(name.bytes));
  }
  Reader& Take(Key& key) { return Take(std::span<std::uint8_t>(key.bytes())); }
  template <typename Integer>
  Reader& Number(Integer& value) {
    const View taken = Take(sizeof(Integer));
    if (taken.empty()) return *this;
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < sizeof(Integer); ++i) sum |= static_cast<std::uint64_t>(taken[i]) << (8 * i);
    value = static_cast<Integer>(sum);
    return *this;
  }

  /// The next `count` bytes; none if there are fewer.
  View Take(std::size_t count) {
    if (!fits_ || count > rest_.size()) {
      fits_ = false;
      return {};
    }
    const View taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }

  [[nodiscard]] View rest() const { return rest_; }
  [[nodiscard]] bool fits() const { return fits_; }
  [[nodiscard]] bool at_end() const { return fits_ && rest_.empty(); }

 private:
  View rest_;
  bool fits_ = true;
};

}  // namespace selvedge::vault
