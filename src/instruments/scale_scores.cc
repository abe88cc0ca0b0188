#include "instruments/scale_scores.h"

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>

#include "core/executor.h"
#include "instruments/item_bank.h"
#include "instruments/score.h"

namespace selvedge::instruments {
namespace {

/// t_k = a b_k: the engine keeps thresholds, files hold the difficulties that people read.
Curve CurveOf(const GradedCurve& curve) {
  Curve result{.slope = curve.slope, .thresholds = {}};
  for (const double difficulty : curve.difficulties) result.thresholds.push_back(curve.slope * difficulty);
  return result;
}

}  // namespace

std::vector<ScaleScore> ScoreScales(const Instrument& instrument, const Response& response, Audience audience) {
  const Sheet categories = CountedCategories(instrument, response, audience);
  core::SerialExecutor executor;
  std::vector<ScaleScore> scores;
  for (std::size_t s = 0; s < instrument.scales.size(); ++s) {
    ItemBank bank{
        .dimensions = {instrument.scales[s].id}, .items = {}, .correlations = Eigen::MatrixXd::Identity(1, 1)};
    Answers answers;
    for (std::size_t q = 0; q < categories.size(); ++q) {
      const Question& question = instrument.questions[q];
      if (question.scale != s || !question.curve || !categories[q]) continue;
      bank.items.push_back(
          {.name = question.link_id, .dimension = 0, .answers = {}, .curve = CurveOf(*question.curve)});
      answers.codes.push_back(static_cast<std::uint8_t>(*categories[q]));
    }
    ScaleScore& score =
        scores.emplace_back(ScaleScore{.scale = s, .estimate = 0, .sd = 1, .answers = bank.items.size()});
    if (bank.items.empty()) continue;
    answers.items = bank.items.size();
    const Score scored = ScoreAll(bank, answers, executor).front();
    score.estimate = scored.mean[0];
    score.sd = scored.Sd(0);
  }
  return scores;
}

}  // namespace selvedge::instruments
