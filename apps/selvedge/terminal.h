#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

#include "core/function_ref.h"
#include "core/result.h"

namespace selvedge::app {

/// Tells on standard error what was wrong with an input, where (file, line, column), what to do, and that nothing was
/// changed.
void PrintRefusal(const std::string& file, const core::Error& error);

/// The same for a result that could not be written.
void PrintWriteFailure(const std::string& file, const core::Error& error);

/// A line of progress on standard error, redrawn at most ten times a second; silent where nobody is looking (not a
/// terminal) and for work that is over quickly. Safe to call from several threads.
class Progress {
 public:
  explicit Progress(std::string what, bool quiet);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  void Show(std::size_t done, std::size_t of, std::string_view unit = "");

  /// For long work, of which `already` was done before: how long it will still take, too.
  void ShowTimeLeft(std::size_t done, std::size_t of, std::size_t already);

  /// For work that can't tell how far it is: how long it has taken.
  void ShowSeconds();

 private:
  /// Draws what `said` returns, if it is time to.
  void Redraw(core::FunctionRef<std::string(std::chrono::steady_clock::duration)> said);

  std::string what_;
  bool visible_;
  std::mutex mutex_;
  std::chrono::steady_clock::time_point began_;
  std::chrono::steady_clock::time_point shown_;
  bool drawn_ = false;
};

/// A length of time as people say it: "40 s", "3 min", "2 h 5 min".
[[nodiscard]] std::string TimeInWords(std::chrono::seconds time);

/// How many columns of a terminal a text takes: none for marks that combine, two for wide writing and emoji.
[[nodiscard]] std::size_t WidthOf(std::string_view text);

/// The text with spaces after it up to a width; a longer one is cut and ends in "…".
[[nodiscard]] std::string Fitted(std::string_view text, std::size_t width);

/// Breaks a sentence into lines of at most `width` columns, each after `indent` spaces.
[[nodiscard]] std::string Wrapped(std::string_view text, std::size_t indent, std::size_t width);

}  // namespace selvedge::app
