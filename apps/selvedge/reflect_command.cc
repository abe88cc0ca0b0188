#include "reflect_command.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text.h"
#include "exit_codes.h"
#include "files.h"
#include "instruments/response.h"
#include "leaning_print.h"
#include "reflect/session.h"
#include "reflect/signs_on_map.h"
#include "reflect/words.h"
#include "terminal.h"

namespace selvedge::app {
namespace {

using instruments::Audience;
using instruments::Question;
using instruments::Response;
using reflect::Session;
using reflect::SignsOnMap;

constexpr std::size_t kWidth = 78;
constexpr std::size_t kIndent = 2;
constexpr const char* kStem = "In the last two weeks";

/// Now, as FHIR writes it.
std::string Now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                     parts.tm_hour, parts.tm_min, parts.tm_sec);
}

enum class Ending { kFinished, kLeft };

/// Puts the questions and takes the answers, a line at a time: a key and Enter.
class Conversation {
 public:
  Conversation(const SignsOnMap& basis, const ReflectCommand& command, const instruments::Sheet& kept)
      : basis_(basis),
        command_(command),
        session_(basis, command.length, kept),
        on_screen_(!command.plain && isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1) {}

  [[nodiscard]] const Session& session() const { return session_; }

  /// @returns how it ended, or why answers could not be kept
  core::Result<Ending> Run() {
    const std::optional<std::string> began = ReadOpening();
    if (!began || *began == "x") return Leave();
    while (session_.Current()) {
      Put();
      const std::optional<std::string> key = Read();
      if (!key || *key == "x") return Leave();
      if (*key == "q") break;
      SELVEDGE_TRY_VOID(Take(*key));
    }
    Clear();
    return Ending::kFinished;
  }

  /// Writes the answers there are, for their owner alone to read.
  [[nodiscard]] core::Result<void> Keep(const std::string& file, std::string_view status) const {
    Response response = session_.ToKeep();
    response.authored = Now();
    core::Json json = WriteQuestionnaireResponse(basis_.signs(), response, Audience::kOwner);
    return WriteFile(file, json.Set("status", status).Dump(1) + "\n", Readers::kOwner);
  }

 private:
  std::optional<std::string> ReadOpening() {
    Clear();
    for (const std::string& paragraph : reflect::OpeningPage(core::Harmless(command_.save_file))) {
      fmt::print("{}\n", Wrapped(paragraph, 0, kWidth));
    }
    for (;;) {
      fmt::print("Enter begins. x leaves.\n");
      const std::optional<std::string> key = Read();
      if (!key || key->empty() || *key == "x") return key;
      if (*key == "h") Help();
    }
  }

