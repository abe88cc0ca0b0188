#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "instruments/instrument.h"
#include "instruments/response.h"

/// Which question to ask next, so that few questions tell where somebody stands on two axes.
namespace selvedge::instruments {

/// What an instrument's scales have to do with two axes x ~ N(0, spread):  z_s = centre_s + loading_s · x + N(0, r_s).
struct TwoAxes {
  struct OfScale {
    double centre = 0;
    Eigen::Vector2d loading = Eigen::Vector2d::Zero();
    double residual_variance = 1;  ///< r_s > 0
  };

  Eigen::Matrix2d spread = Eigen::Matrix2d::Identity();
  std::vector<OfScale> scales;  ///< one for each scale of the instrument

  /// Before any answer, of the scales themselves: ν and Λ S Λᵀ + R.
  [[nodiscard]] Eigen::VectorXd ScaleMean() const;
  [[nodiscard]] Eigen::MatrixXd ScaleCovariance() const;
};

/// What answers leave known of the axes and of the scales: means and covariances of p(x, z | answers).
struct AxesScore {
  Eigen::Vector2d mean = Eigen::Vector2d::Zero();
  Eigen::Matrix2d covariance = Eigen::Matrix2d::Identity();
  Eigen::VectorXd scale_mean;
  Eigen::MatrixXd scale_covariance;
  double loglik = 0;  ///< log p(answers)
};

/// Scores answers and weighs questions. Given x the scales are independent, so
///
///     p(x | answers) ∝ N(x; 0, S) Π_s g_s(x),   g_s(x) = ∫ N(z; ν_s + λ_s · x, r_s) Π_i P_i(answer_i | z) dz:
///
/// one integral over a plane of four integrals over a line, instead of one over four dimensions. All are taken by the
/// trapezoid rule on fixed lattices of ±5 standard deviations with steps of 0.3, which for the posteriors of a few
/// dozen answers is exact to about 1e-6 (grid.h has the reason).
///
/// A question i about scale s splits the posterior by its answers k: with the moments a_0, a_1, a_2 of 1, x and x · x
/// over everything but the scale's own answers, m_k = Σ_z (scale's own answers) P_i(k | z) a(z), and
///
///     E[tr Cov(x | answers, answer to i)] = Σ_k (m_2k − m_1k · m_1k / m_0k) / Σ_k m_0k.
///
/// Made once for an instrument; const afterwards.
class AxesScorer {
 public:
  /// @param instrument  must outlive this; every question with a scale has a curve.
  AxesScorer(const Instrument& instrument, TwoAxes axes);

  [[nodiscard]] const TwoAxes& axes() const { return axes_; }

  /// @param counted  for each question the category that counts, if any (CountedCategories).
  [[nodiscard]] AxesScore Score(const Sheet& counted) const;

  /// The trace of the axes' covariance that is to be expected after each of these questions is answered, too. "Didn't
  /// come up" and "rather not say", which tell nothing, are taken as equally likely for every question.
  [[nodiscard]] std::vector<double> ExpectedVariance(const Sheet& counted,
                                                     std::span<const std::size_t> questions) const;

 private:
  /// The likelihood of a scale's own answers along its line, as values with the largest 1 and the log of that largest.
  struct Own {
    Eigen::ArrayXd likelihood;
    double log_largest = 0;
  };
  [[nodiscard]] Own OwnAnswers(std::size_t scale, const Sheet& counted) const;

  const Instrument& instrument_;
  TwoAxes axes_;
  Eigen::MatrixX2d plane_;                      // x at each position of the plane
  Eigen::ArrayXd prior_;                        // N(x; 0, S) dx
  std::vector<Eigen::ArrayXd> line_;            // of each scale: z at each position
  std::vector<Eigen::MatrixXd> kernels_;        // of each scale: N(z; ν + λ · x, r) dz, line × plane
  std::vector<Eigen::ArrayXXd> probabilities_;  // of each question with a scale: line × categories
};

/// When a questionnaire is long enough.
struct Length {
  std::size_t most = 0;             ///< questions
  std::optional<double> precision;  ///< or once the standard deviations of both axes are at most this
};

[[nodiscard]] bool IsLongEnough(const Length& length, std::size_t asked, const AxesScore& score);

/// The next question, or nothing when none is left.
///
/// All scales are asked equally often, as far as they have questions: one that has been asked more often than another
/// with questions left waits. So both poles are heard whatever the first answers were, no scale comes more than twice
/// in a row, and the order of the scales changes from round to round with the answers. Among the rest the smallest
/// expected variance wins; differences below a millionth are ties, and of tied questions the first in the instrument is
/// taken, so that every machine asks the same.
///
/// @param asked  every question that was put, in order, whatever was answered; none of them is asked again
[[nodiscard]] std::optional<std::size_t> NextQuestion(const Instrument& instrument, const AxesScorer& scorer,
                                                      const Sheet& counted, std::span<const std::size_t> asked);

}  // namespace selvedge::instruments
