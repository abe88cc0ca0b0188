#include "theory/describe.h"

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include "theory/drift.h"

namespace selvedge::theory {
namespace {

constexpr std::array<std::string_view, kPersonFields<float>.size()> kStates{
    "how they feel; 0 is usual for them, 1 about what days do to people",
    "what they need and do not get, 0 to 2",
    "knowing what they feel and want",
    "that the partner will be there",
    "authorship of their own story",
    "felt now, what being needed adds included",
    "how close they feel: fast, and not the same as `closeness`",
    "being on guard for what might go wrong",
    "being alone with it all",
    "about time of their own",
    "of their own parts, before these act",
    "learned strength of the part that keeps the other close by fixing, pleasing, keeping the peace",
    "learned strength of the part that keeps safe by needing no one"};

constexpr std::array<std::string_view, kTraitFields<float>.size()> kTraits{
    "how fast feelings come back to usual, a day",
    "share of the partner's perceived feeling that becomes their own",
    "share of their own feeling in what they take for the partner's",
    "arms the caretaker",
    "arms the wall",
    "how far worth waits for being needed",
    "how much of the self is the couple",
    "to be there for someone, and to do things well",
    "where awareness returns to without practice",
    "worth at rest; a limit takes some",
    "where self-connection and agency return to",
    "to strain from outside; 0.5 is usual",
    "makes the other pay for a limit or a word: 0 in everybody but the scenario of coercion"};

constexpr std::array<Meaning, 3> kBetween{
    {{"closeness", "what the two have really shown each other: slow, and not the same as feeling close"},
     {"together", "1 while they are a couple, 0 after a parting"},
     {"contact", "what passes between them: `apart` to 1, and 0 after a parting"}}};

constexpr std::array<std::string_view, kPathCount> kPaths{
    "seeing",   "mindfulness",  "recognising", "facing_fear", "telling_apart", "setting_limits",
    "choosing", "independence", "reaching",    "counselling", "both_levels"};

template <typename Fields, typename Words>
std::vector<Meaning> Named(const Fields& fields, const Words& words) {
  std::vector<Meaning> meanings;
  for (std::size_t i = 0; i < fields.size(); ++i) meanings.push_back({.name = fields[i].name, .words = words[i]});
  return meanings;
}

template <typename Struct, typename Fields>
Struct Names(const Fields& fields, const std::string& whose) {
  Struct names;
  for (const auto& [name, member] : fields) names.*member = Formula::Named(whose + std::string(name));
  return names;
}

/// A system in which everything is its name.
struct System {
  Person<Formula> me = Names<Person<Formula>>(kPersonFields<Formula>, "me.");
  Person<Formula> you = Names<Person<Formula>>(kPersonFields<Formula>, "you.");
  Traits<Formula> mine = Names<Traits<Formula>>(kTraitFields<Formula>, "mine.");
  Traits<Formula> yours = Names<Traits<Formula>>(kTraitFields<Formula>, "yours.");
  Formula closeness = Formula::Named(std::string(kBetween[0].name));
  Formula together = Formula::Named(std::string(kBetween[1].name));
  Formula contact = Formula::Named(std::string(kBetween[2].name));
  Practising<Formula> practising{};
  Constants<Formula> k = Names<Constants<Formula>>(kConstantFields<Formula>, "");

  System() {
    for (std::size_t path = 0; path < kPathCount; ++path) {
      practising[path] = Formula::Named("practising." + std::string(kPaths[path]));
    }
  }
  [[nodiscard]] View<Formula> view() const {
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
};

void Take(std::vector<Equation>& equations, std::string name, const Formula& formula) {
  if (!IsZero(formula)) equations.push_back({.name = std::move(name), .formula = formula});
}

void Take(std::vector<Equation>& equations, const std::string& whose, const Person<Formula>& person) {
  for (const auto& [name, member] : kPersonFields<Formula>) Take(equations, whose + std::string(name), person.*member);
}

/// What one moment changes, in every way it can turn out: each chance taken first as so, then as not.
template <typename Rule>
std::vector<Branch> BranchesOf(const View<Formula>& view) {
  std::vector<Branch> branches;
  std::vector<Chance> given;
  for (;;) {
    std::size_t asked = 0;
    Change<Formula> change;
    Rule::Happens(
        view, Formula(1),
        [&](const Formula& probability) {
          if (asked == given.size()) given.push_back({});
          given[asked].probability = probability;
          return Formula(given[asked++].so ? 1 : 0);
        },
        change);
    Branch& branch = branches.emplace_back(Branch{.given = given, .changes = {}});
    Take(branch.changes, "me.", change.me);
    Take(branch.changes, "you.", change.you);
    Take(branch.changes, "closeness", change.closeness);
    Take(branch.changes, "parted", change.parted);
    while (!given.empty() && !given.back().so) given.pop_back();
    if (given.empty()) return branches;
    given.back().so = false;
  }
}

template <typename... Rule>
std::vector<RuleEquations> EquationsOf(std::type_identity<std::tuple<Rule...>>) {
  const System system;
  const View<Formula> view = system.view();
  return {RuleEquations{.note = Rule::kNote, .rate = Rule::Rate(view), .branches = BranchesOf<Rule>(view)}...};
}

}  // namespace

std::vector<Meaning> MeaningsOfStates() { return Named(kPersonFields<float>, kStates); }
std::vector<Meaning> MeaningsOfTraits() { return Named(kTraitFields<float>, kTraits); }
std::vector<Meaning> MeaningsBetween() { return {kBetween.begin(), kBetween.end()}; }
std::array<std::string_view, kPathCount> NamesOfPaths() { return kPaths; }

std::vector<RuleEquations> EquationsOfRules() { return EquationsOf(std::type_identity<Rules>()); }

std::vector<Equation> EquationsOfDrift() {
  const System system;
  const View<Formula> view = system.view();
  const Couple<Formula> couple{
      .people = {.a = system.me, .b = system.you}, .closeness = system.closeness, .together = system.together};
  std::vector<Equation> drift{{.name = "me.feeling", .formula = FeelingPush(view)}};
  Take(drift, "me.", PersonDrift(view));
  Take(drift, "closeness", ClosenessDrift(couple, system.k));
  return drift;
}

std::vector<Shorthand> Shorthands() {
  const System system;
  const View<Formula> view = system.view();
  return {{.name = "MixedUp", .formula = view.MixedUp()},
          {.name = "Perceived", .formula = view.Perceived()},
          {.name = "YouLow", .formula = view.YouLow()},
          {.name = "Fusion", .formula = view.Fusion()},
          {.name = "Freed", .formula = view.Freed()},
          {.name = "Caretaker", .formula = view.Caretaker()},
          {.name = "Wall", .formula = view.Wall()},
          {.name = "LetsTrustGrow", .formula = view.LetsTrustGrow()},
          {.name = "Available", .formula = Reached::Available(view)},
          {.name = "Responsive", .formula = Reached::Responsive(view)},
          {.name = "WithMe", .formula = Reached::WithMe(view)}};
}

}  // namespace selvedge::theory
