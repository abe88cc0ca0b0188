#include "core/html.h"

#include "core/text.h"

namespace selvedge::core {

std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : Harmless(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string Element(std::string_view opening, std::string_view html) {
  std::string out = "<";
  out += opening;
  out += '>';
  out += html;
  out += "</";
  out += opening.substr(0, opening.find(' '));
  out += '>';
  return out;
}

std::string EscapedJson(const Json& value) {
  constexpr std::string_view kSeparators = "\xE2\x80";  // U+2028 and U+2029 are these two bytes and A8 or A9
  const std::string json = value.Dump();
  std::string out;
  out.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    const std::string_view rest = std::string_view(json).substr(i);
    if (rest.front() == '<') {
      out += "\\u003c";
    } else if (rest.starts_with(kSeparators) && rest.size() > 2 && (rest[2] == '\xA8' || rest[2] == '\xA9')) {
      out += rest[2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      out += rest.front();
    }
  }
  return out;
}

}  // namespace selvedge::core
