#include "instruments/score.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "instruments/cloud.h"
#include "instruments/curve.h"
#include "instruments/posterior.h"
#include "numerics/normal.h"

namespace selvedge::instruments {
namespace {

Eigen::Index Signed(std::size_t n) { return static_cast<Eigen::Index>(n); }

/// Log posterior up to a constant, its gradient and its negative Hessian.
struct Pull {
  double value = 0;
  Eigen::VectorXd gradient;
  Eigen::MatrixXd curvature;
};

Pull PullAt(const ItemBank& bank, std::span<const std::uint8_t> answers, const Eigen::MatrixXd& precision,
            const Eigen::VectorXd& theta) {
  Pull pull{.value = -0.5 * theta.dot(precision * theta), .gradient = -precision * theta, .curvature = precision};
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i] == kUnanswered) continue;
    const Item& item = bank.items[i];
    const bool mixed = item.mixture.size() > 0;
    const Eigen::Index d = Signed(item.dimension);
    const double x = mixed ? item.mixture.dot(theta) : theta[d];
    const ThetaSlopes slopes = SlopesOfLogProbability(item.curve, answers[i], x);
    pull.value += LogProbability(item.curve, answers[i], x);
    if (mixed) {
      pull.gradient += slopes.first * item.mixture;
      pull.curvature -= slopes.second * item.mixture * item.mixture.transpose();
    } else {
      pull.gradient[d] += slopes.first;
      pull.curvature(d, d) -= slopes.second;
    }
  }
  return pull;
}

/// @param workspace  makes what a piece of people is scored with: set to a person's answers, it knows their moments
template <typename Workspace>
std::vector<Score> ScoreWith(const Answers& answers, core::Executor& executor, Workspace&& workspace) {
  constexpr std::size_t kPeopleAtATime = 512;
  std::vector<Score> scores(answers.people());
  const std::size_t pieces = (scores.size() + kPeopleAtATime - 1) / kPeopleAtATime;
  const auto work = [&](std::size_t piece) {
    auto posterior = workspace();
    const std::size_t end = std::min(scores.size(), (piece + 1) * kPeopleAtATime);
    for (std::size_t person = piece * kPeopleAtATime; person < end; ++person) {
      const std::span<const std::uint8_t> given = answers.Of(person);
      posterior.Set(given);
      scores[person] = {.mean = posterior.mean(),
                        .covariance = posterior.Covariance(),
                        .answered = given.size() - static_cast<std::size_t>(std::ranges::count(given, kUnanswered))};
    }
  };
  executor.ForEach(pieces, work);
  return scores;
}

}  // namespace

double Score::Sd(std::size_t dimension) const {
  return std::sqrt(std::max(0.0, covariance(Signed(dimension), Signed(dimension))));
}

std::vector<Score> ScoreAll(const ItemBank& bank, const Answers& answers, core::Executor& executor) {
  if (bank.IsMixed()) return ScoreWith(answers, executor, [&] { return Cloud(bank); });
  const Tables tables(bank, Grid::For(bank));
  return ScoreWith(answers, executor, [&] { return Posterior(tables); });
}

Mode FindMode(const ItemBank& bank, std::span<const std::uint8_t> answers) {
  constexpr int kMostSteps = 100;
  constexpr int kMostHalvings = 40;
  constexpr double kSmallestRise = 1e-14;  // half the squared Newton step in posterior SDs: far below any error
  const Eigen::Index dimensions = bank.correlations.rows();
  const Eigen::MatrixXd identity = Eigen::MatrixXd::Identity(dimensions, dimensions);
  const Eigen::MatrixXd precision = bank.correlations.llt().solve(identity);
  Eigen::VectorXd theta = Eigen::VectorXd::Zero(dimensions);
  Pull now = PullAt(bank, answers, precision, theta);
  for (int step = 0; step < kMostSteps; ++step) {
    const Eigen::VectorXd newton = now.curvature.llt().solve(now.gradient);
    if (!(0.5 * newton.dot(now.gradient) > kSmallestRise)) break;
    double length = 1;
    Pull next = PullAt(bank, answers, precision, theta + newton);
    for (int halving = 0; next.value < now.value && halving < kMostHalvings; ++halving) {
      length *= 0.5;
      next = PullAt(bank, answers, precision, theta + length * newton);
    }
    theta += length * newton;
    now = next;
  }
  return {.at = theta, .covariance = now.curvature.llt().solve(identity)};
}

double TestInformation(const ItemBank& bank, std::size_t dimension, double theta) {
  double sum = 0;
  for (const Item& item : bank.items) {
    if (item.dimension == dimension) sum += Information(item.curve, theta);
  }
  return sum;
}

double MarginalReliability(const ItemBank& bank, std::size_t dimension) {
  constexpr double kReach = 8;    // 1e-15 of people are further out
  constexpr double kStep = 0.02;  // the information of slopes up to 10 has features ten times as wide
  constexpr int kSteps = static_cast<int>(kReach / kStep);
  double sum = 0;
  for (int q = -kSteps; q <= kSteps; ++q) {
    const double theta = kStep * q;
    const double information = TestInformation(bank, dimension, theta);
    sum += kStep * numerics::NormalDensity(theta) * information / (information + 1);
  }
  return sum;
}

std::optional<double> EmpiricalReliability(const std::vector<Score>& scores, std::size_t dimension) {
  const Eigen::Index d = Signed(dimension);
  double people = 0;
  double mean = 0;
  double error = 0;
  for (const Score& score : scores) {
    if (score.answered == 0) continue;
    people += 1;
    mean += score.mean[d];
    error += score.covariance(d, d);
  }
  if (people < 2) return std::nullopt;
  mean /= people;
  error /= people;
  double spread = 0;
  for (const Score& score : scores) {
    if (score.answered > 0) spread += (score.mean[d] - mean) * (score.mean[d] - mean);
  }
  spread /= people - 1;
  return spread / (spread + error);
}

}  // namespace selvedge::instruments
