#include "leaning_print.h"

#include <fmt/core.h>

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/text.h"
#include "leaning/words.h"
#include "reading/words.h"
#include "reflect/words.h"
#include "terminal.h"

namespace selvedge::app {
namespace {

constexpr std::size_t kWidth = 78;
constexpr std::size_t kIndent = 2;

void Say(std::string_view sentence, std::size_t indent = 0) {
  if (!sentence.empty()) fmt::print("{}", Wrapped(core::Harmless(sentence), indent, kWidth));
}

/// A paragraph of its own.
void SayApart(std::string_view sentence) {
  if (sentence.empty()) return;
  fmt::print("\n");
  Say(sentence);
}

void PrintAxis(const char* name, const leaning::Position& position, Eigen::Index axis) {
  const numerics::Estimate estimate = AxisOf(position, axis);
  fmt::print("  {:<12} {} ({} to {})\n", name, core::FixedNumber(estimate.median, 2),
             core::FixedNumber(estimate.ninety[0], 2), core::FixedNumber(estimate.ninety[1], 2));
}

void PrintNumbers(const leaning::Map& map, const leaning::Stand& stand) {
  fmt::print("\n");
  Say(fmt::format("{} In brackets what holds nine chances in ten.", leaning::InNumbersSentence()));
  PrintAxis("own ground", stand.now, leaning::kAutonomy);
  PrintAxis("open door", stand.now, leaning::kConnection);
  fmt::print("Of all chances\n");
  for (std::size_t r = 0; r < leaning::kRegionCount; ++r) {
    fmt::print("  {:<28} {}\n", map.regions[r].word, core::FixedNumber(stand.mass[r], 2));
  }
  fmt::print("  {:<28} {}\n", "between", core::FixedNumber(stand.between, 2));
  fmt::print("What moved it{:>19} {:>12}\n", "own ground", "open door");
  for (const leaning::Contribution& contribution : stand.now.contributions) {
    fmt::print("  {:<19} {:>10} {:>12}\n", contribution.component->id,
               core::FixedNumber(contribution.shift[leaning::kAutonomy], 2),
               core::FixedNumber(contribution.shift[leaning::kConnection], 2));
  }
}

void PrintStand(const leaning::Map& map, const leaning::Stand& stand, bool numbers) {
  Say(leaning::StrengthsSentence(stand.now));
  SayApart(leaning::StandSentence(stand));
  if (stand.swing) Say(leaning::SwingSentence(*stand.swing));
  if (stand.shading) Say(leaning::ShadingSentence(*stand.shading));
  SayApart(leaning::ProvisionalSentence(map));
  Say(leaning::HowSureSentence(stand));
  Say(leaning::CannotSaySentence());
  Say(leaning::AboutSentence());
  fmt::print("\n");
  for (const leaning::Region pole : {leaning::Region::kHoldingOn, leaning::Region::kStandingAlone}) {
    Say(leaning::PoleSentence(pole));
  }
  SayApart(leaning::Caption());
  fmt::print("\nWhat moved this\n");
  for (const std::string& sentence : MovedSentences(stand.now)) Say(sentence, kIndent);
  if (!stand.trail.empty()) fmt::print("\nOn the trail before this\n");
  for (const leaning::Stop& stop : stand.trail) Say(leaning::StopSentence(stop), kIndent);
  if (!stand.findings.empty()) SayApart(leaning::FindingsHeading());
  for (const leaning::Finding& finding : stand.findings) Say(finding.sentence, kIndent);
  if (numbers) PrintNumbers(map, stand);
}

void PrintPlace(const leaning::Map& map, const leaning::Stand& stand, bool numbers) {
  Say(leaning::StrengthsSentence(stand.now), kIndent);
  Say(leaning::StandSentence(stand), kIndent);
  if (stand.swing) Say(leaning::SwingSentence(*stand.swing), kIndent);
  if (stand.shading) Say(leaning::ShadingSentence(*stand.shading), kIndent);
  fmt::print("  What moved this:\n");
  for (const std::string& sentence : MovedSentences(stand.now)) Say(sentence, 2 * kIndent);
  if (!stand.trail.empty()) fmt::print("  On the trail before this:\n");
  for (const leaning::Stop& stop : stand.trail) Say(leaning::StopSentence(stop), 2 * kIndent);
  if (!stand.findings.empty()) Say(leaning::FindingsHeading(), kIndent);
  for (const leaning::Finding& finding : stand.findings) Say(finding.sentence, 2 * kIndent);
  Say(leaning::Caption(), kIndent);
  if (numbers) PrintNumbers(map, stand);
}

}  // namespace

void PrintPlaces(const reading::Reading& reading, bool numbers) {
  bool any_shown = false;
  for (const core::Side side : SidesOf(reading)) {
    const std::optional<leaning::Leaning>& leaning = reading.stands[side];
    if (!leaning) continue;
    Say("Where " + reading::Someone(reading.labels[side]) + " stands");
    if (const auto* const stand = std::get_if<leaning::Stand>(&*leaning)) {
      PrintPlace(*reading.map, *stand, numbers);
      any_shown = true;
    } else {
      Say(leaning::NeutralSentence(), kIndent);
    }
    fmt::print("\n");
  }
  if (!any_shown) return;
  if (!IsAlone(reading)) Say(reading::WhereOneStandsSentence());
  Say(leaning::AboutSentence());
  for (const leaning::Region pole : {leaning::Region::kHoldingOn, leaning::Region::kStandingAlone})
    Say(leaning::PoleSentence(pole));
  Say(leaning::ProvisionalSentence(*reading.map));
  Say(leaning::CannotSaySentence());
  fmt::print("\n");
}

void PrintLeaning(const leaning::Map& map, const leaning::Leaning& leaning, bool numbers) {
  if (const auto* const stand = std::get_if<leaning::Stand>(&leaning)) {
    PrintStand(map, *stand, numbers);
    return;
  }
  // The same for every reason, so that its being shown tells nobody which it was.
  Say(leaning::NeutralSentence());
  fmt::print("\n");
  PrintHelp();
}

void PrintHelp() {
  for (const std::string_view paragraph : reflect::HelpPage()) Say(paragraph);
}

std::string LeaningFile(const leaning::Map& map, const leaning::Leaning& leaning) {
  return LeaningJson(map, leaning).Dump(1) + "\n";
}

}  // namespace selvedge::app
