#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/function_ref.h"
#include "core/json.h"
#include "core/side.h"
#include "diary/diary.h"
#include "dynamics/forecast.h"
#include "dynamics/prior.h"
#include "leaning/leaning.h"
#include "leaning/map.h"
#include "numerics/estimate.h"

/// The use case: one couple's diary in, what it honestly says out. Every reading has the same shape wherever it goes
/// (`content/reading.schema.json`): the terminal, a page, the app, a researcher's file.
namespace selvedge::reading {

using numerics::Estimate;

enum class CardStatus {
  kShown,         ///< the data suffice, and the sentence says what they show
  kNotSettled,    ///< the data suffice to ask, and the answer is still open
  kNotEnoughYet,  ///< too little to say: nothing about it is shown but what was counted, not even as a number
};

/// How much diary a reading needs before it says anything, and how much there is.
struct Requirement {
  int days = 0;
  int have = 0;
  bool both = false;       ///< whether it takes two: only days on which both answered count
  bool looked = false;     ///< whether days count on which the person looked at the moments, not those answered
  int occasions = 0;       ///< among them, days of the kind the question is about; 0: it needs none
  int occasions_have = 0;  ///< such days

  [[nodiscard]] bool IsMet() const { return have >= days && occasions_have >= occasions; }
};

/// One reading: a question, what is known, and how it is said.
struct Card {
  std::string id{};
  std::optional<core::Side> side{};  ///< whose; absent for what is between the two
  CardStatus status = CardStatus::kNotEnoughYet;
  Requirement requirement{};
  std::optional<Estimate> estimate{};  ///< present exactly when shown or not settled
  std::string unit{};
  std::string counts{};  ///< what was counted, in words, which is told before the days carry more; mostly empty
  std::string sentence{};
  core::Json details{};  ///< an object: what belongs to this reading alone
};

/// One day as the diary has it.
struct Day {
  int day = 0;
  core::BySide<std::optional<double>> own;  ///< the mean of the day's answers
  /// What was noted: closeness as the day's mean, contact as last said, all moments of the day together.
  core::BySide<diary::Noted> noted{};
};

/// Acts that must count nowhere, since the person was afraid of what the other might have done otherwise, or would
/// rather not say (question Q).
struct LeftOut {
  int day = 0;
  diary::Moments acts{};
};

/// A questionnaire about oneself with the other.
struct Questionnaire {
  std::optional<int> day{};  ///< on which it was answered, since 1970-01-01; absent: now
  leaning::Told told{};
};

/// What is known of a person beside the diary they share, and can't be in its file (docs/decisions/0008).
struct Beside {
  std::vector<LeftOut> left_out{};
  leaning::Fear fear = leaning::Fear::kNotSaid;
  std::vector<Questionnaire> answers{};  ///< from the first to the last
};

struct Reading {
  std::string couple{};
  core::BySide<std::string> labels{};
  diary::Clock clock = diary::Clock::kDayNumbers;
  std::vector<Day> days{};  ///< every day from the first check-in to the last, answered or not
  core::BySide<int> answered{};
  int answered_both = 0;
  core::BySide<int> looked{};  ///< days on which each looked at the moments, "nothing of this today" included
  std::string prior_id{};
  std::string prior_status{};
  std::vector<Card> cards{};
  std::shared_ptr<const leaning::Map> map{};               ///< that `stands` are places on
  core::BySide<std::optional<leaning::Leaning>> stands{};  ///< absent for somebody who is not asked
  double measured_coverage = 0;  ///< of the 90 % intervals, in simulated diaries of about this length
  int coverage_days = 0;         ///< the length it was measured at
};

/// Whether one person keeps this diary, and the other is not in it at all.
[[nodiscard]] bool IsAlone(const Reading& reading);

/// Of whom a reading speaks: of both, or of the one who keeps the diary alone.
[[nodiscard]] std::span<const core::Side> SidesOf(const Reading& reading);

/// Whether a question is asked of this diary: of one person's alone only what is about that person, and about moments
/// only those who ever looked at them.
[[nodiscard]] bool IsAsked(const Reading& reading, const Card& card);

/// The cards of a question, of those whom it is asked of.
[[nodiscard]] std::vector<const Card*> CardsOf(const Reading& reading, std::string_view question);

/// Whether there is more to say than how much is missing.
[[nodiscard]] bool IsOpen(const Card& card);

/// The same without anybody's moments and what was read from them, and without the map, for passing on.
[[nodiscard]] Reading WithoutMoments(Reading reading);

/// Answers on another scale, moved to 0–100, where the prior and the sentences live.
[[nodiscard]] diary::Couple OnHundred(diary::Couple couple, diary::Scale scale);

/// Reads one couple. Answers are on 0–100. Deterministic: the same diary gives the same reading, everywhere.
[[nodiscard]] Reading ReadCouple(const diary::Couple& couple, diary::Clock clock, const dynamics::Prior& prior,
                                 core::Heartbeat beat = core::kUnheard, const core::BySide<Beside>& beside = {});

/// The reading as one versioned JSON object.
[[nodiscard]] core::Json ReadingJson(const Reading& reading);

}  // namespace selvedge::reading
