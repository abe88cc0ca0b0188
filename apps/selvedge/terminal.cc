#include "terminal.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

namespace selvedge::app {
namespace {

constexpr std::chrono::milliseconds kRedraw{100};
constexpr std::chrono::milliseconds kPatience{400};

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::size_t WidthOf(std::string_view text) {
  std::size_t width = 0;
  for (const char c : text) width += IsContinuation(c) ? 0 : 1;
  return width;
}

}  // namespace

void PrintRefusal(const std::string& file, const core::Error& error) {
  std::string where = file;
  if (error.place.line > 0) where += fmt::format(":{}", error.place.line);
  if (error.place.line > 0 && error.place.column > 0) where += fmt::format(":{}", error.place.column);
  if (!error.place.field.empty()) where += fmt::format(" (column {} \"{}\")", error.place.column, error.place.field);
  fmt::print(stderr, "{}: {}\n", Harmless(where), Harmless(error.message));
  if (!error.remedy.empty()) fmt::print(stderr, "  What to do: {}\n", Harmless(error.remedy));
  fmt::print(stderr, "  Nothing was changed.\n");
}

Progress::Progress(std::string what, bool quiet)
    : what_(std::move(what)),
      visible_(!quiet && isatty(STDERR_FILENO) == 1),
      began_(std::chrono::steady_clock::now()),
      shown_(began_) {}

Progress::~Progress() {
  if (drawn_) fmt::print(stderr, "\r\x1b[K");
}

void Progress::Show(std::size_t done, std::size_t of) {
  if (!visible_) return;
  const std::scoped_lock lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (now - began_ < kPatience || (drawn_ && now - shown_ < kRedraw)) return;
  fmt::print(stderr, "\r{}: {} of {}\x1b[K", what_, done, of);
  static_cast<void>(std::fflush(stderr));
  shown_ = now;
  drawn_ = true;
}

std::string Wrapped(std::string_view text, std::size_t indent, std::size_t width) {
  const std::string margin(indent, ' ');
  std::string out;
  std::string line;
  const auto flush = [&] {
    out += margin + line + "\n";
    line.clear();
  };
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    if (!line.empty() && indent + WidthOf(line) + 1 + WidthOf(word) > width) flush();
    if (!line.empty()) line += ' ';
    line += word;
    text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
  }
  if (!line.empty()) flush();
  return out;
}

std::string Harmless(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    if (i + length > text.size()) length = text.size() - i;
    const std::string_view character = text.substr(i, length);
    const bool control =
        byte < 0x20 || byte == 0x7F || (byte == 0xC2 && length == 2 && static_cast<unsigned char>(character[1]) < 0xA0);
    const bool turns = character == "\u200E" || character == "\u200F" ||
                       (character >= "\u202A" && character <= "\u202E") ||
                       (character >= "\u2066" && character <= "\u2069");
    out += control || turns ? "·" : character;
    i += length;
  }
  return out;
}

}  // namespace selvedge::app