  /// One line without the spaces around it; nothing at the end of the input.
  [[nodiscard]] std::optional<std::string> Read() const {
    if (on_screen_) fmt::print("> ");
    static_cast<void>(std::fflush(stdout));
    std::string line;
    if (!std::getline(std::cin, line)) return std::nullopt;
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string::npos) return std::string();
    return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
  }

  /// Shows the current question.
  void Put() {
    const Question& question = basis_.signs().questions[*session_.Current()];
    Clear();
    fmt::print("{}\n", std::exchange(notice_, ""));
    if (question.scale) {
      const std::size_t most = std::min(command_.length.most, ScaledQuestions());
      fmt::print("Question {} of {}{}\n\n{}\n", session_.Number(), command_.length.precision ? "at most " : "", most,
                 kStem);
    } else if (!session_.IsFollowUp()) {
      if (IsFirstAboutTheOther(question)) fmt::print("{}\n", Wrapped(reflect::FindingsIntroduction(), 0, kWidth));
      fmt::print("{}\n", kStem);
    }
    fmt::print("{}\n", Wrapped(question.text, kIndent, kWidth));
    std::vector<std::string> choices;
    for (const instruments::Choice& choice : question.choices) {
      choices.push_back(fmt::format("{} {}", choices.size() + 1, choice.display));
    }
    PrintKeys(choices);
    if (session_.IsFollowUp()) PrintKeys({"Enter goes on without an answer"});
    PrintKeys({"b back", "q stop and keep", "x leave at once", "h help"});
  }

  /// Side by side as far as there is room; a line never ends within one.
  static void PrintKeys(const std::vector<std::string>& keys) {
    std::string line;
    for (const std::string& key : keys) {
      const std::string longer = line.empty() ? key : line + " · " + key;
      if (kIndent + WidthOf(longer) > kWidth)
        fmt::print("{}", Wrapped(std::exchange(line, key), kIndent, kWidth));
      else
        line = longer;
    }
    fmt::print("{}", Wrapped(line, kIndent, kWidth));
  }

  [[nodiscard]] bool IsFirstAboutTheOther(const Question& question) const {
    const auto first = std::ranges::find_if(basis_.signs().questions,
                                            [](const Question& one) { return !one.scale && !one.asked_when; });
    return question.link_id == first->link_id;
  }

  [[nodiscard]] std::size_t ScaledQuestions() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        basis_.signs().questions, [](const Question& question) { return question.scale.has_value(); }));
  }

  core::Result<void> Take(const std::string& key) {
    const Question& question = basis_.signs().questions[*session_.Current()];
    if (key == "h") {
      Help();
      return {};
    }
    if (key == "b") {
      if (!session_.Back()) notice_ = "This is the first question.\n";
      return KeepIfWanted();
    }
    const std::optional<std::size_t> choice = ChoiceOf(question, key);
    if (!choice && !(key.empty() && session_.IsFollowUp())) {
      notice_ =
          fmt::format("Please answer with a number from 1 to {}, or with b, q, x or h.\n", question.choices.size());
      return {};
    }
    if (!on_screen_) fmt::print("  : {}\n", choice ? question.choices[*choice].display : "left out");
    session_.Answer(choice);
    return KeepIfWanted();
  }

  [[nodiscard]] static std::optional<std::size_t> ChoiceOf(const Question& question, std::string_view key) {
    const auto named = [&](std::string_view code) -> std::optional<std::size_t> {
      const auto found = std::ranges::find_if(question.choices, [&](const instruments::Choice& choice) {
        return choice.system == instruments::kAbsentReason && choice.code == code;
      });
      if (found == question.choices.end()) return std::nullopt;
      return static_cast<std::size_t>(found - question.choices.begin());
    };
    if (key == "d") return named("not-applicable");
    if (key == "r") return named("asked-declined");
    if (key.size() != 1 || key[0] < '1' || key[0] > '9') return std::nullopt;
    const auto choice = static_cast<std::size_t>(key[0] - '1');
    if (choice >= question.choices.size()) return std::nullopt;
    return choice;
  }

  void Help() {
    Clear();
    fmt::print("\n");
    PrintHelp();
    if (!on_screen_) return;
    fmt::print("\nEnter goes back.\n");
    static_cast<void>(Read());
  }

  [[nodiscard]] core::Result<void> KeepIfWanted() const {
    if (command_.save_file.empty()) return {};
    return Keep(command_.save_file, "in-progress");
  }

  Ending Leave() {
    Clear();
    return Ending::kLeft;
  }

  /// One question a view: wipes the screen and what could be scrolled back to.
  void Clear() const {
    if (on_screen_) fmt::print("\x1b[H\x1b[2J\x1b[3J");
  }

  const SignsOnMap& basis_;
  const ReflectCommand& command_;
  Session session_;
  std::string notice_;  // what to say above the next view
  bool on_screen_;
};

core::Result<instruments::Sheet> LoadKept(const SignsOnMap& basis, const std::string& file) {
  if (file.empty()) return instruments::Sheet(basis.signs().questions.size());
  const std::string text = SELVEDGE_TRY(ReadFile(file));
  return SELVEDGE_TRY(ReadQuestionnaireResponse(basis.signs(), text)).answers;
}

int CannotKeep(const std::string& file, const core::Error& error) {
  PrintWriteFailure(file, error);
  return kCannotWrite;
}

}  // namespace

int RunReflect(const ReflectCommand& command) {
  const SignsOnMap basis;
  const core::Result<instruments::Sheet> kept = LoadKept(basis, command.resume_file);
  if (!kept) {
    PrintRefusal(command.resume_file, kept.error());
    return kRefused;
  }
  Conversation conversation(basis, command, *kept);
  const core::Result<Ending> ending = conversation.Run();
  if (!ending) return CannotKeep(command.save_file, ending.error());
  if (*ending == Ending::kLeft) return kDone;

  for (const std::string& file : {command.save_file, command.fhir_file}) {
    if (file.empty()) continue;
    const std::string_view status = conversation.session().Current() ? "in-progress" : "completed";
    if (const auto written = conversation.Keep(file, status); !written) return CannotKeep(file, written.error());
  }
  const core::Result<leaning::Leaning> leaning = basis.Stand(std::array{conversation.session().Settled()});
  if (!leaning) {
    PrintRefusal(command.resume_file, leaning.error());
    return kRefused;
  }
  if (!command.json_file.empty()) {
    const std::string text = LeaningFile(basis.map(), *leaning);
    if (const auto written = WriteFile(command.json_file, text, Readers::kOwner); !written) {
      return CannotKeep(command.json_file, written.error());
    }
  }
  const bool is_kept =
      !conversation.session().FearRecurs() && (!command.save_file.empty() || !command.fhir_file.empty());
  fmt::print("\n{}\n", Wrapped(reflect::ClosingSentence(is_kept), 0, kWidth));
  PrintLeaning(basis.map(), *leaning, command.numbers);
  return kDone;
}

}  // namespace selvedge::app
