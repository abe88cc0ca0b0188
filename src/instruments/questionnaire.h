#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace selvedge::instruments {

/// Which columns of a file are items, which dimension each is about, and which are worded the other way round.
struct Questionnaire {
  struct Entry {
    std::string column;
    std::size_t dimension = 0;
    bool reversed = false;
  };
  std::vector<std::string> dimensions;
  std::vector<Entry> items;
  bool mixed = false;               ///< every item may be about every dimension
  std::vector<std::string> beside;  ///< listed, but about no dimension: they count only for who answered everything
};

/// Reads the words of the command line.
///
/// @param items    "q1,q2,q3"; may be empty if `dims` names the items
/// @param reverse  "q2", or empty
/// @param dims     empty or "1": one dimension; "2" or "3": so many, each item about any of them, called d1, d2, d3;
///                 otherwise "a:q1,q3;b:q2,q4"
/// @error kRefused, with what to write instead
[[nodiscard]] core::Result<Questionnaire> DescribeQuestionnaire(std::string_view items, std::string_view reverse,
                                                                std::string_view dims);

}  // namespace selvedge::instruments
