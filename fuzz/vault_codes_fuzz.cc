// What somebody might type or paste as a recovery code or an invite link: taken or refused in words, and what is taken
// reads the same when it is written.

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/contract.h"
#include "vault/pairing.h"
#include "vault/recovery_code.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace selvedge::vault;  // NOLINT(google-build-using-namespace): a program of one file
  const std::string typed(data, data + size);
  if (const auto code = RecoveryCode::Read(typed)) {
    const SecretBytes text = code->Text();
    const auto again = RecoveryCode::Read(TextOf(text));
    SELVEDGE_EXPECT(again && again->Text() == text);
  } else {
    SELVEDGE_EXPECT(!code.error().message.empty());
  }
  if (const auto link = ReadLink(typed)) {
    SELVEDGE_EXPECT(*ReadLink(LinkText(*link)) == *link);
  } else {
    SELVEDGE_EXPECT(!link.error().message.empty());
  }
  return 0;
}
