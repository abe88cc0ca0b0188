#include "instruments/instrument.h"

#include <algorithm>
#include <array>
#include <expected>
#include <set>
#include <utility>

#include "core/text.h"
#include "diary/refusal.h"
#include "instruments/item_bank.h"

namespace selvedge::instruments {
namespace {

using core::Json;
using core::Result;
using diary::Quoted;
using diary::Refuse;

constexpr std::string_view kOrdinalValue = "http://hl7.org/fhir/StructureDefinition/ordinalValue";
constexpr std::string_view kItemWeight = "http://hl7.org/fhir/StructureDefinition/itemWeight";
constexpr std::string_view kCalculatedExpression =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression";

constexpr std::array<std::string_view, 17> kTypes{
    "group", "display", "boolean", "decimal", "integer",     "date",       "dateTime",  "time",    "string",
    "text",  "url",     "choice",  "coding",  "open-choice", "attachment", "reference", "quantity"};
constexpr std::array<std::string_view, 10> kTypesWithOptions{
    "choice", "coding", "open-choice", "decimal", "integer", "date", "dateTime", "time", "string", "quantity"};
constexpr std::array<std::string_view, 7> kOperators{"exists", "=", "!=", ">", "<", ">=", "<="};
constexpr std::array<std::string_view, 4> kStatuses{"draft", "active", "retired", "unknown"};
constexpr std::array<std::string_view, 6> kOptionValues{"valueInteger", "valueDate",   "valueTime",
                                                        "valueString",  "valueCoding", "valueReference"};
constexpr std::array<std::string_view, 10> kConditionAnswers{
    "answerBoolean", "answerDecimal", "answerInteger", "answerDate",     "answerDateTime",
    "answerTime",    "answerString",  "answerCoding",  "answerQuantity", "answerReference"};

template <typename List>
bool Contains(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

template <typename List>
std::string Listed(const List& words) {
  std::string text;
  for (const std::string_view word : words) text += (text.empty() ? "" : ", ") + std::string(word);
  return text;
}

std::string AboutItem(const std::string& link_id, const std::string& what) {
  return "The item " + Quoted(link_id) + " " + what;
}

std::unexpected<core::Error> RefuseItem(const std::string& link_id, const std::string& what, std::string remedy) {
  return Refuse(AboutItem(link_id, what), std::move(remedy), {.field = link_id});
}

/// The same result; an error also says which item it is about.
template <typename T>
Result<T> In(const std::string& link_id, Result<T> result) {
  if (!result) {
    result.error().message = "In the item " + Quoted(link_id) + ": " + result.error().message;
    result.error().place.field = link_id;
  }
  return result;
}

/// The text of a field that may be left out.
Result<std::string> TextIfAny(const Json& json, std::string_view key) {
  return json.Has(key) ? json.Text(key) : Result<std::string>(std::string());
}

Result<bool> FlagIfAny(const Json& json, std::string_view key) { return json.Has(key) ? json.Flag(key) : false; }

/// Those extensions of an element that have this name.
Result<std::vector<Json>> Extensions(const Json& json, std::string_view url) {
  std::vector<Json> found;
  for (Json& extension : SELVEDGE_TRY(json.List("extension"))) {
    if (SELVEDGE_TRY(extension.Text("url")) == url) found.push_back(std::move(extension));
  }
  return found;
}

Result<std::optional<Json>> Extension(const Json& json, std::string_view url) {
  std::vector<Json> found = SELVEDGE_TRY(Extensions(json, url));
  if (found.size() > 1) {
    return Refuse("The extension " + Quoted(url) + " stands there twice.", "Keep one of the two.");
  }
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::string Ours(std::string_view name) { return std::string(kOurs) + "StructureDefinition/" + std::string(name); }

Result<std::string> TextExtension(const Json& json, std::string_view url, std::string_view key) {
  const auto extension = SELVEDGE_TRY(Extension(json, url));
  return extension ? extension->Text(key) : Result<std::string>(std::string());
}

Result<std::optional<bool>> FlagExtension(const Json& json, std::string_view url) {
  const auto extension = SELVEDGE_TRY(Extension(json, url));
  if (!extension) return std::nullopt;
  return SELVEDGE_TRY(extension->Flag("valueBoolean"));
}

/// How many of these fields an element has, and the last of them.
template <typename List>
std::pair<int, std::string_view> PresentOf(const Json& json, const List& keys) {
  std::pair<int, std::string_view> present{0, ""};
  for (const std::string_view key : keys) {
    if (json.Has(key)) present = {present.first + 1, key};
  }
  return present;
}

/// What the standard forbids in a single item, whatever its type is (its rules que-1 to que-12).
Result<void> CheckItem(const Json& item, const std::string& link_id, std::string_view type) {
  const bool has_items = !SELVEDGE_TRY(item.List("item")).empty();
  const bool has_options = !SELVEDGE_TRY(item.List("answerOption")).empty();
  if (type == "group" && !has_items) {
    return RefuseItem(link_id, "is a group without items.", "Put items into it, or take it out.");
  }
  if (type == "display") {
    if (has_items) return RefuseItem(link_id, "is only displayed, and has items.", "Make it a group.");
    for (const std::string_view key : {"code", "required", "repeats", "readOnly", "initial"}) {
      if (item.Has(key)) {
        return RefuseItem(link_id, "is only displayed, and has \"" + std::string(key) + "\".",
                          "Take \"" + std::string(key) + "\" out, or make it a question.");
      }
    }
  }
  if (has_options && item.Has("answerValueSet")) {
    return RefuseItem(link_id, "has both \"answerOption\" and \"answerValueSet\".", "Keep one of the two.");
  }
  if (has_options && !Contains(kTypesWithOptions, type)) {
    return RefuseItem(link_id, "has a list of answers, which items of the type " + Quoted(type) + " never have.",
                      "Give it the type \"choice\", or take \"answerOption\" out.");
  }
  if (item.Has("answerValueSet") && type != "choice" && type != "coding" && type != "open-choice") {
    return RefuseItem(link_id, "has a value set, which only items of the type \"choice\" or \"open-choice\" have.",
                      "Give it the type \"choice\", or take \"answerValueSet\" out.");
  }
  if (has_options && item.Has("initial")) {
    return RefuseItem(link_id, "has both \"answerOption\" and \"initial\".",
                      "Mark the answer to begin with by \"initialSelected\" instead.");
  }
  if (type == "group" && item.Has("initial")) {
    return RefuseItem(link_id, "is a group with an answer to begin with.", "Take \"initial\" out.");
  }
  return {};
}

/// What an expression adds up, as far as it is one of the standard's own examples: a path through items and answers,
/// their weights, and one way to put them together. Anything else may choose among items, which we would get wrong.
Total::How HowOf(std::string expression) {
  std::erase_if(expression, [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; });
  std::string_view rest = expression;
  if (!rest.starts_with("%resource")) return Total::How::kNotUnderstood;
  rest.remove_prefix(std::string_view("%resource").size());

  const auto take = [&rest](std::string_view step) {
    const bool is_next = rest.starts_with(step);
    if (is_next) rest.remove_prefix(step.size());
    return is_next;
  };
  bool through_answers = false;
  while (take(".item") || take(".descendants()") || take(".answer")) through_answers = true;
  take(".value");
  if (!through_answers || !(take(".ordinal()") || take(".weight()"))) return Total::How::kNotUnderstood;
  if (rest == ".sum()" || rest == ".aggregate($this+$total,0)") return Total::How::kSum;
  if (rest == ".avg()") return Total::How::kMean;
  return Total::How::kNotUnderstood;
}

class InstrumentReader {
 public:
  Result<Instrument> Read(const Json& json) {
    if (!json.IsObject() || SELVEDGE_TRY(TextIfAny(json, "resourceType")) != "Questionnaire") {
      return Refuse("This is not a FHIR Questionnaire.", "Choose a file with \"resourceType\": \"Questionnaire\".");
    }
    const std::string status = SELVEDGE_TRY(json.Text("status"));
    if (!Contains(kStatuses, status)) {
      return Refuse(Quoted(status) + " is not a status a Questionnaire can have.",
                    "Write one of: " + Listed(kStatuses) + ".", {.field = "status"});
    }
    instrument_.url = SELVEDGE_TRY(TextIfAny(json, "url"));
    if (instrument_.url.find('|') != std::string::npos) {
      return Refuse("The url of this Questionnaire has a \"|\", which stands between a url and a version.",
                    "Write the version as \"version\".", {.field = "url"});
    }
    instrument_.version = SELVEDGE_TRY(TextIfAny(json, "version"));
    instrument_.title = SELVEDGE_TRY(TextIfAny(json, "title"));
    SELVEDGE_TRY_VOID(ReadScales(json));
    SELVEDGE_TRY_VOID(ReadCurves(json));
    SELVEDGE_TRY_VOID(ReadItems(json, std::nullopt));
    if (instrument_.nodes.empty()) {
      return Refuse("This Questionnaire asks nothing.", "Choose one that has questions.", {.field = "item"});
    }
    for (const auto& [item, node] : conditions_) SELVEDGE_TRY_VOID(ReadConditions(item, node));
    return std::move(instrument_);
  }

 private:
  Result<void> ReadScales(const Json& json) {
    for (const Json& extension : SELVEDGE_TRY(Extensions(json, Ours("scale")))) {
      Scale scale{.id = SELVEDGE_TRY(TextExtension(extension, "id", "valueCode")),
                  .title = SELVEDGE_TRY(TextExtension(extension, "title", "valueString"))};
      if (scale.id.empty() || ScaleNamed(scale.id)) {
        return Refuse("The scale " + Quoted(scale.id) + " has no id of its own.", "Give every scale its own \"id\".",
                      {.field = "extension"});
      }
      instrument_.scales.push_back(std::move(scale));
    }
    return {};
  }

  Result<void> ReadCurves(const Json& json) {
    const auto extension = SELVEDGE_TRY(Extension(json, Ours("curves")));
    if (!extension) return {};
    const std::string source = SELVEDGE_TRY(TextExtension(*extension, "source", "valueCode"));
    if (source != "theory" && source != "calibrated") {
      return Refuse(Quoted(source) + " is no source of curves.", "Write theory or calibrated.", {.field = "curves"});
    }
    instrument_.curves = CurveSource{.calibrated = source == "calibrated",
                                     .version = SELVEDGE_TRY(TextExtension(*extension, "version", "valueString")),
                                     .about = SELVEDGE_TRY(TextExtension(*extension, "about", "valueString"))};
    usual_curve_ = SELVEDGE_TRY(ReadCurve(*extension));
    return {};
  }

  static Result<std::optional<GradedCurve>> ReadCurve(const Json& json) {
    const auto slope = SELVEDGE_TRY(Extension(json, "slope"));
    const std::vector<Json> difficulties = SELVEDGE_TRY(Extensions(json, "difficulty"));
    if (!slope && difficulties.empty()) return std::nullopt;
    if (!slope || difficulties.empty()) {
      return Refuse("A curve needs both a slope and difficulties.", "Give both, or neither.", {.field = "curve"});
    }
    GradedCurve curve{.slope = SELVEDGE_TRY(slope->Number("valueDecimal")), .difficulties = {}};
    for (const Json& difficulty : difficulties) {
      curve.difficulties.push_back(SELVEDGE_TRY(difficulty.Number("valueDecimal")));
    }
    const bool rising = std::ranges::is_sorted(curve.difficulties, std::ranges::less_equal{});
    if (!(curve.slope > 0) || !rising) {
      return Refuse("A curve needs a slope above 0 and difficulties that rise.", "Correct the numbers.",
                    {.field = "curve"});
    }
    return curve;
  }

  Result<void> ReadItems(const Json& parent_json, std::optional<std::size_t> parent) {
    for (const Json& item : SELVEDGE_TRY(parent_json.List("item"))) SELVEDGE_TRY_VOID(ReadItem(item, parent));
    return {};
  }

  Result<void> ReadItem(const Json& item, std::optional<std::size_t> parent) {
    const Result<std::string> read_link_id = item.Text("linkId");
    if (!read_link_id || read_link_id->empty()) {
      const std::string after = last_link_id_.empty() ? "The first item" : "An item after " + Quoted(last_link_id_);
      return Refuse(after + " has no \"linkId\".", "Give every item a linkId of its own.", {.field = last_link_id_});
    }
    const std::string& link_id = *read_link_id;
    last_link_id_ = link_id;
    if (!link_ids_.insert(link_id).second) {
      return RefuseItem(link_id, "stands there twice.", "Give every item a linkId of its own.");
    }
    const std::string type = SELVEDGE_TRY(In(link_id, item.Text("type")));
    if (!Contains(kTypes, type)) {
      return RefuseItem(link_id, "has the type " + Quoted(type) + ", which FHIR R4 does not know.",
                        "Write one of: " + Listed(kTypes) + ".");
    }
    SELVEDGE_TRY_VOID(In(link_id, CheckItem(item, link_id, type)));
    if (type == "display") return CheckConditionsLater(item, std::nullopt);

    const std::size_t node = instrument_.nodes.size();
    instrument_.nodes.push_back({.link_id = link_id, .parent = parent, .question = {}, .is_group = type == "group"});
    SELVEDGE_TRY_VOID(In(link_id, ReadTotal(item, link_id)));
    if (type != "group") SELVEDGE_TRY_VOID(In(link_id, ReadQuestion(item, type, node)));
    SELVEDGE_TRY_VOID(CheckConditionsLater(item, node));
    return ReadItems(item, node);
  }

  Result<void> CheckConditionsLater(const Json& item, std::optional<std::size_t> node) {
    if (item.Has("enableWhen")) conditions_.emplace_back(item, node);
    return {};
  }

  Result<void> ReadTotal(const Json& item, const std::string& link_id) {
    const auto extension = SELVEDGE_TRY(Extension(item, kCalculatedExpression));
    if (!extension) return {};
    const Json value = SELVEDGE_TRY(extension->Field("valueExpression"));
    Total total{.link_id = link_id,
                .text = SELVEDGE_TRY(TextIfAny(item, "text")),
                .expression = SELVEDGE_TRY(TextIfAny(value, "expression"))};
    if (SELVEDGE_TRY(value.Text("language")) == "text/fhirpath") total.how = HowOf(total.expression);
    if (total.how == Total::How::kNotUnderstood) {
      Note(link_id,
           "is computed in a way Selvedge cannot follow; the expression is kept as it is, and weights are "
           "added up instead");
    }
    instrument_.totals.push_back(std::move(total));
    return {};
  }

  /// A single choice from a list becomes a question; whatever else people may answer is kept as it comes.
  Result<void> ReadQuestion(const Json& item, std::string_view type, std::size_t node) {
    const std::string& link_id = instrument_.nodes[node].link_id;
    if (type == "coding") Note(link_id, "has the type \"coding\" of FHIR R5; it is read as \"choice\"");
    const bool repeats = SELVEDGE_TRY(FlagIfAny(item, "repeats"));
    const std::vector<Json> options = SELVEDGE_TRY(item.List("answerOption"));
    std::vector<Choice> choices;
    bool all_known = true;
    for (const Json& option : options) {
      auto choice = SELVEDGE_TRY(ReadChoice(option, link_id));
      all_known = all_known && choice.has_value();
      if (!choice) continue;
      const bool again = std::ranges::any_of(choices, [&](const Choice& other) {
        return other.kind == choice->kind && other.system == choice->system && other.code == choice->code;
      });
      if (again) {
        return RefuseItem(link_id, "offers the answer " + Quoted(choice->code) + " twice.", "Keep one of the two.");
      }
      choices.push_back(*std::move(choice));
    }
    const bool is_choice = type == "choice" || type == "coding" || type == "integer" || type == "string";
    if (!is_choice || choices.empty() || !all_known || repeats) {
      const bool computed = !instrument_.totals.empty() && instrument_.totals.back().link_id == link_id;
      if (!computed)
        Note(link_id,
             "is no single choice from a list; its answers are kept as they come and count toward "
             "nothing");
      return {};
    }
    instrument_.nodes[node].question = instrument_.questions.size();
    Question& question = instrument_.questions.emplace_back();
    question.link_id = link_id;
    question.text = SELVEDGE_TRY(TextIfAny(item, "text"));
    question.choices = std::move(choices);
    question.act = SELVEDGE_TRY(TextExtension(item, Ours("act"), "valueCode"));
    question.shared = SELVEDGE_TRY(FlagExtension(item, Ours("shared"))).value_or(question.act.empty());
    for (const Json& code : SELVEDGE_TRY(item.List("code"))) {
      if (SELVEDGE_TRY(TextIfAny(code, "system")) == std::string(kOurs) + "CodeSystem/catalogue") {
        question.ids.push_back(SELVEDGE_TRY(code.Text("code")));
      }
    }
    if (!question.act.empty() && question.shared) {
      return RefuseItem(link_id, "is about an act that fear can explain, and may be shared.",
                        "Write \"shared\" as false: nothing another person sees is computed from such answers.");
    }
    return ReadScoring(item, question);
  }

  Result<std::optional<Choice>> ReadChoice(const Json& option, const std::string& link_id) {
    const auto [present, key] = PresentOf(option, kOptionValues);
    if (present != 1) {
      return RefuseItem(link_id, "has an answer without exactly one value.", "Give every answerOption one value.");
    }
    Choice choice;
    if (key == "valueCoding") {
      const Json coding = SELVEDGE_TRY(option.Field(key));
      choice.system = SELVEDGE_TRY(TextIfAny(coding, "system"));
      choice.display = SELVEDGE_TRY(TextIfAny(coding, "display"));
      choice.code = coding.Has("code") ? SELVEDGE_TRY(coding.Text("code")) : choice.display;
      choice.safety = SELVEDGE_TRY(FlagExtension(coding, Ours("safety"))).value_or(false);
      choice.weight = SELVEDGE_TRY(ReadWeight(coding, link_id));
    } else if (key == "valueInteger") {
      choice.kind = Choice::Kind::kInteger;
      choice.code = core::ShortestNumber(SELVEDGE_TRY(option.Number(key)) + 0.0);  // of -0 makes 0
    } else if (key == "valueString") {
      choice.kind = Choice::Kind::kText;
      choice.code = SELVEDGE_TRY(option.Text(key));
    } else {
      return std::nullopt;
    }
    if (choice.code.empty()) {
      return RefuseItem(link_id, "has an answer that says nothing.", "Give every answer a code or a text.");
    }
    if (!choice.weight) choice.weight = SELVEDGE_TRY(ReadWeight(option, link_id));
    return choice;
  }

  Result<std::optional<double>> ReadWeight(const Json& carrier, const std::string& link_id) {
    std::optional<double> weight;
    for (const std::string_view url : {kOrdinalValue, kItemWeight}) {
      const auto extension = SELVEDGE_TRY(Extension(carrier, url));
      if (!extension) continue;
      const double value = SELVEDGE_TRY(extension->Number("valueDecimal"));
      if (weight && *weight != value) {
        Note(link_id, "gives an answer two different weights; \"itemWeight\" is the one that counts");
      }
      weight = value;
    }
    return weight;
  }

  Result<void> ReadScoring(const Json& item, Question& question) {
    const auto scoring = SELVEDGE_TRY(Extension(item, Ours("scoring")));
    if (!scoring) return {};
    const std::string scale = SELVEDGE_TRY(TextExtension(*scoring, "scale", "valueCode"));
    question.scale = ScaleNamed(scale);
    if (!question.scale) {
      return RefuseItem(question.link_id,
                        "counts toward the scale " + Quoted(scale) + ", which the file does not have.",
                        "Name one of its scales, or add this one.");
    }
    const std::string direction = SELVEDGE_TRY(TextExtension(*scoring, "direction", "valueCode"));
    if (direction != "plain" && direction != "reversed") {
      return RefuseItem(question.link_id, "has the direction " + Quoted(direction) + ".", "Write plain or reversed.");
    }
    question.reversed = direction == "reversed";
    SELVEDGE_TRY_VOID(CheckWeights(question));
    question.curve = SELVEDGE_TRY(ReadCurve(*scoring));
    if (!question.curve) question.curve = usual_curve_;
    if (question.curve && question.curve->difficulties.size() + 1 != question.categories()) {
      return RefuseItem(question.link_id,
                        "has " + std::to_string(question.categories()) + " weights and a curve with " +
                            std::to_string(question.curve->difficulties.size()) + " difficulties.",
                        "Give the curve one difficulty fewer than there are weights.");
    }
    return {};
  }

  /// The direction is said twice, by a word and by the weights, so that any FHIR tool adds up the right numbers. The
  /// two must agree.
  static Result<void> CheckWeights(const Question& question) {
    std::vector<double> weights;
    for (const Choice& choice : question.choices) {
      if (choice.weight) weights.push_back(question.reversed ? -*choice.weight : *choice.weight);
    }
    if (weights.size() < 2 || !std::ranges::is_sorted(weights, std::ranges::less_equal{})) {
      return RefuseItem(question.link_id,
                        std::string("is ") + (question.reversed ? "reversed" : "plain") + ", but its weights do not " +
                            (question.reversed ? "fall" : "rise") + " from answer to answer.",
                        "Correct the direction or the weights; a scale needs at least two.");
    }
    if (weights.size() > kMostCategories) {
      return RefuseItem(question.link_id, "has more than " + std::to_string(kMostCategories) + " weights.",
                        "Join answers that are close to each other.");
    }
    return {};
  }

  Result<void> ReadConditions(const Json& item, std::optional<std::size_t> node) {
    const std::string link_id = SELVEDGE_TRY(item.Text("linkId"));
    const std::vector<Json> conditions = SELVEDGE_TRY(In(link_id, item.List("enableWhen")));
    const std::string behaviour = SELVEDGE_TRY(In(link_id, TextIfAny(item, "enableBehavior")));
    if (conditions.size() > 1 && behaviour != "any" && behaviour != "all") {
      return RefuseItem(link_id, "has several conditions, and does not say how they go together.",
                        "Write \"enableBehavior\" as any or all.");
    }
    bool understood = conditions.size() == 1 || behaviour == "any";
    std::optional<Condition> joint;
    for (const Json& condition : conditions) {
      const auto one = SELVEDGE_TRY(In(link_id, ReadCondition(condition, link_id)));
      understood = understood && one && (!joint || joint->question == one->question);
      if (!understood) continue;
      if (!joint) joint = Condition{.question = one->question, .choices = {}};
      joint->choices.push_back(one->choices.front());
    }
    if (understood && joint && node && instrument_.nodes[*node].question) {
      instrument_.questions[*instrument_.nodes[*node].question].asked_when = std::move(joint);
    } else {
      Note(link_id, "is asked under a condition Selvedge cannot follow; it counts whenever it is answered");
    }
    return {};
  }

  /// The answer a condition waits for, if it waits for one answer to one of our questions.
  Result<std::optional<Condition>> ReadCondition(const Json& condition, const std::string& link_id) {
    const std::string target = SELVEDGE_TRY(condition.Text("question"));
    if (!link_ids_.contains(target)) {
      return RefuseItem(link_id, "waits for an answer to " + Quoted(target) + ", which is not there.",
                        "Name the linkId of another item.");
    }
    const std::string op = SELVEDGE_TRY(condition.Text("operator"));
    if (!Contains(kOperators, op)) {
      return RefuseItem(link_id, "has a condition with the operator " + Quoted(op) + ".",
                        "Write one of: " + Listed(kOperators) + ".");
    }
    const auto [present, key] = PresentOf(condition, kConditionAnswers);
    if (present != 1) {
      return RefuseItem(link_id, "has a condition without exactly one answer.", "Give every condition one answer.");
    }
    if (op == "exists" && key != "answerBoolean") {
      return RefuseItem(link_id, "asks whether there is an answer, and does not say yes or no.",
                        "Give the condition \"answerBoolean\".");
    }
    const auto question = instrument_.QuestionNamed(target);
    if (op != "=" || !question || key != "answerCoding") return std::nullopt;
    const Json coding = SELVEDGE_TRY(condition.Field(key));
    const std::string system = SELVEDGE_TRY(TextIfAny(coding, "system"));
    const std::string code = SELVEDGE_TRY(TextIfAny(coding, "code"));
    const std::vector<Choice>& choices = instrument_.questions[*question].choices;
    const auto choice = std::ranges::find_if(
        choices, [&](const Choice& one) { return one.code == code && (system.empty() || one.system == system); });
    if (choice == choices.end()) {
      return RefuseItem(link_id, "waits for " + Quoted(code) + ", which is no answer to " + Quoted(target) + ".",
                        "Name one of its answers.");
    }
    return Condition{.question = *question, .choices = {static_cast<std::size_t>(choice - choices.begin())}};
  }

  [[nodiscard]] std::optional<std::size_t> ScaleNamed(std::string_view id) const {
    const auto found = std::ranges::find(instrument_.scales, id, &Scale::id);
    if (found == instrument_.scales.end()) return std::nullopt;
    return static_cast<std::size_t>(found - instrument_.scales.begin());
  }

  void Note(const std::string& link_id, const std::string& what) {
    instrument_.notices.push_back({.link_id = link_id, .sentence = AboutItem(link_id, what) + "."});
  }

  Instrument instrument_;
  std::optional<GradedCurve> usual_curve_;
  std::set<std::string, std::less<>> link_ids_;
  std::string last_link_id_;
  std::vector<std::pair<Json, std::optional<std::size_t>>> conditions_;
};

}  // namespace

std::optional<std::size_t> Question::Category(std::size_t choice) const {
  const std::optional<double>& weight = choices[choice].weight;
  if (!weight) return std::nullopt;
  std::set<double> below;
  for (const Choice& other : choices) {
    if (other.weight && *other.weight < *weight) below.insert(*other.weight);
  }
  return below.size();
}

std::size_t Question::categories() const {
  std::set<double> weights;
  for (const Choice& choice : choices) {
    if (choice.weight) weights.insert(*choice.weight);
  }
  return weights.size();
}

std::optional<std::size_t> Instrument::QuestionNamed(std::string_view link_id) const {
  const auto found = std::ranges::find(questions, link_id, &Question::link_id);
  if (found == questions.end()) return std::nullopt;
  return static_cast<std::size_t>(found - questions.begin());
}

std::optional<std::size_t> Instrument::NodeNamed(std::string_view link_id) const {
  const auto found = std::ranges::find(nodes, link_id, &Node::link_id);
  if (found == nodes.end()) return std::nullopt;
  return static_cast<std::size_t>(found - nodes.begin());
}

core::Result<Instrument> ReadInstrument(std::string_view text) {
  const Json json = SELVEDGE_TRY(Json::Parse(text));
  return InstrumentReader().Read(json);
}

}  // namespace selvedge::instruments
