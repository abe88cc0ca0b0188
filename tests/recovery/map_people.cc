// A few simulated people's `leaning`, as JSON Lines: holding on, standing alone after a swing, steady, nine answers,
// and afraid. What content/leaning.schema.json is held to, and what the picture can be looked at with.

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "recovery/map_study.h"

namespace selvedge {
namespace {

using enum leaning::WouldFollow;
using leaning::Question;

constexpr std::uint64_t kSeed = 20261124;

struct Life {
  const char* when;
  Eigen::Vector2d place;
};

Question Live(const leaning::Map& map, std::uint32_t person, const recovery::Amount& amount,
              const std::vector<Life>& seasons) {
  core::RandomStream stream({.seed = kSeed, .subject = person, .purpose = 12});
  Question question;
  for (std::size_t s = 0; s < seasons.size(); ++s) {
    leaning::Season season = recovery::LiveASeason(map, seasons[s].place, amount, stream);
    season.when = seasons[s].when;
    if (s + 1 == seasons.size()) {
      question.now = std::move(season);
    } else {
      question.earlier.push_back(std::move(season));
    }
  }
  return question;
}

std::vector<Question> People(const leaning::Map& map) {
  const Eigen::Vector2d holding_on(-1.9, 0.9);
  const Eigen::Vector2d standing_alone(0.5, -2.1);
  const Eigen::Vector2d steady(2.2, 2.1);
  const recovery::Amount& most = recovery::kAmounts[3];
  const recovery::Amount nine{.name = "nine answers", .items = 2};
  std::vector<Question> people{
      Live(map, 1, most, {{"", holding_on}}),
      Live(map, 2, most, {{"In March", holding_on}, {"In June", {-0.6, -0.5}}, {"", standing_alone}}),
      Live(map, 3, most, {{"In March", {-0.9, 0.1}}, {"", steady}}), Live(map, 4, nine, {{"", {0, 0}}}),
      Live(map, 5, most, {{"", holding_on}})};
  people[0].acts = {kLetDown, kGuilty, kGuilty, kNothingMuch, kLetDown, kQuarrel, kGuilty, kLetDown};
  people[0].findings.push_back(
      {.id = "being_met", .sentence = "When you reached, you were met on most of those days."});
  people[2].acts = std::vector<leaning::WouldFollow>(9, kNothingMuch);
  people[4].acts = {kAfraid, kAfraid, kGuilty, kLetDown, kGuilty, kLetDown, kGuilty};
  people[4].fear = leaning::Fear::kRecurs;
  return people;
}

}  // namespace
}  // namespace selvedge

int main() {
  const selvedge::leaning::Map map = selvedge::leaning::Map::Theory();
  for (const selvedge::leaning::Question& person : selvedge::People(map)) {
    const auto leaning = WhereOneStands(map, person);
    if (!leaning) return 1;
    std::printf("%s\n", LeaningJson(map, *leaning).Dump().c_str());
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}
