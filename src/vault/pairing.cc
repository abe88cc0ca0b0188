#include "vault/pairing.h"

#include <optional>
#include <vector>

#include "pairing_words.h"
#include "vault/symbols.h"

namespace selvedge::vault {
namespace {

constexpr std::string_view kWhat = "invite";
constexpr std::size_t kHeaderSize = kPrefixSize + Nonce::kSize;
constexpr std::size_t kRowSize = kHeaderSize + kIdentitySize + kTagSize;
constexpr std::size_t kLinkBytes = 1 + InviteSecret::kSize + Fingerprint::kSize;
constexpr std::size_t kLinkSymbols = (8 * kLinkBytes + kSymbolBits - 1) / kSymbolBits;
constexpr unsigned kWordBits = 10;
constexpr unsigned kWordsBits = 60;

std::unexpected<core::Error> WrongLink() {
  return Refuse("This invite link is not whole.", "Copy all of it again, up to its last character.");
}

Key InviteKey(const Primitives& primitives, const InviteSecret& secret) {
  return KeyOf(Hash(primitives, "selvedge invite key 1", {secret.bytes}));
}

Digest OfMeeting(const Primitives& primitives, std::string_view label, const Meeting& meeting, View first, View last) {
  return Hash(primitives, label,
              {first, IdentityBytes(meeting.inviter), IdentityBytes(meeting.invitee), last, meeting.nonce.bytes});
}

}  // namespace

std::string LinkText(const Link& link) {
  Bytes bytes;
  Writer(bytes).Number(kVersion).Put(link.secret).Put(link.inviter);
  std::string text;
  unsigned waiting = 0;  // bits not written yet, and how many
  unsigned count = 0;
  for (const std::uint8_t byte : bytes) {
    waiting = waiting << 8U | byte;
    for (count += 8; count >= kSymbolBits; count -= kSymbolBits) {
      text += kSymbols[waiting >> (count - kSymbolBits) & 31U];
    }
  }
  text += kSymbols[waiting << (kSymbolBits - count) & 31U];
  return text;
}

core::Result<Link> ReadLink(std::string_view text) {
  if (const std::size_t hash = text.rfind('#'); hash != std::string_view::npos) text.remove_prefix(hash + 1);
  if (text.size() != kLinkSymbols) return WrongLink();
  Bytes bytes;
  unsigned waiting = 0;
  unsigned count = 0;
  for (const char c : text) {
    const std::optional<std::uint8_t> symbol = SymbolOf(c);
    if (!symbol) return WrongLink();
    waiting = waiting << kSymbolBits | *symbol;
    count += kSymbolBits;
    if (count < 8) continue;
    count -= 8;
    bytes.push_back(static_cast<std::uint8_t>(waiting >> count));
  }
  if ((waiting & 1U) != 0) return WrongLink();
  Link link;
  std::uint8_t version = 0;
  Reader(bytes).Number(version).Take(link.secret).Take(link.inviter);
  if (version == 0) return WrongLink();
  if (version > kVersion) {
    return Refuse("This invite link was made by a newer Selvedge.", "Update Selvedge, then open the link again.");
  }
  return link;
}

InviteId InviteIdOf(const Primitives& primitives, const InviteSecret& secret) {
  return FirstOf<InviteId>(Hash(primitives, "selvedge invite id 1", {secret.bytes}));
}

Bytes SealInvite(Primitives& primitives, const InviteSecret& secret, const Identity& inviter) {
  return SealAfter(primitives, InviteKey(primitives, secret), Begin(Format::kInvite), IdentityBytes(inviter));
}

core::Result<Identity> OpenInvite(const Primitives& primitives, const Link& link, View row) {
  Reader prefix(row);
  SELVEDGE_TRY_VOID(TakePrefix(prefix, Format::kInvite, kWhat));
  if (row.size() != kRowSize) return Damaged(kWhat);
  const std::optional<SecretBytes> text = OpenAfter(primitives, InviteKey(primitives, link.secret), row, kHeaderSize);
  if (!text) return Damaged(kWhat);
  Identity inviter;
  Reader reader(*text);
  Take(reader, inviter);
  if (FingerprintOf(primitives, inviter) != link.inviter) {
    return Refuse("Behind this invite is somebody other than who made the link.",
                  "Don't go on. Ask the person for a new link, in another way than before.");
  }
  return inviter;
}

Digest ProofOf(const Primitives& primitives, const Meeting& meeting) {
  return OfMeeting(primitives, "selvedge accept 1", meeting, meeting.secret.bytes, {});
}

WordsNumber WordsOf(const Primitives& primitives, const Meeting& meeting) {
  const Digest digest = OfMeeting(primitives, "selvedge words 1", meeting, {}, meeting.secret.bytes);
  WordsNumber number = 0;
  for (std::size_t i = 0; i < sizeof(number); ++i) number = number << 8U | digest.bytes[i];
  constexpr WordsNumber kUnused = (WordsNumber{1} << (8 * sizeof(number) - kWordsBits)) - 1;
  return number & ~kUnused;
}

std::array<std::string_view, 6> SixWords(WordsNumber number) {
  static const std::vector<std::string_view> kWords = [] {
    std::vector<std::string_view> words;
    std::string_view rest = content::kPairingWords;
    for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
      words.push_back(rest.substr(0, end));
      rest.remove_prefix(end + 1);
    }
    return words;
  }();
  std::array<std::string_view, 6> six;
  unsigned shift = 64;
  for (std::string_view& word : six) {
    shift -= kWordBits;
    word = kWords[number >> shift & ((1U << kWordBits) - 1)];
  }
  return six;
}

}  // namespace selvedge::vault
