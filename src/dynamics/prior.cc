#include "dynamics/prior.h"

#include <cmath>
#include <utility>

#include "core/contract.h"
#include "core/json.h"
#include "priors_content.h"

namespace selvedge::dynamics {
namespace {

core::Error Refusal(std::string message, std::string remedy) {
  return {.code = core::ErrorCode::kRefused, .message = std::move(message), .remedy = std::move(remedy), .place = {}};
}

/// One line of the file. `form` fixes how the centre, given in people's units, is carried onto the line's own scale.
core::Result<Prior::Normal> ParseNormal(const core::Json& file, std::string_view name, std::string_view form) {
  const core::Json line = SELVEDGE_TRY(file.Field(name));
  const double centre = SELVEDGE_TRY(line.Number("centre"));
  const double sd = SELVEDGE_TRY(line.Number("sd"));
  const std::string given_form = SELVEDGE_TRY(line.Text("form"));
  if (given_form != form) {
    return std::unexpected(Refusal("\"" + std::string(name) + "\" has the form \"" + given_form + "\".",
                                   "Write its form as \"" + std::string(form) + "\"."));
  }
  if (!(sd > 0)) {
    return std::unexpected(
        Refusal("\"" + std::string(name) + "\" has a width that is not above 0.", "Give a positive \"sd\"."));
  }
  if (form == "lognormal") {
    if (!(centre > 0)) {
      return std::unexpected(
          Refusal("\"" + std::string(name) + "\" has a centre that is not above 0.", "Give a positive \"centre\"."));
    }
    return Prior::Normal{.centre = std::log(centre), .sd = sd};
  }
  if (form == "fisher") {
    if (!(std::fabs(centre) < 1)) {
      return std::unexpected(Refusal("\"" + std::string(name) + "\" has a centre that is no correlation.",
                                     "Give a \"centre\" between -1 and 1."));
    }
    return Prior::Normal{.centre = std::atanh(centre), .sd = sd};
  }
  return Prior::Normal{.centre = centre, .sd = sd};
}

}  // namespace

core::Result<Prior> Prior::Parse(std::string_view json) {
  const core::Json file = SELVEDGE_TRY(core::Json::Parse(json));
  const std::string format = SELVEDGE_TRY(file.Text("format"));
  const double version = SELVEDGE_TRY(file.Number("version"));
  if (format != "selvedge-prior" || version != 1) {
    return std::unexpected(Refusal("This is not a prior of a version known here.",
                                   "Give a file with \"format\": \"selvedge-prior\" and \"version\": 1."));
  }
  return Prior{.id = SELVEDGE_TRY(file.Text("id")),
               .status = SELVEDGE_TRY(file.Text("status")),
               .source = SELVEDGE_TRY(file.Text("source")),
               .log_return_rate = SELVEDGE_TRY(ParseNormal(file, "return_rate", "lognormal")),
               .pull = SELVEDGE_TRY(ParseNormal(file, "pull", "normal")),
               .log_own_spread = SELVEDGE_TRY(ParseNormal(file, "own_spread", "lognormal")),
               .shared_jolts = SELVEDGE_TRY(ParseNormal(file, "shared_jolts", "fisher")),
               .log_noise = SELVEDGE_TRY(ParseNormal(file, "noise", "lognormal")),
               .usual_level = SELVEDGE_TRY(ParseNormal(file, "usual_level", "normal"))};
}

Prior Prior::DailyMood() {
  core::Result<Prior> prior = Parse(content::kDailyMood);
  SELVEDGE_EXPECT(prior.has_value());
  return *std::move(prior);
}

numerics::Point Prior::Centre() const {
  numerics::Point z(kParameterCount);
  z << log_return_rate.centre, log_return_rate.centre, pull.centre, pull.centre, log_own_spread.centre,
      log_own_spread.centre, shared_jolts.centre, log_noise.centre, log_noise.centre, usual_level.centre,
      usual_level.centre;
  return z;
}

numerics::Point Prior::Widths() const {
  numerics::Point z(kParameterCount);
  z << log_return_rate.sd, log_return_rate.sd, pull.sd, pull.sd, log_own_spread.sd, log_own_spread.sd, shared_jolts.sd,
      log_noise.sd, log_noise.sd, usual_level.sd, usual_level.sd;
  return z;
}

}  // namespace selvedge::dynamics
