#pragma once

#include <expected>
#include <string>
#include <utility>

namespace selvedge::core {

enum class ErrorCode {
  kRefused,              ///< the input cannot be taken as it is; `place` and `remedy` say where and what to do
  kNotFinite,            ///< a number left the finite range
  kNotPositiveDefinite,  ///< a covariance is not one
  kNotStable,            ///< a drift whose feelings never return
  kUnavailable,          ///< the machine could not do it (disk, connection); nothing is wrong with what was asked
};

/// Where in a text the trouble is. Lines and columns count from 1; 0 means "not about a line (or column)".
/// A column is the field's number in its row, `field` its name in the header.
struct Place {
  int line = 0;
  int column = 0;
  std::string field;

  bool operator==(const Place&) const = default;
};

/// What went wrong, where, and what the reader can do about it.
struct Error {
  ErrorCode code = ErrorCode::kRefused;
  std::string message;
  std::string remedy;
  Place place;
};

template <typename T>
using Result = std::expected<T, Error>;

}  // namespace selvedge::core

/// The value of a Result, or an early return of its Error to our caller.
#define SELVEDGE_TRY(expression)                                  \
  __extension__({                                                 \
    auto selvedge_result = (expression);                          \
    if (!selvedge_result.has_value()) [[unlikely]]                \
      return std::unexpected(std::move(selvedge_result).error()); \
    *std::move(selvedge_result);                                  \
  })

/// The same for a Result<void>.
#define SELVEDGE_TRY_VOID(expression)                             \
  do {                                                            \
    auto selvedge_result = (expression);                          \
    if (!selvedge_result.has_value()) [[unlikely]]                \
      return std::unexpected(std::move(selvedge_result).error()); \
  } while (false)
