#pragma once

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "core/random.h"
#include "leaning/leaning.h"
#include "numerics/normal.h"

/// People with a known place on the map, what they would answer, and what the map makes of it.
namespace selvedge::recovery {

using leaning::Component;
using leaning::Evidence;
using leaning::Indicator;
using leaning::Map;

/// What somebody gives.
struct Amount {
  std::string name;
  int items = 0;       ///< graded items on each of the four scales
  bool diary = false;  ///< and all that a diary of two months adds
};

inline const std::array<Amount, 4> kAmounts{{{.name = "12 answers", .items = 3},
                                             {.name = "32 answers", .items = 8},
                                             {.name = "32 answers, 60 days", .items = 8, .diary = true},
                                             {.name = "80 answers, 60 days", .items = 20, .diary = true}}};

/// An item of five frequencies: P(answer ≥ k) = logistic(1.5 (θ − b_k)), b evenly from −1.5 to 1.5.
inline constexpr int kCategories = 5;
inline double AtLeast(double theta, int category) {
  if (category == 0) return 1;
  if (category == kCategories) return 0;
  return 1 / (1 + std::exp(-1.5 * (theta + 2.5 - category)));
}

/// One scale answered and scored: posterior moments under N(0, 1) on a grid, then that prior removed. The likelihood is
/// not normal, so this is what the map is told in earnest.
inline std::pair<double, double> AnswerAndScore(double theta, int items, core::RandomStream& stream) {
  std::array<int, kCategories> counts{};
  for (int item = 0; item < items; ++item) {
    const double u = stream.Uniform();
    int category = 0;
    while (category < kCategories - 1 && u < AtLeast(theta, category + 1)) ++category;
    ++counts[static_cast<std::size_t>(category)];
  }
  double total = 0;
  double first = 0;
  double second = 0;
  for (double t = -5; t <= 5; t += 0.05) {
    double log_weight = -0.5 * t * t;
    for (int category = 0; category < kCategories; ++category) {
      log_weight +=
          counts[static_cast<std::size_t>(category)] * std::log(AtLeast(t, category) - AtLeast(t, category + 1));
    }
    const double weight = std::exp(log_weight);
    total += weight;
    first += weight * t;
    second += weight * t * t;
  }
  return {first / total, second / total - first * first / (total * total)};
}

inline Evidence AnswerScales(const Indicator& signs, const Eigen::Vector2d& place, int items,
                             core::RandomStream& stream) {
  const auto size = static_cast<Eigen::Index>(signs.components.size());
  Eigen::VectorXd mean(size);
  Eigen::VectorXd variance(size);
  for (Eigen::Index k = 0; k < size; ++k) {
    const Component& scale = signs.components[static_cast<std::size_t>(k)];
    const double theta = scale.loading.dot(place) + std::sqrt(scale.residual_variance) * numerics::DrawNormal(stream);
    std::tie(mean[k], variance[k]) = AnswerAndScore(theta, items, stream);
  }
  return {.indicator = signs.id,
          .likelihood = *leaning::RemovePrior(mean, variance.asDiagonal().toDenseMatrix(), Eigen::VectorXd::Zero(size),
                                              Eigen::MatrixXd::Identity(size, size)),
          .answers = items * static_cast<int>(size)};
}

/// An indicator of a diary, with an error as large as its own spread: what two months tell of it.
inline Evidence KeepDiary(const Indicator& indicator, const Eigen::Vector2d& place, core::RandomStream& stream) {
  constexpr int kDays = 60;
  const Component& component = indicator.components.front();
  const double own = std::sqrt(component.residual_variance);
  const double estimate = component.centre + component.loading.dot(place) + own * numerics::DrawNormal(stream) +
                          own * numerics::DrawNormal(stream);
  return {.indicator = indicator.id, .likelihood = *leaning::FromEstimate(estimate, own), .days = kDays};
}

inline leaning::Season LiveASeason(const Map& map, const Eigen::Vector2d& place, const Amount& amount,
                                   core::RandomStream& stream) {
  leaning::Season season;
  for (const Indicator& indicator : map.indicators) {
    if (indicator.id == "signs") {
      season.evidence.push_back(AnswerScales(indicator, place, amount.items, stream));
    } else if (amount.diary && indicator.components.size() == 1) {
      season.evidence.push_back(KeepDiary(indicator, place, stream));
    }
  }
  return season;
}

inline Eigen::Vector2d DrawPlace(const Map& map, core::RandomStream& stream) {
  const Eigen::Matrix2d L = map.Spread().llt().matrixL();
  const double u = numerics::DrawNormal(stream);
  return L * Eigen::Vector2d(u, numerics::DrawNormal(stream));
}

inline core::RandomStream StreamOf(std::uint64_t seed, int person, std::uint32_t purpose) {
  return core::RandomStream({.seed = seed, .subject = static_cast<std::uint32_t>(person), .purpose = purpose});
}

/// Shares of posterior mass said and what then was true, for all people and the six parts of the map (no name
/// included).
struct Bin {
  int said = 0;
  double probability = 0;  ///< mean of what was said
  double truth = 0;        ///< share in which it held
};

struct Reliability {
  std::array<Bin, 10> bins{};
  double named = 0;        ///< share of people who are told a region
  double named_right = 0;  ///< of these, those who are there
  double half = 0;         ///< share of people inside their 50 % ellipse
  double ninety = 0;
  std::array<int, leaning::kRegionCount> told{};
};

inline bool Holds(const leaning::RegionForm& region, const Eigen::Vector2d& place) {
  for (const leaning::HalfPlane& border : region.borders) {
    if (!border.Holds(place)) return false;
  }
  return true;
}

inline Reliability MeasureMap(const Map& map, const Amount& amount, int people, std::uint64_t seed) {
  Reliability measured;
  int right = 0;
  for (int person = 0; person < people; ++person) {
    core::RandomStream stream = StreamOf(seed, person, 10);
    const Eigen::Vector2d place = DrawPlace(map, stream);
    leaning::Question question;
    question.now = LiveASeason(map, place, amount, stream);
    const auto leaning = WhereOneStands(map, question);
    const auto& stand = std::get<leaning::Stand>(*leaning);
    const auto count = [&](double probability, bool truth) {
      Bin& bin = measured.bins[std::min<std::size_t>(9, static_cast<std::size_t>(std::max(0.0, 10 * probability)))];
      ++bin.said;
      bin.probability += probability;
      bin.truth += truth ? 1 : 0;
    };
    bool nowhere = true;
    for (std::size_t r = 0; r < leaning::kRegionCount; ++r) {
      const bool here = Holds(map.regions[r], place);
      nowhere = nowhere && !here;
      count(stand.mass[r], here);
    }
    count(stand.between, nowhere);
    if (stand.region) {
      measured.named += 1.0 / people;
      ++measured.told[static_cast<std::size_t>(*stand.region)];
      right += Holds(map.Of(*stand.region), place) ? 1 : 0;
    }
    const Eigen::Vector2d off = place - stand.now.posterior.mean;
    const double distance = off.dot(stand.now.posterior.covariance.llt().solve(off));
    measured.half += (distance <= -2 * std::log(0.5) ? 1.0 : 0.0) / people;
    measured.ninety += (distance <= -2 * std::log(0.1) ? 1.0 : 0.0) / people;
  }
  measured.named_right = right / std::max(1.0, measured.named * people);
  for (Bin& bin : measured.bins) {
    bin.probability /= std::max(1, bin.said);
    bin.truth /= std::max(1, bin.said);
  }
  return measured;
}

/// How often a swing of the pendulum is said to people who go from one place to another between two seasons.
inline double ShareToldASwing(const Map& map, const Amount& amount, const Eigen::Vector2d& from,
                              const Eigen::Vector2d& to, int people, std::uint64_t seed) {
  int told = 0;
  for (int person = 0; person < people; ++person) {
    core::RandomStream stream = StreamOf(seed, person, 11);
    leaning::Question question;
    question.earlier.push_back(LiveASeason(map, from, amount, stream));
    question.now = LiveASeason(map, to, amount, stream);
    const auto leaning = WhereOneStands(map, question);
    told += std::get<leaning::Stand>(*leaning).swing ? 1 : 0;
  }
  return static_cast<double>(told) / people;
}

}  // namespace selvedge::recovery
