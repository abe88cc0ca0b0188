#include "instruments/adaptive.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <tuple>
#include <utility>

#include "core/contract.h"
#include "instruments/curve.h"

namespace selvedge::instruments {
namespace {

constexpr double kStep = 0.3;        // standard deviations
constexpr Eigen::Index kReach = 17;  // positions on each side of the middle
constexpr Eigen::Index kLine = 2 * kReach + 1;
constexpr double kTied = 1e-6;  // relative

double At(Eigen::Index position) { return kStep * static_cast<double>(position - kReach); }

double NormalDensity(double deviation, double variance) {
  return std::exp(-0.5 * deviation * deviation / variance) / std::sqrt(2 * std::numbers::pi * variance);
}

Curve CurveOf(const Question& question) {
  SELVEDGE_EXPECT(question.curve.has_value());
  Curve curve{.slope = question.curve->slope, .thresholds = question.curve->difficulties};
  for (double& threshold : curve.thresholds) threshold *= curve.slope;
  return curve;
}

/// P(category | z), positions on the line × categories.
Eigen::ArrayXXd Probabilities(const Question& question, const Eigen::ArrayXd& line) {
  const Curve curve = CurveOf(question);
  Eigen::ArrayXXd probabilities(line.size(), static_cast<Eigen::Index>(curve.categories()));
  for (Eigen::Index k = 0; k < probabilities.cols(); ++k) {
    for (Eigen::Index q = 0; q < line.size(); ++q) {
      probabilities(q, k) = std::exp(LogProbability(curve, static_cast<std::size_t>(k), line[q]));
    }
  }
  return probabilities;
}

}  // namespace

Eigen::VectorXd TwoAxes::ScaleMean() const {
  Eigen::VectorXd mean(static_cast<Eigen::Index>(scales.size()));
  for (std::size_t s = 0; s < scales.size(); ++s) mean[static_cast<Eigen::Index>(s)] = scales[s].centre;
  return mean;
}

Eigen::MatrixXd TwoAxes::ScaleCovariance() const {
  const auto size = static_cast<Eigen::Index>(scales.size());
  Eigen::MatrixXd covariance(size, size);
  for (Eigen::Index s = 0; s < size; ++s) {
    const OfScale& one = scales[static_cast<std::size_t>(s)];
    for (Eigen::Index t = 0; t < size; ++t) {
      covariance(s, t) = one.loading.dot(spread * scales[static_cast<std::size_t>(t)].loading);
    }
    covariance(s, s) += one.residual_variance;
  }
  return covariance;
}

AxesScorer::AxesScorer(const Instrument& instrument, TwoAxes axes) : instrument_(instrument), axes_(std::move(axes)) {
  SELVEDGE_EXPECT(axes_.scales.size() == instrument.scales.size());
  const Eigen::LLT<Eigen::Matrix2d> root(axes_.spread);
  SELVEDGE_EXPECT(root.info() == Eigen::Success);
  plane_.resize(kLine * kLine, 2);
  prior_.resize(kLine * kLine);
  for (Eigen::Index i = 0; i < kLine; ++i) {
    for (Eigen::Index j = 0; j < kLine; ++j) {
      plane_.row(i * kLine + j) = root.matrixL() * Eigen::Vector2d(At(i), At(j));
      prior_[i * kLine + j] = kStep * kStep * NormalDensity(At(i), 1) * NormalDensity(At(j), 1);
    }
  }
  const Eigen::MatrixXd covariance = axes_.ScaleCovariance();
  for (std::size_t s = 0; s < axes_.scales.size(); ++s) {
    const TwoAxes::OfScale& scale = axes_.scales[s];
    SELVEDGE_EXPECT(scale.residual_variance > 0);
    const double sd = std::sqrt(covariance(static_cast<Eigen::Index>(s), static_cast<Eigen::Index>(s)));
    Eigen::ArrayXd& line = line_.emplace_back(kLine);
    for (Eigen::Index q = 0; q < kLine; ++q) line[q] = scale.centre + sd * At(q);
    Eigen::MatrixXd& kernel = kernels_.emplace_back(kLine, plane_.rows());
    for (Eigen::Index x = 0; x < plane_.rows(); ++x) {
      const double middle = scale.centre + scale.loading.dot(plane_.row(x));
      for (Eigen::Index q = 0; q < kLine; ++q) {
        kernel(q, x) = sd * kStep * NormalDensity(line[q] - middle, scale.residual_variance);
      }
    }
  }
  probabilities_.resize(instrument.questions.size());
  for (std::size_t i = 0; i < probabilities_.size(); ++i) {
    const Question& question = instrument.questions[i];
    if (question.scale) probabilities_[i] = Probabilities(question, line_[*question.scale]);
  }
}

AxesScorer::Own AxesScorer::OwnAnswers(std::size_t scale, const Sheet& counted) const {
  Own own{.likelihood = Eigen::ArrayXd::Ones(kLine)};
  for (std::size_t i = 0; i < counted.size(); ++i) {
    if (!counted[i] || instrument_.questions[i].scale != scale) continue;
    own.likelihood *= probabilities_[i].col(static_cast<Eigen::Index>(*counted[i]));
    const double largest = own.likelihood.maxCoeff();
    own.likelihood /= largest;  // many answers must not vanish below the smallest number
    own.log_largest += std::log(largest);
  }
  return own;
}

AxesScore AxesScorer::Score(const Sheet& counted) const {
  SELVEDGE_EXPECT(counted.size() == probabilities_.size());
  const auto size = static_cast<Eigen::Index>(kernels_.size());
  Eigen::ArrayXd weight = prior_;
  double loglik = 0;
  Eigen::MatrixXd means(plane_.rows(), size);  // E[z_s | x, answers]
  Eigen::MatrixXd variances(plane_.rows(), size);
  for (Eigen::Index s = 0; s < size; ++s) {
    const auto scale = static_cast<std::size_t>(s);
    const Own own = OwnAnswers(scale, counted);
    loglik += own.log_largest;
    Eigen::MatrixX3d moments(kLine, 3);
    moments << own.likelihood, own.likelihood * line_[scale], own.likelihood * line_[scale].square();
    const Eigen::MatrixX3d given_x = kernels_[scale].transpose() * moments;
    weight *= given_x.col(0).array();
    means.col(s) = given_x.col(1).cwiseQuotient(given_x.col(0));
    variances.col(s) = given_x.col(2).cwiseQuotient(given_x.col(0)) - means.col(s).cwiseAbs2();
  }
  loglik += std::log(weight.sum());
  weight /= weight.sum();
  const auto moments = [&](const auto& values) {
    const Eigen::VectorXd mean = values.transpose() * weight.matrix();
    const Eigen::MatrixXd away = values.rowwise() - mean.transpose();
    return std::pair<Eigen::VectorXd, Eigen::MatrixXd>(mean, away.transpose() * weight.matrix().asDiagonal() * away);
  };
  AxesScore score;
  score.loglik = loglik;
  std::tie(score.mean, score.covariance) = moments(plane_);
  std::tie(score.scale_mean, score.scale_covariance) = moments(means);
  score.scale_covariance.diagonal() += variances.transpose() * weight.matrix();
  return score;
}

std::vector<double> AxesScorer::ExpectedVariance(const Sheet& counted, std::span<const std::size_t> questions) const {
  SELVEDGE_EXPECT(counted.size() == probabilities_.size());
  std::vector<Eigen::ArrayXd> own;
  std::vector<Eigen::ArrayXd> given_x;
  for (std::size_t s = 0; s < kernels_.size(); ++s) {
    own.push_back(OwnAnswers(s, counted).likelihood);
    given_x.emplace_back((kernels_[s].transpose() * own[s].matrix()).array());
  }
  // a_0, a_1 (two columns) and a_2 at each position of a scale's line, from everything but its own answers.
  using Moments = Eigen::Matrix<double, Eigen::Dynamic, 4>;
  std::vector<std::optional<Moments>> moments(kernels_.size());
  const auto moments_of = [&](std::size_t scale) -> const Moments& {
    if (!moments[scale]) {
      Eigen::ArrayXd rest = prior_;
      for (std::size_t t = 0; t < kernels_.size(); ++t) {
        if (t != scale) rest *= given_x[t];
      }
      Moments weighted(plane_.rows(), 4);
      weighted << rest, rest * plane_.col(0).array(), rest * plane_.col(1).array(),
          rest * plane_.rowwise().squaredNorm().array();
      moments[scale] = own[scale].matrix().asDiagonal() * (kernels_[scale] * weighted);
    }
    return *moments[scale];
  };
  std::vector<double> expected;
  for (const std::size_t i : questions) {
    SELVEDGE_EXPECT(instrument_.questions[i].scale.has_value());
    const Eigen::MatrixX4d by_answer =
        probabilities_[i].matrix().transpose() * moments_of(*instrument_.questions[i].scale);
    const Eigen::ArrayXd explained =
        by_answer.middleCols(1, 2).rowwise().squaredNorm().array() / by_answer.col(0).array();
    expected.push_back((by_answer.col(3).sum() - explained.sum()) / by_answer.col(0).sum());
  }
  return expected;
}

bool IsLongEnough(const Length& length, std::size_t asked, const AxesScore& score) {
  if (asked >= length.most) return true;
  return length.precision && score.covariance.diagonal().maxCoeff() <= *length.precision * *length.precision;
}

std::optional<std::size_t> NextQuestion(const Instrument& instrument, const AxesScorer& scorer, const Sheet& counted,
                                        std::span<const std::size_t> asked) {
  std::vector<std::size_t> times(instrument.scales.size(), 0);
  for (const std::size_t i : asked) {
    if (instrument.questions[i].scale) ++times[*instrument.questions[i].scale];
  }
  std::vector<std::size_t> left;
  std::size_t fewest = std::numeric_limits<std::size_t>::max();
  for (std::size_t i = 0; i < instrument.questions.size(); ++i) {
    const Question& question = instrument.questions[i];
    if (!question.scale || question.asked_when || std::ranges::find(asked, i) != asked.end()) continue;
    left.push_back(i);
    fewest = std::min(fewest, times[*question.scale]);
  }
  std::erase_if(left, [&](std::size_t i) { return times[*instrument.questions[i].scale] > fewest; });
  if (left.empty()) return std::nullopt;
  const std::vector<double> expected = scorer.ExpectedVariance(counted, left);
  const double least = *std::ranges::min_element(expected);
  const auto best = std::ranges::find_if(expected, [&](double variance) { return variance <= least * (1 + kTied); });
  return left[static_cast<std::size_t>(best - expected.begin())];
}

}  // namespace selvedge::instruments
