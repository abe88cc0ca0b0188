#include "terminal.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "core/text.h"

namespace selvedge::app {
namespace {

constexpr std::chrono::milliseconds kRedraw{100};
constexpr std::chrono::milliseconds kPatience{400};

std::size_t WidthOfCharacter(std::string_view character) {
  const bool combines = (character >= "\u0300" && character <= "\u036F") || character == "\u200D" ||
                        (character >= "\uFE00" && character <= "\uFE0F");
  if (combines) return 0;
  const bool east_asian =
      (character >= "\u1100" && character <= "\u115F") || (character >= "\u2E80" && character <= "\uD7A3") ||
      (character >= "\uF900" && character <= "\uFAFF") || (character >= "\uFF01" && character <= "\uFF60");
  return east_asian || character.size() == 4 ? 2 : 1;
}

void PrintProblem(const std::string& file, const core::Error& error) {
  std::string where = file;
  if (error.place.line > 0) where += fmt::format(":{}", error.place.line);
  if (error.place.line > 0 && error.place.column > 0) where += fmt::format(":{}", error.place.column);
  if (error.place.column > 0 && !error.place.field.empty()) where += fmt::format(" (column \"{}\")", error.place.field);
  fmt::print(stderr, "{}: {}\n", core::Harmless(where), core::Harmless(error.message));
  if (!error.remedy.empty()) fmt::print(stderr, "  What to do: {}\n", core::Harmless(error.remedy));
}

}  // namespace

void PrintRefusal(const std::string& file, const core::Error& error) {
  PrintProblem(file, error);
  fmt::print(stderr, "  Nothing was changed.\n");
}

void PrintWriteFailure(const std::string& file, const core::Error& error) {
  PrintProblem(file, error);
  fmt::print(stderr, "  A file that was there before is as it was.\n");
}

Progress::Progress(std::string what, bool quiet)
    : what_(std::move(what)),
      visible_(!quiet && isatty(STDERR_FILENO) == 1),
      began_(std::chrono::steady_clock::now()),
      shown_(began_) {}

Progress::~Progress() {
  if (drawn_) fmt::print(stderr, "\r\x1b[K");
}

void Progress::Show(std::size_t done, std::size_t of, std::string_view unit) {
  Redraw([&](std::chrono::steady_clock::duration) { return fmt::format("{} of {}{}", done, of, unit); });
}

void Progress::ShowTimeLeft(std::size_t done, std::size_t of, std::size_t already) {
  Redraw([&](std::chrono::steady_clock::duration taken) {
    std::string so_far = fmt::format("{} of {}", done, of);
    if (done <= already) return so_far;
    const double share = static_cast<double>(of - done) / static_cast<double>(done - already);
    const auto left = std::chrono::duration_cast<std::chrono::seconds>(taken * share);
    return fmt::format("{}, {} left", so_far, TimeInWords(left));
  });
}

void Progress::ShowSeconds() {
  Redraw([](std::chrono::steady_clock::duration taken) {
    return fmt::format("{} s", std::chrono::duration_cast<std::chrono::seconds>(taken).count());
  });
}

void Progress::Redraw(core::FunctionRef<std::string(std::chrono::steady_clock::duration)> said) {
  if (!visible_) return;
  const std::scoped_lock lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (now - began_ < kPatience || (drawn_ && now - shown_ < kRedraw)) return;
  fmt::print(stderr, "\r{}: {}\x1b[K", what_, said(now - began_));
  static_cast<void>(std::fflush(stderr));
  shown_ = now;
  drawn_ = true;
}

std::string TimeInWords(std::chrono::seconds time) {
  const auto minutes = std::chrono::round<std::chrono::minutes>(time).count();
  if (time < std::chrono::seconds(60)) return fmt::format("{} s", time.count());
  if (minutes < 60) return fmt::format("{} min", minutes);
  return fmt::format("{} h {} min", minutes / 60, minutes % 60);
}

std::size_t WidthOf(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const std::string_view character = core::FirstCharacter(text);
    width += WidthOfCharacter(character);
    text.remove_prefix(character.size());
  }
  return width;
}

std::string Fitted(std::string_view text, std::size_t width) {
  std::string out;
  std::size_t used = 0;
  const bool cut = WidthOf(text) > width;
  while (!text.empty()) {
    const std::string_view character = core::FirstCharacter(text);
    if (cut && used + WidthOfCharacter(character) + 1 > width) break;
    out += character;
    used += WidthOfCharacter(character);
    text.remove_prefix(character.size());
  }
  if (cut) {
    out += "…";
    ++used;
  }
  return out + std::string(width - std::min(width, used), ' ');
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

}  // namespace selvedge::app
