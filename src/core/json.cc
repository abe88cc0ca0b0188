#include "core/json.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

// The library throws unless told otherwise; under -fno-exceptions it would abort. Every access below is checked first.
#define JSON_NOEXCEPTION 1
#define JSON_HAS_FILESYSTEM 0
#define JSON_HAS_EXPERIMENTAL_FILESYSTEM 0
#include <nlohmann/json.hpp>

#include "core/contract.h"

namespace selvedge::core {
namespace {

using Value = nlohmann::ordered_json;

Error WrongField(std::string_view key, std::string_view expected) {
  return Error{.code = ErrorCode::kRefused,
               .message = "The field \"" + std::string(key) + "\" is missing or is not " + std::string(expected) + ".",
               .remedy = "Give \"" + std::string(key) + "\" as " + std::string(expected) + ".",
               .place = {}};
}

/// Remembers where the text stops being JSON; keeps nothing else.
class ErrorFinder : public nlohmann::json_sax<Value> {
 public:
  bool null() override { return true; }
  bool boolean(bool /*value*/) override { return true; }
  bool number_integer(number_integer_t /*value*/) override { return true; }
  bool number_unsigned(number_unsigned_t /*value*/) override { return true; }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return true; }
  bool string(string_t& /*value*/) override { return true; }
  bool binary(binary_t& /*value*/) override { return true; }
  bool start_object(std::size_t /*elements*/) override { return ++depth_ < kDeepest; }
  bool key(string_t& /*value*/) override { return true; }
  bool end_object() override { return --depth_ >= 0; }
  bool start_array(std::size_t /*elements*/) override { return ++depth_ < kDeepest; }
  bool end_array() override { return --depth_ >= 0; }
  bool parse_error(std::size_t position, const std::string& /*last_token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    position_ = position;
    return false;
  }

  [[nodiscard]] std::size_t Position() const { return position_; }

 private:
  static constexpr int kDeepest = 200;  // far deeper than any file of ours; keeps the parser's stack bounded
  int depth_ = 0;
  std::size_t position_ = 0;
};

Place PlaceAt(std::string_view text, std::size_t position) {
  const std::string_view before = text.substr(0, std::min(position == 0 ? 0 : position - 1, text.size()));
  const auto line = 1 + std::ranges::count(before, '\n');
  const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return {.line = static_cast<int>(line), .column = static_cast<int>(before.size() - line_start) + 1, .field = {}};
}

}  // namespace

struct Json::Impl {
  Value value;
};

Json::Json() : impl_(std::make_unique<Impl>()) {}
Json::Json(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Json::Json(const Json& other) : impl_(std::make_unique<Impl>(*other.impl_)) {}
Json::Json(Json&& other) noexcept : impl_(std::move(other.impl_)) {}
Json& Json::operator=(const Json& other) {
  if (this != &other) impl_ = std::make_unique<Impl>(*other.impl_);
  return *this;
}
Json& Json::operator=(Json&& other) noexcept {
  impl_ = std::move(other.impl_);
  return *this;
}
Json::~Json() = default;

Json::Json(double value) : impl_(std::make_unique<Impl>(Impl{Value(value)})) {}
Json::Json(std::string_view value) : impl_(std::make_unique<Impl>(Impl{Value(std::string(value))})) {}
Json Json::Boolean(bool value) { return Json(std::make_unique<Impl>(Impl{Value(value)})); }
Json Json::Integer(long long value) { return Json(std::make_unique<Impl>(Impl{Value(value)})); }

Json Json::Object() { return Json(std::make_unique<Impl>(Impl{Value::object()})); }
Json Json::Array() { return Json(std::make_unique<Impl>(Impl{Value::array()})); }

Result<Json> Json::Parse(std::string_view text) {
  ErrorFinder finder;
  if (!Value::sax_parse(text, &finder)) {
    return std::unexpected(Error{.code = ErrorCode::kRefused,
                                 .message = "This is not JSON.",
                                 .remedy = "Check for a missing comma, quotation mark or bracket here.",
                                 .place = PlaceAt(text, finder.Position())});
  }
  return Json(std::make_unique<Impl>(Impl{Value::parse(text, nullptr, false)}));
}

std::string Json::Dump(int indent) const {
  return impl_->value.dump(indent > 0 ? indent : -1, ' ', false, Value::error_handler_t::replace);
}

Json& Json::Set(std::string_view key, Json value) {
  SELVEDGE_EXPECT(impl_->value.is_object());
  impl_->value[std::string(key)] = std::move(value.impl_->value);
  return *this;
}

Json& Json::Push(Json value) {
  SELVEDGE_EXPECT(impl_->value.is_array());
  impl_->value.push_back(std::move(value.impl_->value));
  return *this;
}

Result<double> Json::Number(std::string_view key) const {
  if (!Has(key)) return std::unexpected(WrongField(key, "a number"));
  const Value& field = impl_->value[std::string(key)];
  if (!field.is_number()) return std::unexpected(WrongField(key, "a number"));
  return field.get<double>();
}

Result<std::string> Json::Text(std::string_view key) const {
  if (!Has(key)) return std::unexpected(WrongField(key, "a text"));
  const Value& field = impl_->value[std::string(key)];
  if (!field.is_string()) return std::unexpected(WrongField(key, "a text"));
  return field.get<std::string>();
}

Result<std::vector<double>> Json::Numbers(std::string_view key) const {
  const Error wrong = WrongField(key, "a list of numbers");
  if (!Has(key) || !impl_->value[std::string(key)].is_array()) return std::unexpected(wrong);
  std::vector<double> numbers;
  for (const Value& element : impl_->value[std::string(key)]) {
    if (!element.is_number()) return std::unexpected(wrong);
    numbers.push_back(element.get<double>());
  }
  return numbers;
}

Result<std::vector<std::string>> Json::Texts(std::string_view key) const {
  const Error wrong = WrongField(key, "a list of texts");
  if (!Has(key) || !impl_->value[std::string(key)].is_array()) return std::unexpected(wrong);
  std::vector<std::string> texts;
  for (const Value& element : impl_->value[std::string(key)]) {
    if (!element.is_string()) return std::unexpected(wrong);
    texts.push_back(element.get<std::string>());
  }
  return texts;
}

Result<bool> Json::Flag(std::string_view key) const {
  if (!Has(key)) return std::unexpected(WrongField(key, "true or false"));
  const Value& field = impl_->value[std::string(key)];
  if (!field.is_boolean()) return std::unexpected(WrongField(key, "true or false"));
  return field.get<bool>();
}

Result<Json> Json::Field(std::string_view key) const {
  if (!Has(key)) return std::unexpected(WrongField(key, "a value"));
  return Json(std::make_unique<Impl>(Impl{impl_->value[std::string(key)]}));
}

Result<std::vector<Json>> Json::List(std::string_view key) const {
  std::vector<Json> elements;
  if (!Has(key)) return elements;
  const Value& field = impl_->value[std::string(key)];
  if (!field.is_array()) return std::unexpected(WrongField(key, "a list"));
  elements.reserve(field.size());
  for (const Value& element : field) elements.push_back(Json(std::make_unique<Impl>(Impl{element})));
  return elements;
}

bool Json::Has(std::string_view key) const {
  return impl_->value.is_object() && impl_->value.contains(std::string(key));
}

bool Json::IsObject() const { return impl_->value.is_object(); }

std::size_t Json::Size() const { return impl_->value.size(); }

Result<Json> Json::At(std::size_t index) const {
  if (!impl_->value.is_array() || index >= impl_->value.size()) {
    return std::unexpected(
        Error{.code = ErrorCode::kRefused, .message = "A list is shorter than expected.", .remedy = "", .place = {}});
  }
  return Json(std::make_unique<Impl>(Impl{impl_->value[index]}));
}

}  // namespace selvedge::core
