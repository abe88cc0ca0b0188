#pragma once

#include <string>

#include "leaning/leaning.h"
#include "leaning/map.h"
#include "reading/reading.h"

namespace selvedge::app {

/// Prints where somebody stands: in words; the numbers behind them on request.
void PrintLeaning(const leaning::Map& map, const leaning::Leaning& leaning, bool numbers);

/// Prints where each of a reading's people stands, shortly; nothing where neither is asked.
void PrintPlaces(const reading::Reading& reading, bool numbers);

/// Prints where help is.
void PrintHelp();

/// What --json writes (content/leaning.schema.json).
[[nodiscard]] std::string LeaningFile(const leaning::Map& map, const leaning::Leaning& leaning);

}  // namespace selvedge::app
