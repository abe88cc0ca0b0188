#include "instruments/response.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "instruments/files.h"

namespace selvedge::instruments {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::size_t Named(const Instrument& instrument, std::string_view link_id) {
  const auto question = instrument.QuestionNamed(link_id);
  EXPECT_TRUE(question) << link_id;
  return question.value_or(0);
}

/// Choices by their codes.
Sheet Answered(const Instrument& instrument, const std::vector<std::pair<std::string, std::string>>& answers) {
  Sheet sheet(instrument.questions.size());
  for (const auto& [link_id, code] : answers) {
    const std::size_t q = Named(instrument, link_id);
    const auto& choices = instrument.questions[q].choices;
    const auto found = std::ranges::find(choices, code, &Choice::code);
    EXPECT_NE(found, choices.end()) << link_id << " " << code;
    sheet[q] = static_cast<std::size_t>(found - choices.begin());
  }
  return sheet;
}

Sheet AnySheet(const Instrument& instrument) {
  Sheet sheet(instrument.questions.size());
  for (std::size_t q = 0; q < sheet.size(); ++q) {
    const auto count = static_cast<int>(instrument.questions[q].choices.size());
    const int choice = *rc::gen::inRange(-2, count);
    if (choice >= 0) sheet[q] = static_cast<std::size_t>(choice);
  }
  return sheet;
}

// ---- what fear touches ----

TEST(Separate, MovesAnActAnsweredWithFearOutOfTheAnswersWithEverythingAboutIt) {
  const Instrument signs = Signs();
  const Response response = Separate(signs, Answered(signs, {{"yes-then-tired", "often"},
                                                             {"yes-then-tired-q", "afraid"},
                                                             {"said-no", "rarely"},
                                                             {"said-no-q", "guilty"},
                                                             {"moment-passed", "often"},
                                                             {"moment-passed-q", "quarrel"}}));
  for (const char* moved : {"yes-then-tired", "yes-then-tired-q", "said-no", "said-no-q"}) {
    EXPECT_FALSE(response.answers[Named(signs, moved)]) << moved;
    EXPECT_TRUE(response.safety[Named(signs, moved)]) << moved;
  }
  EXPECT_TRUE(response.answers[Named(signs, "moment-passed")]) << "another act";
  EXPECT_TRUE(response.answers[Named(signs, "moment-passed-q")]);
  EXPECT_EQ(ActsHeldBack(signs, response), 1U) << "one act, though two questions are about it";
}

TEST(Separate, TakesRatherNotSayForFearBecauseNobodyCanTell) {
  const Instrument signs = Signs();
  const Response response = Separate(signs, Answered(signs, {{"hid-wish", "often"}, {"hid-wish-q", "asked-declined"}}));
  EXPECT_THAT(response.answers, Each(std::nullopt));
  EXPECT_EQ(ActsHeldBack(signs, response), 1U);
}

TEST(Separate, LeavesAQuestionItselfNotAnsweredWhereItIs) {
  const Instrument signs = Signs();
  const Response response =
      Separate(signs, Answered(signs, {{"hid-wish", "asked-declined"}, {"warm-then-ready", "often"}}));
  EXPECT_THAT(response.safety, Each(std::nullopt)) << "Q was not asked, or left out";
  EXPECT_EQ(ActsHeldBack(signs, response), 0U);
}

RC_GTEST_PROP(Separate, LosesNothingAndCountsNothingTouchedByFear, ()) {
  static const Instrument kSigns = Signs();
  const Instrument& signs = kSigns;
  const Sheet all = AnySheet(signs);
  const Response response = Separate(signs, all);
  RC_ASSERT(Rejoined(response) == all);
  RC_ASSERT(Separate(signs, Rejoined(response)) == response);
  const Sheet counted = CountedCategories(signs, response, Audience::kOwner);
  for (std::size_t q = 0; q < all.size(); ++q) {
    RC_ASSERT(!(response.answers[q] && response.safety[q]));
    if (response.answers[q]) RC_ASSERT(!signs.questions[q].choices[*response.answers[q]].safety);
    if (counted[q]) RC_ASSERT(!response.safety[q]);
  }
}

/// No tell-tale: whatever is answered to Q, what others may see is the same.
RC_GTEST_PROP(ForOthers, EverythingIsTheSameWhateverQIsAnswered, ()) {
  static const Instrument kSigns = Signs();
  const Instrument& signs = kSigns;
  const Sheet all = AnySheet(signs);
  Sheet other = all;
  const Sheet again = AnySheet(signs);
  for (std::size_t q = 0; q < all.size(); ++q) {
    if (signs.questions[q].asked_when) other[q] = again[q];
  }
  const Response one = Separate(signs, all);
  const Response two = Separate(signs, other);
  RC_ASSERT(CountedCategories(signs, one, Audience::kOthers) == CountedCategories(signs, two, Audience::kOthers));
  RC_ASSERT(WriteQuestionnaireResponse(signs, one, Audience::kOthers).Dump() ==
            WriteQuestionnaireResponse(signs, two, Audience::kOthers).Dump());
  RC_ASSERT(WriteResponsesCsv(signs, {one}, Audience::kOthers) == WriteResponsesCsv(signs, {two}, Audience::kOthers));
}

TEST(CountedCategories, AreRaisedInTheDirectionOfTheScale) {
  const Instrument signs = Signs();
  const Response response = Separate(signs, Answered(signs, {{"sorting-unasked", "nearly-always"},
                                                             {"did-my-share", "nearly-always"},
                                                             {"still-counted", "not-applicable"},
                                                             {"job-to-do", "asked-declined"},
                                                             {"got-through", "often"},
                                                             {"sorry-for-what", "often"}}));
  const Sheet own = CountedCategories(signs, response, Audience::kOwner);
  EXPECT_EQ(own[Named(signs, "sorting-unasked")], 4U);
  EXPECT_EQ(own[Named(signs, "did-my-share")], 0U);
  EXPECT_EQ(own[Named(signs, "still-counted")], std::nullopt) << "didn't come up";
  EXPECT_EQ(own[Named(signs, "job-to-do")], std::nullopt) << "rather not say";
  EXPECT_EQ(own[Named(signs, "got-through")], std::nullopt) << "about the other person: on no scale";
  EXPECT_EQ(own[Named(signs, "sorry-for-what")], 3U);
  EXPECT_EQ(CountedCategories(signs, response, Audience::kOthers)[Named(signs, "sorry-for-what")], std::nullopt);
}

TEST(IsAsked, DependsOnTheAnswerAndNotOnWhereItIsKept) {
  const Instrument signs = Signs();
  const std::size_t q = Named(signs, "said-no-q");
  EXPECT_FALSE(IsAsked(signs, Sheet(signs.questions.size()), q));
  EXPECT_TRUE(IsAsked(signs, Answered(signs, {{"said-no", "never"}}), q));
  EXPECT_TRUE(IsAsked(signs, Answered(signs, {{"said-no", "sometimes"}}), q));
  EXPECT_FALSE(IsAsked(signs, Answered(signs, {{"said-no", "nearly-always"}}), q));
  EXPECT_FALSE(IsAsked(signs, Answered(signs, {{"said-no", "not-applicable"}}), q));
  EXPECT_FALSE(IsAsked(signs, Answered(signs, {{"said-no", "asked-declined"}}), q));
  EXPECT_TRUE(IsAsked(signs, Sheet(signs.questions.size()), Named(signs, "said-no"))) << "no condition";
}

// ---- FHIR ----

RC_GTEST_PROP(QuestionnaireResponse, RoundTripsInItsTwoParts, ()) {
  static const std::vector<Instrument> kInstruments{Signs(), Evenings()};
  const Instrument& instrument = kInstruments[*rc::gen::inRange<std::size_t>(0, 2)];
  Response response = Separate(instrument, AnySheet(instrument));
  response.person = *rc::gen::element<std::string>("", "ana", "p/7", "ö \"quoted\"");
  response.authored = *rc::gen::element<std::string>("", "2026-11-24", "2026-11-24T21:00:00+01:00");
  for (const auto& node : instrument.nodes) {
    if (!node.is_group && !node.question && *rc::gen::arbitrary<bool>()) {
      response.raw.push_back({.link_id = node.link_id, .answers = R"([{"valueString":"x"},{"valueDecimal":1.5}])"});
    }
  }
  const auto read = [&](const core::Json& json) { return ReadQuestionnaireResponse(instrument, json.Dump()); };
  const auto answers = read(WriteQuestionnaireResponse(instrument, response, Audience::kOwner));
  const auto safety = read(WriteSafetyResponse(instrument, response));
  RC_ASSERT(answers.has_value());
  RC_ASSERT(safety.has_value());
  RC_ASSERT(answers->answers == response.answers);
  RC_ASSERT(answers->safety == Sheet(response.answers.size()));
  RC_ASSERT(answers->person == response.person);
  RC_ASSERT(answers->authored == response.authored);
  RC_ASSERT(answers->raw == response.raw);
  RC_ASSERT(safety->raw.empty());
  Sheet all = answers->answers;
  for (std::size_t q = 0; q < all.size(); ++q) {
    if (!all[q]) all[q] = Rejoined(*safety)[q];
  }
  RC_ASSERT(Separate(instrument, all).safety == response.safety);
}

// tools/check_fhir.py holds this file to the shape of the standard.
TEST(QuestionnaireResponse, WritesWhatTheFileShows) {
  const Instrument signs = Signs();
  Response response = Separate(signs, Answered(signs, {{"sorting-unasked", "often"},
                                                       {"said-no", "rarely"},
                                                       {"said-no-q", "quarrel"},
                                                       {"yes-then-tired", "not-applicable"},
                                                       {"about-me", "asked-declined"}}));
  response.person = "ana";
  response.authored = "2026-11-24T21:05:00+01:00";
  EXPECT_EQ(WriteQuestionnaireResponse(signs, response, Audience::kOwner).Dump(2) + "\n",
            FileText("tests/instruments/written_response.json"));
}

TEST(QuestionnaireResponse, MirrorsTheTreeOfTheQuestionnaire) {
  const Instrument evenings = Evenings();
  Response response = Separate(evenings, Answered(evenings, {{"1.1", "yes"}, {"1.1.b", "much"}, {"1.2", "2"}}));
  response.person = "ana";
  response.authored = "2026-11-24";
  response.raw = {{.link_id = "sum", .answers = R"([{"valueDecimal":7}])"}};
  EXPECT_EQ(
      WriteQuestionnaireResponse(evenings, response, Audience::kOwner).Dump(),
      R"({"resourceType":"QuestionnaireResponse","questionnaire":"https://clinic.example/Questionnaire/evening|2",)"
      R"("status":"completed","subject":{"reference":"Patient/ana"},"authored":"2026-11-24","item":[)"
      R"({"linkId":"1","item":[{"linkId":"1.1","answer":[{"valueCoding":{"code":"yes","display":"Every day"},)"
      R"("item":[{"linkId":"1.1.b","answer":[{"valueString":"much"}]}]}]},)"
      R"({"linkId":"1.2","answer":[{"valueInteger":2}]}]},{"linkId":"sum","answer":[{"valueDecimal":7}]}]})");
}

TEST(QuestionnaireResponse, WritesNoTraceOfWhatIsHeldBack) {
  const Instrument signs = Signs();
  const std::vector<std::pair<std::string, std::string>> calm{{"sorting-unasked", "often"}};
  auto afraid = calm;
  afraid.insert(afraid.end(), {{"yes-then-tired", "often"}, {"yes-then-tired-q", "afraid"}});
  const auto written = [&](const auto& answers) {
    return WriteQuestionnaireResponse(signs, Separate(signs, Answered(signs, answers)), Audience::kOwner).Dump();
  };
  EXPECT_EQ(written(afraid), written(calm)) << "as if the questions had been left out";
  const Response response = Separate(signs, Answered(signs, afraid));
  EXPECT_THAT(WriteResponsesCsv(signs, {response}, Audience::kOwner), Not(HasSubstr("afraid")));
  EXPECT_THAT(WriteSafetyResponse(signs, response).Dump(),
              AllOf(HasSubstr("afraid"), Not(HasSubstr("sorting-unasked"))));
}

std::string WhyNot(const Instrument& instrument, const std::string& text) {
  const auto response = ReadQuestionnaireResponse(instrument, text);
  return response ? "taken" : response.error().message + " " + response.error().remedy;
}

std::string ResponseWith(const std::string& items) {
  return R"({"resourceType": "QuestionnaireResponse", "status": "completed", "item": [)" + items + "]}";
}

TEST(QuestionnaireResponse, IsRefusedWithTheItemAndARemedy) {
  const Instrument evenings = Evenings();
  EXPECT_THAT(WhyNot(evenings, "{}"), HasSubstr("not a FHIR QuestionnaireResponse"));
  EXPECT_THAT(WhyNot(evenings, R"({"resourceType": "QuestionnaireResponse", "status": "final"})"),
              HasSubstr("\"final\" is not a status"));
  EXPECT_THAT(WhyNot(evenings, R"({"resourceType": "QuestionnaireResponse", "status": "entered-in-error"})"),
              HasSubstr("entered in error"));
  const std::string mornings = R"({"resourceType": "QuestionnaireResponse", "status": "completed",
                                   "questionnaire": "https://clinic.example/Questionnaire/morning|2"})";
  EXPECT_THAT(WhyNot(evenings, mornings), testing::StartsWith("These are answers to "));
  EXPECT_EQ(WhyNot(evenings, R"({"resourceType": "QuestionnaireResponse", "status": "completed",
                                 "questionnaire": "https://clinic.example/Questionnaire/evening|1"})"),
            "taken")
      << "an earlier version";
  EXPECT_THAT(WhyNot(evenings, ResponseWith(R"({"linkId": "9", "answer": [{"valueString": "x"}]})")),
              HasSubstr("Nothing that can be answered is called \"9\""));
  EXPECT_THAT(WhyNot(evenings, ResponseWith(R"({"linkId": "1", "answer": [{"valueString": "x"}]})")),
              HasSubstr("Nothing that can be answered is called \"1\""));
  EXPECT_THAT(
      WhyNot(evenings, ResponseWith(R"({"linkId": "1.2", "answer": [{"valueInteger": 3}]})")),
      AllOf(HasSubstr(" is answered with \"3\""), HasSubstr(", which it does not offer."), HasSubstr("Correct")));
  EXPECT_THAT(
      WhyNot(evenings, ResponseWith(R"({"linkId": "1.2", "answer": [{"valueInteger": 1}, {"valueInteger": 2}]})")),
      HasSubstr("is answered twice"));
  EXPECT_THAT(WhyNot(evenings, ResponseWith(R"({"linkId": "1.3", "answer": [{}]})")), HasSubstr("has no value"));
  const std::string tue = R"({"linkId": "1.3", "answer": [{"valueCoding": {"code": "tue"}}]})";
  EXPECT_THAT(WhyNot(evenings, ResponseWith(tue + ", " + tue)), HasSubstr("is answered twice"));
  EXPECT_THAT(WhyNot(evenings, ResponseWith(R"({"answer": []})")), HasSubstr("\"linkId\""));
}

