#pragma once

#include <string>
#include <string_view>

#include "reading/reading.h"

namespace selvedge::reading {

/// The reading as one HTML page that needs nothing else: sentences and tables to read as they are, and the reading
/// itself as JSON, from which the page's own script draws the charts.
///
/// @param page  the built page (web/report), with the marks `<!--selvedge:title-->`, `<!--selvedge:body-->` and
///              `<!--selvedge:reading-->`, each once.
/// @returns     The page. Of a diary longer than five years it holds the last five, and says so. Labels cannot end an
///              element, whatever they are.
[[nodiscard]] std::string PageOf(const Reading& reading, std::string_view page);

}  // namespace selvedge::reading
