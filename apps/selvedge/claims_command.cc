#include "claims_command.h"

#include <fmt/core.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/contract.h"
#include "exit_codes.h"
#include "files.h"
#include "terminal.h"
#include "theory/trial.h"
#include "theory/trial_json.h"
#include "thread_executor.h"

namespace selvedge::app {
namespace {

using theory::Claim;
using theory::Claims;
using theory::ClaimTrial;
using theory::Estimate;
using theory::Part;
using theory::PartTrial;

constexpr std::size_t kWidth = 100;

std::string Number(const Estimate& estimate) {
  return fmt::format("{:+.3f} ({:+.3f} to {:+.3f})", estimate.effect, estimate.low, estimate.high);
}

std::string Joined(const std::vector<std::string>& names) {
  std::string joined;
  for (const std::string& name : names) joined += (joined.empty() ? "" : ", ") + name;
  return joined;
}

void PrintPart(const PartTrial& trial, const Part& part, const Claims& claims) {
  fmt::print("{}", Wrapped(part.words, 4, kWidth));
  fmt::print("      {:<34} predicted {}, counts from {}\n", Number(trial.effect), part.sign > 0 ? "+" : "-",
             claims.smallest_effects[part.smallest].value);
  fmt::print("      {:<34} without {}\n", Number(trial.ablated), Joined(part.carried_by));
  for (std::size_t i = 0; i < trial.rivals.size(); ++i) {
    fmt::print("      {:<34} if {}\n", Number(trial.rivals[i]), claims.rivals[i].id);
  }
  if (trial.because != theory::Because::kHolds) {
    fmt::print("      {}: {}\n", InWords(VerdictOf(trial.because)), InWords(trial.because));
  }
  if (!trial.sensitivity) return;
  std::string most;
  for (const theory::Influence& influence : trial.sensitivity->influences) {
    most += (most.empty() ? "" : ", ") + std::string(theory::kConstantFields<float>[influence.constant].name);
  }
  fmt::print("      as predicted in {:.0f} % of sets of constants, and large enough in {:.0f} %\n",
             100 * trial.sensitivity->sign_share, 100 * trial.sensitivity->counts_share);
  fmt::print("{}", Wrapped("most of it depends on " + most, 6, kWidth));
}

void Print(const ClaimTrial& trial, const Claims& claims) {
  const Claim& claim = claims.claims[trial.claim];
  fmt::print("{:<9} {:<9} {}\n", claim.id, claim.kind == theory::ClaimKind::kRule ? "rule" : "emergent",
             InWords(trial.verdict));
  fmt::print("{}", Wrapped(claim.words, 2, kWidth));
  for (std::size_t i = 0; i < trial.parts.size(); ++i) PrintPart(trial.parts[i], claim.parts[i], claims);
}

void PrintCentral(const theory::Trial& trial, const Claims& claims) {
  fmt::print("\nShort against long. {}\n", claims.central.words);
  for (const theory::SeriesTrial& series : trial.central) {
    fmt::print("    {}\n", series.state);
    fmt::print("      {:<34} first four weeks\n", Number(series.short_term));
    fmt::print("      {:<34} last eight weeks of a year\n", Number(series.long_term));
    fmt::print("      {:<34} the same without {}\n", Number(series.ablated_long_term),
               Joined(claims.central.carried_by));
    if (series.crossing.week) {
      fmt::print("      from above to below in week {:.1f} ({:.1f} to {:.1f})\n", *series.crossing.week,
                 series.crossing.low, series.crossing.high);
    } else {
      fmt::print("      does not go from above to below within the year\n");
    }
  }
}

void PrintTotals(const theory::Trial& trial, const Claims& claims) {
  std::array<std::size_t, 3> rules{};
  std::array<std::size_t, 3> emergent{};
  for (const ClaimTrial& claim : trial.claims) {
    const bool is_rule = claims.claims[claim.claim].kind == theory::ClaimKind::kRule;
    ++(is_rule ? rules : emergent)[static_cast<std::size_t>(claim.verdict)];
  }
  const auto line = [](std::string_view kind, const std::array<std::size_t, 3>& counts) {
    fmt::print("{}: {} hold in this model, {} fail, {} can't tell\n", kind, counts[0], counts[1], counts[2]);
  };
  fmt::print("\n");
  line("Written as rules", rules);
  line("Emergent", emergent);
  fmt::print("{}", Wrapped("That a rule's effect goes when the rule is switched off proves only that the switch works. "
                           "None of this says that people are so: only data can.",
                           0, kWidth));
}

}  // namespace

int RunClaims(const ClaimsCommand& command) {
  const auto theory = theory::ShippedTheory();
  SELVEDGE_EXPECT(theory.has_value());
  const auto claims = theory::ShippedClaims(*theory);
  SELVEDGE_EXPECT(claims.has_value());
  theory::TrialOptions options{
      .couples = command.couples, .seed = command.seed, .with_sensitivity = command.with_sensitivity};
  if (!command.only.empty()) {
    auto chosen = ChooseClaims(*claims, command.only);
    if (!chosen) {
      PrintRefusal("--only", chosen.error());
      return kRefused;
    }
    options.chosen = *std::move(chosen);
  }
  std::optional<theory::Trial> trial;
  {
    ThreadExecutor executor(command.threads);
    Progress progress("Living through worlds", command.quiet);
    trial = TryClaims(*theory, *claims, options, executor,
                      {.progress = [&](std::size_t done, std::size_t of) { progress.Show(done, of); },
                       .cancelled = [] { return false; }});
  }
  SELVEDGE_EXPECT(trial.has_value());  // nobody cancelled it
  if (!command.json_file.empty()) {
    const std::string text = TrialJson(*trial, *claims, options).Dump(1) + "\n";
    if (const auto written = WriteFile(command.json_file, text); !written) {
      PrintWriteFailure(command.json_file, written.error());
      return kCannotWrite;
    }
  }
  if (command.quiet) return kDone;
  for (const ClaimTrial& claim : trial->claims) Print(claim, *claims);
  if (!trial->central.empty()) PrintCentral(*trial, *claims);
  PrintTotals(*trial, *claims);
  return kDone;
}

}  // namespace selvedge::app
