#include "calibrate_command.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "core/text.h"
#include "exit_codes.h"
#include "files.h"
#include "instruments/answer_file.h"
#include "instruments/bank_json.h"
#include "instruments/calibrate.h"
#include "instruments/coding.h"
#include "instruments/questionnaire.h"
#include "terminal.h"
#include "thread_executor.h"

namespace selvedge::app {
namespace {

using instruments::Calibration;
using instruments::CalibrationReport;
using instruments::CodedAnswers;
using instruments::Item;
using instruments::ItemBank;

constexpr std::size_t kNameWidth = 14;

core::Result<CodedAnswers> Load(const CalibrateItemsCommand& command) {
  const auto questionnaire =
      SELVEDGE_TRY(instruments::DescribeQuestionnaire(command.items, command.reverse, command.dims));
  const std::string text = SELVEDGE_TRY(ReadFile(command.file));
  const auto sheet = SELVEDGE_TRY(instruments::ReadAnswers(text, instruments::ColumnsOf(questionnaire), ""));
  return instruments::CodeAnswers(sheet, questionnaire, command.complete);
}

std::string WithError(double estimate, const std::optional<double>& error) {
  return fmt::format("{:.3f} ({})", estimate, error ? fmt::format("{:.3f}", *error) : "-");
}

/// Slopes with their errors, then the steps between answers.
void PrintItem(const CalibrationReport& report, std::size_t i) {
  const Item& item = report.calibration.bank.items[i];
  const Calibration::ItemErrors& errors = report.calibration.item_errors[i];
  fmt::print("  {}", Fitted(core::Harmless(item.name), kNameWidth));
  if (item.mixture.size() == 0) fmt::print(" {:>15}", WithError(item.curve.slope, errors.slope));
  for (Eigen::Index d = 0; d < item.mixture.size(); ++d) {
    const double slope = item.curve.slope * item.mixture[d];
    fmt::print(" {:>15}", WithError(slope, errors.slopes[static_cast<std::size_t>(d)]));
  }
  for (std::size_t k = 1; k <= item.curve.thresholds.size(); ++k) fmt::print(" {:>7.3f}", item.curve.Difficulty(k));
  fmt::print("\n");
}

void PrintReliability(const CalibrationReport& report, std::size_t d) {
  const std::optional<double>& marginal = report.marginal_reliability[d];
  const std::optional<double>& empirical = report.empirical_reliability[d];
  std::string reliability = marginal ? fmt::format(" {:.4f}", *marginal) : "";
  if (empirical) reliability += fmt::format("{} {:.4f} among these people", marginal ? "," : "", *empirical);
  fmt::print("{}: reliability{}\n", core::Harmless(report.calibration.bank.dimensions[d]), reliability);
}

/// Each dimension with its items.
void PrintByDimension(const CalibrationReport& report) {
  const ItemBank& bank = report.calibration.bank;
  for (std::size_t d = 0; d < bank.dimensions.size(); ++d) {
    PrintReliability(report, d);
    fmt::print("  {} {:>15} steps between answers\n", Fitted("item", kNameWidth), "slope (error)");
    for (std::size_t i = 0; i < bank.items.size(); ++i) {
      if (bank.items[i].dimension == d) PrintItem(report, i);
    }
  }
}

/// The dimensions, then every item with its slopes on all of them.
void PrintMixed(const CalibrationReport& report) {
  const ItemBank& bank = report.calibration.bank;
  for (std::size_t d = 0; d < bank.dimensions.size(); ++d) PrintReliability(report, d);
  fmt::print("  {}", Fitted("item", kNameWidth));
  for (const std::string& name : bank.dimensions) fmt::print(" {:>15}", "slope on " + name);
  fmt::print(" steps between answers\n");
  for (std::size_t i = 0; i < bank.items.size(); ++i) PrintItem(report, i);
  fmt::print("  Turned so that each item is about as few of them as possible.\n");
}

void Print(const CalibrationReport& report) {
  const Calibration& calibration = report.calibration;
  const ItemBank& bank = calibration.bank;
  fmt::print("{} people, {} items: log-likelihood {:.4f}{}\n", calibration.people, bank.items.size(),
             calibration.loglik, calibration.converged ? "" : " (not certified)");
  if (report.incomplete > 0) fmt::print("  {} of {} rows left out as incomplete\n", report.incomplete, report.rows);
  if (bank.IsMixed()) {
    PrintMixed(report);
  } else {
    PrintByDimension(report);
  }
  for (std::size_t b = 0; b < bank.dimensions.size(); ++b) {
    for (std::size_t a = 0; a < b; ++a) {
      fmt::print("Correlation of {} and {}: {}\n", core::Harmless(bank.dimensions[a]),
                 core::Harmless(bank.dimensions[b]),
                 WithError(bank.correlations(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b)),
                           calibration.correlation_errors[b][a]));
    }
  }
  if (!report.concerns.empty()) fmt::print("Worth knowing:\n");
  for (const instruments::Concern& concern : report.concerns)
    fmt::print("{}", Wrapped(core::Harmless(concern.sentence), 2, 80));
}

}  // namespace

int RunCalibrateItems(const CalibrateItemsCommand& command) {
  core::Result<CodedAnswers> coded = Load(command);
  if (!coded) {
    PrintRefusal(command.file, coded.error());
    return kRefused;
  }
  ThreadExecutor executor(command.threads);
  const auto began = std::chrono::steady_clock::now();
  Calibration calibration = Calibrate(coded->skeleton, coded->answers, executor);
  CalibrationReport report = Report(std::move(calibration), *std::move(coded), executor);
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  if (!command.json_file.empty()) {
    if (const auto written = WriteFile(command.json_file, ItemsJson(report).Dump(1) + "\n"); !written) {
      PrintWriteFailure(command.json_file, written.error());
      return kCannotWrite;
    }
  }
  if (!command.quiet) Print(report);
  return kDone;
}

}  // namespace selvedge::app
