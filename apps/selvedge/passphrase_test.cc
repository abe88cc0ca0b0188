#include "passphrase.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>

namespace selvedge::app {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kQuestion = "Passphrase: ";

std::string FileWith(std::string_view text) {
  const std::string path = (std::filesystem::temp_directory_path() / "selvedge_passphrase_test").string();
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

TEST(SecretFrom, TakesTheFirstLine) {
  for (const char* const text : {"two words", "two words\n", "two words\r\nand more\n"}) {
    EXPECT_EQ(vault::TextOf(*SecretFrom(FileWith(text))), "two words");
  }
  for (const char* const text : {"", "\ntwo words\n"}) {
    EXPECT_EQ(SecretFrom(FileWith(text)).error().message, "There is no passphrase in its first line.");
  }
  EXPECT_FALSE(SecretFrom("/nowhere/at/all"));
  std::filesystem::remove(FileWith(""));
}

/// What AskForSecret returned in another process: the secret, or why there is none.
void AnswerTo(int pipe) {
  const auto secret = AskForSecret(kQuestion);
  const std::string said = secret ? "secret " + std::string(vault::TextOf(*secret)) : secret.error().message;
  static_cast<void>(!write(pipe, said.data(), said.size()));
  _exit(0);
}

std::string Everything(int from) {
  std::string text;
  constexpr std::size_t kPiece = 256;
  for (std::array<char, kPiece> piece{};;) {
    const ssize_t got = read(from, piece.data(), piece.size());
    if (got <= 0) break;  // a terminal whose other side is gone gives an error, not an end
    text.append(piece.data(), static_cast<std::size_t>(got));
  }
  return text;
}

struct Asked {
  std::string on_screen;
  std::string result;
};

/// Asks on a terminal of its own, on which somebody types.
Asked OnTerminal(std::string_view typed) {
  std::array<int, 2> result{};
  EXPECT_EQ(pipe(result.data()), 0);
  int screen = -1;
  const pid_t child = forkpty(&screen, nullptr, nullptr, nullptr);
  if (child == 0) AnswerTo(result[1]);
  close(result[1]);
  Asked asked;
  for (char c = 0; !asked.on_screen.ends_with(kQuestion) && read(screen, &c, 1) == 1;) asked.on_screen += c;
  static_cast<void>(!write(screen, typed.data(), typed.size()));
  asked.on_screen += Everything(screen);
  asked.result = Everything(result[0]);
  close(result[0]);
  close(screen);
  waitpid(child, nullptr, 0);
  return asked;
}

TEST(AskForSecret, DoesNotShowWhatIsTyped) {
  const Asked asked = OnTerminal("two words\r");
  EXPECT_EQ(asked.result, "secret two words");
  EXPECT_THAT(asked.on_screen, Not(HasSubstr("words")));
}

TEST(AskForSecret, CanBeGivenUp) {
  EXPECT_EQ(OnTerminal("two\x03").result, "It was not opened, as you wished.");
  EXPECT_EQ(OnTerminal("\x04").result, "It was not opened, as you wished.");
}

TEST(AskForSecret, NeedsATerminal) {
  std::array<int, 2> result{};
  ASSERT_EQ(pipe(result.data()), 0);
  const pid_t child = fork();
  if (child == 0) {
    setsid();  // without a controlling terminal
    AnswerTo(result[1]);
  }
  close(result[1]);
  EXPECT_EQ(Everything(result[0]), "There is no terminal to ask for the passphrase on.");
  close(result[0]);
  waitpid(child, nullptr, 0);
}

}  // namespace
}  // namespace selvedge::app
