#pragma once

#include <concepts>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace selvedge::core {

/// A JSON value. The only door between our code and the JSON library: every accessor returns a Result, so a wrongly
/// typed field in somebody's file is an Error with the field's name, never a crash. Objects keep the order in which
/// their fields were set. Numbers that are not finite are written as null.
class Json {
 public:
  Json();  ///< null
  Json(const Json& other);
  Json(Json&& other) noexcept;
  Json& operator=(const Json& other);
  Json& operator=(Json&& other) noexcept;
  ~Json();

  Json(double value);            // NOLINT(google-explicit-constructor): a number is a JSON value
  Json(std::string_view value);  // NOLINT(google-explicit-constructor)
  Json(const char* value) : Json(std::string_view(value)) {}         // NOLINT(google-explicit-constructor)
  Json(const std::string& value) : Json(std::string_view(value)) {}  // NOLINT(google-explicit-constructor)
  template <std::same_as<bool> B>
  Json(B value) : Json(Boolean(value)) {}  // NOLINT(google-explicit-constructor)
  template <std::integral I>
    requires(!std::same_as<I, bool> && !std::same_as<I, char>)
  Json(I value) : Json(Integer(static_cast<long long>(value))) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] static Json Object();
  [[nodiscard]] static Json Array();

  /// Reads a whole text. Fails with the line and column of the first byte that is not JSON.
  [[nodiscard]] static Result<Json> Parse(std::string_view text);

  /// The value as text: on one line, or indented when `indent` > 0. Bytes that are not UTF-8 are replaced.
  [[nodiscard]] std::string Dump(int indent = 0) const;

  // Building. `Set` needs an object, `Push` an array; both return *this for chaining.
  Json& Set(std::string_view key, Json value);
  Json& Push(Json value);

  // Reading. The error names `key`.
  [[nodiscard]] Result<double> Number(std::string_view key) const;
  [[nodiscard]] Result<std::string> Text(std::string_view key) const;
  [[nodiscard]] Result<bool> Flag(std::string_view key) const;
  [[nodiscard]] Result<Json> Field(std::string_view key) const;
  /// What a list holds, in its order; nothing where there is no such field.
  [[nodiscard]] Result<std::vector<Json>> List(std::string_view key) const;
  [[nodiscard]] bool Has(std::string_view key) const;

  [[nodiscard]] bool IsObject() const;
  [[nodiscard]] std::size_t Size() const;
  [[nodiscard]] Result<Json> At(std::size_t index) const;

  /// The list of numbers that `key` holds.
  [[nodiscard]] Result<std::vector<double>> Numbers(std::string_view key) const;

  /// The list of texts that `key` holds.
  [[nodiscard]] Result<std::vector<std::string>> Texts(std::string_view key) const;

 private:
  struct Impl;
  explicit Json(std::unique_ptr<Impl> impl);
  [[nodiscard]] static Json Boolean(bool value);
  [[nodiscard]] static Json Integer(long long value);

  std::unique_ptr<Impl> impl_;
};

}  // namespace selvedge::core