// ---- weights of other people's questionnaires ----

TEST(AddWeights, AddsOnlyWhatWasAnsweredAndSaysWhetherThatIsAll) {
  const Instrument evenings = Evenings();
  const WeightTotal half =
      AddWeights(evenings, Separate(evenings, Answered(evenings, {{"1.1", "some"}})), Audience::kOwner);
  EXPECT_EQ(half.questions, 2U);
  EXPECT_EQ(half.answered, 1U);
  EXPECT_EQ(half.sum, 1.5);
  EXPECT_FALSE(half.IsComplete());
  const WeightTotal whole =
      AddWeights(evenings, Separate(evenings, Answered(evenings, {{"1.1", "yes"}, {"1.2", "2"}})), Audience::kOwner);
  EXPECT_TRUE(whole.IsComplete());
  EXPECT_EQ(whole.sum, 7);
  EXPECT_EQ(whole.Mean(), 3.5);
  EXPECT_EQ(AddWeights(evenings, Separate(evenings, Sheet(3)), Audience::kOwner).Mean(), std::nullopt);
}

TEST(AddWeights, LeavesOutForOthersWhatIsNotShared) {
  const Instrument signs = Signs();
  const Response response = Separate(signs, Answered(signs, {{"sorry-for-what", "often"}, {"job-to-do", "often"}}));
  EXPECT_EQ(AddWeights(signs, response, Audience::kOwner).sum, 6);
  EXPECT_EQ(AddWeights(signs, response, Audience::kOthers).sum, 3);
}

