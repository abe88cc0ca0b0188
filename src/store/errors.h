#pragma once

#include <expected>
#include <string>
#include <utility>

#include "core/result.h"

namespace selvedge::store {

/// What was asked cannot be done as it is.
[[nodiscard]] inline std::unexpected<core::Error> Refuse(std::string message, std::string remedy) {
  return std::unexpected(core::Error{
      .code = core::ErrorCode::kRefused, .message = std::move(message), .remedy = std::move(remedy), .place = {}});
}

/// The disk or the connection did not do it.
[[nodiscard]] inline std::unexpected<core::Error> Unavailable(std::string message, std::string remedy) {
  return std::unexpected(core::Error{
      .code = core::ErrorCode::kUnavailable, .message = std::move(message), .remedy = std::move(remedy), .place = {}});
}

}  // namespace selvedge::store
