#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/side.h"
#include "theory/constants.h"
#include "theory/field.h"
#include "theory/state.h"

namespace selvedge::theory {

/// How a trait is spread over people. Shares are logit-normal, amounts log-normal, a place on the slider normal:
/// `centre` is the median, `spread` the standard deviation on that scale. A share of 0 or 1 is the same for everybody.
struct Spread {
  float centre = 0;
  float spread = 0;
  float insecurity = 0;  ///< correlation with what fears and doubts have in common
  float alike = 0;       ///< correlation of two partners in the rest

  bool operator==(const Spread&) const = default;
};

/// How somebody keeps a diary: what stands between how they are and what they write. Shares are of the times asked.
struct NoteTaking {
  float level = 0;        ///< what they write when they are as usual for them, 0 to 100
  float scale = 0;        ///< points of the slider for one unit of feeling
  float noise = 0;        ///< standard deviation of what they write around what they feel, points
  float of_the_hour = 0;  ///< of the noise's variance: mood faster than a day, which two who are together share
  float answers = 0;      ///< of prompts
  float looks = 0;        ///< at the moments, when they answer
  float notes_day = 0;    ///< how close the day felt and how much of it was together, when they answer
  float remembers = 0;    ///< of the moments there were, when they look
  float follows_up = 0;   ///< of the questions after a moment
  float guesses = 0;      ///< how the other feels, when asked
};

inline constexpr std::array kNoteTakingFields = std::to_array<Field<NoteTaking, float>>({
    {"level", &NoteTaking::level},
    {"scale", &NoteTaking::scale},
    {"noise", &NoteTaking::noise},
    {"of_the_hour", &NoteTaking::of_the_hour},
    {"answers", &NoteTaking::answers},
    {"looks", &NoteTaking::looks},
    {"notes_day", &NoteTaking::notes_day},
    {"remembers", &NoteTaking::remembers},
    {"follows_up", &NoteTaking::follows_up},
    {"guesses", &NoteTaking::guesses},
});

/// A practice of PATH-1 … PATH-11 as one or both take it up: from a day, for a while, as far as they do.
struct Practice {
  std::size_t path = 0;  ///< 0 for PATH-1
  core::BySide<float> dose{};
  int from_day = 0;
  int days = 0;

  bool operator==(const Practice&) const = default;
};

/// Whom couples are drawn from (content/populations/*.json).
struct Population {
  std::string id;
  std::string about;
  core::BySide<std::array<Spread, kTraitFields<float>.size()>> people{};  ///< in the order of kTraitFields
  float partners_alike = 0;                                               ///< correlation of partners' insecurity
  Spread closeness_at_start{};
  std::array<Spread, kNoteTakingFields.size()> note_taking{};  ///< in the order of kNoteTakingFields
  std::vector<Practice> practices{};                           ///< what is practised in every couple

  bool operator==(const Population&) const = default;
};

/// Two people at the beginning.
struct Cast {
  core::BySide<Traits<float>> traits{};
  Couple<float> start{};
  core::BySide<NoteTaking> note_taking{};
};

/// Without `note_taking`, people keep diaries as those of the default population do.
/// @error  not a population: a trait is missing or a number is out of range; the message names it.
[[nodiscard]] core::Result<Population> ParsePopulation(std::string_view text);

/// The couple with this number. `beginning` counts how often its two seats were filled anew: 0 at first.
[[nodiscard]] Cast CastOf(const Population& population, const Constants<float>& constants, std::uint64_t seed,
                          std::uint32_t couple, std::uint32_t beginning = 0);

/// The populations content has, by id.
[[nodiscard]] std::vector<std::string> ShippedPopulations();
/// @error  there is no population of this name; the remedy lists them.
[[nodiscard]] core::Result<Population> ShippedPopulation(std::string_view id);

}  // namespace selvedge::theory