// ---- CSV ----

RC_GTEST_PROP(ResponsesCsv, RoundTripsWithoutTheSafetyPart, ()) {
  static const std::vector<Instrument> kInstruments{Signs(), Evenings()};
  const Instrument& instrument = kInstruments[*rc::gen::inRange<std::size_t>(0, 2)];
  std::vector<Response> responses(*rc::gen::inRange<std::size_t>(1, 4));
  for (std::size_t r = 0; r < responses.size(); ++r) {
    responses[r] = Separate(instrument, AnySheet(instrument));
    responses[r].person = "p" + std::to_string(r) + *rc::gen::element<std::string>("", ",", "\"", " ; x", "\n7");
  }
  const auto read = ReadResponsesCsv(instrument, WriteResponsesCsv(instrument, responses, Audience::kOwner));
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->not_taken.empty());
  for (Response& response : responses) response.safety = Sheet(response.safety.size());
  RC_ASSERT(read->responses == responses);
}

TEST(ResponsesCsv, TakesColumnsInAnyOrderCodesOrWordsAndOtherSeparators) {
  const Instrument signs = Signs();
  const auto table = ReadResponsesCsv(signs,
                                      "job-to-do;age;person;said-no\n"
                                      "nearly always;41;Ana;didn't come up\n"
                                      "NA;;Ben;often\n");
  ASSERT_TRUE(table.has_value()) << table.error().message;
  EXPECT_THAT(table->not_taken, ElementsAre("age"));
  ASSERT_EQ(table->responses.size(), 2U);
  EXPECT_EQ(table->responses[0].person, "Ana");
  EXPECT_EQ(table->responses[0].answers[Named(signs, "job-to-do")], 4U);
  EXPECT_EQ(table->responses[0].answers[Named(signs, "said-no")], 5U);
  EXPECT_EQ(table->responses[1].answers[Named(signs, "job-to-do")], std::nullopt);
  EXPECT_EQ(table->responses[1].answers[Named(signs, "said-no")], 3U);
}

