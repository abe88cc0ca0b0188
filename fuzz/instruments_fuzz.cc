// Any bytes at all as a questionnaire, as answers to one, or as a table of answers: taken, or refused in words; and
// what is taken survives being written.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/contract.h"
#include "instruments/instrument.h"
#include "instruments/response.h"

namespace selvedge::instruments {
namespace {

/// Has everything a response can run into: a group, an act with question Q, a nested question, one that is kept raw.
constexpr std::string_view kQuestionnaire = R"({"resourceType": "Questionnaire", "status": "draft", "url": "u",
  "item": [{"linkId": "g", "type": "group", "item": [
    {"linkId": "a", "type": "choice", "extension": [
       {"url": "https://selvedge.example/fhir/StructureDefinition/act", "valueCode": "silence"}],
     "answerOption": [{"valueCoding": {"system": "s", "code": "n"}}, {"valueCoding": {"system": "s", "code": "y"}}]},
    {"linkId": "q", "type": "choice",
     "enableWhen": [{"question": "a", "operator": "=", "answerCoding": {"system": "s", "code": "y"}}],
     "answerOption": [{"valueString": "fine"}, {"valueCoding": {"code": "afraid", "extension": [
       {"url": "https://selvedge.example/fhir/StructureDefinition/safety", "valueBoolean": true}]}}]},
    {"linkId": "i", "type": "integer", "answerOption": [{"valueInteger": 1}, {"valueInteger": 2}],
     "item": [{"linkId": "t", "type": "text"}]}]}]})";

bool IsPlain(std::string_view sentence) {
  for (const char c : sentence) {
    if (static_cast<unsigned char>(c) < 0x20U) return false;
  }
  return !sentence.empty();
}

void ExpectPlain(const core::Error& error) { SELVEDGE_EXPECT(IsPlain(error.message) && IsPlain(error.remedy)); }

void ExpectSurvives(const Instrument& instrument, const Response& response) {
  const std::string written = WriteQuestionnaireResponse(instrument, response, Audience::kOwner).Dump();
  const auto again = ReadQuestionnaireResponse(instrument, written);
  SELVEDGE_EXPECT(again.has_value());
  SELVEDGE_EXPECT(again->answers == response.answers);
  SELVEDGE_EXPECT(WriteQuestionnaireResponse(instrument, *again, Audience::kOwner).Dump() == written);
}

void TryQuestionnaire(std::string_view text) {
  const auto instrument = ReadInstrument(text);
  if (!instrument) {
    ExpectPlain(instrument.error());
    return;
  }
  for (const auto& notice : instrument->notices) SELVEDGE_EXPECT(IsPlain(notice.sentence));
  Sheet last(instrument->questions.size());
  for (std::size_t q = 0; q < last.size(); ++q) last[q] = instrument->questions[q].choices.size() - 1;
  ExpectSurvives(*instrument, Separate(*instrument, last));
}

void TryResponse(const Instrument& instrument, std::string_view text) {
  const auto response = ReadQuestionnaireResponse(instrument, text);
  if (!response) {
    ExpectPlain(response.error());
    return;
  }
  ExpectSurvives(instrument, *response);
}

void TryTable(const Instrument& instrument, std::string_view text) {
  const auto table = ReadResponsesCsv(instrument, text);
  if (!table) {
    ExpectPlain(table.error());
    return;
  }
  const std::string written = WriteResponsesCsv(instrument, table->responses, Audience::kOwner);
  const auto again = ReadResponsesCsv(instrument, written);
  SELVEDGE_EXPECT(again.has_value());
  SELVEDGE_EXPECT(WriteResponsesCsv(instrument, again->responses, Audience::kOwner) == written);
}

/// The first byte says what the others are: q a questionnaire, r answers to one, anything else a table.
void Try(char kind, std::string_view text) {
  static const auto kInstrument = ReadInstrument(kQuestionnaire);
  SELVEDGE_EXPECT(kInstrument.has_value());
  if (kind == 'q') {
    TryQuestionnaire(text);
  } else if (kind == 'r') {
    TryResponse(*kInstrument, text);
  } else {
    TryTable(*kInstrument, text);
  }
}

}  // namespace
}  // namespace selvedge::instruments

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(data + 1, data + size);
  selvedge::instruments::Try(static_cast<char>(data[0]), text);
  return 0;
}
