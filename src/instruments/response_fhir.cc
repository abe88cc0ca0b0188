#include <algorithm>
#include <array>
#include <expected>
#include <utility>

#include "core/json.h"
#include "core/text.h"
#include "diary/refusal.h"
#include "instruments/response.h"

namespace selvedge::instruments {
namespace {

using core::Json;
using core::Result;
using diary::Quoted;
using diary::Refuse;

constexpr std::array<std::string_view, 5> kStatuses{"in-progress", "completed", "amended", "entered-in-error",
                                                    "stopped"};
constexpr std::array<std::string_view, 12> kValues{
    "valueBoolean", "valueDecimal", "valueInteger",    "valueDate",   "valueDateTime", "valueTime",
    "valueString",  "valueUri",     "valueAttachment", "valueCoding", "valueQuantity", "valueReference"};

/// The name of an answer's value; empty where it has none.
std::string_view KeyOfValue(const Json& answer) {
  for (const std::string_view key : kValues) {
    if (answer.Has(key)) return key;
  }
  return {};
}

Json WriteChoice(const Choice& choice) {
  Json answer = Json::Object();
  switch (choice.kind) {
    case Choice::Kind::kInteger:
      answer.Set("valueInteger", Json::Parse(choice.code).value_or(Json()));
      break;
    case Choice::Kind::kText:
      answer.Set("valueString", choice.code);
      break;
    case Choice::Kind::kCoding:
      Json coding = Json::Object();
      if (!choice.system.empty()) coding.Set("system", choice.system);
      coding.Set("code", choice.code);
      if (!choice.display.empty()) coding.Set("display", choice.display);
      answer.Set("valueCoding", std::move(coding));
      break;
  }
  return answer;
}

/// Writes the tree of items from the leaves: a node's children stand after it, so going backwards meets them first.
class TreeWriter {
 public:
  TreeWriter(const Instrument& instrument, const Sheet& sheet, const std::vector<RawAnswer>& raw)
      : instrument_(instrument), sheet_(sheet), raw_(raw), children_(instrument.nodes.size()) {}

  std::vector<Json> Write() {
    for (std::size_t n = instrument_.nodes.size(); n-- > 0;) {
      std::optional<Json> item = WriteNode(n);
      if (!item) continue;
      const std::optional<std::size_t>& parent = instrument_.nodes[n].parent;
      (parent ? children_[*parent] : top_).push_back(*std::move(item));
    }
    std::ranges::reverse(top_);
    return std::move(top_);
  }

 private:
  static Json List(std::vector<Json>& backwards) {
    Json list = Json::Array();
    while (!backwards.empty()) {
      list.Push(std::move(backwards.back()));
      backwards.pop_back();
    }
    return list;
  }

  std::optional<Json> WriteNode(std::size_t n) {
    const Instrument::Node& node = instrument_.nodes[n];
    std::vector<Json>& inside = children_[n];
    Json item = Json::Object().Set("linkId", node.link_id);
    if (node.is_group) {
      if (inside.empty()) return std::nullopt;
      return item.Set("item", List(inside));
    }
    Json answers = Answers(node);
    if (answers.Size() == 0 && inside.empty()) return std::nullopt;
    // What is asked below a question stands inside its answer, if that is in this part.
    if (answers.Size() == 0) return item.Set("item", List(inside));
    if (!inside.empty()) answers = WithItems(answers, List(inside));
    return item.Set("answer", std::move(answers));
  }

  static Json WithItems(const Json& answers, Json items) {
    Json list = Json::Array().Push(answers.At(0).value_or(Json::Object()).Set("item", std::move(items)));
    for (std::size_t i = 1; i < answers.Size(); ++i) list.Push(answers.At(i).value_or(Json()));
    return list;
  }

