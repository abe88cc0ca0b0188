#include "recovery/diary_study.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <string_view>
#include <vector>

#include "core/random.h"
#include "dynamics/draw.h"
#include "dynamics/fit.h"
#include "dynamics/occasions.h"
#include "numerics/normal.h"
#include "reading/diary_evidence.h"
#include "responses/logistic.h"
#include "responses/occasions.h"

namespace selvedge::recovery {
namespace {

using dynamics::PersonCoordinates;

constexpr double kAnswered = 0.85;

/// One person: a place, and what the map's indicators make of it.
class Someone {
 public:
  Someone(const leaning::Map& map, core::RandomStream& stream) : map_(map), stream_(stream) {
    const Eigen::Matrix2d L = map.Spread().llt().matrixL();
    place_ = L * Eigen::Vector2d(Draw(), Draw());
  }

  [[nodiscard]] const Eigen::Vector2d& place() const { return place_; }

  /// An indicator's own quantity, as it is in this person.
  [[nodiscard]] double Quantity(std::string_view indicator) {
    const leaning::Component& component = map_.Find(indicator)->components.front();
    return component.centre + component.loading.dot(place_) + std::sqrt(component.residual_variance) * Draw();
  }

  [[nodiscard]] bool Chance(double probability) { return stream_.Uniform() < probability; }

 private:
  double Draw() { return numerics::DrawNormal(stream_); }

  const leaning::Map& map_;
  core::RandomStream& stream_;
  Eigen::Vector2d place_;
};

/// How often this person does what the map asks about, on the days on which it can be done.
struct Habits {
  explicit Habits(Someone& someone) {
    const auto rate = [&](std::string_view indicator) { return responses::Logistic(someone.Quantity(indicator)); };
    stepping_in = rate("stepping_in");
    said_yes_empty = rate("said_yes_empty");
    unsaid = rate("unsaid");
    own_time = rate("own_time");
    noticed_first = rate("noticed_first");
    withdrew = rate("withdrew");
    waved_off = rate("waved_off");
    reached = rate("reached");
    opened_up = rate("opened_up");
  }

  double stepping_in = 0;
  double said_yes_empty = 0;
  double unsaid = 0;
  double own_time = 0;
  double noticed_first = 0;
  double withdrew = 0;
  double waved_off = 0;
  double reached = 0;
  double opened_up = 0;
};

diary::Moments OneDay(const Habits& habits, Someone& someone) {
  constexpr double kComes = 0.25;  // something warm, or a hand
  constexpr double kGuilty = 0.1;
  std::string log;
  const auto add = [&](double probability, const char* moment) {
    if (!someone.Chance(probability)) return false;
    log += (log.empty() ? "" : " | ") + std::string(moment);
    return true;
  };
  add(habits.stepping_in, "stepped_in asked=no");
  add(habits.said_yes_empty, "said_yes_empty");
  add(habits.unsaid, "held_back what=need");
  if (!add(habits.own_time, "own_time guilt=none")) add(kGuilty, "own_time guilt=some");
  add(habits.noticed_first, "noticed_first");
  if (add(kComes, "was_reached came=warm")) add(habits.withdrew, "withdrew came=warm");
  if (someone.Chance(kComes) && !add(habits.waved_off, "was_offered took=no")) add(1, "was_offered took=yes");
  add(habits.reached, "reached outcome=with_me");
  add(habits.opened_up, "opened_up");
  return diary::ReadMoments(log.empty() ? "nothing" : log).value();
}

/// How the two feel: the person's upsets stay, and their days go along with the other's, as their place has it; all
/// else is drawn from what is usual among couples.
dynamics::System Feelings(Someone& someone, const dynamics::Prior& prior, core::RandomStream& stream) {
  const double log_return = std::log(std::numbers::ln2) - someone.Quantity("half_life");
  const double pull = someone.Quantity("fusion_share") * std::exp(log_return);
  for (;;) {
    numerics::Point point = prior.Centre();
    for (Eigen::Index i = 0; i < point.size(); ++i) point[i] += prior.Widths()[i] * numerics::DrawNormal(stream);
    point[PersonCoordinates::kLogReturnA] = log_return;
    point[PersonCoordinates::kPullA] = pull;
    if (const auto system = PersonCoordinates(true).SystemAt(point)) return *system;
  }
}

}  // namespace

DiaryCoverage MeasureDiary(const leaning::Map& map, int days, int people, std::uint64_t seed) {
  const dynamics::Prior prior = dynamics::Prior::DailyMood();
  const double prior_area = std::sqrt(map.Spread().determinant());
  DiaryCoverage measured;
  for (int number = 0; number < people; ++number) {
    core::RandomStream stream({.seed = seed, .subject = static_cast<std::uint32_t>(number), .purpose = 13});
    Someone someone(map, stream);
    const Habits habits(someone);
    const dynamics::System system = Feelings(someone, prior, stream);
    std::vector<core::Days> times;
    for (int day = 0; day < days; ++day) times.push_back({static_cast<double>(day)});
    std::vector<dynamics::Observation> feelings = DrawAnswers(system, dynamics::Start::kStationary, times, stream);
    std::vector<responses::Occasion> occasions;
    for (dynamics::Observation& observation : feelings) {
      for (const core::Side side : core::kSides) {
        if (!someone.Chance(kAnswered)) observation.own[side].reset();
      }
      responses::Occasion occasion{.day = static_cast<int>(observation.time.count), .own = observation.own};
      if (someone.Chance(kAnswered)) occasion.moments.a = OneDay(habits, someone);
      occasions.push_back(occasion);
    }
    std::vector<leaning::Evidence> evidence = reading::EvidenceFromActs(occasions, core::Side::kA);
    dynamics::Occasions fitted;
    fitted.AddDyad(feelings);
    if (const dynamics::Fit fit = FitMaximumAPosteriori(fitted, {}, prior); fit.laplace) {
      const auto told = reading::EvidenceFromFeelings(*fit.laplace, prior, core::Side::kA, days);
      measured.feelings += told.empty() ? 0.0 : 1.0 / people;
      evidence.insert(evidence.end(), told.begin(), told.end());
    }
    const leaning::Normal2 found = Locate(map, evidence).value().posterior;
    const Eigen::Vector2d off = someone.place() - found.mean;
    const double distance = off.dot(found.covariance.llt().solve(off));
    measured.half += (distance <= -2 * std::log(0.5) ? 1.0 : 0.0) / people;
    measured.ninety += (distance <= -2 * std::log(0.1) ? 1.0 : 0.0) / people;
    measured.area += std::sqrt(found.covariance.determinant()) / prior_area / people;
  }
  return measured;
}

}  // namespace selvedge::recovery
