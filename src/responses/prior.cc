#include "responses/prior.h"

#include <utility>

#include "core/contract.h"
#include "core/json.h"
#include "responses_content.h"

namespace selvedge::responses {
namespace {

struct Line {
  double centre = 0;
  double sd = 0;
};

core::Error Refusal(std::string message, std::string remedy) {
  return {.code = core::ErrorCode::kRefused, .message = std::move(message), .remedy = std::move(remedy), .place = {}};
}

/// The centre of a line of the file, whose form must be the expected one.
core::Result<double> ParseCentre(const core::Json& line, std::string_view name, std::string_view form) {
  const std::string given = SELVEDGE_TRY(line.Text("form"));
  if (given != form) {
    return std::unexpected(Refusal("\"" + std::string(name) + "\" has the form \"" + given + "\".",
                                   "Write its form as \"" + std::string(form) + "\"."));
  }
  return line.Number("centre");
}

core::Result<Line> ParseLine(const core::Json& file, std::string_view name, std::string_view form) {
  const core::Json line = SELVEDGE_TRY(file.Field(name));
  double centre = SELVEDGE_TRY(ParseCentre(line, name, form));
  const double sd = SELVEDGE_TRY(line.Number("sd"));
  if (!(sd > 0)) {
    return std::unexpected(
        Refusal("\"" + std::string(name) + "\" has a width that is not above 0.", "Give a positive \"sd\"."));
  }
  if (form == "rate") {
    if (!(centre > 0 && centre < 1)) {
      return std::unexpected(Refusal("\"" + std::string(name) + "\" has a centre that is no probability.",
                                     "Give a \"centre\" between 0 and 1."));
    }
    centre = LogOdds(centre);
  }
  return Line{.centre = centre, .sd = sd};
}

NormalPrior Together(std::initializer_list<Line> lines) {
  const auto size = static_cast<Eigen::Index>(lines.size());
  NormalPrior prior{.centre = Coefficients(size), .sd = Coefficients(size)};
  Eigen::Index at = 0;
  for (const Line& line : lines) {
    prior.centre(at) = line.centre;
    prior.sd(at) = line.sd;
    ++at;
  }
  return prior;
}

}  // namespace

core::Result<Prior> Prior::Parse(std::string_view json) {
  const core::Json file = SELVEDGE_TRY(core::Json::Parse(json));
  const std::string format = SELVEDGE_TRY(file.Text("format"));
  const double version = SELVEDGE_TRY(file.Number("version"));
  if (format != "selvedge-responses-prior" || version != 1) {
    return std::unexpected(Refusal("This is not a prior of people's responses, of a version known here.",
                                   "Give a file with \"format\": \"selvedge-responses-prior\" and \"version\": 1."));
  }
  const auto rate = [&](std::string_view name) { return ParseLine(file, name, "rate"); };
  const Line stepping_in = SELVEDGE_TRY(rate("stepping_in"));
  const Line withdrawing = SELVEDGE_TRY(rate("withdrawing"));
  const Line unsaid = SELVEDGE_TRY(rate("unsaid"));
  const Line unsaid_kind = SELVEDGE_TRY(rate("unsaid_kind"));
  const Line own_time = SELVEDGE_TRY(rate("own_time"));
  const Line guilt = SELVEDGE_TRY(rate("guilt"));
  const Line link = SELVEDGE_TRY(rate("link"));
  const Line met = SELVEDGE_TRY(rate("met"));
  const Line difference = SELVEDGE_TRY(ParseLine(file, "difference", "difference"));
  const core::Json alike = SELVEDGE_TRY(file.Field("resemblance"));
  const double resemblance = SELVEDGE_TRY(ParseCentre(alike, "resemblance", "correlation"));
  if (!(resemblance >= 0 && resemblance <= 1)) {
    return std::unexpected(Refusal("\"resemblance\" is not between 0 and 1.", "Give a \"centre\" between 0 and 1."));
  }
  return Prior{.id = SELVEDGE_TRY(file.Text("id")),
               .status = SELVEDGE_TRY(file.Text("status")),
               .source = SELVEDGE_TRY(file.Text("source")),
               .stepping_in = Together({stepping_in, difference}),
               .withdrawing = Together({withdrawing, difference}),
               .unsaid = Together({unsaid, difference}),
               .unsaid_any = Together({unsaid}),
               .unsaid_kind = Together({unsaid_kind}),
               .own_time = Together({own_time}),
               .guilt = Together({guilt}),
               .met = Together({met}),
               .reach = Together({link, link, link}),
               .resemblance = resemblance};
}

Prior Prior::Provisional() {
  core::Result<Prior> prior = Parse(content::kResponses);
  SELVEDGE_EXPECT(prior.has_value());
  return *std::move(prior);
}

}  // namespace selvedge::responses
