#pragma once

#include <array>
#include <csignal>

namespace selvedge::app {

/// While it lives, Ctrl-C and what else would end the program only asks it to stop, so that long work can keep what it
/// has. Asked a second time, the program ends. There is one at a time.
class Interruption {
 public:
  Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;
  ~Interruption();

  /// May be asked from any thread.
  [[nodiscard]] static bool Asked();

 private:
  static constexpr std::array kEndings{SIGINT, SIGTERM, SIGHUP};
  std::array<struct sigaction, kEndings.size()> before_{};
};

}  // namespace selvedge::app