  [[nodiscard]] Json Answers(const Instrument::Node& node) const {
    if (node.question) {
      const std::optional<std::size_t>& chosen = sheet_[*node.question];
      Json answers = Json::Array();
      if (chosen) answers.Push(WriteChoice(instrument_.questions[*node.question].choices[*chosen]));
      return answers;
    }
    const auto raw = std::ranges::find(raw_, node.link_id, &RawAnswer::link_id);
    if (raw == raw_.end()) return Json::Array();
    return Json::Parse(raw->answers).value_or(Json::Array());
  }

  const Instrument& instrument_;
  const Sheet& sheet_;
  const std::vector<RawAnswer>& raw_;
  std::vector<std::vector<Json>> children_;  // of each node, backwards
  std::vector<Json> top_;                    // backwards
};

Result<std::string> TextIfAny(const Json& json, std::string_view key) {
  return json.Has(key) ? json.Text(key) : Result<std::string>(std::string());
}

class ResponseReader {
 public:
  explicit ResponseReader(const Instrument& instrument) : instrument_(instrument), all_(instrument.questions.size()) {}

  Result<Response> Read(const Json& json) {
    if (!json.IsObject() || SELVEDGE_TRY(TextIfAny(json, "resourceType")) != "QuestionnaireResponse") {
      return Refuse("This is not a FHIR QuestionnaireResponse.",
                    "Choose a file with \"resourceType\": \"QuestionnaireResponse\".");
    }
    const std::string status = SELVEDGE_TRY(json.Text("status"));
    if (std::ranges::find(kStatuses, status) == kStatuses.end()) {
      return Refuse(Quoted(status) + " is not a status a QuestionnaireResponse can have.",
                    "Write one of: in-progress, completed, amended, entered-in-error, stopped.", {.field = "status"});
    }
    if (status == "entered-in-error") {
      return Refuse("These answers are marked as entered in error.", "Leave them out.", {.field = "status"});
    }
    const std::string questionnaire = SELVEDGE_TRY(TextIfAny(json, "questionnaire"));
    SELVEDGE_TRY_VOID(CheckQuestionnaire(questionnaire));
    const std::string authored = SELVEDGE_TRY(TextIfAny(json, "authored"));
    const Json subject = json.Field("subject").value_or(Json::Object());
    const std::string person = SELVEDGE_TRY(TextIfAny(subject, "reference"));
    SELVEDGE_TRY_VOID(ReadItems(json));
    Response response = Separate(instrument_, all_);
    response.authored = authored;
    response.person = person.starts_with("Patient/") ? person.substr(std::string_view("Patient/").size()) : person;
    response.raw = std::move(raw_);
    return response;
  }

 private:
  /// Other versions of the same questionnaire are taken: what they ask differently is found item by item.
  [[nodiscard]] Result<void> CheckQuestionnaire(const std::string& canonical) const {
    const std::string url = canonical.substr(0, canonical.find('|'));
    if (url.empty() || instrument_.url.empty() || url == instrument_.url) return {};
    return Refuse("These are answers to " + Quoted(url) + ", not to " + Quoted(instrument_.url) + ".",
                  "Choose the questionnaire they belong to.", {.field = "questionnaire"});
  }

  Result<void> ReadItems(const Json& parent) {
    for (const Json& item : SELVEDGE_TRY(parent.List("item"))) {
      const std::string link_id = SELVEDGE_TRY(item.Text("linkId"));
      const std::vector<Json> answers = SELVEDGE_TRY(item.List("answer"));
      if (!answers.empty()) SELVEDGE_TRY_VOID(ReadAnswers(link_id, answers));
      SELVEDGE_TRY_VOID(ReadItems(item));
      for (const Json& answer : answers) SELVEDGE_TRY_VOID(ReadItems(answer));
    }
    return {};
  }

