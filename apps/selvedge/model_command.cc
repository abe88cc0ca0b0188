#include "model_command.h"

#include <fmt/core.h>

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/json.h"
#include "core/text.h"
#include "exit_codes.h"
#include "files.h"
#include "responses/transition.h"
#include "responses/truth_and_bias.h"
#include "terminal.h"

namespace selvedge::app {
namespace {

using responses::RatingColumns;
using responses::Ratings;
using responses::Regression;
using responses::Sequence;
using responses::SequenceColumns;
using responses::TransitionModel;
using responses::Transitions;
using responses::TruthAndBias;

/// A model fitted to a text; the refusal otherwise.
core::Result<TruthAndBias> Fit(std::string_view text, const RatingColumns& columns) {
  const std::vector<Ratings> couples = SELVEDGE_TRY(responses::ReadRatings(text, columns));
  return FitTruthAndBias(couples);
}

core::Result<Transitions> Fit(std::string_view text, const SequenceColumns& columns) {
  const std::vector<Sequence> sequences = SELVEDGE_TRY(responses::ReadSequences(text, columns));
  return FitTransitions(sequences);
}

core::Json Written(const TruthAndBias& fit) { return TruthAndBiasJson(fit); }
core::Json Written(const Transitions& fit) { return TransitionsJson(fit); }

void PrintTerm(std::string_view name, double estimate, std::optional<double> error) {
  fmt::print("  {:<20} {:>9.4f}   {}\n", name, estimate, error ? fmt::format("({:.4f})", *error) : "(-)");
}

std::string NotConverged(bool converged) {
  return converged ? "" : ", did not converge: the best point found is given";
}

/// The three terms of one regression that stand at these places.
void PrintTerms(const Regression& regression, const std::array<std::size_t, 3>& places) {
  constexpr std::array<std::string_view, 3> kNames{"directional bias", "truth force", "assumed similarity"};
  for (std::size_t j = 0; j < places.size(); ++j) {
    PrintTerm(kNames[j], regression.estimates[places[j]], regression.standard_errors[places[j]]);
  }
}

void Print(const TruthAndBias& fit) {
  const Regression& pooled = fit.pooled;
  fmt::print("Truth and bias: {} ratings, {} couples with both; centre {:.4f}\n", pooled.rows, pooled.couples,
             fit.centre);
  fmt::print("Everyone alike (restricted log-likelihood {:.4f}{})\n", pooled.restricted_loglik,
             NotConverged(pooled.converged));
  PrintTerms(pooled, {0, 1, 2});
  fmt::print("  residuals: SD {:.4f}, correlation of partners {:.4f}\n", pooled.residual_sd.a,
             pooled.residual_correlation);
  if (!fit.by_side) return;
  fmt::print("Each side by itself (restricted log-likelihood {:.4f}{})\n", fit.by_side->restricted_loglik,
             NotConverged(fit.by_side->converged));
  fmt::print(" {}\n", core::Harmless(fit.labels.a));
  PrintTerms(*fit.by_side, {0, 2, 3});
  fmt::print(" {}\n", core::Harmless(fit.labels.b));
  PrintTerms(*fit.by_side, {1, 4, 5});
  fmt::print("  residuals: SD {:.4f} and {:.4f}, correlation of partners {:.4f}\n", fit.by_side->residual_sd.a,
             fit.by_side->residual_sd.b, fit.by_side->residual_correlation);
}

void PrintTerms(const responses::Coefficients& estimates, const std::optional<responses::Coefficients>& errors) {
  constexpr std::array<std::string_view, 3> kNames{"intercept", "response before", "request before"};
  for (std::size_t j = 0; j < kNames.size(); ++j) {
    const auto at = static_cast<Eigen::Index>(j);
    PrintTerm(kNames[j], estimates(at), errors ? std::optional((*errors)(at)) : std::nullopt);
  }
}

void Print(std::string_view act, const TransitionModel& model) {
  if (!model.pooled) {
    fmt::print("{} now: these codes leave open how it depends on what was before.\n", act);
    return;
  }
  fmt::print("{} now, couples alike (log-likelihood {:.4f})\n", act, model.pooled_loglik);
  PrintTerms(model.pooled->coefficients, responses::Coefficients(model.pooled->covariance.diagonal().cwiseSqrt()));
  if (!model.random) return;
  fmt::print("{} now, each couple with a level of its own (log-likelihood {:.4f}{})\n", act, model.random->loglik,
             NotConverged(model.random->converged));
  PrintTerms(model.random->coefficients, model.random->standard_errors);
  fmt::print("  SD of levels         {:>9.4f}\n", model.random->sd);
}

void Print(const Transitions& fit) {
  int pairs = 0;
  for (const Transitions::Cell& cell : fit.cells) pairs += cell.count;
  fmt::print("Transitions: {} {}, {} pairs of intervals that follow each other\n", fit.couples,
             fit.couples == 1 ? "couple" : "couples", pairs);
  fmt::print("{:<28} {:>6} {:>13} {:>12}\n", "before", "count", "response now", "request now");
  for (const Transitions::Cell& cell : fit.cells) {
    const std::string before = fmt::format("{}, {}", cell.response_before ? "response" : "no response",
                                           cell.request_before ? "request" : "no request");
    const auto share = [&](int of) { return cell.count > 0 ? fmt::format("{:.4f}", 1.0 * of / cell.count) : "-"; };
    fmt::print("{:<28} {:>6} {:>13} {:>12}\n", before, cell.count, share(cell.response_now), share(cell.request_now));
  }
  Print("Response", fit.response);
  Print("Request", fit.request);
}

}  // namespace

int RunModel(const ModelCommand& command) {
  const core::Result<std::string> text = ReadFile(command.file);
  if (!text) {
    PrintRefusal(command.file, text.error());
    return kRefused;
  }
  return std::visit(
      [&](const auto& columns) -> int {
        const auto fit = Fit(*text, columns);
        if (!fit) {
          PrintRefusal(command.file, fit.error());
          return kRefused;
        }
        if (!command.json_file.empty()) {
          if (const auto written = WriteFile(command.json_file, Written(*fit).Dump(1) + "\n"); !written) {
            PrintWriteFailure(command.json_file, written.error());
            return kCannotWrite;
          }
        }
        if (!command.quiet) Print(*fit);
        return kDone;
      },
      command.columns);
}

}  // namespace selvedge::app
