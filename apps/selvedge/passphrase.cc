#include "passphrase.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>

#include "files.h"

namespace selvedge::app {
namespace {

using vault::SecretBytes;

constexpr char kInterrupt = 3;  // Ctrl-C

/// Text that is wiped when it goes, wherever a library had it first.
struct WipedText {
  explicit WipedText(std::string given) : text(std::move(given)) {}
  WipedText(const WipedText&) = delete;
  WipedText& operator=(const WipedText&) = delete;
  // NOLINTNEXTLINE(*-reinterpret-cast): char is a byte
  ~WipedText() { vault::Wipe(std::span(reinterpret_cast<std::uint8_t*>(text.data()), text.size())); }

  std::string text;
};

/// The controlling terminal, with what is typed hidden as long as this lives.
class QuietTerminal {
 public:
  QuietTerminal() : terminal_(open("/dev/tty", O_RDWR | O_CLOEXEC)) {  // NOLINT(*-vararg): the system's interface
    if (terminal_ < 0 || tcgetattr(terminal_, &before_) != 0) return;
    // Ctrl-C must not end the program while the terminal is mute. It ends the line instead, and ReadLine sees it.
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
    quiet.c_cc[VEOL] = kInterrupt;
    is_quiet_ = tcsetattr(terminal_, TCSAFLUSH, &quiet) == 0;
  }
  QuietTerminal(const QuietTerminal&) = delete;
  QuietTerminal& operator=(const QuietTerminal&) = delete;
  ~QuietTerminal() {
    if (is_quiet_) {
      Say("\n");
      static_cast<void>(tcsetattr(terminal_, TCSAFLUSH, &before_));
    }
    if (terminal_ >= 0) close(terminal_);
  }

  [[nodiscard]] bool is_quiet() const { return is_quiet_; }

  void Say(std::string_view text) const { static_cast<void>(!write(terminal_, text.data(), text.size())); }

  /// One line; nothing if it was given up with Ctrl-C or Ctrl-D.
  [[nodiscard]] bool ReadLine(SecretBytes& line) const {
    constexpr std::size_t kLongest = 4096;
    for (char c = 0; line.size() < kLongest;) {
      const ssize_t got = read(terminal_, &c, 1);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0 || c == kInterrupt) return false;
      if (c == '\n' || c == '\r') return true;
      line.push_back(static_cast<std::uint8_t>(c));
    }
    return true;
  }

 private:
  int terminal_;
  termios before_{};
  bool is_quiet_ = false;
};

std::unexpected<core::Error> Refuse(std::string message, std::string remedy) {
  return std::unexpected(core::Error{
      .code = core::ErrorCode::kRefused, .message = std::move(message), .remedy = std::move(remedy), .place = {}});
}

}  // namespace

core::Result<SecretBytes> SecretFrom(const std::string& file) {
  constexpr std::size_t kLongest = 4096;
  const WipedText whole(SELVEDGE_TRY(ReadFile(file, kLongest)));
  const std::string_view line = std::string_view(whole.text).substr(0, whole.text.find_first_of("\r\n"));
  if (line.empty()) return Refuse("There is no passphrase in its first line.", "Write it there, and nothing else.");
  return SecretBytes(line.begin(), line.end());
}

core::Result<SecretBytes> AskForSecret(const char* question) {
  const QuietTerminal terminal;
  if (!terminal.is_quiet()) {
    return Refuse("There is no terminal to ask for the passphrase on.",
                  "Give a file with --passphrase-file, or name one in SELVEDGE_PASSPHRASE_FILE.");
  }
  terminal.Say(question);
  SecretBytes line;
  if (!terminal.ReadLine(line)) return Refuse("It was not opened, as you wished.", "Start again whenever you like.");
  return line;
}

}  // namespace selvedge::app
