#include "fit_command.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "core/text.h"
#include "dynamics/coverage.h"
#include "dynamics/study.h"
#include "exit_codes.h"
#include "files.h"
#include "load.h"
#include "terminal.h"
#include "thread_executor.h"

namespace selvedge::app {
namespace {

using dynamics::DyadFit;
using dynamics::Fit;
using dynamics::FitStatus;

double SecondsSinceSomewhen() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::string StatusInWords(const Fit& fit) {
  switch (fit.status) {
    case FitStatus::kConverged:
      return fit.regular ? "" : "the best point lies on a ridge: no standard errors";
    case FitStatus::kNotConverged:
      return "did not converge: the best point found is given";
    case FitStatus::kTooFewAnswers:
      return "too few answers: nothing was estimated";
    case FitStatus::kPartnerAbsent:
      return "answers from one partner only: nothing was estimated";
    case FitStatus::kNothingVaries:
      return "the answers of one of the two are all the same: nothing was estimated";
  }
  return "";
}

std::string BoundariesInWords(const Fit& fit) {
  std::string words;
  for (const dynamics::Boundary boundary : fit.boundaries)
    words += (words.empty() ? "" : " ") + std::string(NameOf(boundary));
  return words.empty() ? words : "at a boundary: " + words;
}

void PrintParameters(const DyadFit& dyad, bool pooled) {
  const Fit& fit = dyad.fit;
  const core::BySide<std::string> unnamed = pooled
                                                ? core::BySide<std::string>{"each couple's first label", "its second"}
                                                : core::BySide<std::string>{"not in the file", "not in the file"};
  const auto name = [&](core::Side side) {
    return core::Harmless(dyad.labels[side].empty() ? unnamed[side] : dyad.labels[side]);
  };
  const std::string who = pooled ? "All couples together" : "Couple " + core::Harmless(dyad.dyad);
  fmt::print("{} (a = {}, b = {}): {} check-ins, log-likelihood {}\n", who, name(core::Side::kA), name(core::Side::kB),
             dyad.check_ins, fit.system ? fmt::format("{:.4f}", fit.loglik) : "none");
  for (const std::string& note : {StatusInWords(fit), BoundariesInWords(fit)}) {
    if (!note.empty()) fmt::print("  {}\n", note);
  }
  if (!fit.system) return;
  const dynamics::Parameters estimates = ParametersOf(*fit.system);
  for (std::size_t p = 0; p < dynamics::kParameterCount; ++p) {
    const std::optional<double>& error = fit.standard_errors[p];
    fmt::print("  {:<5} {:>12.5g}   {}\n", dynamics::kParameterNames[p], estimates[p],
               error ? fmt::format("({:.3g})", *error) : "(-)");
  }
}

void PrintList(const dynamics::Study& study) {
  fmt::print("{:<12} {:>9} {:>14}  notes\n", "couple", "check-ins", "log-likelihood");
  for (const DyadFit& dyad : study.dyads) {
    const std::string status = StatusInWords(dyad.fit);
    const std::string boundaries = BoundariesInWords(dyad.fit);
    fmt::print("{} {:>9} {:>14}  {}\n", Fitted(core::Harmless(dyad.dyad), 12), dyad.check_ins,
               dyad.fit.system ? fmt::format("{:.4f}", dyad.fit.loglik) : "none",
               status + (status.empty() || boundaries.empty() ? "" : "; ") + boundaries);
  }
}

/// How far the standard errors can be trusted, as measured.
void PrintCoverage(const dynamics::Study& study) {
  std::vector<std::size_t> lengths;
  for (const DyadFit& dyad : study.dyads) lengths.push_back(dyad.check_ins);
  if (lengths.empty()) return;
  const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
  std::ranges::nth_element(lengths, middle);
  const bool likelihood = study.options.method == dynamics::Method::kMaximumLikelihood;
  const auto coverage =
      CoverageOf(likelihood ? dynamics::Intervals::kMaximumLikelihood : dynamics::Intervals::kReadings, *middle);
  fmt::print("How sure: in simulated diaries of {} days, 90 % intervals {} held the truth {:.0f} times in a hundred.\n",
             coverage.days, likelihood ? "of 1.64 standard errors" : "around the posterior mode",
             100 * coverage.ninety);
}

void Print(const dynamics::Study& study) {
  constexpr std::size_t kMostInFull = 3;
  if (study.pooled) {
    PrintParameters(*study.pooled, true);
  } else if (study.dyads.size() <= kMostInFull) {
    for (const DyadFit& dyad : study.dyads) PrintParameters(dyad, false);
  } else {
    PrintList(study);
    fmt::print("Parameters of every couple: --csv FILE or --json FILE.\n");
  }
  const bool any = (study.pooled && study.pooled->fit.system) ||
                   std::ranges::any_of(study.dyads, [](const DyadFit& dyad) { return dyad.fit.system.has_value(); });
  if (!any) return;
  fmt::print("Total log-likelihood {:.4f}.\n", study.TotalLogLikelihood());
  if (!study.pooled) PrintCoverage(study);
}

}  // namespace

int RunFit(const FitCommand& command) {
  const bool with_prior = command.study.method == dynamics::Method::kMaximumAPosteriori;
  core::Result<diary::Diary> diary = LoadDiary(command.diary, command.quiet);
  if (!diary) return kRefused;
  std::optional<dynamics::Prior> prior;
  if (with_prior) {
    core::Result<dynamics::Prior> loaded = LoadPrior(command.prior_file);
    if (!loaded) return kRefused;
    prior = *std::move(loaded);
    diary = OnHundred(*std::move(diary), command.diary);
    if (!diary) return kRefused;
  }

  dynamics::Study study;
  {
    Progress progress("Fitting couples", command.quiet);
    ThreadExecutor executor(command.threads);
    auto clock = [] { return SecondsSinceSomewhen(); };
    auto show = [&](std::size_t done, std::size_t of) { progress.Show(done, of); };
    study = RunStudy(*diary, command.study, prior ? &*prior : nullptr, executor, {.clock = clock, .progress = show});
  }
  if (!command.json_file.empty()) {
    if (const auto written = WriteFile(command.json_file, StudyJson(study).Dump(1) + "\n"); !written) {
      PrintWriteFailure(command.json_file, written.error());
      return kCannotWrite;
    }
  }
  if (!command.csv_file.empty()) {
    if (const auto written = WriteFile(command.csv_file, StudyCsv(study)); !written) {
      PrintWriteFailure(command.csv_file, written.error());
      return kCannotWrite;
    }
  }
  if (!command.quiet) {
    Print(study);
    if (with_prior) {
      fmt::print("Prior: {} ({}).\n", prior->id, prior->status);
    }
  }
  return kDone;
}

}  // namespace selvedge::app
