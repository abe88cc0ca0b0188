#pragma once

#include <array>
#include <cstddef>

#include "core/side.h"
#include "theory/field.h"

/// The state of a relational system: two people and what is between them. `V` is a number (lanes.h).
namespace selvedge::theory {

/// One person, now. All between 0 and 1 but `feeling` and `need`.
template <typename V>
struct Person {
  V feeling{};          ///< 0 is usual for them; in standard deviations of what days do to people
  V need{};             ///< unmet, 0 to 2
  V self_connection{};  ///< knowing what they feel and want
  V trust{};            ///< that the partner will be there
  V agency{};           ///< authorship of their own story
  V worth{};            ///< felt now, what being needed adds included
  V felt_closeness{};   ///< how close they feel: fast, and not the same as `closeness`
  V vigilance{};        ///< scanning for what might go wrong
  V loneliness{};
  V guilt{};      ///< about time of their own
  V awareness{};  ///< of their own parts, before these act
  V caretaker{};  ///< learned strength of the part that keeps the other close by fixing, pleasing, keeping the peace
  V wall{};       ///< learned strength of the part that keeps safe by needing no one
};

/// What is between two people.
template <typename V>
struct Couple {
  core::BySide<Person<V>> people{};
  V closeness{};  ///< what has really been shown to each other: slow
  V together{};   ///< 1 while they are a couple, 0 after a parting
};

/// What a person brings and keeps. All between 0 and 1 but `return_rate`.
template <typename V>
struct Traits {
  V return_rate{};          ///< how fast feelings come back to usual, 1/day
  V fusion{};               ///< share of the partner's perceived feeling that becomes their own
  V projection{};           ///< share of their own feeling in what they take for the partner's
  V fear_of_abandonment{};  ///< arms the caretaker
  V hurt_history{};         ///< arms the wall
  V worth_contingency{};    ///< how far worth waits for being needed
  V identity_share{};       ///< how much of the self is the couple
  V capacity{};             ///< to be there for someone, and to do things well
  V awareness_at_rest{};    ///< where awareness returns to without practice
  V esteem{};               ///< worth at rest; gates boundaries
  V ground{};               ///< where self-connection and agency return to
  V exposure{};             ///< to stress from outside; 0.5 is usual
  V punishes{};             ///< makes the other pay for a limit or a word: 0 in everybody but the scenario of coercion
};

/// The practices of PATH-1 … PATH-11, each 0 (not practised) to 1, for one person on one day.
inline constexpr std::size_t kPathCount = 11;
template <typename C>
using Practising = std::array<C, kPathCount>;

template <typename V>
inline constexpr std::array kPersonFields = std::to_array<Field<Person<V>, V>>({
    {"feeling", &Person<V>::feeling},
    {"need", &Person<V>::need},
    {"self_connection", &Person<V>::self_connection},
    {"trust", &Person<V>::trust},
    {"agency", &Person<V>::agency},
    {"worth", &Person<V>::worth},
    {"felt_closeness", &Person<V>::felt_closeness},
    {"vigilance", &Person<V>::vigilance},
    {"loneliness", &Person<V>::loneliness},
    {"guilt", &Person<V>::guilt},
    {"awareness", &Person<V>::awareness},
    {"caretaker", &Person<V>::caretaker},
    {"wall", &Person<V>::wall},
});

template <typename V>
inline constexpr std::array kTraitFields = std::to_array<Field<Traits<V>, V>>({
    {"return_rate", &Traits<V>::return_rate},
    {"fusion", &Traits<V>::fusion},
    {"projection", &Traits<V>::projection},
    {"fear_of_abandonment", &Traits<V>::fear_of_abandonment},
    {"hurt_history", &Traits<V>::hurt_history},
    {"worth_contingency", &Traits<V>::worth_contingency},
    {"identity_share", &Traits<V>::identity_share},
    {"capacity", &Traits<V>::capacity},
    {"awareness_at_rest", &Traits<V>::awareness_at_rest},
    {"esteem", &Traits<V>::esteem},
    {"ground", &Traits<V>::ground},
    {"exposure", &Traits<V>::exposure},
    {"punishes", &Traits<V>::punishes},
});

}  // namespace selvedge::theory
