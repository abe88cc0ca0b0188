#include "instruments/response.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/contract.h"

namespace selvedge::instruments {
namespace {

/// The act a question is about: its own, or that of the question it follows.
std::string_view ActOf(const Instrument& instrument, std::size_t question) {
  const Question& self = instrument.questions[question];
  if (!self.act.empty() || !self.asked_when) return self.act;
  return instrument.questions[self.asked_when->question].act;
}

bool IsHeldBack(const Instrument& instrument, const Sheet& sheet, std::size_t question) {
  return sheet[question] && instrument.questions[question].choices[*sheet[question]].safety;
}

std::set<std::string_view> ActsHeldBackIn(const Instrument& instrument, const Sheet& sheet) {
  std::set<std::string_view> acts;
  for (std::size_t q = 0; q < sheet.size(); ++q) {
    if (IsHeldBack(instrument, sheet, q)) acts.insert(ActOf(instrument, q));
  }
  return acts;
}

}  // namespace

Response Separate(const Instrument& instrument, const Sheet& all) {
  SELVEDGE_EXPECT(all.size() == instrument.questions.size());
  const std::set<std::string_view> acts = ActsHeldBackIn(instrument, all);
  Response response{.person = {}, .authored = {}, .answers = Sheet(all.size()), .safety = Sheet(all.size()), .raw = {}};
  for (std::size_t q = 0; q < all.size(); ++q) {
    const std::string_view act = ActOf(instrument, q);
    const bool held_back = IsHeldBack(instrument, all, q) || (!act.empty() && acts.contains(act));
    (held_back ? response.safety : response.answers)[q] = all[q];
  }
  return response;
}

Sheet Rejoined(const Response& response) {
  Sheet all = response.answers;
  for (std::size_t q = 0; q < all.size(); ++q) {
    if (!all[q]) all[q] = response.safety[q];
  }
  return all;
}

std::size_t ActsHeldBack(const Instrument& instrument, const Response& response) {
  return ActsHeldBackIn(instrument, response.safety).size();
}

bool IsAsked(const Instrument& instrument, const Sheet& all, std::size_t question) {
  const std::optional<Condition>& condition = instrument.questions[question].asked_when;
  if (!condition) return true;
  const std::optional<std::size_t>& answer = all[condition->question];
  return answer && std::ranges::find(condition->choices, *answer) != condition->choices.end();
}

Sheet AnswersFor(const Instrument& instrument, const Response& response, Audience audience) {
  Sheet answers = response.answers;
  for (std::size_t q = 0; q < answers.size(); ++q) {
    if (audience == Audience::kOthers && !instrument.questions[q].shared) answers[q].reset();
  }
  return answers;
}

Sheet CountedCategories(const Instrument& instrument, const Response& response, Audience audience) {
  const Sheet answers = AnswersFor(instrument, response, audience);
  Sheet categories(answers.size());
  for (std::size_t q = 0; q < answers.size(); ++q) {
    const Question& question = instrument.questions[q];
    if (question.scale && answers[q]) categories[q] = question.Category(*answers[q]);
  }
  return categories;
}

std::optional<double> WeightTotal::Mean() const {
  if (answered == 0) return std::nullopt;
  return sum / static_cast<double>(answered);
}

WeightTotal AddWeights(const Instrument& instrument, const Response& response, Audience audience) {
  const Sheet answers = AnswersFor(instrument, response, audience);
  WeightTotal total;
  for (std::size_t q = 0; q < instrument.questions.size(); ++q) {
    const Question& question = instrument.questions[q];
    if (question.categories() == 0 || (audience == Audience::kOthers && !question.shared)) continue;
    ++total.questions;
    if (!answers[q]) continue;
    const std::optional<double>& weight = question.choices[*answers[q]].weight;
    if (!weight) continue;
    ++total.answered;
    total.sum += *weight;
  }
  return total;
}

}  // namespace selvedge::instruments
