#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "leaning/leaning.h"

/// Every sentence of the map. Plain, warm, both poles in the same tone; no blame, no type, no diagnosis.
namespace selvedge::leaning {

/// Under every map.
[[nodiscard]] std::string_view Caption();

/// What the map is about.
[[nodiscard]] std::string_view AboutSentence();

/// How far the map itself can be trusted; empty once it is calibrated.
[[nodiscard]] std::string_view ProvisionalSentence(const Map& map);

/// What stands where nothing is shown, whatever the reason.
[[nodiscard]] std::string_view NeutralSentence();

/// Where somebody leans, by how much evidence, or that it is between.
[[nodiscard]] std::string StandSentence(const Stand& stand);

/// What speaks for the person, at most two clauses.
[[nodiscard]] std::string StrengthsSentence(const Position& position);

/// What one component did to the point.
[[nodiscard]] std::string MovedSentence(const Contribution& contribution);

/// The same of all components, those that did alike in one sentence; last, those that hardly did anything.
[[nodiscard]] std::vector<std::string> MovedSentences(const Position& position);

/// What a pole is for; both stand side by side under every map.
[[nodiscard]] std::string_view PoleSentence(Region pole);

/// From which of the two more, where the 90 % interval leaves no doubt.
[[nodiscard]] std::string ShadingSentence(const Shading& shading);

[[nodiscard]] std::string SwingSentence(const SaidSwing& swing);

/// What the words for how sure it is mean.
[[nodiscard]] std::string_view HowSureSentence(const Stand& stand);

[[nodiscard]] std::string_view CannotSaySentence();

[[nodiscard]] std::string_view FindingsHeading();

/// What the numbers of a place are in.
[[nodiscard]] std::string_view InNumbersSentence();

/// An earlier place on the trail.
[[nodiscard]] std::string StopSentence(const Stop& stop);

}  // namespace selvedge::leaning
