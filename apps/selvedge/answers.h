#pragma once

#include <string>
#include <vector>

#include "command_line.h"
#include "core/result.h"
#include "core/side.h"
#include "diary/diary.h"
#include "instruments/instrument.h"
#include "instruments/response.h"
#include "reading/reading.h"

namespace selvedge::app {

/// One questionnaire as FHIR, or a table of them.
[[nodiscard]] core::Result<std::vector<instruments::Response>> LoadResponses(const instruments::Instrument& signs,
                                                                             const std::string& file);

/// Puts one more among one person's answers, from the first to the last. Refuses another person's, and several of which
/// one has no date: a trail needs to know which season came first.
[[nodiscard]] core::Result<void> AddInOrder(const instruments::Response& one,
                                            std::vector<instruments::Response>& responses);

/// The answers to be read beside a couple's diary; prints by itself why they can't be.
///
/// A file may leave open whose its answers are, as those of `reflect --save` do; of one that says so, those of the
/// person who was named count.
[[nodiscard]] core::Result<core::BySide<reading::Beside>> LoadBeside(const ReadCommand& command,
                                                                     const diary::Couple& couple);

}  // namespace selvedge::app
