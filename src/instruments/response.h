#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "instruments/instrument.h"

/// What a person answered, kept so that an answer given out of fear can reach nothing but the safety stream.
namespace selvedge::instruments {

/// For each question of an instrument the number of the choice; absent: not answered, not asked, or left out.
using Sheet = std::vector<std::optional<std::size_t>>;

/// An answer to something that is no question of ours: a list of FHIR answers as JSON, one of them for each time it
/// was answered.
struct RawAnswer {
  std::string link_id;
  std::string answers;

  bool operator==(const RawAnswer&) const = default;
};

/// One person's answers at one time.
///
/// `safety` holds what belongs into the safety stream alone (care): answers marked so (to question Q: afraid, or rather
/// not say), and with them everything answered about the same act, because that act counts nowhere. What is moved there
/// looks in `answers` like any question somebody left out. Made by Separate, so that no other state exists.
struct Response {
  std::string person;    ///< what the file calls them; may be empty
  std::string authored;  ///< a FHIR dateTime as it was written; may be empty
  Sheet answers;
  Sheet safety;
  std::vector<RawAnswer> raw;

  bool operator==(const Response&) const = default;
};

/// Puts every answer where it belongs. `all` has one entry for each question.
[[nodiscard]] Response Separate(const Instrument& instrument, const Sheet& all);

/// Both parts as they were answered. Only the person themselves ever needs this, to change an answer.
[[nodiscard]] Sheet Rejoined(const Response& response);

/// How many acts were answered with fear, or not said. When this recurs, nothing is drawn and only the neutral sentence
/// stands (care).
[[nodiscard]] std::size_t ActsHeldBack(const Instrument& instrument, const Response& response);

/// Whether a question is to be asked now: it has no condition, or its condition is met. Looks at both parts, so that
/// nothing on the screen changes with where an answer is kept.
[[nodiscard]] bool IsAsked(const Instrument& instrument, const Sheet& all, std::size_t question);

/// Who sees it. For others, questions that may not be shared are left out for everyone, so that their absence says
/// nothing about anyone.
enum class Audience : std::uint8_t { kOwner, kOthers };

/// The answers an audience may see; never any of the safety part.
[[nodiscard]] Sheet AnswersFor(const Instrument& instrument, const Response& response, Audience audience);

/// For each question the category that counts toward its scale, from 0 for the least; absent: nothing counts.
[[nodiscard]] Sheet CountedCategories(const Instrument& instrument, const Response& response, Audience audience);

/// A total of weights, as other people's questionnaires have them.
struct WeightTotal {
  std::size_t questions = 0;  ///< that have weights
  std::size_t answered = 0;   ///< with an answer that has a weight
  double sum = 0;             ///< of the answered
  [[nodiscard]] bool IsComplete() const { return questions > 0 && answered == questions; }
  [[nodiscard]] std::optional<double> Mean() const;
};
[[nodiscard]] WeightTotal AddWeights(const Instrument& instrument, const Response& response, Audience audience);

/// A FHIR R4 QuestionnaireResponse with the answers an audience may see, in the order and nesting of the instrument.
/// Raw answers are for their owner alone: nobody can know what is in them.
[[nodiscard]] core::Json WriteQuestionnaireResponse(const Instrument& instrument, const Response& response,
                                                    Audience audience);

/// The safety part in the same form, for the safety stream and for nothing else.
[[nodiscard]] core::Json WriteSafetyResponse(const Instrument& instrument, const Response& response);

/// Reads a QuestionnaireResponse to this instrument.
///
/// Reading what was written for the owner gives the response without its safety part; that of the safety part, the
/// rest.
///
/// @returns kRefused, with the linkId, for another questionnaire, for what is not asked there, for an answer that is
/// not offered, and for a response marked as entered in error.
[[nodiscard]] core::Result<Response> ReadQuestionnaireResponse(const Instrument& instrument, std::string_view text);

/// A table of responses: a row for each, with "person", "authored" and the linkIds of all questions as columns, and the
/// codes of answers in the cells. Never has the safety part. A response with nothing in it has no row.
[[nodiscard]] std::string WriteResponsesCsv(const Instrument& instrument, const std::vector<Response>& responses,
                                            Audience audience);

struct ResponseTable {
  std::vector<Response> responses;
  std::vector<std::string> not_taken;  ///< columns that are no question of the instrument
};

/// Reads such a table, by the rules of docs/formats.md for text. Columns may be missing or in another order. A cell
/// holds the code of an answer or its words. Takes the whole file or refuses it with line, column and remedy.
[[nodiscard]] core::Result<ResponseTable> ReadResponsesCsv(const Instrument& instrument, std::string_view text);

}  // namespace selvedge::instruments
