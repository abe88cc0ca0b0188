#include "dynamics/study.h"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "core/contract.h"
#include "core/text.h"

namespace selvedge::dynamics {
namespace {

using core::Json;

/// Subtracts each person's mean from their answers; says what was subtracted.
core::BySide<std::optional<double>> SubtractMeans(std::vector<Observation>& observations) {
  core::BySide<std::optional<double>> means;
  for (const core::Side side : core::kSides) {
    double sum = 0;
    std::size_t count = 0;
    for (const Observation& observation : observations) {
      if (const std::optional<double> own = observation.own[side]) {
        sum += *own;
        ++count;
      }
    }
    if (count == 0) continue;
    means[side] = sum / static_cast<double>(count);
    for (Observation& observation : observations) {
      if (std::optional<double>& own = observation.own[side]) *own -= *means[side];
    }
  }
  return means;
}

Fit FitOne(const Occasions& occasions, const StudyOptions& options, const Prior* prior) {
  FitOptions fit_options = options.fit;
  fit_options.centred = options.person_means;
  if (options.method == Method::kMaximumLikelihood) return FitMaximumLikelihood(occasions, fit_options);
  SELVEDGE_EXPECT(prior != nullptr);
  return FitMaximumAPosteriori(occasions, fit_options, *prior);
}

/// The labels that all couples share; empty where they differ.
core::BySide<std::string> CommonLabels(const std::vector<core::BySide<std::string>>& labels) {
  if (labels.empty()) return {};
  const bool same = std::ranges::all_of(labels, [&](const auto& pair) { return pair == labels.front(); });
  return same ? labels.front() : core::BySide<std::string>{};
}

Json OrNull(const std::optional<double>& value) { return value ? Json(*value) : Json(); }
Json LabelOrNull(const std::string& label) { return label.empty() ? Json() : Json(label); }

Json SidesJson(const core::BySide<std::string>& labels) {
  return Json::Object().Set("a", LabelOrNull(labels.a)).Set("b", LabelOrNull(labels.b));
}

Json DyadJson(const DyadFit& dyad) {
  const Fit& fit = dyad.fit;
  Json boundary = Json::Array();
  for (const Boundary at : fit.boundaries) boundary.Push(NameOf(at));
  Json parameters = Json::Object();
  if (fit.system) {
    const Parameters estimates = ParametersOf(*fit.system);
    for (std::size_t p = 0; p < kParameterCount; ++p) {
      parameters.Set(kParameterNames[p],
                     Json::Object().Set("estimate", estimates[p]).Set("se", OrNull(fit.standard_errors[p])));
    }
  }
  Json json = Json::Object()
                  .Set("dyad", dyad.dyad)
                  .Set("sides", SidesJson(dyad.labels))
                  .Set("check_ins", dyad.check_ins)
                  .Set("loglik", fit.system ? Json(fit.loglik) : Json())
                  .Set("converged", fit.status == FitStatus::kConverged)
                  .Set("status", NameOf(fit.status))
                  .Set("boundary", std::move(boundary))
                  .Set("starts", fit.starts)
                  .Set("starts_at_best", fit.starts_at_best)
                  .Set("seconds", dyad.seconds)
                  .Set("parameters", std::move(parameters));
  if (dyad.subtracted.a || dyad.subtracted.b) {
    json.Set("subtracted", Json::Object().Set("a", OrNull(dyad.subtracted.a)).Set("b", OrNull(dyad.subtracted.b)));
  }
  return json;
}

std::string_view NameOf(Method method) { return method == Method::kMaximumLikelihood ? "ml" : "map"; }

void AppendCsvLine(const DyadFit& dyad, std::string& csv) {
  const Fit& fit = dyad.fit;
  std::string boundary;
  for (const Boundary at : fit.boundaries) boundary += (boundary.empty() ? "" : " ") + std::string(NameOf(at));
  csv += core::CsvField(dyad.dyad) + ',' + core::CsvField(dyad.labels.a) + ',' + core::CsvField(dyad.labels.b) + ',' +
         std::to_string(dyad.check_ins) + ',' + (fit.system ? core::ShortestNumber(fit.loglik) : "") + ',' +
         (fit.status == FitStatus::kConverged ? "true" : "false") + ',' + std::string(NameOf(fit.status)) + ',' +
         boundary;
  for (std::size_t p = 0; p < kParameterCount; ++p) {
    csv += ',' + (fit.system ? core::ShortestNumber(ParametersOf(*fit.system)[p]) : "");
    csv += ',' + (fit.standard_errors[p] ? core::ShortestNumber(*fit.standard_errors[p]) : "");
  }
  csv += '\n';
}

}  // namespace

double Study::TotalLogLikelihood() const {
  if (pooled) return pooled->fit.system ? pooled->fit.loglik : 0;
  double sum = 0;
  for (const DyadFit& dyad : dyads) sum += dyad.fit.system ? dyad.fit.loglik : 0;
  return sum;
}

std::vector<Observation> ObservationsOf(const diary::Couple& couple) {
  std::vector<Observation> observations;
  observations.reserve(couple.check_ins.size());
  for (const diary::CheckIn& check_in : couple.check_ins)
    observations.push_back({.time = check_in.time, .own = check_in.own});
  return observations;
}

Study RunStudy(const diary::Diary& diary, const StudyOptions& options, const Prior* prior, core::Executor& executor,
               StudyHooks hooks) {
  const std::size_t count = diary.couples.size();
  std::vector<DyadFit> dyads(count);
  std::vector<std::vector<Observation>> observations(count);
  std::vector<core::BySide<std::string>> labels;
  for (std::size_t i = 0; i < count; ++i) {
    const diary::Couple& couple = diary.couples[i];
    observations[i] = ObservationsOf(couple);
    dyads[i].dyad = couple.id;
    dyads[i].labels = couple.labels;
    dyads[i].check_ins = couple.check_ins.size();
    if (options.person_means) dyads[i].subtracted = SubtractMeans(observations[i]);
    labels.push_back(couple.labels);
  }

  Study study{.options = options, .dyads = {}, .pooled = std::nullopt};
  if (options.pooled) {
    const double began = hooks.clock();
    DyadFit pooled{
        .dyad = "pooled", .labels = CommonLabels(labels), .subtracted = {}, .check_ins = 0, .fit = {}, .seconds = 0};
    Occasions occasions;
    for (std::size_t i = 0; i < count; ++i) {
      occasions.AddDyad(observations[i]);
      pooled.check_ins += dyads[i].check_ins;
    }
    hooks.progress(0, 1);
    pooled.fit = FitOne(occasions, options, prior);
    pooled.seconds = hooks.clock() - began;
    hooks.progress(1, 1);
    study.pooled = std::move(pooled);
    return study;
  }

  std::atomic<std::size_t> done = 0;
  executor.ForEach(count, [&](std::size_t i) {
    const double began = hooks.clock();
    Occasions occasions;
    occasions.AddDyad(observations[i]);
    dyads[i].fit = FitOne(occasions, options, prior);
    dyads[i].seconds = hooks.clock() - began;
    hooks.progress(++done, count);
  });
  study.dyads = std::move(dyads);
  return study;
}

Json StudyJson(const Study& study) {
  std::vector<core::BySide<std::string>> labels;
  Json dyads = Json::Array();
  for (const DyadFit& dyad : study.dyads) {
    dyads.Push(DyadJson(dyad));
    labels.push_back(dyad.labels);
  }
  const StudyOptions& options = study.options;
  Json json = Json::Object()
                  .Set("format", "selvedge-fit")
                  .Set("version", 1)
                  .Set("options", Json::Object()
                                      .Set("method", NameOf(options.method))
                                      .Set("start", options.fit.start == Start::kUnit ? "unit" : "stationary")
                                      .Set("noise", options.fit.noise)
                                      .Set("means", options.person_means ? "person-mean" : "free")
                                      .Set("search", options.fit.search == Search::kWide ? "wide" : "usual"))
                  .Set("sides", SidesJson(study.pooled ? study.pooled->labels : CommonLabels(labels)))
                  .Set("dyads", std::move(dyads))
                  .Set("total", Json::Object().Set("loglik", study.TotalLogLikelihood()));
  if (study.pooled) json.Set("pooled", DyadJson(*study.pooled));
  return json;
}

std::string StudyCsv(const Study& study) {
  std::string csv = "dyad,label_a,label_b,check_ins,loglik,converged,status,boundary";
  for (const std::string_view name : kParameterNames) csv += ',' + std::string(name) + ",se_" + std::string(name);
  csv += '\n';
  for (const DyadFit& dyad : study.dyads) AppendCsvLine(dyad, csv);
  if (study.pooled) AppendCsvLine(*study.pooled, csv);
  return csv;
}

}  // namespace selvedge::dynamics
