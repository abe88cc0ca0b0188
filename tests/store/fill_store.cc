// fill_store WHERE: fills an empty store with the sample, for tests/store/schemas.

#include <cstdio>

#include "store/open.h"
#include "store/sample.h"

int main(int count, char** words) {
  const auto store = selvedge::store::OpenStore(count == 2 ? words[1] : "");
  if (!store || !selvedge::store::testing::Fill(**store)) {
    std::fputs("usage: fill_store WHERE   (a store with nothing in it)\n", stderr);
    return 1;
  }
  return 0;
}
