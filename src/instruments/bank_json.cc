#include "instruments/bank_json.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/text.h"
#include "diary/refusal.h"
#include "instruments/grid.h"
#include "instruments/rotation.h"

namespace selvedge::instruments {
namespace {

using core::Json;
using diary::Quoted;
using diary::Refuse;

constexpr const char* kFormat = "selvedge-items";
constexpr const char* kRemedy = "Take the file as \"selvedge calibrate items --json\" wrote it.";

Json OrNull(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

Json Estimate(double estimate, const std::optional<double>& error) {
  return Json::Object().Set("estimate", estimate).Set("se", OrNull(error));
}

Json FitJson(const std::optional<ItemFit>& fit) {
  if (!fit) return {};
  return Json::Object()
      .Set("statistic", fit->statistic)
      .Set("df", fit->degrees)
      .Set("p", fit->p)
      .Set("rmsea", fit->rmsea)
      .Set("people", fit->people);
}

Json SlopesJson(const CalibrationReport& report, std::size_t i) {
  const ItemBank& bank = report.calibration.bank;
  const Item& item = bank.items[i];
  Json slopes = Json::Object();
  for (std::size_t d = 0; d < bank.dimensions.size(); ++d) {
    slopes.Set(bank.dimensions[d], Estimate(item.curve.slope * item.mixture[static_cast<Eigen::Index>(d)],
                                            report.calibration.item_errors[i].slopes[d]));
  }
  return slopes;
}

Json LoadingsJson(const ItemBank& bank, std::size_t i) {
  const Eigen::MatrixXd loadings = Loadings(bank.Slopes(), bank.correlations);
  Json json = Json::Object();
  for (std::size_t d = 0; d < bank.dimensions.size(); ++d) {
    json.Set(bank.dimensions[d], loadings(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(d)));
  }
  return json;
}

Json ItemJson(const CalibrationReport& report, std::size_t i) {
  const Item& item = report.calibration.bank.items[i];
  const Calibration::ItemErrors& errors = report.calibration.item_errors[i];
  Json answers = Json::Array();
  for (const double answer : item.answers) answers.Push(answer);
  Json parameters = Json::Object();
  parameters.Set("a", Estimate(item.curve.slope, errors.slope));
  for (std::size_t k = 1; k <= item.curve.thresholds.size(); ++k) {
    parameters.Set("b" + std::to_string(k), Estimate(item.curve.Difficulty(k), errors.difficulties[k - 1]));
  }
  for (std::size_t k = 1; k <= item.curve.thresholds.size(); ++k) {
    parameters.Set("t" + std::to_string(k), Estimate(item.curve.thresholds[k - 1], errors.thresholds[k - 1]));
  }
  Json json = Json::Object().Set("item", item.name);
  if (item.mixture.size() > 0) {
    // No "dimension": who does not know of slopes must not take the item for one about a single thing.
    json.Set("slopes", SlopesJson(report, i)).Set("loadings", LoadingsJson(report.calibration.bank, i));
  } else {
    json.Set("dimension", report.calibration.bank.dimensions[item.dimension]);
  }
  return json.Set("answers", std::move(answers))
      .Set("parameters", std::move(parameters))
      .Set("fit", FitJson(report.fit[i]));
}

Json ConcernJson(const Concern& concern) {
  Json items = Json::Array();
  for (const std::string& item : concern.items) items.Push(item);
  return Json::Object().Set("kind", concern.kind).Set("items", std::move(items)).Set("sentence", concern.sentence);
}

std::unexpected<core::Error> NoCurve(const std::string& item) {
  return Refuse("The parameters of " + Quoted(item) + " are none of a graded response curve.", kRemedy);
}

core::Result<Item> ReadItem(const Json& json, const std::vector<std::string>& dimensions) {
  Item item{.name = SELVEDGE_TRY(json.Text("item")), .dimension = 0, .answers = {}, .curve = {}};
  if (json.Has("slopes")) {
    item.mixture.resize(static_cast<Eigen::Index>(dimensions.size()));
    const Json slopes = SELVEDGE_TRY(json.Field("slopes"));
    for (std::size_t d = 0; d < dimensions.size(); ++d) {
      const Json slope = SELVEDGE_TRY(slopes.Field(dimensions[d]));
      item.mixture[static_cast<Eigen::Index>(d)] = SELVEDGE_TRY(slope.Number("estimate"));
    }
  } else {
    const std::string dimension = SELVEDGE_TRY(json.Text("dimension"));
    const auto place = std::ranges::find(dimensions, dimension);
    if (place == dimensions.end()) {
      return Refuse(Quoted(item.name) + " is about " + Quoted(dimension) + ", which is not among the dimensions.",
                    kRemedy);
    }
    item.dimension = static_cast<std::size_t>(place - dimensions.begin());
  }
  item.answers = SELVEDGE_TRY(json.Numbers("answers"));
  if (item.answers.size() < 2 || item.answers.size() > kMostCategories) {
    return Refuse(Quoted(item.name) + " has " + std::to_string(item.answers.size()) + " answers; an item has 2 to " +
                      std::to_string(kMostCategories) + ".",
                  kRemedy);
  }
  const Json parameters = SELVEDGE_TRY(json.Field("parameters"));
  const auto estimate = [&](const std::string& name) -> core::Result<double> {
    return SELVEDGE_TRY(parameters.Field(name)).Number("estimate");
  };
  // The scale of a mixture is only known with the correlations: until then its slope is 1.
  item.curve.slope = item.mixture.size() > 0 ? 1 : SELVEDGE_TRY(estimate("a"));
  for (std::size_t k = 1; k < item.answers.size(); ++k) {
    item.curve.thresholds.push_back(SELVEDGE_TRY(estimate("t" + std::to_string(k))));
  }
  constexpr double kFarthest = 1000;  // beyond the reach of any slope within ±kSteepest
  const std::vector<double>& t = item.curve.thresholds;
  const bool rises =
      std::ranges::is_sorted(t, std::ranges::less_equal{}) && t.front() > -kFarthest && t.back() < kFarthest;
  return rises ? core::Result<Item>(std::move(item)) : NoCurve(item.name);
}

}  // namespace

CalibrationReport Report(Calibration calibration, CodedAnswers coded, core::Executor& executor) {
  CalibrationReport report{.calibration = std::move(calibration),
                           .rows = coded.rows,
                           .incomplete = coded.incomplete,
                           .fit = {},
                           .marginal_reliability = {},
                           .empirical_reliability = {},
                           .concerns = std::move(coded.concerns)};
  const ItemBank& bank = report.calibration.bank;
  report.fit = FitOfItems(bank, coded.answers, executor);
  const std::vector<Score> scores = ScoreAll(bank, coded.answers, executor);
  for (std::size_t d = 0; d < bank.dimensions.size(); ++d) {
    report.marginal_reliability.push_back(bank.IsMixed() ? std::nullopt : std::optional(MarginalReliability(bank, d)));
    report.empirical_reliability.push_back(EmpiricalReliability(scores, d));
  }
  for (Concern& concern : ConcernsAfter(report.calibration, report.fit, coded.answers)) {
    report.concerns.push_back(std::move(concern));
  }
  return report;
}

Json ItemsJson(const CalibrationReport& report) {
  const Calibration& calibration = report.calibration;
  const ItemBank& bank = calibration.bank;
  Json dimensions = Json::Array();
  Json reliability = Json::Object();
  for (std::size_t d = 0; d < bank.dimensions.size(); ++d) {
    dimensions.Push(bank.dimensions[d]);
    reliability.Set(bank.dimensions[d], Json::Object()
                                            .Set("marginal", OrNull(report.marginal_reliability[d]))
                                            .Set("empirical", OrNull(report.empirical_reliability[d])));
  }
  Json correlations = Json::Array();
  for (std::size_t b = 0; b < bank.dimensions.size(); ++b) {
    for (std::size_t a = 0; a < b; ++a) {
      const double correlation = bank.correlations(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b));
      correlations.Push(Json::Object()
                            .Set("one", bank.dimensions[a])
                            .Set("other", bank.dimensions[b])
                            .Set("estimate", correlation)
                            .Set("se", OrNull(calibration.correlation_errors[b][a])));
    }
  }
  Json items = Json::Array();
  for (std::size_t i = 0; i < bank.items.size(); ++i) items.Push(ItemJson(report, i));
  Json warnings = Json::Array();
  for (const Concern& concern : report.concerns) warnings.Push(ConcernJson(concern));
  const double parameters = calibration.free_parameters;
  return Json::Object()
      .Set("format", kFormat)
      .Set("version", 1)
      .Set("model", "graded_response")
      .Set("rows", report.rows)
      .Set("incomplete", report.incomplete)
      .Set("people", calibration.people)
      .Set("loglik", calibration.loglik)
      .Set("free_parameters", calibration.free_parameters)
      .Set("aic", 2 * parameters - 2 * calibration.loglik)
      .Set("bic", parameters * std::log(static_cast<double>(calibration.people)) - 2 * calibration.loglik)
      .Set("converged", calibration.converged)
      .Set("seconds", report.seconds)
      .Set("dimensions", std::move(dimensions))
      .Set("reliability", std::move(reliability))
      .Set("correlations", std::move(correlations))
      .Set("items", std::move(items))
      .Set("warnings", std::move(warnings));
}

core::Result<ItemBank> ReadItems(std::string_view text) {
  const Json json = SELVEDGE_TRY(Json::Parse(text));
  const core::Result<std::string> format = json.Text("format");
  if (!format || *format != kFormat || json.Number("version").value_or(0) != 1) {
    return Refuse("This is not a file of item parameters, or of a version this Selvedge does not know.", kRemedy);
  }
  ItemBank bank{.dimensions = SELVEDGE_TRY(json.Texts("dimensions")), .items = {}, .correlations = {}};
  if (bank.dimensions.empty() || bank.dimensions.size() > kMostDimensions) {
    return Refuse("The file names " + std::to_string(bank.dimensions.size()) + " dimensions; there are 1 to " +
                      std::to_string(kMostDimensions) + ".",
                  kRemedy);
  }
  const Json items = SELVEDGE_TRY(json.Field("items"));
  for (std::size_t i = 0; i < items.Size(); ++i) {
    const Json item = SELVEDGE_TRY(items.At(i));
    bank.items.push_back(SELVEDGE_TRY(ReadItem(item, bank.dimensions)));
  }
  if (bank.items.empty()) return Refuse("The file has no items.", kRemedy);
  if (bank.IsMixed() && bank.dimensions.size() > kMostMixed) {
    return Refuse("The file has items about all of " + std::to_string(bank.dimensions.size()) +
                      " dimensions; there may be " + std::to_string(kMostMixed) + ".",
                  kRemedy);
  }
  const auto size = static_cast<Eigen::Index>(bank.dimensions.size());
  bank.correlations = Eigen::MatrixXd::Identity(size, size);
  const Json correlations = SELVEDGE_TRY(json.Field("correlations"));
  for (std::size_t p = 0; p < correlations.Size(); ++p) {
    const Json pair = SELVEDGE_TRY(correlations.At(p));
    const auto place = [&](const std::string& name) { return std::ranges::find(bank.dimensions, name); };
    const auto one = place(SELVEDGE_TRY(pair.Text("one")));
    const auto other = place(SELVEDGE_TRY(pair.Text("other")));
    if (one == bank.dimensions.end() || other == bank.dimensions.end() || one == other) {
      return Refuse("A correlation is not between two of the dimensions.", kRemedy);
    }
    const Eigen::Index a = one - bank.dimensions.begin();
    const Eigen::Index b = other - bank.dimensions.begin();
    bank.correlations(a, b) = bank.correlations(b, a) = SELVEDGE_TRY(pair.Number("estimate"));
  }
  if (!Grid::CanHold(bank.correlations)) {
    return Refuse("The correlations of the dimensions contradict one another.", kRemedy);
  }
  if (bank.IsMixed()) bank.SetSlopes(bank.Slopes());
  constexpr double kRounding = 1 + 1e-9;
  for (const Item& item : bank.items) {
    if (!(std::fabs(item.curve.slope) <= kRounding * kSteepest)) return NoCurve(item.name);
  }
  return bank;
}

Json ScoresJson(const ItemBank& bank, const std::vector<std::string>& people, const std::vector<Score>& scores) {
  Json dimensions = Json::Array();
  for (const std::string& name : bank.dimensions) dimensions.Push(name);
  Json list = Json::Array();
  for (std::size_t person = 0; person < people.size(); ++person) {
    const Score& score = scores[person];
    Json by_dimension = Json::Object();
    for (std::size_t d = 0; d < bank.dimensions.size(); ++d) {
      const auto known = [&](double value) { return score.answered > 0 ? Json(value) : Json(); };
      by_dimension.Set(
          bank.dimensions[d],
          Json::Object().Set("score", known(score.mean[static_cast<Eigen::Index>(d)])).Set("sd", known(score.Sd(d))));
    }
    list.Push(Json::Object()
                  .Set("id", people[person])
                  .Set("answered", score.answered)
                  .Set("scores", std::move(by_dimension)));
  }
  return Json::Object()
      .Set("format", "selvedge-scores")
      .Set("version", 1)
      .Set("dimensions", std::move(dimensions))
      .Set("people", std::move(list));
}

std::string ScoresCsv(const ItemBank& bank, const std::vector<std::string>& people, const std::vector<Score>& scores) {
  std::string csv = "id,answered";
  for (const std::string& name : bank.dimensions)
    csv += ',' + core::CsvField(name) + ',' + core::CsvField(name + "_sd");
  csv += '\n';
  for (std::size_t person = 0; person < people.size(); ++person) {
    csv += core::CsvField(people[person]) + ',' + std::to_string(scores[person].answered);
    for (std::size_t d = 0; d < bank.dimensions.size(); ++d) {
      const bool known = scores[person].answered > 0;
      csv += ',' + (known ? core::ShortestNumber(scores[person].mean[static_cast<Eigen::Index>(d)]) : "");
      csv += ',' + (known ? core::ShortestNumber(scores[person].Sd(d)) : "");
    }
    csv += '\n';
  }
  return csv;
}

}  // namespace selvedge::instruments
