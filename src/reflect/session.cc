#include "reflect/session.h"

#include <algorithm>

#include "core/contract.h"

namespace selvedge::reflect {

using instruments::Instrument;
using instruments::Question;
using instruments::Response;
using instruments::Sheet;

Session::Session(const SignsOnMap& basis, instruments::Length length, const Sheet& kept)
    : basis_(basis), length_(length) {
  const Instrument& signs = basis_.signs();
  SELVEDGE_EXPECT(kept.size() == signs.questions.size());
  for (std::size_t q = 0; q < kept.size(); ++q) {
    if (!kept[q] || signs.questions[q].asked_when) continue;
    steps_.push_back({.question = q, .choice = kept[q]});
    // An answer is kept only after its question Q was put, so a Q without one was left out.
    const auto follow_up = FollowUpOf(q);
    if (follow_up && IsAsked(signs, kept, *follow_up)) {
      steps_.push_back({.question = *follow_up, .choice = kept[*follow_up]});
    }
  }
  current_ = Next();
}

bool Session::IsFollowUp() const { return current_ && basis_.signs().questions[*current_].asked_when.has_value(); }

std::size_t Session::Number() const {
  const auto places = [&](std::size_t question) { return basis_.signs().questions[question].scale.has_value(); };
  const auto put = std::ranges::count_if(steps_, places, &Step::question);
  return static_cast<std::size_t>(put) + (current_ && places(*current_) ? 1 : 0);
}

void Session::Answer(std::optional<std::size_t> choice) {
  SELVEDGE_EXPECT(current_.has_value() && (choice.has_value() || IsFollowUp()));
  SELVEDGE_EXPECT(!choice || *choice < basis_.signs().questions[*current_].choices.size());
  steps_.push_back({.question = *current_, .choice = choice});
  current_ = Next();
}

bool Session::Back() {
  if (steps_.empty()) return false;
  current_ = steps_.back().question;
  steps_.pop_back();
  return true;
}

Response Session::Settled() const {
  Sheet answers = Answers();
  if (IsFollowUp()) answers[basis_.signs().questions[*current_].asked_when->question].reset();
  return Separate(basis_.signs(), answers);
}

bool Session::FearRecurs() const { return ActsHeldBack(basis_.signs(), Settled()) >= leaning::kRecurs; }

Response Session::ToKeep() const {
  Response response = FearRecurs() ? Separate(basis_.signs(), Sheet(basis_.signs().questions.size())) : Settled();
  std::ranges::fill(response.safety, std::nullopt);
  return response;
}

bool Session::WasPut(std::size_t question) const {
  return std::ranges::find(steps_, question, &Step::question) != steps_.end();
}

std::optional<std::size_t> Session::FollowUpOf(std::size_t question) const {
  const std::vector<Question>& questions = basis_.signs().questions;
  const auto found = std::ranges::find_if(
      questions, [&](const Question& other) { return other.asked_when && other.asked_when->question == question; });
  if (found == questions.end()) return std::nullopt;
  return static_cast<std::size_t>(found - questions.begin());
}

Sheet Session::Answers() const {
  Sheet sheet(basis_.signs().questions.size());
  for (const Step& step : steps_) sheet[step.question] = step.choice;
  return sheet;
}

std::optional<std::size_t> Session::Next() const {
  const Instrument& signs = basis_.signs();
  const Sheet answers = Answers();
  if (!steps_.empty()) {
    const auto follow_up = FollowUpOf(steps_.back().question);
    if (follow_up && IsAsked(signs, answers, *follow_up)) return follow_up;
  }
  std::vector<std::size_t> asked;
  for (const Step& step : steps_) {
    if (signs.questions[step.question].scale) asked.push_back(step.question);
  }
  const Sheet counted = CountedCategories(signs, Separate(signs, answers), instruments::Audience::kOwner);
  if (!IsLongEnough(length_, asked.size(), basis_.scorer().Score(counted))) {
    if (const auto next = NextQuestion(signs, basis_.scorer(), counted, asked)) return next;
  }
  for (std::size_t q = 0; q < signs.questions.size(); ++q) {
    if (!signs.questions[q].scale && !signs.questions[q].asked_when && !WasPut(q)) return q;
  }
  return std::nullopt;
}

}  // namespace selvedge::reflect
