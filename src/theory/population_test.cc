#include "theory/population.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"

namespace selvedge::theory {
namespace {

constexpr std::uint32_t kCouples = 20'000;

std::vector<Cast> CastsOf(const Population& population, std::uint64_t seed = 1) {
  std::vector<Cast> casts;
  const Constants<float> constants = ShippedTheory().value().constants;
  for (std::uint32_t couple = 0; couple < kCouples; ++couple) {
    casts.push_back(CastOf(population, constants, seed, couple));
  }
  return casts;
}

const Spread& SpreadOf(const Population& population, std::string_view trait) {
  for (std::size_t i = 0; i < kTraitFields<float>.size(); ++i) {
    if (kTraitFields<float>[i].name == trait) return population.people.a[i];
  }
  throw std::invalid_argument(std::string(trait));
}

double Logit(double p) { return std::log(p / (1 - p)); }

double Correlation(const std::vector<double>& x, const std::vector<double>& y) {
  const auto n = static_cast<double>(x.size());
  double sx = 0;
  double sy = 0;
  double sxx = 0;
  double syy = 0;
  double sxy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sx += x[i];
    sy += y[i];
    sxx += x[i] * x[i];
    syy += y[i] * y[i];
    sxy += x[i] * y[i];
  }
  return (n * sxy - sx * sy) / std::sqrt((n * sxx - sx * sx) * (n * syy - sy * sy));
}

TEST(Population, TraitsHaveTheMediansAndSpreadsItSays) {
  const Population population = ShippedPopulation("default").value();
  const std::vector<Cast> casts = CastsOf(population);
  for (std::size_t i = 0; i < kTraitFields<float>.size(); ++i) {
    const auto& [name, member] = kTraitFields<float>[i];
    const Spread& spread = population.people.a[i];
    if (spread.spread == 0) continue;
    const bool is_rate = name == "return_rate";
    double sum = 0;
    double squares = 0;
    for (const Cast& cast : casts) {
      const double value = cast.traits.b.*member;
      const double z =
          (is_rate ? std::log(value / spread.centre) : Logit(value) - Logit(spread.centre)) / spread.spread;
      sum += z;
      squares += z * z;
    }
    EXPECT_NEAR(sum / kCouples, 0, 4 / std::sqrt(kCouples)) << name;
    EXPECT_NEAR(squares / kCouples, 1, 4 * std::sqrt(2.0 / kCouples)) << name;
  }
}

TEST(Population, InsecurityIsWhatTraitsAndPartnersHaveInCommon) {
  const Population population = ShippedPopulation("default").value();
  std::vector<double> fears;
  std::vector<double> hurts;
  std::vector<double> their_fears;
  for (const Cast& cast : CastsOf(population)) {
    fears.push_back(Logit(cast.traits.a.fear_of_abandonment));
    hurts.push_back(Logit(cast.traits.a.hurt_history));
    their_fears.push_back(Logit(cast.traits.b.fear_of_abandonment));
  }
  const float fear = SpreadOf(population, "fear_of_abandonment").insecurity;
  const float hurt = SpreadOf(population, "hurt_history").insecurity;
  const double tolerance = 4 / std::sqrt(kCouples);
  EXPECT_NEAR(Correlation(fears, hurts), fear * hurt, tolerance);
  EXPECT_NEAR(Correlation(fears, their_fears), fear * fear * population.partners_alike, tolerance);
}

TEST(Population, AShareOfNothingOrAllIsTheSameForEverybody) {
  Population population = ShippedPopulation("default").value();
  population.people.a.front() = {.centre = 0.74F, .spread = 0.35F};
  for (std::size_t i = 1; i < population.people.a.size(); ++i) {
    population.people.a[i] = {.centre = static_cast<float>(i % 2), .spread = 3};
  }
  const Cast cast = CastOf(population, ShippedTheory().value().constants, 1, 0);
  for (std::size_t i = 1; i < population.people.a.size(); ++i) {
    EXPECT_EQ(cast.traits.a.*kTraitFields<float>[i].member, static_cast<float>(i % 2));
  }
}

TEST(Population, PeopleBeginWithPartsAsStrongAsWhatArmsThem) {
  const Constants<float> k = ShippedTheory().value().constants;
  const Cast cast = CastOf(ShippedPopulation("default").value(), k, 1, 0);
  const Traits<float>& traits = cast.traits.a;
  const Person<float>& a = cast.start.people.a;
  EXPECT_EQ(a.caretaker, traits.fear_of_abandonment);
  EXPECT_EQ(a.wall, traits.hurt_history);
  EXPECT_EQ(a.awareness, traits.awareness_at_rest);
  EXPECT_EQ(a.worth, traits.esteem);
  EXPECT_EQ(a.trust, k.trust_at_rest * (1 - k.hurt_lowers_trust * traits.hurt_history));
  EXPECT_EQ(cast.start.together, 1);
  EXPECT_EQ(a.felt_closeness, cast.start.closeness);
}

TEST(Population, ACoupleIsTheSameAgainAndAnotherIsNot) {
  const Population population = ShippedPopulation("default").value();
  const Constants<float> k = ShippedTheory().value().constants;
  const auto fear = [&](std::uint64_t seed, std::uint32_t couple, std::uint32_t beginning) {
    return CastOf(population, k, seed, couple, beginning).traits.b.fear_of_abandonment;
  };
  EXPECT_EQ(fear(1, 2, 0), fear(1, 2, 0));
  EXPECT_NE(fear(1, 2, 0), fear(2, 2, 0));
  EXPECT_NE(fear(1, 2, 0), fear(1, 3, 0));
  EXPECT_NE(fear(1, 2, 0), fear(1, 2, 1));
}

TEST(Population, EveryShippedOneIsReadAndNamesItself) {
  for (const std::string& id : ShippedPopulations()) EXPECT_EQ(ShippedPopulation(id).value().id, id);
  const auto unknown = ShippedPopulation("nobody");
  ASSERT_FALSE(unknown.has_value());
  EXPECT_EQ(unknown.error().message, "There is no population \"nobody\".");
  EXPECT_NE(unknown.error().remedy.find("steady_both"), std::string::npos);
}

TEST(Population, WithoutBBothAreAlike) {
  const Population population = ShippedPopulation("default").value();
  EXPECT_EQ(population.people.b.front().centre, population.people.a.front().centre);
  const Population unlike = ShippedPopulation("holding_on_standing_alone").value();
  EXPECT_NE(unlike.people.a[1].centre, unlike.people.b[1].centre);
}

std::string ReadContent(const std::string& name) {
  std::ifstream file(std::string(SELVEDGE_SOURCE_DIR "/content/") + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The default population with one word replaced, and what the refusal says.
std::string RefusalOf(std::string_view replaced, std::string_view by) {
  std::string text = ReadContent("populations/default.json");
  const std::size_t at = text.find(replaced);
  if (at == std::string::npos) return "not in the text";
  text.replace(at, replaced.size(), by);
  const auto population = ParsePopulation(text);
  if (population) return "taken";
  EXPECT_FALSE(population.error().remedy.empty());
  return population.error().message;
}

TEST(Population, RefusesWhatIsNotOne) {
  EXPECT_EQ(RefusalOf("\"fusion\"", "\"fussion\""), "The field \"fusion\" is missing or is not a value.");
  EXPECT_EQ(RefusalOf("\"centre\": 0.74", "\"centre\": 0"), "The numbers of \"return_rate\" are out of range.");
  EXPECT_EQ(RefusalOf("\"centre\": 0.3", "\"centre\": 1.3"), "The numbers of \"fusion\" are out of range.");
  EXPECT_EQ(RefusalOf("\"spread\": 0.6", "\"spread\": -0.6"), "The numbers of \"fusion\" are out of range.");
  EXPECT_EQ(RefusalOf("\"insecurity\": 0.5", "\"insecurity\": 1.5"), "The numbers of \"fusion\" are out of range.");
  EXPECT_EQ(RefusalOf("\"partners_alike\": 0.45", "\"partners_alike\": 2"), "\"partners_alike\" is not a correlation.");
  EXPECT_EQ(RefusalOf("selvedge-population", "selvedge-map"), "This is not a population of version 1.");
  EXPECT_EQ(RefusalOf("\"version\": 1", "\"version\": 2"), "This is not a population of version 1.");
}

TEST(Population, RefusesPracticesOutOfRange) {
  const auto with = [](std::string_view practice) {
    return RefusalOf("\"partners_alike\"", R"("practices": [)" + std::string(practice) + R"(], "partners_alike")");
  };
  EXPECT_EQ(with(R"({"path": 11, "a": 1, "b": 0.5, "from_day": 3, "days": 56})"), "taken");
  for (const std::string_view wrong : {R"({"path": 12, "a": 1, "b": 0, "from_day": 3, "days": 56})",
                                       R"({"path": 1.5, "a": 1, "b": 0, "from_day": 3, "days": 56})",
                                       R"({"path": -1e30, "a": 1, "b": 0, "from_day": 3, "days": 56})",
                                       R"({"path": 1, "a": 1.1, "b": 0, "from_day": 3, "days": 56})",
                                       R"({"path": 1, "a": 1, "b": 0, "from_day": -3, "days": 56})",
                                       R"({"path": 1, "a": 1, "b": 0, "from_day": 3, "days": 1e30})"}) {
    EXPECT_EQ(with(wrong), "The numbers of a practice are out of range.") << wrong;
  }
}

}  // namespace
}  // namespace selvedge::theory
