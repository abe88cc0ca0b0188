#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "theory/formula.h"
#include "theory/rules.h"

/// The theory as equations: the rules, run with formulas for numbers (docs/theory.md is made of this).
namespace selvedge::theory {

/// What a state or a trait is called and means.
struct Meaning {
  std::string_view name;
  std::string_view words;
};
[[nodiscard]] std::vector<Meaning> MeaningsOfStates();  ///< of a person, in the order of kPersonFields
[[nodiscard]] std::vector<Meaning> MeaningsOfTraits();  ///< in the order of kTraitFields
[[nodiscard]] std::vector<Meaning> MeaningsBetween();   ///< what is between two people

/// What practices are called in equations, from PATH-1 on.
[[nodiscard]] std::array<std::string_view, kPathCount> NamesOfPaths();

/// What is changed, and the equation of how fast or by how much.
struct Equation {
  std::string name;
  Formula formula;
};

/// Something that may or may not be so when a moment happens, and which of the two this is about.
struct Chance {
  Formula probability;
  bool so = true;
};

/// What one moment changes, all else being as `given`.
struct Branch {
  std::vector<Chance> given;
  std::vector<Equation> changes;  ///< amounts to add; nothing that stays as it is
};

struct RuleEquations {
  RuleNote note;
  Formula rate;  ///< a day
  std::vector<Branch> branches;
};

/// The rules in their order.
[[nodiscard]] std::vector<RuleEquations> EquationsOfRules();

/// What a feeling is pushed by, and the rates of everything else in a person and between two, a day.
[[nodiscard]] std::vector<Equation> EquationsOfDrift();

/// What stands in many equations under one name (view.h, rules.h). Each may stand in those after it, in none before.
[[nodiscard]] std::vector<Shorthand> Shorthands();

}  // namespace selvedge::theory
