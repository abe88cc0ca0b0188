#include "theory/describe.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/random.h"
#include "theory/drift.h"

namespace selvedge::theory {
namespace {

using Numbers = std::map<std::string, double, std::less<>>;

/// Computes what a written equation says, as a reader would: from the text alone.
class Reader {
 public:
  Reader(std::string_view text, const Numbers& numbers) : text_(text), numbers_(numbers) {}

  double Read() {
    const double value = Sum();
    EXPECT_TRUE(text_.empty()) << "unread: " << text_;
    return value;
  }

 private:
  bool Takes(std::string_view token) {
    if (!text_.starts_with(token)) return false;
    text_.remove_prefix(token.size());
    return true;
  }
  void Needs(std::string_view token) { EXPECT_TRUE(Takes(token)) << token << " expected at: " << text_; }

  double Sum() {
    double sum = Takes("−") ? -Product() : Product();
    for (;;) {
      if (Takes(" + ")) {
        sum += Product();
      } else if (Takes(" − ")) {
        sum -= Product();
      } else {
        return sum;
      }
    }
  }

  double Product() {
    double product = Factor();
    for (;;) {
      if (Takes(" · ")) {
        product *= Factor();
      } else if (Takes(" / ")) {
        product /= Factor();
      } else {
        return product;
      }
    }
  }

  std::vector<double> List() {
    std::vector<double> list{Sum()};
    while (Takes(", ")) list.push_back(Sum());
    Needs(")");
    return list;
  }

  double Factor() {
    if (Takes("[")) {
      const double value = Sum();
      Needs("]₊");
      return std::max(value, 0.0);
    }
    if (Takes("(")) {
      const double value = Sum();
      if (!Takes(" if ")) {
        Needs(")");
        return value;
      }
      const double left = Sum();
      const bool is_less = Takes(" < ");
      if (!is_less) Needs(" > ");
      const double right = Sum();
      Needs(", else ");
      const double otherwise = Sum();
      Needs(")");
      return (is_less ? left < right : left > right) ? value : otherwise;
    }
    if (Takes("σ(")) return 1 / (1 + std::exp(-List().at(0)));
    if (Takes("√(")) return std::sqrt(List().at(0));
    if (Takes("exp(")) return std::exp(List().at(0));
    if (Takes("min(")) return std::ranges::min(List());
    if (Takes("max(")) return std::ranges::max(List());
    if (Takes("between(")) {
      const std::vector<double> list = List();
      return std::clamp(list.at(1), list.at(0), list.at(2));
    }
    const auto is_part = [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
    };
    const auto size = std::ranges::find_if_not(text_, is_part) - text_.begin();
    const std::string_view word = text_.substr(0, static_cast<std::size_t>(size));
    text_.remove_prefix(word.size());
    if (const auto known = numbers_.find(word); known != numbers_.end()) return known->second;
    double number = 0;
    const auto [stop, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    EXPECT_TRUE(error == std::errc{} && stop == word.data() + word.size()) << "not a number or name: " << word;
    return number;
  }

  std::string_view text_;
  const Numbers& numbers_;
};

/// A system of numbers drawn at random, and the same by name.
struct Drawn {
  Person<float> me;
  Person<float> you;
  Traits<float> mine;
  Traits<float> yours;
  float closeness = 0;
  float together = 0;
  float contact = 0;
  Practising<float> practising{};
  Constants<float> k;
  Numbers numbers;

  explicit Drawn(std::uint32_t number) {
    core::RandomStream stream({.seed = 7, .subject = number, .purpose = 1});
    const auto uniform = [&](float low, float high) {
      return low + (high - low) * static_cast<float>(stream.Uniform());
    };
    const auto fill = [&](auto& into, const auto& fields, const std::string& whose) {
      for (const auto& [name, member] : fields) {
        const bool is_wide = name == "feeling" || name == "need";
        into.*member = is_wide ? uniform(name == "need" ? 0 : -2, 2) : uniform(0, 1);
        numbers[whose + std::string(name)] = into.*member;
      }
    };
    fill(me, kPersonFields<float>, "me.");
    fill(you, kPersonFields<float>, "you.");
    fill(mine, kTraitFields<float>, "mine.");
    fill(yours, kTraitFields<float>, "yours.");
    fill(k, kConstantFields<float>, "");
    numbers["closeness"] = closeness = uniform(0, 1);
    numbers["together"] = together = uniform(0, 1);
    numbers["contact"] = contact = uniform(0, 1);
    for (std::size_t path = 0; path < kPathCount; ++path) {
      numbers["practising." + std::string(NamesOfPaths()[path])] = practising[path] = uniform(0, 1);
    }
    const std::vector<Shorthand> shorthands = Shorthands();
    for (std::size_t i = 0; i < shorthands.size(); ++i) {
      numbers[shorthands[i].name] = Reads(TextOf(shorthands[i].formula, std::span(shorthands).first(i)));
    }
  }

