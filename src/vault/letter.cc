#include "vault/letter.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace selvedge::vault {
namespace {

constexpr std::string_view kWhat = "envelope";
constexpr std::string_view kLabel = "selvedge letter 1";
constexpr std::size_t kPaddedSize = 256;
constexpr std::uint8_t kGrant = 1;
constexpr std::uint8_t kAcceptance = 2;

void Put(SecretBytes& text, const Grant& grant) {
  Writer(text).Put(grant.epoch.stream).Number(grant.epoch.number).Put(grant.key);
}

void Put(SecretBytes& text, const Acceptance& acceptance) {
  Writer(text).Put(acceptance.invite).Put(acceptance.nonce).Put(acceptance.proof);
}

SecretBytes Signed(const Identity& recipient, View letter) {
  const Bytes to = IdentityBytes(recipient);
  SecretBytes text;
  Writer(text).Put(ViewOf(kLabel)).Number(std::uint8_t{0}).Put(to).Put(letter);
  return text;
}

std::optional<Letter> ReadLetter(Reader& reader) {
  std::uint8_t type = 0;
  Letter letter;
  reader.Number(type);
  Take(reader, letter.sender);
  if (type == kGrant) {
    Grant grant;
    reader.Take(grant.epoch.stream).Number(grant.epoch.number).Take(grant.key);
    if (grant.epoch.number == 0) return std::nullopt;
    letter.content = std::move(grant);
  } else if (type == kAcceptance) {
    Acceptance acceptance;
    reader.Take(acceptance.invite).Take(acceptance.nonce).Take(acceptance.proof);
    letter.content = acceptance;
  } else {
    return std::nullopt;
  }
  return letter;
}

}  // namespace

core::Result<Bytes> SealLetter(Primitives& primitives, const OwnIdentity& sender, const Identity& recipient,
                               const std::variant<Grant, Acceptance>& content) {
  SecretBytes letter;
  letter.reserve(kPaddedSize);
  const Bytes from = IdentityBytes(sender.Shown());
  Writer(letter).Number(std::holds_alternative<Grant>(content) ? kGrant : kAcceptance).Put(from);
  std::visit([&](const auto& one) { Put(letter, one); }, content);
  const Signature signature = primitives.Sign(sender.signing, Signed(recipient, letter));
  Writer(letter).Put(signature);

  Bytes envelope = Begin(Format::kEnvelope);
  letter.insert(letter.begin(), envelope.begin(), envelope.end());
  const std::optional<Bytes> box =
      primitives.Box(recipient.receiving, RandomKey(primitives), Padded(letter, kPaddedSize));
  if (!box) {
    return Refuse("This person's keys can't be written to.", "Pair again; don't share anything until you have.");
  }
  Writer(envelope).Put(*box);
  return envelope;
}

core::Result<Letter> OpenEnvelope(const Primitives& primitives, const OwnIdentity& own, View envelope) {
  Reader outside(envelope);
  SELVEDGE_TRY_VOID(TakePrefix(outside, Format::kEnvelope, kWhat));
  if (outside.rest().size() != kPaddedSize + kBoxOverhead) return Damaged(kWhat);
  const std::optional<SecretBytes> padded = primitives.OpenBox(own.receiving, outside.rest());
  if (!padded) return Damaged(kWhat);
  const std::optional<View> inside = Unpadded(*padded);
  // A box has no associated data, so the prefix stands inside once more.
  if (!inside || inside->size() < kPrefixSize + Signature::kSize ||
      !std::ranges::equal(inside->first(kPrefixSize), envelope.first(kPrefixSize))) {
    return Damaged(kWhat);
  }
  const View text = inside->subspan(kPrefixSize);
  Reader reader(text);
  std::optional<Letter> letter = ReadLetter(reader);
  Signature signature;
  reader.Take(signature);
  if (!letter || !reader.at_end()) return Damaged(kWhat);
  const View signed_part = text.first(text.size() - Signature::kSize);
  if (!primitives.Verify(letter->sender.signing, Signed(own.Shown(), signed_part), signature)) return Damaged(kWhat);
  return *std::move(letter);
}

}  // namespace selvedge::vault
