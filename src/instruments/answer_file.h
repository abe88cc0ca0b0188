#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace selvedge::instruments {

/// A column of answers, and what may stand in it.
struct AnswerColumn {
  std::string name;
  std::vector<double> known;  ///< answers that are known; empty: any number
};

/// People's answers as a file has them.
struct AnswerSheet {
  std::vector<std::string> people;  ///< what the file calls them
  std::vector<std::string> items;
  std::vector<double> values;  ///< people × items, one person after the other; NaN: not answered
};

/// Reads a whole file with one row per person, by the rules of docs/formats.md.
///
/// @param person  the column that names people; empty: "id" if there is one, otherwise people are numbered from 1
/// @returns       the sheet, or kRefused with line, column, what is wrong and how to fix it
[[nodiscard]] core::Result<AnswerSheet> ReadAnswers(std::string_view text, const std::vector<AnswerColumn>& columns,
                                                    const std::string& person);

}  // namespace selvedge::instruments
