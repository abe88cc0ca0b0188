#include "reflect/words.h"

namespace selvedge::reflect {
namespace {

constexpr std::string_view kWhat =
    "These are questions about what you noticed in yourself, with one person, in the last two weeks: a partner, an "
    "ex, a friend, a parent. \"They\" means this person. At the end it says in words where you may be leaning "
    "lately, and how sure that is.";
constexpr std::string_view kWhatNot =
    "It tells about a season. It is not a diagnosis and not therapy, and it is no verdict on you or on them. It is "
    "meant for adults.";
constexpr std::string_view kStays = "Nothing leaves this machine.";
constexpr std::string_view kAltered =
    "Whoever set this up can alter it. If that is the person you would write about, don't write here.";
constexpr std::string_view kSkipping =
    "Any question can be skipped, and skipping says nothing about you. Some are followed by one about what would "
    "have happened otherwise. If you say there that you were afraid, or that you would rather not say, that answer "
    "and the act it is about are written to no file and count nowhere; if you say it more than once, nothing of this "
    "is kept.";
constexpr std::string_view kStopping =
    "To stop: q ends here and keeps what there is; x leaves at once and clears the screen. h shows where help is, at "
    "any time.";

constexpr std::string_view kOwnSense =
    "If you are afraid of someone, your own sense of danger counts for more than any question here. Silence, a yes, "
    "distance can each be good sense, and you owe nobody an answer.";
constexpr std::string_view kSomeone =
    "Someone you trust, or a local help line, can be there for you in a way a program can't. They are there as well "
    "if you think of hurting yourself, or if you worry that you may hurt someone.";
constexpr std::string_view kNow = "If someone may be hurt now, call the emergency number where you are.";
constexpr std::string_view kSeen =
    "Whoever can use this computer may see what was read on it. Another telephone, a friend's for example, can be a "
    "safer place to look for help from.";

}  // namespace

std::vector<std::string> OpeningPage(std::string_view kept_in) {
  const std::string kept =
      kept_in.empty()
          ? std::string("Your answers are kept nowhere. A terminal may remember what was on it.")
          : "After each answer your answers are kept in " + std::string(kept_in) +
                ". Your account on this computer can read that file, and so can whoever looks after the computer or "
                "can get into your account.";
  return {std::string(kWhat),    std::string(kWhatNot),  std::string(kStays) + " " + kept,
          std::string(kAltered), std::string(kSkipping), std::string(kStopping)};
}

std::vector<std::string_view> HelpPage() { return {kOwnSense, kSomeone, kNow, kSeen}; }

std::string_view FindingsIntroduction() {
  return "Last, what you found when you turned to them. It stands beside the picture and moves nothing in it.";
}

std::string_view ClosingSentence(bool kept) {
  return kept ? "Saved, and yours. Nothing more is needed tonight."
              : "Thank you for looking. Nothing was kept, and nothing more is needed tonight.";
}

std::string FindingSentence(std::string_view question, std::string_view answer) {
  return "\"" + std::string(question) + "\" You found: " + std::string(answer) + ".";
}

}  // namespace selvedge::reflect
