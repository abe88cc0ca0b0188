#include "instruments/instrument.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "instruments/files.h"
#include "instruments/words.h"

namespace selvedge::instruments {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

std::vector<std::string> CodesOf(const Question& question) {
  std::vector<std::string> codes;
  for (const Choice& choice : question.choices) codes.push_back(choice.code);
  return codes;
}

/// The questions that follow others: Q of care.
std::vector<const Question*> FollowUps(const Instrument& instrument) {
  std::vector<const Question*> found;
  for (const Question& question : instrument.questions) {
    if (question.asked_when) found.push_back(&question);
  }
  return found;
}

// ---- Selvedge Signs, as it is shipped ----

TEST(SelvedgeSigns, IsReadWithoutANotice) {
  const Instrument signs = Signs();
  for (const Instrument::Notice& notice : signs.notices) ADD_FAILURE() << notice.sentence;
  EXPECT_EQ(signs.url, "https://selvedge.example/fhir/Questionnaire/selvedge-signs");
  EXPECT_THAT(signs.version, Not(IsEmpty()));
  EXPECT_TRUE(signs.IsProvisional()) << "until people have answered it";
  EXPECT_THAT(signs.totals, IsEmpty()) << "no total is computed from acts that fear can explain";
}

TEST(SelvedgeSigns, AsksOfEveryScaleInBothDirectionsWithAndWithoutWhatIsNeverShared) {
  const Instrument signs = Signs();
  ASSERT_EQ(signs.scales.size(), 4U);
  for (std::size_t s = 0; s < signs.scales.size(); ++s) {
    EXPECT_TRUE(SignScaleNamed(signs.scales[s].id)) << signs.scales[s].id << " has no words";
    std::map<bool, int> by_direction;
    std::map<bool, int> shared_by_direction;
    for (const Question& question : signs.questions) {
      if (question.scale != s) continue;
      ++by_direction[question.reversed];
      if (question.shared) ++shared_by_direction[question.reversed];
    }
    const int all = by_direction[false] + by_direction[true];
    EXPECT_GE(all, 8) << signs.scales[s].id;
    EXPECT_LE(all, 11) << signs.scales[s].id;
    EXPECT_GE(by_direction[false], 3) << signs.scales[s].id;
    EXPECT_GE(by_direction[true], 3) << signs.scales[s].id;
    EXPECT_GE(shared_by_direction[false], 3) << signs.scales[s].id;
    EXPECT_GE(shared_by_direction[true], 1) << signs.scales[s].id;
  }
}

TEST(SelvedgeSigns, OffersTheSameAnswersEverywhere) {
  const Instrument signs = Signs();
  for (const Question& question : signs.questions) {
    if (question.asked_when) continue;
    EXPECT_THAT(CodesOf(question), ElementsAre("never", "rarely", "sometimes", "often", "nearly-always",
                                               "not-applicable", "asked-declined"))
        << question.link_id;
    EXPECT_EQ(question.choices[5].display, "didn't come up") << question.link_id;
    EXPECT_EQ(question.choices[6].display, "rather not say") << question.link_id;
    if (!question.scale) continue;
    EXPECT_EQ(question.categories(), 5U) << question.link_id;
    EXPECT_TRUE(question.curve) << question.link_id;
    for (std::size_t c = 0; c < 5; ++c) {
      EXPECT_EQ(question.Category(c), question.reversed ? 4 - c : c) << question.link_id;
      EXPECT_EQ(question.choices[c].weight, question.reversed ? 4.0 - static_cast<double>(c) : static_cast<double>(c));
    }
    EXPECT_EQ(question.Category(5), std::nullopt) << question.link_id;
    EXPECT_EQ(question.Category(6), std::nullopt) << question.link_id;
  }
}

TEST(SelvedgeSigns, AsksQuestionQAfterEveryActThatFearCanExplain) {
  const Instrument signs = Signs();
  std::map<std::size_t, int> follow_ups;
  for (const Question* q : FollowUps(signs)) {
    const Question& about = signs.questions[q->asked_when->question];
    ++follow_ups[q->asked_when->question];
    EXPECT_THAT(about.act, Not(IsEmpty())) << about.link_id;
    EXPECT_FALSE(about.shared) << about.link_id;
    EXPECT_FALSE(q->shared) << q->link_id;
    EXPECT_FALSE(q->scale) << q->link_id;
    EXPECT_THAT(q->text, EndsWith("f you had done otherwise, what would most likely have followed?"));
    std::vector<std::string> words;
    std::vector<bool> safety;
    for (const Choice& choice : q->choices) {
      words.push_back(choice.display);
      safety.push_back(choice.safety);
    }
    EXPECT_THAT(words, ElementsAre("nothing much", "they'd be let down", "a quarrel we'd get over", "I'd feel guilty",
                                   "I was afraid of what they might do", "rather not say"));
    EXPECT_THAT(safety, ElementsAre(false, false, false, false, true, true));
  }
  for (std::size_t q = 0; q < signs.questions.size(); ++q) {
    EXPECT_EQ(follow_ups[q], signs.questions[q].act.empty() ? 0 : 1) << signs.questions[q].link_id;
  }
}

TEST(SelvedgeSigns, AsksQWhereTheAnswerShowsThatTheActHappened) {
  const Instrument signs = Signs();
  const auto asked_after = [&](std::string_view link_id) {
    for (const Question* q : FollowUps(signs)) {
      if (signs.questions[q->asked_when->question].link_id == link_id) return q->asked_when->choices;
    }
    return std::vector<std::size_t>{};
  };
  EXPECT_THAT(asked_after("yes-then-tired"), ElementsAre(1, 2, 3, 4)) << "once is enough";
  EXPECT_THAT(asked_after("hid-wish"), ElementsAre(1, 2, 3, 4)) << "reversed on its scale, and still an act";
  EXPECT_THAT(asked_after("said-no"), ElementsAre(0, 1, 2)) << "the act is what was not said";
  EXPECT_THAT(asked_after("own-evening"), ElementsAre(0, 1, 2)) << "plain on its scale, and the act is at its low end";
  for (const Question* q : FollowUps(signs)) {
    const bool low_end = q->asked_when->choices.front() == 0;
    EXPECT_EQ(low_end, q->text.starts_with("When it was not so: ")) << q->link_id;
  }
}

/// Automated Readability Index (Senter & Smith 1967): the US school grade; grade 8 is age 13 to 14.
double SchoolGrade(const std::string& text) {
  int letters = 0;
  int words = 1;
  int sentences = 0;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) ++letters;
    if (c == ' ') ++words;
    if (c == '.' || c == '?') ++sentences;
  }
  return 4.71 * letters / words + 0.5 * words / std::max(sentences, 1) - 21.43;
}

