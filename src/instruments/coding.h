#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/result.h"
#include "instruments/answer_file.h"
#include "instruments/concern.h"
#include "instruments/item_bank.h"
#include "instruments/questionnaire.h"

namespace selvedge::instruments {

/// Answers as the search wants them: categories numbered from 0, from least to most of the dimension.
struct CodedAnswers {
  ItemBank skeleton;  ///< dimensions, items and their answers; no curves yet
  Answers answers;
  std::size_t rows = 0;        ///< in the file
  std::size_t incomplete = 0;  ///< rows left out because something was not answered
  std::vector<Concern> concerns;
};

/// Numbers every item's answers, in reverse where it is worded the other way round. An item's categories are the
/// answers somebody gave; an item nobody answered, or everybody alike, says nothing and is left out.
///
/// @param complete_only  keep only who answered every listed item
/// @error kRefused       more than kMostCategories answers to one item, or too few people or items left
[[nodiscard]] core::Result<CodedAnswers> CodeAnswers(const AnswerSheet& sheet, const Questionnaire& questionnaire,
                                                     bool complete_only);

/// What to read from the file for a questionnaire: its items, then those beside.
[[nodiscard]] std::vector<AnswerColumn> ColumnsOf(const Questionnaire& questionnaire);

/// The same for scoring with a bank, and what CodeAnswers does for it: every value is among the item's answers.
[[nodiscard]] std::vector<AnswerColumn> ColumnsOf(const ItemBank& bank);
[[nodiscard]] Answers CodeAnswers(const AnswerSheet& sheet, const ItemBank& bank);

}  // namespace selvedge::instruments
