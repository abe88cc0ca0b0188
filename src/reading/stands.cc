#include "reading/stands.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <map>
#include <ranges>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/contract.h"
#include "dynamics/fit.h"
#include "dynamics/study.h"
#include "reading/diary_evidence.h"
#include "reading/occasions.h"
#include "reading/words.h"

namespace selvedge::reading {
namespace {

using core::Side;
using leaning::Evidence;

/// What must not be drawn at all. A questionnaire in which nothing counts is what Reflect leaves where fear recurs, and
/// nobody can tell it from one that was skipped; so nothing is drawn beside it either.
bool IsHeldBack(const Beside& beside) {
  std::size_t held_back = 0;
  for (const Questionnaire& questionnaire : beside.answers) {
    held_back += questionnaire.told.held_back;
    if (!questionnaire.told.evidence) return true;
  }
  return beside.fear == leaning::Fear::kRecurs || held_back >= leaning::kRecurs;
}

/// The last day of now, as the diary counts and as dates of questionnaires do.
struct Ends {
  std::optional<int> diary;
  std::optional<int> answers;
};

Ends EndsOf(const Reading& reading, Side side, const Beside& beside) {
  Ends ends;
  for (const Day& day : reading.days) {
    if (day.own[side] || day.noted[side].moments) ends.diary = day.day;
  }
  for (const Questionnaire& questionnaire : beside.answers) ends.answers = std::max(ends.answers, questionnaire.day);
  // Days that are only numbered can't be told apart from dates by anything: either end is then "now".
  if (reading.clock == diary::Clock::kCalendar) {
    const std::optional<int> later = std::max(ends.diary, ends.answers);
    if (ends.diary) ends.diary = later;
    if (ends.answers) ends.answers = later;
  }
  return ends;
}

/// Which season a day lies in, 0 being now.
std::size_t SeasonOf(int day, int end) { return static_cast<std::size_t>(end - day) / kSeasonDays; }

/// The seasons of one person.
class Seasons {
 public:
  Seasons(const diary::Couple& couple, const Reading& reading, const dynamics::Prior& prior,
          const core::BySide<Beside>& beside, core::Heartbeat beat)
      : couple_(couple), reading_(reading), prior_(prior), beside_(beside), beat_(beat) {}

  [[nodiscard]] leaning::Leaning StandOf(Side side) {
    const Beside& beside = beside_[side];
    if (IsHeldBack(beside)) return leaning::NotShown{};
    const Ends ends = EndsOf(reading_, side, beside);
    std::array<std::vector<Evidence>, kSeasons> seasons;
    leaning::Question question;
    for (const Questionnaire& questionnaire : beside.answers) {
      const std::size_t season = questionnaire.day ? SeasonOf(*questionnaire.day, *ends.answers) : 0;
      if (season >= seasons.size()) continue;
      seasons[season].assign(1, *questionnaire.told.evidence);  // of several in one season the last one stands
      if (season > 0) continue;
      question.acts = questionnaire.told.acts;
      question.findings = questionnaire.told.findings;
    }
    for (std::size_t season = 0; season < seasons.size(); ++season) {
      if (ends.diary) AddDiary(side, LastOf(season, *ends.diary), seasons[season]);
    }
    question.now.evidence = std::move(seasons.front());
    for (std::size_t season = seasons.size() - 1; season > 0; --season) {
      const int last = LastOf(season, ends.diary ? *ends.diary : ends.answers.value_or(0));
      const diary::Clock clock = ends.diary ? reading_.clock : diary::Clock::kCalendar;
      question.earlier.push_back({.when = UntilDay(clock, last), .evidence = std::move(seasons[season])});
    }
    AddFindings(side, question.findings);
    auto stand = WhereOneStands(*reading_.map, question);
    SELVEDGE_EXPECT(stand.has_value());
    return *std::move(stand);
  }

 private:
  static int LastOf(std::size_t season, int end) { return end - static_cast<int>(season) * kSeasonDays; }

  /// What the eight weeks up to a day say. Feelings alone place nobody: how long an upset stays is decided by much
  /// else, so it joins what somebody did or answered.
  void AddDiary(Side side, int last, std::vector<Evidence>& evidence) {
    const auto after = std::ranges::upper_bound(reading_.days, last - kSeasonDays, {}, &Day::day);
    const auto end = std::ranges::upper_bound(reading_.days, last, {}, &Day::day);
    const std::span<const Day> days(after, end);
    std::vector<responses::Occasion> occasions = WholeDays(days);
    LeaveOut(beside_, occasions);
    std::ranges::move(EvidenceFromActs(occasions, side), std::back_inserter(evidence));
    if (evidence.empty()) return;
    const std::optional<dynamics::Laplace>& known = FeelingsUntil(last);
    if (!known) return;
    const auto answered = std::ranges::count_if(days, [&](const Day& day) { return day.own[side].has_value(); });
    std::ranges::move(EvidenceFromFeelings(*known, prior_, side, static_cast<int>(answered)),
                      std::back_inserter(evidence));
  }

  /// The model of these eight weeks, fitted once for both.
  const std::optional<dynamics::Laplace>& FeelingsUntil(int last) {
    const auto [place, is_new] = feelings_.try_emplace(last);
    if (is_new) {
      diary::Couple season{.id = couple_.id, .labels = couple_.labels, .check_ins = {}};
      std::ranges::copy_if(couple_.check_ins, std::back_inserter(season.check_ins),
                           [&](const diary::CheckIn& one) { return one.day > last - kSeasonDays && one.day <= last; });
      dynamics::Occasions occasions;
      occasions.AddDyad(dynamics::ObservationsOf(season));
      const dynamics::Fit fit = FitMaximumAPosteriori(occasions, {.beat = beat_}, prior_);
      if (fit.status == dynamics::FitStatus::kConverged) place->second = fit.laplace;
    }
    return place->second;
  }

  /// What the person found in the other, as the cards say it; it stands beside the map and moves nothing.
  void AddFindings(Side side, std::vector<leaning::Finding>& findings) const {
    for (const Card& card : reading_.cards) {
      const bool shown = card.status == CardStatus::kShown;
      if (card.id == "reaching" && card.side == side && (shown || !card.counts.empty()))
        findings.push_back({.id = card.id, .sentence = shown ? Said(card) : card.counts});
      if (card.id == "move_together" && shown) findings.push_back({.id = card.id, .sentence = card.sentence});
    }
  }

  const diary::Couple& couple_;
  const Reading& reading_;
  const dynamics::Prior& prior_;
  const core::BySide<Beside>& beside_;
  core::Heartbeat beat_;
  std::map<int, std::optional<dynamics::Laplace>> feelings_;  // by the last day of the season
};

}  // namespace

core::BySide<std::optional<leaning::Leaning>> StandsOf(const diary::Couple& couple, const Reading& reading,
                                                       const dynamics::Prior& prior, const core::BySide<Beside>& beside,
                                                       core::Heartbeat beat) {
  core::BySide<std::optional<leaning::Leaning>> stands;
  Seasons seasons(couple, reading, prior, beside, beat);
  for (const Side side : SidesOf(reading)) {
    if (reading.looked[side] > 0 || !beside[side].answers.empty()) stands[side] = seasons.StandOf(side);
  }
  return stands;
}

}  // namespace selvedge::reading
