#include "recovery/length_study.h"

#include <Eigen/Cholesky>
#include <cmath>
#include <optional>

#include "core/random.h"
#include "instruments/curve.h"
#include "numerics/normal.h"

namespace selvedge::recovery {
namespace {

using instruments::AxesScore;
using instruments::AxesScorer;
using instruments::Instrument;
using instruments::Sheet;
using instruments::TwoAxes;

constexpr std::uint64_t kSeed = 20'261'124;

double Normal(core::RandomStream& random) { return numerics::NormalQuantile(random.Uniform()); }

std::size_t Answer(const instruments::Question& question, double z, core::RandomStream& random) {
  instruments::Curve curve{.slope = question.curve->slope, .thresholds = question.curve->difficulties};
  for (double& threshold : curve.thresholds) threshold *= curve.slope;
  const double u = random.Uniform();
  std::size_t category = 0;
  while (category + 1 < curve.categories() && u < ShareAtLeast(curve, category + 1, z)) ++category;
  return category;
}

std::optional<std::size_t> Next(const Instrument& instrument, const AxesScorer& scorer, Order order,
                                const Sheet& counted, const std::vector<std::size_t>& asked) {
  if (order == Order::kAdaptive) return NextQuestion(instrument, scorer, counted, asked);
  for (std::size_t i = asked.empty() ? 0 : asked.back() + 1; i < instrument.questions.size(); ++i) {
    if (instrument.questions[i].scale) return i;
  }
  return std::nullopt;
}

void Add(AtLength& sums, const AxesScore& score, const Eigen::Vector2d& truth) {
  constexpr double kNinety = 1.6448536269514722;
  for (Eigen::Index axis = 0; axis < 2; ++axis) {
    const double error = score.mean[axis] - truth[axis];
    sums.posterior_sd += score.covariance(axis, axis);
    sums.error += error * error;
    sums.covered += std::fabs(error) <= kNinety * std::sqrt(score.covariance(axis, axis)) ? 1 : 0;
  }
}

}  // namespace

std::vector<AtLength> StudyLength(const Instrument& instrument, const TwoAxes& axes, Order order,
                                  const std::vector<std::size_t>& lengths, std::uint32_t people) {
  const AxesScorer scorer(instrument, axes);
  const Eigen::LLT<Eigen::Matrix2d> root(axes.spread);
  std::vector<AtLength> results;
  for (const std::size_t length : lengths) results.push_back({.questions = length});
  for (std::uint32_t person = 0; person < people; ++person) {
    core::RandomStream random({.seed = kSeed, .subject = person, .purpose = 0});
    const Eigen::Vector2d truth = root.matrixL() * Eigen::Vector2d(Normal(random), Normal(random));
    std::vector<double> z;
    for (const TwoAxes::OfScale& scale : axes.scales) {
      z.push_back(scale.centre + scale.loading.dot(truth) + std::sqrt(scale.residual_variance) * Normal(random));
    }
    Sheet counted(instrument.questions.size());
    std::vector<std::size_t> asked;
    for (AtLength& result : results) {
      while (asked.size() < result.questions) {
        const std::optional<std::size_t> next = Next(instrument, scorer, order, counted, asked);
        if (!next) break;
        asked.push_back(*next);
        counted[*next] = Answer(instrument.questions[*next], z[*instrument.questions[*next].scale], random);
      }
      Add(result, scorer.Score(counted), truth);
    }
  }
  for (AtLength& result : results) {
    const double n = 2.0 * people;
    result.posterior_sd = std::sqrt(result.posterior_sd / n);
    result.error = std::sqrt(result.error / n);
    result.covered /= n;
  }
  return results;
}

Instrument WithCurvesThatDiffer(Instrument instrument) {
  core::RandomStream random({.seed = kSeed, .subject = 0, .purpose = 1});
  for (instruments::Question& question : instrument.questions) {
    if (!question.curve) continue;
    question.curve->slope = std::exp(0.4 + 0.3 * Normal(random));
    const double moved = 0.7 * Normal(random);
    for (double& difficulty : question.curve->difficulties) difficulty += moved;
  }
  return instrument;
}

}  // namespace selvedge::recovery
