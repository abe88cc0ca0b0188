#include "reflect/session.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

namespace selvedge::reflect {
namespace {

using instruments::Length;
using instruments::Question;
using instruments::Sheet;

const SignsOnMap& Basis() {
  static const SignsOnMap kBasis;
  return kBasis;
}

Sheet Nothing() { return Sheet(Basis().signs().questions.size()); }

const Question& CurrentOf(const Session& session) { return Basis().signs().questions[*session.Current()]; }

std::size_t ChoiceOf(const Question& question, std::string_view code) {
  return static_cast<std::size_t>(std::ranges::find(question.choices, code, &instruments::Choice::code) -
                                  question.choices.begin());
}

void AnswerWith(Session& session, std::string_view code) {
  session.Answer(session.IsFollowUp() ? ChoiceOf(CurrentOf(session), "quarrel") : ChoiceOf(CurrentOf(session), code));
}

/// Answers until question Q is put.
void GoToFollowUp(Session& session) {
  while (!session.IsFollowUp()) AnswerWith(session, "often");
}

TEST(Session, AsksAsManyAsWereWantedThenWhatWasFound) {
  Session session(Basis(), {.most = 9, .precision = {}}, Nothing());
  std::size_t placing = 0;
  std::size_t found = 0;
  std::vector<std::string> asked;
  while (session.Current()) {
    const Question& question = CurrentOf(session);
    asked.push_back(question.link_id);
    if (question.scale) EXPECT_EQ(session.Number(), ++placing);
    if (!question.scale && !session.IsFollowUp()) ++found;
    if (found > 0) EXPECT_FALSE(question.scale.has_value());
    AnswerWith(session, "often");
  }
  EXPECT_EQ(placing, 9U);
  EXPECT_EQ(found, 3U);
  std::ranges::sort(asked);
  EXPECT_EQ(std::ranges::adjacent_find(asked), asked.end());
}

TEST(Session, SkippedQuestionsDoNotComeBackAndTellNothing) {
  Session session(Basis(), {.most = 100, .precision = {}}, Nothing());
  std::size_t steps = 0;
  while (session.Current()) {
    EXPECT_FALSE(session.IsFollowUp());
    AnswerWith(session, steps++ % 2 == 0 ? "not-applicable" : "asked-declined");
  }
  EXPECT_EQ(steps, 44U);
  const Sheet counted = CountedCategories(Basis().signs(), session.Settled(), instruments::Audience::kOwner);
  EXPECT_TRUE(std::ranges::none_of(counted, [](const auto& answer) { return answer.has_value(); }));
}

TEST(Session, StopsOncePreciseEnough) {
  Session session(Basis(), {.most = 100, .precision = 0.6}, Nothing());
  while (session.Current() && (CurrentOf(session).scale || session.IsFollowUp())) AnswerWith(session, "sometimes");
  EXPECT_LT(session.Number(), 41U);
  const auto covariance =
      Basis()
          .scorer()
          .Score(CountedCategories(Basis().signs(), session.Settled(), instruments::Audience::kOwner))
          .covariance;
  EXPECT_LE(covariance.diagonal().maxCoeff(), 0.36);
}

TEST(Session, GoingBackPutsTheSameQuestionAgain) {
  Session session(Basis(), {.most = 12, .precision = {}}, Nothing());
  EXPECT_FALSE(session.Back());
  std::vector<std::size_t> order;
  while (session.Current()) {
    order.push_back(*session.Current());
    AnswerWith(session, "often");
  }
  for (const std::size_t question : std::views::reverse(order)) {
    ASSERT_TRUE(session.Back());
    EXPECT_EQ(session.Current(), question);
  }
  for (const std::size_t question : order) {
    EXPECT_EQ(session.Current(), question);
    AnswerWith(session, "often");
  }
}

TEST(Session, AnActIsNotKeptBeforeFearCouldBeNamed) {
  Session session(Basis(), {.most = 20, .precision = {}}, Nothing());
  GoToFollowUp(session);
  const std::size_t act = CurrentOf(session).asked_when->question;
  const std::size_t follow_up = *session.Current();
  EXPECT_FALSE(session.Settled().answers[act].has_value());
  session.Answer(ChoiceOf(CurrentOf(session), "afraid"));
  EXPECT_FALSE(session.Settled().answers[act].has_value());
  EXPECT_FALSE(session.Settled().answers[follow_up].has_value());
  EXPECT_TRUE(session.Settled().safety[follow_up].has_value());
  session.Back();
  session.Answer(std::nullopt);
  EXPECT_TRUE(session.Settled().answers[act].has_value());
  EXPECT_FALSE(session.Settled().answers[follow_up].has_value());
}

TEST(Session, WhereFearRecursNothingIsKept) {
  Session session(Basis(), {.most = 41, .precision = {}}, Nothing());
  GoToFollowUp(session);
  session.Answer(std::nullopt);
  for (const bool recurs : {false, true}) {
    GoToFollowUp(session);
    session.Answer(ChoiceOf(CurrentOf(session), recurs ? "asked-declined" : "afraid"));
    EXPECT_EQ(session.FearRecurs(), recurs);
    const instruments::Response kept = session.ToKeep();
    EXPECT_EQ(kept.safety, Nothing());
    EXPECT_EQ(kept.answers == Nothing(), recurs);
  }
  session.Back();
  EXPECT_FALSE(session.FearRecurs());
  EXPECT_NE(session.ToKeep().answers, Nothing());
}

TEST(Session, GoesOnWhereItWasLeft) {
  const Length length{.most = 16, .precision = {}};
  Session first(Basis(), length, Nothing());
  for (int step = 0; step < 9; ++step) AnswerWith(first, "rarely");
  while (first.IsFollowUp()) first.Answer(std::nullopt);
  Session second(Basis(), length, first.Settled().answers);
  EXPECT_EQ(second.Current(), first.Current());
  EXPECT_EQ(second.Settled(), first.Settled());
  while (first.Current()) {
    EXPECT_EQ(second.Current(), first.Current());
    AnswerWith(first, "often");
    AnswerWith(second, "often");
  }
  EXPECT_FALSE(second.Current().has_value());
}

}  // namespace
}  // namespace selvedge::reflect