TEST(SelvedgeSigns, IsPlainFirstPersonAndKind) {
  const Instrument signs = Signs();
  std::set<std::string> seen;
  std::string all;
  for (const Question& question : signs.questions) {
    if (question.asked_when) continue;
    const std::string& text = question.text;
    EXPECT_TRUE(seen.insert(text).second) << text;
    all += text + " ";
    std::string lower = " " + text;
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    EXPECT_THAT(lower, testing::ContainsRegex("[ ](i|my|me)[ ,.]")) << "first person: " << text;
    EXPECT_THAT(text, EndsWith("."));
    EXPECT_EQ(std::ranges::count(text, '.'), 1) << "one sentence: " << text;
    EXPECT_LE(std::ranges::count(text, ' '), 17) << "short: " << text;
    EXPECT_LE(SchoolGrade(text), 8) << text;
    for (const char* word :
         {"should",     "partner", "always", "never",  "codepend", "fault",   "too much",        "husband", "wife",
          "problem of", "needy",   "weak",   "normal", "enmesh",   "boundar", "conflict",        "intima",  "reject",
          "abandon",    "control", "depend", "attach", "anxi",     "toxic",   "because of them", " or ",    "and/or"}) {
      EXPECT_THAT(lower, Not(HasSubstr(word))) << text;
    }
  }
  EXPECT_LE(SchoolGrade(all), 5) << "age 10 to 11 on the whole";
}