  [[nodiscard]] View<float> view() const {
    return {.me = me,
            .you = you,
            .mine = mine,
            .yours = yours,
            .closeness = closeness,
            .together = together,
            .contact = contact,
            .practising = practising,
            .k = k};
  }
  [[nodiscard]] double Reads(const std::string& text) const { return Reader(text, numbers).Read(); }
  [[nodiscard]] double Reads(const Formula& formula) const { return Reads(TextOf(formula, Shorthands())); }
};

/// The equations' sum under a name, 0 where it is not among them.
double Written(const Drawn& drawn, const std::vector<Equation>& equations, const std::string& name) {
  const auto found = std::ranges::find(equations, name, &Equation::name);
  return found == equations.end() ? 0 : drawn.Reads(found->formula);
}

constexpr double kNear = 1e-6;

void ExpectSame(const Drawn& drawn, const std::vector<Equation>& equations, const std::string& whose,
                const Person<float>& person) {
  for (const auto& [name, member] : kPersonFields<float>) {
    EXPECT_NEAR(Written(drawn, equations, whose + std::string(name)), person.*member, kNear) << whose << name;
  }
}

template <typename Rule>
void ExpectSameRule(const Drawn& drawn, const RuleEquations& equations) {
  SCOPED_TRACE(equations.note.event);
  EXPECT_EQ(equations.note.event, Rule::kNote.event);
  EXPECT_NEAR(drawn.Reads(equations.rate), Rule::Rate(drawn.view()), kNear);
  for (const Branch& branch : equations.branches) {
    std::size_t asked = 0;
    Change<float> change;
    Rule::Happens(
        drawn.view(), 1.0F,
        [&](float probability) {
          EXPECT_NEAR(drawn.Reads(branch.given.at(asked).probability), probability, kNear);
          return branch.given[asked++].so ? 1.0F : 0.0F;
        },
        change);
    EXPECT_EQ(asked, branch.given.size());
    ExpectSame(drawn, branch.changes, "me.", change.me);
    ExpectSame(drawn, branch.changes, "you.", change.you);
    EXPECT_NEAR(Written(drawn, branch.changes, "closeness"), change.closeness, kNear);
    EXPECT_NEAR(Written(drawn, branch.changes, "parted"), change.parted, kNear);
  }
}

constexpr std::uint32_t kSystems = 50;

TEST(Describe, WrittenRulesComputeWhatTheRulesCompute) {
  const std::vector<RuleEquations> written = EquationsOfRules();
  ASSERT_EQ(written.size(), std::tuple_size_v<Rules>);
  for (std::uint32_t number = 0; number < kSystems; ++number) {
    const Drawn drawn(number);
    [&]<typename... Rule>(std::type_identity<std::tuple<Rule...>>) {
      std::size_t i = 0;
      (ExpectSameRule<Rule>(drawn, written[i++]), ...);
    }(std::type_identity<Rules>());
  }
}

TEST(Describe, WrittenDriftComputesWhatTheDriftComputes) {
  const std::vector<Equation> written = EquationsOfDrift();
  for (std::uint32_t number = 0; number < kSystems; ++number) {
    const Drawn drawn(number);
    Person<float> rates = PersonDrift(drawn.view());
    rates.feeling = FeelingPush(drawn.view());
    ExpectSame(drawn, written, "me.", rates);
    const Couple<float> couple{
        .people = {.a = drawn.me, .b = drawn.you}, .closeness = drawn.closeness, .together = drawn.together};
    EXPECT_NEAR(Written(drawn, written, "closeness"), ClosenessDrift(couple, drawn.k), kNear);
  }
}

TEST(Describe, EveryWayAMomentCanTurnOutIsWritten) {
  for (const RuleEquations& rule : EquationsOfRules()) {
    const std::size_t chances = rule.branches.front().given.size();
    EXPECT_EQ(rule.branches.size(), std::size_t{1} << chances) << rule.note.event;
    for (const Branch& branch : rule.branches) EXPECT_EQ(branch.given.size(), chances);
  }
}

TEST(Describe, EverythingHasAMeaning) {
  for (const auto& meanings : {MeaningsOfStates(), MeaningsOfTraits(), MeaningsBetween()}) {
    for (const Meaning& meaning : meanings) {
      EXPECT_FALSE(meaning.name.empty());
      EXPECT_FALSE(meaning.words.empty()) << meaning.name;
    }
  }
  EXPECT_EQ(std::ranges::count(NamesOfPaths(), std::string_view()), 0);
}

/// Which events people can log, and which they can't, is said in content/moments.json; its schema lists them all.
TEST(Describe, ContentKnowsTheEventsOfTheRules) {
  std::ifstream file(SELVEDGE_SOURCE_DIR "/content/moments.schema.json");
  std::stringstream text;
  text << file.rdbuf();
  const core::Json schema = core::Json::Parse(text.str()).value();
  const std::vector<std::string> listed =
      schema.Field("definitions").value().Field("event").value().Texts("enum").value();
  const std::vector<std::string> events(kEvents.begin(), kEvents.end());
  EXPECT_EQ(listed, events);
  EXPECT_EQ(std::set<std::string>(events.begin(), events.end()).size(), events.size());
}

TEST(Formula, LeavesOutWhatAddsNothing) {
  const Formula a = Formula::Named("a");
  const Formula b = Formula::Named("b");
  EXPECT_EQ(TextOf(0 + a), "a");
  EXPECT_EQ(TextOf(a + 0), "a");
  EXPECT_EQ(TextOf(0 - a), "−a");
  EXPECT_EQ(TextOf(a - 0), "a");
  EXPECT_EQ(TextOf(1 * a * 1), "a");
  EXPECT_EQ(TextOf(a / 1), "a");
  EXPECT_TRUE(IsZero(0 * a));
  EXPECT_TRUE(IsZero(0 / a));
  EXPECT_TRUE(IsZero(Formula()));
  EXPECT_EQ(TextOf(a + -b), "a − b");
  EXPECT_EQ(TextOf(a - -b), "a + b");
  EXPECT_EQ(TextOf(a - b * -a), "a + b · a");
  EXPECT_EQ(TextOf(-a / b), "−a / b");
  EXPECT_EQ(TextOf(- -a), "a");
  EXPECT_EQ(TextOf(Formula(2) * 3 + 1 - 0.5F), "6.5");
  EXPECT_EQ(TextOf(Min(Formula(2), Formula(3)) - Max(Formula(2), Formula(3)) / 2), "0.5");
  EXPECT_EQ(TextOf(-Formula(0.25F)), "−0.25");
}

TEST(Formula, PutsBracketsWhereTheyAreNeededAndNowhereElse) {
  const Formula a = Formula::Named("a");
  const Formula b = Formula::Named("b");
  const Formula c = Formula::Named("c");
  EXPECT_EQ(TextOf(a + b + c), "a + b + c");
  EXPECT_EQ(TextOf(a + (b - c)), "a + b − c");
  EXPECT_EQ(TextOf(a - (b - c)), "a − (b − c)");
  EXPECT_EQ(TextOf(a + (-b + c)), "a + (−b + c)");
  EXPECT_EQ(TextOf(-(a + b)), "−(a + b)");
  EXPECT_EQ(TextOf(-(a * b) + c), "−a · b + c");
  EXPECT_EQ(TextOf(a * (b + c)), "a · (b + c)");
  EXPECT_EQ(TextOf(a * b * c), "a · b · c");
  EXPECT_EQ(TextOf(a * (b / c)), "a · b / c");
  EXPECT_EQ(TextOf(a / (b * c)), "a / (b · c)");
  EXPECT_EQ(TextOf((a + b) / c), "(a + b) / c");
  EXPECT_EQ(TextOf(a * Formula(-2)), "a · (−2)");
  EXPECT_EQ(TextOf(Logistic(a + b) * Sqrt(a * b) * Positive(a - b) * Exp(-a)),
            "σ(a + b) · √(a · b) · [a − b]₊ · exp(−a)");
  EXPECT_EQ(TextOf(Between(-a, b, a) + Max(a, b) - Min(a, 1)), "between(−a, b, a) + max(a, b) − min(a, 1)");
  EXPECT_EQ(TextOf(a * If(b > c, a + b, c) + If(a < 0, b, c)), "a · (a + b if b > c, else c) + (b if a < 0, else c)");
}

TEST(Formula, WritesWhatHasANameByIt) {
  const Formula a = Formula::Named("a");
  const Formula b = Formula::Named("b");
  const std::vector<Shorthand> shorthand{{.name = "Sum", .formula = a + b}};
  EXPECT_EQ(TextOf((a + b) * a, shorthand), "Sum · a");
  EXPECT_EQ(TextOf((b + a) * a, shorthand), "(b + a) · a");
}

}  // namespace
}  // namespace selvedge::theory