TEST(ResponsesCsv, HaveNoRowForAResponseWithNothingInIt) {
  const Instrument signs = Signs();
  const Response nothing = Separate(signs, Sheet(signs.questions.size()));
  Response named = nothing;
  named.person = "Ana";
  const std::string written = WriteResponsesCsv(signs, {nothing, named, nothing}, Audience::kOwner);
  EXPECT_EQ(std::ranges::count(written, '\n'), 2) << "the header and Ana";
  EXPECT_EQ(ReadResponsesCsv(signs, written)->responses, std::vector{named});
}

TEST(ResponsesCsv, SeparatesWhatItReads) {
  const Instrument signs = Signs();
  const auto table = ReadResponsesCsv(signs, "said-no,said-no-q\nnever,afraid\n");
  ASSERT_TRUE(table.has_value());
  EXPECT_THAT(table->responses[0].answers, Each(std::nullopt));
  EXPECT_EQ(ActsHeldBack(signs, table->responses[0]), 1U);
}

TEST(ResponsesCsv, IsRefusedWithLineColumnAndRemedy) {
  const Instrument signs = Signs();
  const auto wrong = ReadResponsesCsv(signs, "person,said-no\nAna,often\nBen,4\n");
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().place, (core::Place{.line = 3, .column = 2, .field = "said-no"}));
  EXPECT_EQ(wrong.error().message, "\"4\" is no answer to \"said-no\".");
  EXPECT_THAT(wrong.error().remedy, HasSubstr("never, rarely, sometimes, often, nearly-always, not-applicable"));
  EXPECT_THAT(ReadResponsesCsv(signs, "person,mood\nAna,4\n").error().message, HasSubstr("No column of this file"));
  EXPECT_THAT(ReadResponsesCsv(signs, "said-no,said-no\n").error().message, HasSubstr("two columns \"said-no\""));
  EXPECT_THAT(ReadResponsesCsv(signs, "").error().message, HasSubstr("empty"));
}

}  // namespace
}  // namespace selvedge::instruments
