// Any bytes at all as an export file: taken apart or refused in words, opened or refused in words; what is taken apart
// is put together to the same bytes.

#include <cstddef>
#include <cstdint>

#include "core/contract.h"
#include "glass_primitives.h"
#include "vault/export.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace selvedge::vault;  // NOLINT(google-build-using-namespace): a program of one file
  GlassPrimitives glass;
  const View file(data, size);
  const auto exported = ReadExport(glass, file);
  if (!exported) {
    SELVEDGE_EXPECT(!exported.error().message.empty());
    return 0;
  }
  SELVEDGE_EXPECT(std::ranges::equal(WriteExport(glass, *exported), file));
  const auto entries = OpenExport(glass, {}, *exported);
  SELVEDGE_EXPECT(entries || !entries.error().message.empty());
  SELVEDGE_EXPECT(entries || !OpenExportWithPassphrase(glass, {}, file));
  return 0;
}
