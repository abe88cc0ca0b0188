#pragma once

#include <optional>
#include <string>
#include <vector>

#include "instruments/calibrate.h"
#include "instruments/item_bank.h"
#include "instruments/item_fit.h"

namespace selvedge::instruments {

/// Something about the data that a reader of the results should know.
struct Concern {
  std::string kind;                ///< a word for programs
  std::vector<std::string> items;  ///< which it is about
  std::string sentence;            ///< the same for people
};

/// What can only be seen once the curves are known: items that sort people as if without error, that run against the
/// others, that are nearly the same or follow no such curve; dimensions that are nearly the same; a search that did not
/// end well.
///
/// @param fit  of each item
[[nodiscard]] std::vector<Concern> ConcernsAfter(const Calibration& calibration,
                                                 const std::vector<std::optional<ItemFit>>& fit,
                                                 const Answers& answers);

}  // namespace selvedge::instruments