  Result<void> ReadAnswers(const std::string& link_id, const std::vector<Json>& answers) {
    const auto node = instrument_.NodeNamed(link_id);
    if (!node || instrument_.nodes[*node].is_group) {
      return Refuse("Nothing that can be answered is called " + Quoted(link_id) + " in this questionnaire.",
                    "Choose the questionnaire these answers belong to, or take this one out.", {.field = link_id});
    }
    const auto question = instrument_.nodes[*node].question;
    const bool again =
        question ? all_[*question].has_value() : std::ranges::find(raw_, link_id, &RawAnswer::link_id) != raw_.end();
    if (again || (question && answers.size() > 1)) {
      return Refuse("The item " + Quoted(link_id) + " is answered twice.", "Keep one answer.", {.field = link_id});
    }
    if (question) {
      all_[*question] = SELVEDGE_TRY(ReadChoice(instrument_.questions[*question], answers.front()));
      return {};
    }
    Json values = Json::Array();
    for (const Json& answer : answers) {
      const std::string_view key = KeyOfValue(answer);
      if (key.empty()) {
        return Refuse("An answer to the item " + Quoted(link_id) + " has no value.", "Give it one, or take it out.",
                      {.field = link_id});
      }
      values.Push(Json::Object().Set(key, SELVEDGE_TRY(answer.Field(key))));
    }
    raw_.push_back({.link_id = link_id, .answers = values.Dump()});
    return {};
  }

  static Result<std::size_t> ReadChoice(const Question& question, const Json& answer) {
    Choice said;
    if (answer.Has("valueCoding")) {
      const Json coding = SELVEDGE_TRY(answer.Field("valueCoding"));
      said.system = SELVEDGE_TRY(TextIfAny(coding, "system"));
      said.code = SELVEDGE_TRY(TextIfAny(coding, coding.Has("code") ? "code" : "display"));
    } else if (answer.Has("valueInteger")) {
      said.kind = Choice::Kind::kInteger;
      said.code = core::ShortestNumber(SELVEDGE_TRY(answer.Number("valueInteger")) + 0.0);  // of -0 makes 0
    } else {
      said.kind = Choice::Kind::kText;
      said.code = SELVEDGE_TRY(answer.Text("valueString"));
    }
    const auto found = std::ranges::find_if(question.choices, [&](const Choice& choice) {
      return choice.kind == said.kind && choice.code == said.code &&
             (said.system.empty() || choice.system == said.system);
    });
    if (found == question.choices.end()) {
      return Refuse("The item " + Quoted(question.link_id) + " is answered with " + Quoted(said.code) +
                        ", which it does not offer.",
                    "Correct the answer, or choose the version of the questionnaire it was given to.",
                    {.field = question.link_id});
    }
    return static_cast<std::size_t>(found - question.choices.begin());
  }

  const Instrument& instrument_;
  Sheet all_;
  std::vector<RawAnswer> raw_;
};

Json WriteItems(const Instrument& instrument, const Response& response, const Sheet& sheet,
                const std::vector<RawAnswer>& raw) {
  Json json = Json::Object().Set("resourceType", "QuestionnaireResponse");
  if (!instrument.url.empty()) {
    const std::string version = instrument.version.empty() ? "" : "|" + instrument.version;
    json.Set("questionnaire", instrument.url + version);
  }
  json.Set("status", "completed");
  if (!response.person.empty()) {
    json.Set("subject", Json::Object().Set("reference", "Patient/" + response.person));
  }
  if (!response.authored.empty()) json.Set("authored", response.authored);
  Json items = Json::Array();
  for (Json& item : TreeWriter(instrument, sheet, raw).Write()) items.Push(std::move(item));
  if (items.Size() > 0) json.Set("item", std::move(items));
  return json;
}

}  // namespace

core::Json WriteQuestionnaireResponse(const Instrument& instrument, const Response& response, Audience audience) {
  const bool owner = audience == Audience::kOwner;
  return WriteItems(instrument, response, AnswersFor(instrument, response, audience),
                    owner ? response.raw : std::vector<RawAnswer>());
}

core::Json WriteSafetyResponse(const Instrument& instrument, const Response& response) {
  return WriteItems(instrument, response, response.safety, {});
}

core::Result<Response> ReadQuestionnaireResponse(const Instrument& instrument, std::string_view text) {
  const Json json = SELVEDGE_TRY(Json::Parse(text));
  return ResponseReader(instrument).Read(json);
}

}  // namespace selvedge::instruments
