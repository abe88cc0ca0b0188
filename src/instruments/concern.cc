#include "instruments/concern.h"

#include <cmath>
#include <cstddef>

#include "core/text.h"
#include "diary/refusal.h"

namespace selvedge::instruments {
namespace {

using diary::Quoted;

void NoteSlopes(const ItemBank& bank, std::vector<Concern>& concerns) {
  constexpr double kAtItsEnd = kSteepest * (1 - 1e-9);  // turned slopes have been rounded
  for (const Item& item : bank.items) {
    if (std::fabs(item.curve.slope) >= kAtItsEnd) {
      concerns.push_back(
          {.kind = "perfect_separation",
           .items = {item.name},
           .sentence = "Answers to " + Quoted(item.name) +
                       " sort people as if without any error, which happens when an item repeats another "
                       "or when few people answered. Its slope was stopped at " +
                       core::ShortestNumber(kSteepest) + " and has no standard error."});
    } else if (item.curve.slope < 0) {
      concerns.push_back({.kind = "runs_against",
                          .items = {item.name},
                          .sentence = "Answers to " + Quoted(item.name) +
                                      " run against the others. If it is worded the other way round, name it with "
                                      "--reverse."});
    }
  }
}

void NoteNearDuplicates(const ItemBank& bank, const Answers& answers, std::vector<Concern>& concerns) {
  constexpr double kNearlyTheSame = 0.95;
  const Eigen::MatrixXd correlations = AnswerCorrelations(answers);
  for (std::size_t j = 0; j < bank.items.size(); ++j) {
    for (std::size_t i = 0; i < j; ++i) {
      const double correlation = correlations(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
      if (std::fabs(correlation) < kNearlyTheSame) continue;
      concerns.push_back({.kind = "near_duplicates",
                          .items = {bank.items[i].name, bank.items[j].name},
                          .sentence = Quoted(bank.items[i].name) + " and " + Quoted(bank.items[j].name) +
                                      " were answered almost alike (correlation " + core::FixedNumber(correlation, 2) +
                                      "). Together they make scores look surer than they are; keep one of the two."});
    }
  }
}

/// Misfit that is both surely there and large enough to matter: with many people every item misfits a little.
void NoteMisfit(const ItemBank& bank, const std::vector<std::optional<ItemFit>>& fit, std::vector<Concern>& concerns) {
  constexpr double kSurely = 0.001;
  constexpr double kMatters = 0.05;  // RMSEA; below it a model is commonly said to fit closely
  for (std::size_t i = 0; i < fit.size(); ++i) {
    if (!fit[i] || fit[i]->p >= kSurely || fit[i]->rmsea <= kMatters) continue;
    concerns.push_back({.kind = "misfit",
                        .items = {bank.items[i].name},
                        .sentence = "Answers to " + Quoted(bank.items[i].name) +
                                    " do not follow a curve of this kind (S-X² " +
                                    core::FixedNumber(fit[i]->statistic, 1) + " on " + std::to_string(fit[i]->degrees) +
                                    " degrees of freedom, RMSEA " + core::FixedNumber(fit[i]->rmsea, 3) + ")."});
  }
}

void NoteDimensions(const ItemBank& bank, std::vector<Concern>& concerns) {
  constexpr double kHardlyTwo = 0.95;
  for (std::size_t b = 0; b < bank.dimensions.size(); ++b) {
    for (std::size_t a = 0; a < b; ++a) {
      const double correlation = bank.correlations(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b));
      if (std::fabs(correlation) < kHardlyTwo) continue;
      concerns.push_back({.kind = "dimensions_alike",
                          .items = {},
                          .sentence = Quoted(bank.dimensions[a]) + " and " + Quoted(bank.dimensions[b]) +
                                      " can hardly be told apart (correlation " + core::FixedNumber(correlation, 2) +
                                      "). One dimension may be enough."});
    }
  }
}

}  // namespace

std::vector<Concern> ConcernsAfter(const Calibration& calibration, const std::vector<std::optional<ItemFit>>& fit,
                                   const Answers& answers) {
  std::vector<Concern> concerns;
  NoteSlopes(calibration.bank, concerns);
  NoteNearDuplicates(calibration.bank, answers, concerns);
  NoteMisfit(calibration.bank, fit, concerns);
  NoteDimensions(calibration.bank, concerns);
  if (!calibration.converged) {
    concerns.push_back({.kind = "not_converged",
                        .items = {},
                        .sentence = "The search ended without certifying an optimum. The best point found is given, "
                                    "without standard errors."});
  }
  return concerns;
}

}  // namespace selvedge::instruments
