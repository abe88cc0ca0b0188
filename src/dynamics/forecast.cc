#include "dynamics/forecast.h"

#include <cmath>
#include <optional>

#include "numerics/exponential.h"
#include "numerics/mat2.h"

namespace selvedge::dynamics {
namespace {

using numerics::Mat2;
using numerics::Sym2;
using numerics::Vec2;

/// What is known of the two feelings at one time, moved forward and updated answer by answer. Plain and short; the
/// likelihood has the fast form of the same equations, and a test holds the two together.
class Belief {
 public:
  Belief(const System& system, Start start)
      : system_(system),
        exponential_(system.drift),
        covariance_(start == Start::kStationary ? system.stationary : Sym2{.aa = 1, .ab = 0, .bb = 1}) {}

  void MoveTo(core::Days time) {
    if (time_ && time > *time_) {
      const Mat2 E = exponential_.MinusIdentity(exponential_((time - *time_).count));
      const Mat2 F = numerics::kIdentity2 + E;
      const Sym2 P = system_.stationary;
      mean_ = F * mean_;
      covariance_ = Sandwich(F, covariance_) - (PlusTranspose(E * P) + Sandwich(E, P));
    }
    time_ = time;
  }

  void Take(const core::BySide<std::optional<double>>& own) {
    if (own.a)
      TakeOne(*own.a - system_.mean.a - mean_.a, {covariance_.aa, covariance_.ab}, covariance_.aa + system_.noise.a);
    if (own.b)
      TakeOne(*own.b - system_.mean.b - mean_.b, {covariance_.ab, covariance_.bb}, covariance_.bb + system_.noise.b);
  }

  [[nodiscard]] core::BySide<Expected> ExpectedAnswers() const {
    return {.a = {.mean = system_.mean.a + mean_.a, .sd = std::sqrt(covariance_.aa + system_.noise.a)},
            .b = {.mean = system_.mean.b + mean_.b, .sd = std::sqrt(covariance_.bb + system_.noise.b)}};
  }

 private:
  void TakeOne(double surprise, Vec2 gain_times_variance, double variance) {
    if (!(variance > 0)) return;
    mean_ += (surprise / variance) * gain_times_variance;
    covariance_ -= (1 / variance) * Symmetric(Outer(gain_times_variance, gain_times_variance));
  }

  const System& system_;
  numerics::MatrixExponential exponential_;
  Vec2 mean_;
  Sym2 covariance_;
  std::optional<core::Days> time_;
};

}  // namespace

std::vector<core::BySide<Expected>> ForecastNextDays(const System& system, Start start,
                                                     std::span<const Observation> so_far, int days) {
  Belief belief(system, start);
  core::Days last;
  for (const Observation& observation : so_far) {
    belief.MoveTo(observation.time);
    belief.Take(observation.own);
    last = observation.time;
  }
  std::vector<core::BySide<Expected>> forecasts;
  for (int day = 1; day <= days; ++day) {
    belief.MoveTo(last + core::Days{static_cast<double>(day)});
    forecasts.push_back(belief.ExpectedAnswers());
  }
  return forecasts;
}

std::vector<core::BySide<Expected>> OneStepForecasts(const System& system, Start start,
                                                     std::span<const Observation> diary) {
  std::vector<core::BySide<Expected>> forecasts;
  forecasts.reserve(diary.size());
  Belief belief(system, start);
  for (const Observation& observation : diary) {
    belief.MoveTo(observation.time);
    forecasts.push_back(belief.ExpectedAnswers());
    belief.Take(observation.own);
  }
  return forecasts;
}

void Mixture::Add(const Expected& forecast) {
  count_ += 1;
  const double from_mean = forecast.mean - mean_;
  mean_ += from_mean / count_;
  between_ += from_mean * (forecast.mean - mean_);
  within_ += forecast.sd * forecast.sd;
}

Expected Mixture::Get() const { return {.mean = mean_, .sd = std::sqrt((within_ + between_) / count_)}; }

}  // namespace selvedge::dynamics
