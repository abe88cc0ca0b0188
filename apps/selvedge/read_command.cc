#include "read_command.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "answers.h"
#include "core/text.h"
#include "exit_codes.h"
#include "files.h"
#include "leaning_print.h"
#include "load.h"
#include "page_content.h"
#include "reading/page.h"
#include "reading/question.h"
#include "reading/reading.h"
#include "reading/words.h"
#include "sparkline.h"
#include "terminal.h"

namespace selvedge::app {
namespace {

using core::Side;
using reading::Card;
using reading::Reading;

constexpr std::size_t kWidth = 78;
constexpr std::size_t kIndent = 2;
constexpr std::size_t kWidestName = 24;

std::string Name(const std::string& label) { return core::Harmless(reading::Someone(label)); }

/// The couple that was asked for; prints by itself why there is none.
const diary::Couple* Choose(const diary::Diary& diary, const ReadCommand& command) {
  if (command.couple.empty() && diary.couples.size() == 1) return &diary.couples.front();
  const auto found = std::ranges::find(diary.couples, command.couple, &diary::Couple::id);
  if (!command.couple.empty() && found != diary.couples.end()) return &*found;
  constexpr std::size_t kMostNamed = 12;
  std::string ids;
  for (std::size_t i = 0; i < std::min(kMostNamed, diary.couples.size()); ++i)
    ids += (i == 0 ? "" : ", ") + diary.couples[i].id;
  if (diary.couples.size() > kMostNamed) ids += fmt::format(" and {} more", diary.couples.size() - kMostNamed);
  const std::string message = command.couple.empty() ? fmt::format("The file holds {} couples.", diary.couples.size())
                                                     : fmt::format("The file has no couple \"{}\".", command.couple);
  PrintRefusal(command.diary.file, core::Error{.code = core::ErrorCode::kRefused,
                                               .message = message,
                                               .remedy = "Name one of them with --couple: " + ids + ".",
                                               .place = {}});
  return nullptr;
}

std::string Count(std::size_t count, const char* what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

void PrintSeries(const Reading& reading) {
  std::size_t name_width = 0;
  for (const Side side : SidesOf(reading))
    name_width = std::min(kWidestName, std::max(name_width, WidthOf(Name(reading.labels[side]))));
  double low = 100;
  double high = 0;
  for (const reading::Day& day : reading.days) {
    for (const Side side : core::kSides) {
      if (!day.own[side]) continue;
      low = std::min(low, *day.own[side]);
      high = std::max(high, *day.own[side]);
    }
  }
  if (low > high) return;  // nobody answered: there is nothing to draw
  const std::size_t stretch = DaysPerBar(reading.days.size(), kWidth - name_width - 4);
  for (const Side side : SidesOf(reading)) {
    std::vector<std::optional<double>> series;
    for (const reading::Day& day : reading.days) series.push_back(day.own[side]);
    fmt::print("  {}  {}\n", Fitted(Name(reading.labels[side]), name_width), Sparkline(series, stretch, low, high));
  }
  const std::string unit = stretch == 1 ? "each bar a day" : fmt::format("each bar {} days", stretch);
  fmt::print("  {}  {} to {} of 100, {}, · not answered\n\n", Fitted("", name_width), core::FixedNumber(low, 0),
             core::FixedNumber(high, 0), unit);
}

std::string InNumbers(const Card& card) {
  if (!card.estimate) return "";
  const reading::Estimate& e = *card.estimate;
  const int decimals = card.unit == "points" ? 1 : 2;
  const auto n = [&](double value) { return core::FixedNumber(value, decimals); };
  return fmt::format("[{}: {}; as likely as not {} to {}; nine in ten {} to {}]", card.unit, n(e.median), n(e.half[0]),
                     n(e.half[1]), n(e.ninety[0]), n(e.ninety[1]));
}

void PrintCards(const Reading& reading, bool numbers) {
  for (const reading::Question& question : reading::kQuestions) {
    const std::vector<const Card*> cards = CardsOf(reading, question.id);
    if (std::ranges::none_of(cards, [](const Card* card) { return IsOpen(*card); })) continue;
    fmt::print("{}\n", question.title);
    for (const Card* card : cards) {
      if (!IsOpen(*card)) continue;
      fmt::print("{}", Wrapped(core::Harmless(reading::Said(*card)), kIndent, kWidth));
      if (numbers && card->estimate) fmt::print("{}", Wrapped(InNumbers(*card), kIndent + 2, kWidth));
    }
    fmt::print("\n");
  }
}

/// What waits for more days, the nearest first.
void PrintNotYet(const Reading& reading) {
  const std::vector<reading::NotYet> lines = NotYetLines(reading);
  if (!lines.empty()) fmt::print("Not yet\n");
  for (const reading::NotYet& line : lines)
    fmt::print("{}", Wrapped(core::Harmless(line.questions + ". " + line.missing), kIndent, kWidth));
  if (!lines.empty()) fmt::print("\n{}\n", Wrapped(reading::NoHurrySentence(), 0, kWidth));
}

void Print(const Reading& reading, bool numbers) {
  std::string who = Name(reading.labels.a);
  std::string both;
  if (!IsAlone(reading)) {
    who += " and " + Name(reading.labels.b);
    both = fmt::format(", {} with answers from both",
                       reading.answered_both == 0 ? "none" : std::to_string(reading.answered_both));
  }
  fmt::print("{}\n", Wrapped(fmt::format("{}: {}{}", who, Count(reading.days.size(), "day"), both), 0, kWidth));
  PrintSeries(reading);
  PrintCards(reading, numbers);
  PrintPlaces(reading, numbers);
  PrintNotYet(reading);
  if (IsAlone(reading)) fmt::print("{}\n", Wrapped(reading::AloneSentence(), 0, kWidth));
  fmt::print("{}", Wrapped(reading::NoVerdictSentence(), 0, kWidth));
  if (numbers) {
    fmt::print("\n{}", Wrapped(reading::TrustSentence(reading), 0, kWidth));
  } else {
    fmt::print("Numbers and intervals: --numbers. All of them: --json FILE. With pictures: --html FILE.\n");
  }
}

/// Writes what was asked for; nothing if no file was named.
bool Written(const std::string& file, const std::function<std::string()>& text) {
  if (file.empty()) return true;
  const auto written = WriteFile(file, text());
  if (!written) PrintWriteFailure(file, written.error());
  return written.has_value();
}

/// A diary of many years takes its time, so the terminal shows that it goes on.
Reading ReadWithProgress(const diary::Couple& couple, diary::Clock clock, const dynamics::Prior& prior,
                         const core::BySide<reading::Beside>& beside) {
  Progress progress(fmt::format("Looking at {} check-ins", couple.check_ins.size()), false);
  auto beat = [&] { progress.ShowSeconds(); };
  return reading::ReadCouple(couple, clock, prior, beat, beside);
}

}  // namespace

int RunRead(const ReadCommand& command) {
  core::Result<diary::Diary> diary = LoadDiary(command.diary);
  if (!diary) return kRefused;
  const core::Result<dynamics::Prior> prior = LoadPrior(command.prior_file);
  if (!prior) return kRefused;
  diary = OnHundred(*std::move(diary), command.diary);
  if (!diary) return kRefused;
  const diary::Couple* const couple = Choose(*diary, command);
  if (couple == nullptr) return kRefused;

  const core::Result<core::BySide<reading::Beside>> beside = LoadBeside(command, *couple);
  if (!beside) return kRefused;

  Reading reading = ReadWithProgress(*couple, diary->clock, *prior, *beside);
  if (command.without_moments) reading = WithoutMoments(std::move(reading));
  if (!Written(command.json_file, [&] { return ReadingJson(reading).Dump(1) + "\n"; })) return kCannotWrite;
  if (!Written(command.html_file, [&] { return reading::PageOf(reading, content::kPage); })) return kCannotWrite;
  Print(reading, command.numbers);
  return kDone;
}

}  // namespace selvedge::app
