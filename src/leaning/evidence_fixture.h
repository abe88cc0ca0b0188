#pragma once

#include <Eigen/Core>
#include <string>
#include <utility>

#include "leaning/leaning.h"

/// Evidence for the tests of this folder.
namespace selvedge::leaning {

/// The four scales: holding on, standing alone, own ground, open door, each with the same error.
inline Evidence Signs(const Eigen::Vector4d& estimate, double standard_error, int answers = 14) {
  auto likelihood = FromEstimate(estimate, standard_error * standard_error * Eigen::Matrix4d::Identity());
  return {.indicator = "signs", .likelihood = *std::move(likelihood), .answers = answers};
}

inline Evidence One(const std::string& indicator, double estimate, double standard_error, int days = 30) {
  return {.indicator = indicator, .likelihood = *FromEstimate(estimate, standard_error), .days = days};
}

/// The four scales as somebody at this place would give them on average.
inline Evidence SignsAt(const Map& map, const Eigen::Vector2d& place, double standard_error, int answers = 14) {
  Eigen::Vector4d estimate;
  for (Eigen::Index k = 0; k < 4; ++k) {
    estimate[k] = map.Find("signs")->components[static_cast<std::size_t>(k)].loading.dot(place);
  }
  return Signs(estimate, standard_error, answers);
}

inline Position At(const Eigen::Vector2d& mean, double sd) {
  Position position;
  position.posterior = {.mean = mean, .covariance = sd * sd * Eigen::Matrix2d::Identity()};
  return position;
}

}  // namespace selvedge::leaning