TEST(SelvedgeSigns, KeepsWhatThePartnerDoesOffEveryScale) {
  const Instrument signs = Signs();
  std::set<std::string> reached;
  for (const Question& question : signs.questions) {
    for (const std::string& id : question.ids) {
      if (!id.starts_with("ARE-")) continue;
      reached.insert(id);
      EXPECT_FALSE(question.scale) << question.link_id;
      EXPECT_FALSE(question.shared) << question.link_id;
      EXPECT_EQ(question.categories(), 0U) << question.link_id;
    }
  }
  EXPECT_THAT(reached, ElementsAre("ARE-A", "ARE-E", "ARE-R"));
}

// ---- other people's files ----

TEST(ReadInstrument, ReadsOtherPeoplesQuestionnairesAndSaysWhatItCannotFollow) {
  const Instrument evenings = Evenings();
  EXPECT_EQ(evenings.title, "Evenings at home");
  EXPECT_FALSE(evenings.curves);
  EXPECT_TRUE(evenings.IsProvisional());
  std::vector<std::string> questions;
  for (const Question& question : evenings.questions) questions.push_back(question.link_id);
  EXPECT_THAT(questions, ElementsAre("1.1", "1.1.b", "1.2"));
  EXPECT_EQ(evenings.questions[0].choices[1].weight, 1.5) << "ordinalValue";
  EXPECT_EQ(evenings.questions[2].choices[0].weight, 2) << "itemWeight, beside an integer";
  EXPECT_EQ(evenings.questions[2].choices[1].weight, 4) << "itemWeight before ordinalValue";
  EXPECT_EQ(evenings.questions[1].choices[0].kind, Choice::Kind::kText);
  EXPECT_EQ(evenings.nodes[*evenings.NodeNamed("1.1.a")].parent, evenings.NodeNamed("1.1"));

  ASSERT_EQ(evenings.totals.size(), 2U);
  EXPECT_EQ(evenings.totals[0].how, Total::How::kSum);
  EXPECT_EQ(evenings.totals[1].how, Total::How::kNotUnderstood);
  EXPECT_EQ(evenings.totals[1].expression, "iif(%sum > 4, 'bright', 'dim')") << "kept as it is";

  std::vector<std::string> noted;
  for (const Instrument::Notice& notice : evenings.notices) noted.push_back(notice.link_id);
  EXPECT_THAT(noted, ElementsAre("1.1.a", "1.2", "1.3", "band", "1.1.b"));
}

std::string Questionnaire(const std::string& items) {
  return R"({"resourceType": "Questionnaire", "status": "draft", "item": [)" + items + "]}";
}

std::string Total(const std::string& expression) {
  return R"({"linkId": "t", "type": "decimal", "extension": [{"url":
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
    "valueExpression": {"language": "text/fhirpath", "expression": ")" +
         expression + R"("}}]})";
}

TEST(ReadInstrument, UnderstandsSumsAndMeansOfAllWeightsAndNothingElse) {
  const auto how = [](const std::string& expression) {
    const auto instrument = ReadInstrument(Questionnaire(Total(expression)));
    EXPECT_TRUE(instrument.has_value());
    return instrument ? instrument->totals.front().how : Total::How::kNotUnderstood;
  };
  EXPECT_EQ(how("%resource.item.answer.value.ordinal().sum()"), Total::How::kSum);
  EXPECT_EQ(how("%resource.descendants().answer.value.weight().sum()"), Total::How::kSum);
  EXPECT_EQ(how("%resource.item.item.answer.value.ordinal().aggregate($this + $total, 0)"), Total::How::kSum);
  EXPECT_EQ(how("%resource.item.answer.value.weight().avg()"), Total::How::kMean);
  for (const char* other :
       {"", "%resource.item.where(linkId='1').answer.value.ordinal().sum()", "%resource.ordinal().sum()",
        "%resource.item.answer.value.ordinal().sum() * 2", "%context.item.answer.value.ordinal().sum()",
        "%resource.item.answer.value.ordinal().aggregate($this * $total, 1)", "1 + 1"}) {
    EXPECT_EQ(how(other), Total::How::kNotUnderstood) << other;
  }
}

