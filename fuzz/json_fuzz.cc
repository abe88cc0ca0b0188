// Any bytes at all: the reader of JSON either refuses them with a place, or what it takes survives being written.

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/contract.h"
#include "core/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using selvedge::core::Json;
  const auto read = Json::Parse(std::string(data, data + size));
  if (!read) {
    SELVEDGE_EXPECT(!read.error().message.empty() && read.error().place.line > 0 && read.error().place.column > 0);
    return 0;
  }
  for (const int indent : {0, 1}) {
    const std::string written = read->Dump(indent);
    const auto again = Json::Parse(written);
    SELVEDGE_EXPECT(again.has_value());
    SELVEDGE_EXPECT(again->Dump(indent) == written);
  }
  return 0;
}
