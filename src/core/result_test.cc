#include "core/result.h"

#include <gtest/gtest.h>

namespace selvedge::core {
namespace {

Result<int> Half(int n) {
  if (n % 2 != 0)
    return std::unexpected(Error{.code = ErrorCode::kRefused, .message = "odd", .remedy = "", .place = {}});
  return n / 2;
}

Result<int> Quarter(int n) {
  const int half = SELVEDGE_TRY(Half(n));
  return SELVEDGE_TRY(Half(half));
}

Result<void> CheckQuarter(int n) {
  SELVEDGE_TRY_VOID(Quarter(n));
  return {};
}

TEST(Try, PassesValuesOnAndReturnsTheFirstError) {
  EXPECT_EQ(Quarter(12).value(), 3);
  EXPECT_EQ(Quarter(6).error().message, "odd");
  EXPECT_TRUE(CheckQuarter(12).has_value());
  EXPECT_EQ(CheckQuarter(3).error().message, "odd");
}

}  // namespace
}  // namespace selvedge::core