std::string WhyNot(const std::string& text) {
  const auto instrument = ReadInstrument(text);
  return instrument ? "taken" : instrument.error().message + " " + instrument.error().remedy;
}

std::string WhyNotItems(const std::string& items) { return WhyNot(Questionnaire(items)); }

constexpr const char* kYesNo = R"("answerOption": [{"valueCoding": {"code": "y"}}, {"valueCoding": {"code": "n"}}])";

/// A question with two weighted answers and our scoring extension.
std::string Scored(const std::string& direction, const std::string& weights_and_curve) {
  return R"({"resourceType": "Questionnaire", "status": "draft", "extension": [
    {"url": "https://selvedge.example/fhir/StructureDefinition/scale", "extension": [
      {"url": "id", "valueCode": "warmth"}, {"url": "title", "valueString": "Warmth"}]}],
   "item": [{"linkId": "a", "type": "choice", "extension": [
    {"url": "https://selvedge.example/fhir/StructureDefinition/scoring", "extension": [
      {"url": "scale", "valueCode": "warmth"}, {"url": "direction", "valueCode": ")" +
         direction + "\"}" + weights_and_curve;
}

std::string Weights(double first, double second) {
  const auto option = [](const char* code, double weight) {
    return R"({"valueCoding": {"code": ")" + std::string(code) +
           R"(", "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/itemWeight", "valueDecimal": )" +
           std::to_string(weight) + "}]}}";
  };
  return R"(]}], "answerOption": [)" + option("y", first) + ", " + option("n", second) + "]}]}";
}

TEST(ReadInstrument, RefusesWhatTheStandardForbids) {
  const std::string yes_no(kYesNo);
  EXPECT_THAT(WhyNot("[]"), HasSubstr("not a FHIR Questionnaire"));
  EXPECT_THAT(WhyNot(R"({"resourceType": "Patient"})"), HasSubstr("not a FHIR Questionnaire"));
  EXPECT_THAT(WhyNot(R"({"resourceType": "Questionnaire"})"), HasSubstr("\"status\""));
  EXPECT_THAT(WhyNot(R"({"resourceType": "Questionnaire", "status": "new"})"), HasSubstr("is not a status"));
  EXPECT_THAT(WhyNot(R"({"resourceType": "Questionnaire", "status": "draft", "url": "u|1"})"),
              HasSubstr("has a \"|\""));
  EXPECT_THAT(WhyNotItems(""), HasSubstr("asks nothing"));
  EXPECT_THAT(WhyNotItems(R"({"type": "text"})"), StartsWith("The first item has no \"linkId\"."));
  EXPECT_THAT(WhyNotItems(R"({"linkId": "a", "type": "text"}, {"linkId": "", "type": "text"})"),
              StartsWith("An item after \"a\" has no \"linkId\"."));
  EXPECT_THAT(WhyNotItems(R"({"linkId": "a", "type": "text"}, {"linkId": "a", "type": "text"})"),
              StartsWith("The item \"a\" stands there twice."));
  EXPECT_THAT(WhyNotItems(R"({"linkId": "a", "type": "song"})"), HasSubstr("which FHIR R4 does not know"));
  EXPECT_THAT(WhyNotItems(R"({"linkId": "a"})"), StartsWith("In the item \"a\": The field \"type\" is missing"));
  EXPECT_THAT(WhyNotItems(R"({"linkId": "a", "type": "group"})"), HasSubstr("a group without items"));
  EXPECT_THAT(WhyNotItems(R"({"linkId": "a", "type": "display", "item": [{"linkId": "b", "type": "text"}]})"),
              HasSubstr("only displayed, and has items"));
  EXPECT_THAT(WhyNotItems(R"({"linkId": "a", "type": "display", "required": true})"),
              HasSubstr("only displayed, and has \"required\""));
  EXPECT_THAT(WhyNotItems(R"({"linkId": "a", "type": "choice", "answerValueSet": "x", )" + yes_no + "}"),
              HasSubstr("both \"answerOption\" and \"answerValueSet\""));
  EXPECT_THAT(WhyNotItems(R"({"linkId": "a", "type": "boolean", )" + yes_no + "}"), HasSubstr("never have"));
  EXPECT_THAT(WhyNotItems(R"({"linkId": "a", "type": "text", "answerValueSet": "x"})"), HasSubstr("has a value set"));
  EXPECT_THAT(WhyNotItems(R"({"linkId": "a", "type": "choice", "initial": [], )" + yes_no + "}"),
              HasSubstr("both \"answerOption\" and \"initial\""));
  EXPECT_THAT(
      WhyNotItems(R"({"linkId": "a", "type": "group", "initial": [], "item": [{"linkId": "b", "type": "text"}]})"),
      HasSubstr("a group with an answer to begin with"));
  EXPECT_THAT(WhyNotItems(R"({"linkId": "a", "type": "choice", "answerOption": [{}]})"),
              HasSubstr("without exactly one value"));
  EXPECT_THAT(WhyNotItems(R"({"linkId": "a", "type": "choice", "answerOption": [{"valueCoding": {}}]})"),
              HasSubstr("an answer that says nothing"));
  EXPECT_THAT(
      WhyNotItems(R"({"linkId": "a", "type": "choice", "answerOption": [{"valueString": "x"}, {"valueString": "x"}]})"),
      HasSubstr("offers the answer \"x\" twice"));
}

TEST(ReadInstrument, RefusesConditionsThatCanNeverHold) {
  const auto with = [](const std::string& conditions) {
    return WhyNotItems(R"({"linkId": "a", "type": "choice", )" + std::string(kYesNo) +
                       R"(}, {"linkId": "b", "type": "choice", )" + kYesNo + ", " + conditions + "}");
  };
  EXPECT_EQ(with(R"("enableWhen": [{"question": "a", "operator": "=", "answerCoding": {"code": "y"}}])"), "taken");
  EXPECT_THAT(with(R"("enableWhen": [{"question": "z", "operator": "=", "answerCoding": {"code": "y"}}])"),
              HasSubstr("waits for an answer to \"z\", which is not there"));
  EXPECT_THAT(with(R"("enableWhen": [{"question": "a", "operator": "~", "answerCoding": {"code": "y"}}])"),
              HasSubstr("with the operator \"~\""));
  EXPECT_THAT(with(R"("enableWhen": [{"question": "a", "operator": "="}])"), HasSubstr("without exactly one answer"));
  EXPECT_THAT(with(R"("enableWhen": [{"question": "a", "operator": "exists", "answerCoding": {"code": "y"}}])"),
              HasSubstr("does not say yes or no"));
  EXPECT_THAT(with(R"("enableWhen": [{"question": "a", "operator": "=", "answerCoding": {"code": "maybe"}}])"),
              HasSubstr("waits for \"maybe\", which is no answer to \"a\""));
  EXPECT_THAT(with(R"("enableWhen": [{"question": "a", "operator": "=", "answerCoding": {"code": "y"}},
                                     {"question": "a", "operator": "=", "answerCoding": {"code": "n"}}])"),
              HasSubstr("does not say how they go together"));
}

TEST(ReadInstrument, HoldsDirectionsWeightsAndCurvesToEachOther) {
  EXPECT_EQ(WhyNot(Scored("plain", Weights(0, 1))), "taken");
  EXPECT_EQ(WhyNot(Scored("reversed", Weights(1, 0))), "taken");
  EXPECT_THAT(WhyNot(Scored("plain", Weights(1, 0))), HasSubstr("is plain, but its weights do not rise"));
  EXPECT_THAT(WhyNot(Scored("reversed", Weights(0, 1))), HasSubstr("is reversed, but its weights do not fall"));
  EXPECT_THAT(WhyNot(Scored("plain", Weights(1, 1))), HasSubstr("do not rise"));
  EXPECT_THAT(WhyNot(Scored("sideways", Weights(0, 1))), HasSubstr("has the direction \"sideways\""));
  const std::string curve = R"(, {"url": "slope", "valueDecimal": 1.2}, {"url": "difficulty", "valueDecimal": 0.1})";
  EXPECT_EQ(WhyNot(Scored("plain", curve + Weights(0, 1))), "taken");
  EXPECT_THAT(WhyNot(Scored("plain", curve + R"(, {"url": "difficulty", "valueDecimal": 0.4})" + Weights(0, 1))),
              HasSubstr("has 2 weights and a curve with 2 difficulties"));
  EXPECT_THAT(WhyNot(Scored("plain", curve + R"(, {"url": "difficulty", "valueDecimal": 0.1})" + Weights(0, 1))),
              HasSubstr("difficulties that rise"));
  EXPECT_THAT(WhyNot(Scored("plain", R"(, {"url": "slope", "valueDecimal": 1.2})" + Weights(0, 1))),
              HasSubstr("both a slope and difficulties"));
}

std::string Extended(const std::string& extensions) {
  return R"({"resourceType": "Questionnaire", "status": "draft", "item": [{"linkId": "a", "type": "text"}],
             "extension": [)" +
         extensions + "]}";
}

TEST(ReadInstrument, RefusesMoreCategoriesThanTheEngineHolds) {
  std::string many = R"(]}], "answerOption": [)";
  for (int k = 0; k <= 20; ++k) {
    many += (k == 0 ? "" : ", ") + std::string(R"({"valueInteger": )") + std::to_string(k) +
            R"(, "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/itemWeight", "valueDecimal": )" +
            std::to_string(k) + "}]}";
  }
  EXPECT_THAT(WhyNot(Scored("plain", many + "]}]}")), HasSubstr("has more than 20 weights."));
}

TEST(ReadInstrument, RefusesScalesAndCurvesThatNobodyCouldName) {
  const std::string ours = R"({"url": "https://selvedge.example/fhir/StructureDefinition/)";
  const std::string scale = ours + R"(scale", "extension": [{"url": "id", "valueCode": "warmth"}]})";
  EXPECT_EQ(WhyNot(Extended(scale)), "taken");
  EXPECT_THAT(WhyNot(Extended(scale + ", " + scale)), HasSubstr("The scale \"warmth\" has no id of its own."));
  const std::string nameless = ours + R"(scale", "extension": []})";
  EXPECT_THAT(WhyNot(Extended(nameless)), HasSubstr(" has no id of its own."));
  const std::string curves = ours + R"(curves", "extension": [{"url": "source", "valueCode": "hope"}]})";
  EXPECT_THAT(WhyNot(Extended(curves)), HasSubstr(" is no source of curves."));
  EXPECT_THAT(WhyNot(Extended(curves + ", " + curves)), HasSubstr(" stands there twice."));
}

TEST(ReadInstrument, RefusesToShareWhatFearCanExplain) {
  const std::string act = R"({"url": "https://selvedge.example/fhir/StructureDefinition/act", "valueCode": "silence"})";
  const std::string item = R"({"linkId": "a", "type": "choice", )" + std::string(kYesNo) + R"(, "extension": [)" + act;
  const auto quiet = ReadInstrument(Questionnaire(item + "]}"));
  ASSERT_TRUE(quiet.has_value());
  EXPECT_FALSE(quiet->questions.front().shared) << "even if the file does not say so";
  const std::string shared =
      R"(, {"url": "https://selvedge.example/fhir/StructureDefinition/shared", "valueBoolean": true})";
  EXPECT_THAT(WhyNotItems(item + shared + "]}"), HasSubstr("and may be shared"));
}

TEST(ReadInstrument, NamesTheItemInThePlaceOfAnError) {
  const auto refused = ReadInstrument(Questionnaire(R"({"linkId": "a", "type": "text", "item": 5})"));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().place.field, "a");
  EXPECT_THAT(refused.error().message, AllOf(HasSubstr("\"a\""), HasSubstr("\"item\"")));
}

}  // namespace
}  // namespace selvedge::instruments
