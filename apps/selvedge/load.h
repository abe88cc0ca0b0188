#pragma once

#include <string>

#include "command_line.h"
#include "core/result.h"
#include "diary/diary.h"
#include "dynamics/prior.h"

namespace selvedge::app {

/// Reads and parses the diary; prints the refusal by itself.
[[nodiscard]] core::Result<diary::Diary> LoadDiary(const DiarySource& source, bool quiet = false);

/// The named prior, or the one Selvedge comes with when the name is empty; prints the refusal by itself.
[[nodiscard]] core::Result<dynamics::Prior> LoadPrior(const std::string& file);

/// Moves every answer to 0–100, where the prior lives. Without a given scale, refuses answers that plainly were given
/// on another one; prints the refusal by itself.
[[nodiscard]] core::Result<diary::Diary> OnHundred(diary::Diary diary, const DiarySource& source);

}  // namespace selvedge::app
