#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "instruments/reliable_change.h"

/// How answers and changes are said: plain, warm, both leanings in one tone, uncertainty in words (design: care).
namespace selvedge::instruments {

/// The scales of Selvedge Signs.
enum class SignScale : std::uint8_t { kHoldingOn, kStandingAlone, kOwnGround, kOpenDoor };

/// The scale with this id in content/instruments/selvedge_signs.json.
[[nodiscard]] std::optional<SignScale> SignScaleNamed(std::string_view id);

/// Stands wherever a score from curves of theory is shown.
[[nodiscard]] std::string_view ProvisionalSentence();

/// For whatever is held back, ended, revoked, too little or unstable: the same everywhere.
[[nodiscard]] std::string_view NotShownSentence();

/// Where somebody was on one scale.
///
/// @param probability_more  that they stand above the middle of the scale, where the likeliest answer is "sometimes"
/// @param answers           how many counted
[[nodiscard]] std::string ScoreSentence(SignScale scale, double probability_more, std::size_t answers,
                                        bool provisional);

/// Whether two times differ by more than the measure wobbles, and how that is known. Without a reliability it comes
/// from the standard errors of the two scores.
[[nodiscard]] std::string ChangeSentence(const Change& change, const std::optional<Reliability>& reliability);

}  // namespace selvedge::instruments
