#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "leaning/map.h"

/// The whole chain: two people simulated by the theory, the diary they would have kept, and what a reading makes of it,
/// against how these two really are.
namespace selvedge::recovery {

/// One reading of one person beside the truth.
struct ReadPerson {
  double truth = 0;
  bool told = false;  ///< whether the reading says anything yet
  double median = 0;
  double low = 0;  ///< of the 90 % interval
  double high = 0;
};

/// What these readings come to.
struct Recovered {
  int people = 0;
  double told = 0;   ///< share of people
  double truth = 0;  ///< means, of those told
  double median = 0;
  double truth_spread = 0;  ///< standard deviation of the truth
  double error = 0;         ///< root mean square of median − truth
  double correlation = 0;   ///< of medians and truths over people
  double covered = 0;       ///< share of 90 % intervals that hold the truth
};
[[nodiscard]] Recovered Summary(const std::vector<ReadPerson>& people);

/// What is asked of every diary, with the reading's id, and the truth it is held to.
struct Question {
  std::string_view card;
  std::string_view words;
};
[[nodiscard]] const std::vector<Question>& Questions();

/// Where a reading puts somebody on the map; nowhere, if it knows too little.
struct Placed {
  std::optional<Eigen::Vector2d> mean;
  std::optional<leaning::Region> region;
};

/// Everybody who is read.
struct ReadPeople {
  std::vector<std::vector<ReadPerson>> answers;  ///< for each question
  std::vector<Placed> places;
};

/// Both people of this many couples of a population, after so many days. What these people do is known from diaries
/// that the same two keep in other runs of their life, by a memory that forgets nothing.
[[nodiscard]] ReadPeople ReadPopulation(std::string_view population, int days, int couples, std::uint64_t seed);

/// What is found again in the default population, by days; and after so many days in people of each leaning. Tables of
/// docs/populations.md.
[[nodiscard]] std::string LengthTable(int couples, std::uint64_t seed);
[[nodiscard]] std::string LeaningTable(int days, int couples, std::uint64_t seed);
/// Where the map puts people of each leaning.
[[nodiscard]] std::string PlacesTable(int couples, std::uint64_t seed);

}  // namespace selvedge::recovery
