#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"

/// Questionnaires as data: what is asked, what can be answered, and what an answer counts toward. Files are FHIR R4
/// Questionnaires (docs/formats.md), our own and other people's.
namespace selvedge::instruments {

/// One answer a question offers. FHIR lets it be a coding, an integer or a text; the code is the text of any of them.
struct Choice {
  enum class Kind : std::uint8_t { kCoding, kInteger, kText };

  Kind kind = Kind::kCoding;
  std::string system;
  std::string code;
  std::string display;
  std::optional<double> weight;  ///< how much of the scale it speaks for; absent: nothing ("didn't come up")
  bool safety = false;           ///< belongs into the safety stream alone, and takes its act with it

  bool operator==(const Choice&) const = default;
};

/// P(category ≥ k | θ) = σ(slope (θ − difficulties[k − 1])): Samejima's graded response model.
struct GradedCurve {
  double slope = 1;
  std::vector<double> difficulties;  ///< rising, one fewer than there are categories

  bool operator==(const GradedCurve&) const = default;
};

/// Where the curves of an instrument come from.
struct CurveSource {
  bool calibrated = false;  ///< otherwise from theory, and every score is provisional
  std::string version;
  std::string about;  ///< the theory; or the data, how many people and when
};

/// A question is only asked once another was answered with one of these.
struct Condition {
  std::size_t question = 0;
  std::vector<std::size_t> choices;
};

/// A question with a list of answers of which one is chosen.
struct Question {
  std::string link_id;
  std::string text;
  std::vector<Choice> choices;
  std::optional<std::size_t> scale;  ///< an index into Instrument::scales
  bool reversed = false;             ///< more of what is asked is less of the scale; the weights already say so
  std::optional<GradedCurve> curve;
  std::string act;     ///< what is done or left undone here that fear can explain; empty: nothing of that kind
  bool shared = true;  ///< whether anything another person sees may be computed from it
  std::vector<std::string> ids;  ///< of the catalogue: what it bears on
  std::optional<Condition> asked_when;

  /// The number of a choice among the weights, from the least of the scale: 0, 1 …; nothing without a weight.
  [[nodiscard]] std::optional<std::size_t> Category(std::size_t choice) const;
  [[nodiscard]] std::size_t categories() const;
};

struct Scale {
  std::string id;
  std::string title;
};

/// A total that a file computes with FHIRPath. Sums and means of weights are understood, all else is kept as it is.
struct Total {
  enum class How : std::uint8_t { kSum, kMean, kNotUnderstood };

  std::string link_id;
  std::string text;
  std::string expression;
  How how = How::kNotUnderstood;
};

/// A questionnaire.
struct Instrument {
  /// A place in the tree of items that answers can have; what is only displayed has none.
  struct Node {
    std::string link_id;
    std::optional<std::size_t> parent;    ///< an index into `nodes`; absent: at the top
    std::optional<std::size_t> question;  ///< an index into `questions`
    bool is_group = false;                ///< neither a question nor a group: answers are kept as they come
  };

  /// What was taken otherwise than the file may have meant.
  struct Notice {
    std::string link_id;
    std::string sentence;
  };

  std::string url;
  std::string version;
  std::string title;
  std::vector<Scale> scales;
  std::optional<CurveSource> curves;
  std::vector<Question> questions;
  std::vector<Node> nodes;  ///< in the order of the file, parents before what is in them
  std::vector<Total> totals;
  std::vector<Notice> notices;

  [[nodiscard]] std::optional<std::size_t> QuestionNamed(std::string_view link_id) const;
  [[nodiscard]] std::optional<std::size_t> NodeNamed(std::string_view link_id) const;
  /// Whether scores must say "provisional".
  [[nodiscard]] bool IsProvisional() const { return !curves || !curves->calibrated; }
};

/// Reads a FHIR R4 Questionnaire.
///
/// Weights are read from `ordinalValue` and `itemWeight`. Scales, directions, curves, acts and what may be shared come
/// from our own extensions; without them there are no scales, only weights and totals. What is no single choice from a
/// list (texts, dates, several answers, value sets elsewhere) is kept as it comes, with a notice.
///
/// @returns the instrument, or kRefused for what the standard forbids: which item (`place.field` is its linkId), what
/// is wrong, what to do.
[[nodiscard]] core::Result<Instrument> ReadInstrument(std::string_view text);

/// Where our extensions and code systems have their names.
inline constexpr std::string_view kOurs = "https://selvedge.example/fhir/";

/// FHIR's own code system for why there is no value.
inline constexpr std::string_view kAbsentReason = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

}  // namespace selvedge::instruments
