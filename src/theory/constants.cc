#include "theory/constants.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "core/json.h"
#include "theory_content.h"

namespace selvedge::theory {
namespace {

using core::Json;
using core::Result;

std::unexpected<core::Error> Refuse(std::string message, std::string remedy) {
  return std::unexpected(core::Error{
      .code = core::ErrorCode::kRefused, .message = std::move(message), .remedy = std::move(remedy), .place = {}});
}

Result<ConstantNote> ParseNote(const Json& json) {
  ConstantNote note{.name = SELVEDGE_TRY(json.Text("name")),
                    .value = static_cast<float>(SELVEDGE_TRY(json.Number("value"))),
                    .mechanism = {},
                    .ids = {},
                    .reason = SELVEDGE_TRY(json.Text("reason"))};
  if (json.Has("mechanism")) note.mechanism = SELVEDGE_TRY(json.Text("mechanism"));
  if (json.Has("ids")) note.ids = SELVEDGE_TRY(json.Texts("ids"));
  if (!(std::isfinite(note.value))) {
    return Refuse("The constant \"" + note.name + "\" is not a finite number.", "Give its size.");
  }
  return note;
}

}  // namespace

std::vector<std::string> Theory::Mechanisms() const {
  std::vector<std::string> mechanisms;
  for (const ConstantNote& note : notes) {
    if (!note.mechanism.empty() && std::ranges::find(mechanisms, note.mechanism) == mechanisms.end()) {
      mechanisms.push_back(note.mechanism);
    }
  }
  return mechanisms;
}

Result<Constants<float>> Theory::Without(std::string_view mechanism) const {
  Constants<float> without = constants;
  bool known = false;
  for (std::size_t i = 0; i < notes.size(); ++i) {
    if (mechanism.empty() || notes[i].mechanism != mechanism) continue;
    without.*kConstantFields<float>[i].member = 0;
    known = true;
  }
  if (!known) {
    return Refuse("There is no mechanism \"" + std::string(mechanism) + "\".", "docs/theory.md lists them.");
  }
  return without;
}

Result<Theory> ParseTheory(std::string_view text) {
  const Json json = SELVEDGE_TRY(Json::Parse(text));
  const std::string format = SELVEDGE_TRY(json.Text("format"));
  if (format != "selvedge-theory" || SELVEDGE_TRY(json.Number("version")) != 1) {
    return Refuse("This is not a theory of version 1.",
                  "Give a file with \"format\": \"selvedge-theory\" and \"version\": 1.");
  }
  const std::vector<Json> constants = SELVEDGE_TRY(json.List("constants"));
  Theory theory;
  if (constants.size() != kConstantFields<float>.size()) {
    return Refuse("The theory has " + std::to_string(constants.size()) + " constants; the rules use " +
                      std::to_string(kConstantFields<float>.size()) + ".",
                  "Give every constant of content/theory.json, in its order.");
  }
  for (std::size_t i = 0; i < constants.size(); ++i) {
    ConstantNote note = SELVEDGE_TRY(ParseNote(constants[i]));
    if (note.name != kConstantFields<float>[i].name) {
      return Refuse("\"" + note.name + "\" stands where the rules expect \"" +
                        std::string(kConstantFields<float>[i].name) + "\".",
                    "Keep the constants of content/theory.json in their order.");
    }
    theory.constants.*kConstantFields<float>[i].member = note.value;
    theory.notes.push_back(std::move(note));
  }
  return theory;
}

Result<Theory> ShippedTheory() { return ParseTheory(content::kTheory); }

}  // namespace selvedge::theory
